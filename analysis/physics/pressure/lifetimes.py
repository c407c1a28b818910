"""How a lifetime changes with pressure: in logarithms, with its minimum and its windows."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot

import numpy as np

from analysis.physics.fitting.problem import Floats
from analysis.physics.refusing import CannotAnalyse

# A fall or rise between two pressures is one when it is this many times its error; many pairs are looked at.
CLEAR_SIGMAS = 3.0
FALLS, RISES, TURNS, UNCLEAR = "falls", "rises", "not monotone", "no change is clear"


@dataclass(frozen=True, slots=True, eq=False)
class LifetimeChange:
    """Lifetimes over ascending pressures; `log_changes` are ln τ − ln τ(first), `switches` the rows of a new window.

    `change_stderr` is NaN without errors, and then the trend is by the values alone.
    """

    log_changes: Floats
    log_change_stderrs: Floats
    lowest: int
    trend: str
    switches: tuple[int, ...]
    is_rise_across_switch: bool

    @property
    def change(self) -> float:
        """ln τ at the highest pressure minus ln τ at the lowest."""
        return float(self.log_changes[-1])

    @property
    def change_stderr(self) -> float:
        """Its error."""
        return float(self.log_change_stderrs[-1])


def lifetime_change(lifetimes_ns: Floats, stderrs_ns: Floats, windows: Sequence[str]) -> LifetimeChange:
    """Return the change along lifetimes of shape (n,), in ascending order of pressure, with the window of each."""
    if len(lifetimes_ns) < 2:
        raise CannotAnalyse("A change with pressure needs lifetimes at two pressures at least.")
    if not (lifetimes_ns > 0).all():
        raise CannotAnalyse("A lifetime is zero or below; leave out what was not detected.")
    logarithms, errors = np.log(lifetimes_ns), stderrs_ns / lifetimes_ns
    from_first = np.array([0.0, *(hypot(float(one), float(errors[0])) for one in errors[1:])])
    lowest = int(np.argmin(lifetimes_ns))
    switches = tuple(row for row in range(1, len(windows)) if windows[row] != windows[row - 1])
    clear = clear_changes(logarithms, errors)
    later = [row for row in range(lowest + 1, len(logarithms)) if clear[lowest, row] > 0]
    across = bool(later) and bool(windows) and all(windows[row] != windows[lowest] for row in later)
    return LifetimeChange(
        logarithms - logarithms[0], from_first, lowest, trend_of(clear), switches, is_rise_across_switch=across
    )


def clear_changes(logarithms: Floats, errors: Floats) -> Floats:
    """Return the sign of every clear change from one row to a later one, shape (n, n); zero where none is clear."""
    differences = np.subtract.outer(logarithms, logarithms).T
    sizes = np.hypot.outer(errors, errors)
    is_clear = np.abs(differences) > CLEAR_SIGMAS * np.nan_to_num(sizes)
    return np.asarray(np.triu(np.sign(differences) * is_clear, 1))


def trend_of(clear: Floats) -> str:
    """Return in a word which way the lifetime goes."""
    has_fall, has_rise = bool((clear < 0).any()), bool((clear > 0).any())
    if has_fall and has_rise:
        return TURNS
    return FALLS if has_fall else RISES if has_rise else UNCLEAR
