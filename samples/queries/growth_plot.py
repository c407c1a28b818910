"""The injection, second by second: where the stamps and the lab's other growth times lie on one axis."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil

# The drawing is 1000 by 128 units; the axis lies between these.
LEFT, RIGHT = 150.0, 950.0


@dataclass(frozen=True, slots=True)
class Tick:
    """A grid line with its label."""

    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Other:
    """Another synthesis's growth time."""

    x: float
    code: str
    growth_s: Decimal


@dataclass(frozen=True, slots=True)
class GrowthPlot:
    """Everything the drawing needs, in its own units."""

    ticks: list[Tick]
    others: list[Other]
    own_x: float
    width: float
    middle: float
    red_x: float | None
    words: str


def growth_plot(growth_s: Decimal, others: Sequence[tuple[str, Decimal]], *, red_s: float | None = None) -> GrowthPlot:
    """Lay out an axis from 0 s on which every growth time fits, with about ten grid lines."""
    # Room to the right of the own bar for the words at its end.
    longest = max([1.15 * float(growth_s), *(float(one) for _, one in others), 1.0])
    step = next(one for one in (0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 3600, 86400) if longest / one <= 11)
    end = step * ceil(longest / step)

    def across(seconds: float) -> float:
        return round(LEFT + (RIGHT - LEFT) * seconds / end, 1)

    count = round(end / step)
    ticks = [Tick(across(step * n), f"{step * n:g}" + (" s" if n == count else "")) for n in range(count + 1)]
    own = across(float(growth_s))
    return GrowthPlot(
        ticks=ticks,
        others=[Other(across(float(one)), code, one) for code, one in others],
        own_x=own,
        width=round(own - LEFT, 1),
        middle=round((own + LEFT) / 2, 1),
        red_x=None if red_s is None else across(red_s),
        words=rank_words(growth_s, [one for _, one in others]),
    )


def rank_words(growth_s: Decimal, others: Sequence[Decimal]) -> str:
    """Return where a growth time stands among the others: "2nd shortest of 10"."""
    if not others:
        return "the only one with a growth time"
    shorter, total = sum(1 for one in others if one < growth_s), len(others) + 1
    rank, word = (shorter + 1, "shortest") if shorter < total / 2 else (total - shorter, "longest")
    return f"{'' if rank == 1 else ordinal(rank) + ' '}{word} of {total}"


def ordinal(number: int) -> str:
    """Return 2nd, 3rd, 11th."""
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
