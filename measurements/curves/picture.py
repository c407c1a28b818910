"""A drawing as a picture that needs no script: paths, ticks and labels on a ground of fixed size."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from measurements.curves.colors import Style
from measurements.curves.drawing import Drawing, DrawnLine
from measurements.curves.thinning import thinned
from measurements.curves.ticks import Tick, decades_between, ticks_between

if TYPE_CHECKING:
    from measurements.curves.loading import Numbers

PICTURE_POINTS = 360
# In the units of its view box; the right side has room for labels at the ends of lines.
WIDTH, HEIGHT = 760, 380
LEFT, RIGHT, TOP, BOTTOM = 56, 96, 10, 40
LABEL_HEIGHT = 13
# A label farther from its line than this says nothing of it.
MOST_SHIFT = 22


@dataclass(frozen=True, slots=True)
class Path:
    """One line of the picture."""

    steps: str
    style: Style

    @property
    def dash(self) -> str:
        """The dash as SVG writes it."""
        return " ".join(map(str, self.style.dash))


@dataclass(frozen=True, slots=True)
class Mark:
    """A tick or a label at its place."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Picture:
    """What a template needs to draw."""

    paths: tuple[Path, ...] = ()
    across: tuple[Mark, ...] = ()
    up: tuple[Mark, ...] = ()
    ends: tuple[Mark, ...] = ()
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    top: int = TOP
    bottom: int = HEIGHT - BOTTOM


@dataclass(frozen=True, slots=True)
class Scale:
    """Where values lie along one side of the picture."""

    low: float
    high: float
    start: float
    end: float
    is_log: bool = False

    def place(self, value: float) -> float:
        """Return the place of a value."""
        low, high, value = (math.log10(one) for one in (self.low, self.high, value)) if self.is_log else (
            self.low, self.high, value,
        )  # fmt: skip
        return self.start + (value - low) / (high - low) * (self.end - self.start)

    def ticks(self, most: int) -> list[Tick]:
        """Return its ticks; a logarithmic one that spans no two decades has those of numbers."""
        decades = decades_between(self.low, self.high) if self.is_log else []
        return decades if len(decades) > 1 else ticks_between(self.low, self.high, most)


def picture_of(drawing: Drawing) -> Picture:
    """Return the picture of a drawing; one without a value to draw is empty."""
    across, up = range_of([one.line.x for one in drawing.lines]), height_of(drawing)
    if across is None or up is None:
        return Picture()
    x = Scale(*across, LEFT, WIDTH - RIGHT)
    y = Scale(*up, HEIGHT - BOTTOM, TOP, drawing.is_log)
    return Picture(
        paths=tuple(Path(steps_of(one, x, y), one.style) for one in drawing.lines),
        across=tuple(Mark(x.place(tick.value), tick.label) for tick in x.ticks(8)),
        up=tuple(Mark(y.place(tick.value), tick.label) for tick in y.ticks(6)),
        ends=tuple(ends_of(drawing.lines, y)) if len(drawing.lines) > 1 else (),
    )


def range_of(many: "Sequence[Numbers]") -> tuple[float, float] | None:
    """Return the least and the greatest finite number of several curves."""
    import numpy as np

    finite = [part for one in many if (part := one[np.isfinite(one)]).size]
    if not finite:
        return None
    low, high = min(float(one.min()) for one in finite), max(float(one.max()) for one in finite)
    return (low, high) if high > low else (low - 0.5, high + 0.5)


def height_of(drawing: Drawing) -> tuple[float, float] | None:
    """Return what the side of the values spans: with some air, or of positive values only."""
    values = [one.line.y for one in drawing.lines]
    if drawing.is_log:
        return range_of([one[one > 0] for one in values])
    found = range_of(values)
    if found is None:
        return None
    air = 0.04 * (found[1] - found[0])
    return found[0] - air, found[1] + air


def steps_of(one: DrawnLine, x: Scale, y: Scale) -> str:
    """Return a line as the steps of an SVG path; a gap begins a new one."""
    steps, is_down = [], False
    for across, up in zip(*(part.tolist() for part in thinned(one.line.x, one.line.y, PICTURE_POINTS)), strict=True):
        if not math.isfinite(up) or (y.is_log and up <= 0):
            is_down = False
            continue
        steps.append(f"{'L' if is_down else 'M'}{x.place(across):.1f} {y.place(up):.1f}")
        is_down = True
    return "".join(steps)


def ends_of(lines: Sequence[DrawnLine], y: Scale) -> list[Mark]:
    """Return labels beside the ends of lines, moved apart; none when one would land beside another's line."""
    wanted = []
    for one in lines:
        kept = [value for value in one.line.y.tolist() if math.isfinite(value) and (value > 0 or not y.is_log)]
        if not kept:
            return []
        wanted.append((y.place(kept[-1]), one.trace.label))
    wanted.sort()
    placed: list[Mark] = []
    for at, label in wanted:
        lowest = placed[-1].at + LABEL_HEIGHT if placed else TOP
        placed.append(Mark(max(at, lowest), label))
    is_near = all(abs(mark.at - at) <= MOST_SHIFT for mark, (at, _) in zip(placed, wanted, strict=True))
    return placed if is_near and all(len(mark.label) <= 16 for mark in placed) else []
