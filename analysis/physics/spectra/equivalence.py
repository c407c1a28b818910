"""Whether two numbers are the same within a margin: two one-sided tests."""

from dataclasses import dataclass
from math import erfc, sqrt

# One-sided level of both tests, and two-sided level at which a difference is seen.
LEVEL = 0.05
SAME, DIFFERENT_INSIDE = "the same within the margin", "different, but by less than the margin"
DIFFERENT, UNDECIDED = "different", "undecided"


@dataclass(frozen=True, slots=True)
class Equivalence:
    """The larger p of both one-sided tests, the p of no difference, and what they say in words."""

    equivalence_p: float
    difference_p: float
    verdict: str

    @property
    def is_equivalent(self) -> bool:
        """Whether the difference lies inside the margin."""
        return self.equivalence_p < LEVEL


def equivalence(difference: float, stderr: float, margin: float) -> Equivalence:
    """Return whether a difference lies within ± margin: two one-sided z tests (Schuirmann 1987) beside the usual one.

    Not seeing a difference is not the same as equal: what is neither different nor equivalent is undecided.
    """
    inside_p = max(upper_tail((margin - difference) / stderr), upper_tail((margin + difference) / stderr))
    difference_p = 2.0 * upper_tail(abs(difference) / stderr)
    verdict = worded(is_equivalent=inside_p < LEVEL, is_different=difference_p < LEVEL)
    return Equivalence(inside_p, difference_p, verdict)


def worded(*, is_equivalent: bool, is_different: bool) -> str:
    """Return both tests as a verdict."""
    if is_equivalent:
        return DIFFERENT_INSIDE if is_different else SAME
    return DIFFERENT if is_different else UNDECIDED


def upper_tail(sigmas: float) -> float:
    """Return the chance of a normal deviate above a number."""
    return 0.5 * erfc(sigmas / sqrt(2.0))
