"""What stands in the picture of a panel besides its traces: marks, bands, and labels at the ends of lines."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.drawing.panel import LINE, RINGS, Panel, PanelTrace
from measurements.curves.picture import Mark, Scale

# Space for a label above a mark; more marks than these are told in the table only.
LABEL_PX, MOST_LABELLED = 46, 24
END_PX, MOST_SHIFT_PX = 13, 26


@dataclass(frozen=True, slots=True)
class Size:
    """How large a picture is, in the units of its view box, and the room around its panels."""

    width: int = 760
    height: int = 420
    left: int = 64
    right: int = 18
    top: int = 18
    bottom: int = 40


@dataclass(frozen=True, slots=True)
class Stick:
    """A mark: a line up to its height, or through the whole panel, with its label where there is room."""

    x: float
    top: float
    label: str
    is_labelled: bool
    is_whole: bool


@dataclass(frozen=True, slots=True)
class Stripe:
    """A band: a range of the axis with what it means."""

    left: float
    width: float
    label: str


def is_drawn(value: float, y: Scale) -> bool:
    """Say whether a value has a place."""
    return math.isfinite(value) and (value >= y.low or not y.is_log)


def sticks_of(panel: Panel, x: Scale, y: Scale, size: Size) -> list[Stick]:
    """Return the marks inside the axis, labelled where labels do not touch."""
    inside = sorted((one for one in panel.marks if x.low <= one[0] <= x.high), key=lambda one: one[0])
    sticks: list[Stick] = []
    free_from = -math.inf
    for at, height, label in inside:
        place = x.place(at)
        is_labelled = bool(label) and len(inside) <= MOST_LABELLED and place >= free_from
        if is_labelled:
            free_from = place + max(LABEL_PX, 7 * len(label))
        is_high = height is not None and is_drawn(height, y)
        top = min(max(y.place(height), size.top), y.start) if is_high and height is not None else float(size.top)
        sticks.append(Stick(place, top, label, is_labelled, not is_high))
    return sticks


def stripes_of(panel: Panel, x: Scale) -> list[Stripe]:
    """Return the bands as far as they lie inside the axis."""
    stripes = []
    for low, high, label in panel.bands:
        left, right = x.place(max(low, x.low)), x.place(min(high, x.high))
        if right > left:
            stripes.append(Stripe(left, right - left, label))
    return stripes


def ends_of(traces: Sequence[PanelTrace], y: Scale) -> list[Mark]:
    """Return labels beside the ends of lines, moved apart; none when one would land beside another's line."""
    wanted = []
    for one in traces:
        drawn = [value for value in one.y.tolist() if is_drawn(value, y)]
        if drawn and one.kind in {LINE, RINGS}:
            wanted.append((y.place(drawn[-1]), one.label))
    placed: list[Mark] = []
    for at, label in sorted(wanted):
        placed.append(Mark(max(at, placed[-1].at + END_PX) if placed else at, label))
    is_near = all(abs(mark.at - at) <= MOST_SHIFT_PX for mark, (at, _) in zip(placed, sorted(wanted), strict=True))
    return placed if is_near else []
