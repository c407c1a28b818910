"""Colors and dashes of traces: in order along a ladder, fixed for sizes, else by category; never color alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from measurements.curves.trace import Trace

# Okabe and Ito (2008), in the order in which they keep 3:1 on their ground; on white no yellow.
BLUE, VERMILLION, GREEN, PURPLE = "#0072B2", "#D55E00", "#009E73", "#CC79A7"
SKY, ORANGE, YELLOW, BLACK, WHITE = "#56B4E9", "#E69F00", "#F0E442", "#000000", "#FFFFFF"
ON_WHITE = (BLUE, VERMILLION, GREEN, PURPLE, BLACK, ORANGE, SKY, BLUE)
ON_DARK = (SKY, ORANGE, GREEN, PURPLE, VERMILLION, YELLOW, WHITE, SKY)
# What has the same dash has another gray; orange and sky on white never come without one.
DASHES: tuple[tuple[int, ...], ...] = ((), (12, 3), (4, 2), (12, 3, 3, 3), (), (6, 3), (2, 2), (8, 3, 2, 3))
# The four sizes of the source in fixed colors, whatever else a plot shows: nominal edge in nm → on white, on dark.
SIZES = {7.0: (BLUE, SKY), 9.0: (VERMILLION, ORANGE), 11.0: (GREEN, GREEN), 17.0: (PURPLE, PURPLE)}
SIZE_TOLERANCE_NM = 0.9
# Anchors of viridis (van der Walt and Smith, 2015) at 0, 0.1 … 1; trimmed so that every step keeps 3:1.
VIRIDIS = (
    "#440154", "#482475", "#414487", "#355F8D", "#2A788E", "#21918C", "#22A884", "#44BF70", "#7AD151", "#BDDF26",
    "#FDE725",
)  # fmt: skip
ORDERED_ON_WHITE = (0.0, 0.58)
ORDERED_ON_DARK = (0.35, 1.0)


@dataclass(frozen=True, slots=True)
class Style:
    """How one trace is drawn on white and on dark; an empty dash is a solid line."""

    on_white: str
    on_dark: str
    dash: tuple[int, ...] = ()


def styles_of(traces: "Sequence[Trace]") -> list[Style]:
    """Return a style for each trace, the same for the screen and for paper."""
    if is_ordered(traces):
        return ordered([one.rung for one in traces if one.rung is not None])
    sizes = [size_class(one.edge_length_nm) for one in traces]
    if traces and None not in sizes and len(set(sizes)) == len(sizes):
        return [Style(*SIZES[size]) for size in sizes if size is not None]
    return [category(index) for index in range(len(traces))]


def is_ordered(traces: "Sequence[Trace]") -> bool:
    """Say whether traces are steps of one ladder: of one sample, along one thing, more than two."""
    rungs = {one.rung for one in traces}
    is_one = len({(one.sample_code, one.rung_unit) for one in traces}) == 1
    return is_one and None not in rungs and len(rungs) > 2


def category(index: int) -> Style:
    """Return the style of the n-th category; after eight they begin again."""
    place = index % len(ON_WHITE)
    return Style(ON_WHITE[place], ON_DARK[place], DASHES[place])


def ordered(rungs: Sequence[float]) -> list[Style]:
    """Return colors along viridis by rank, low to high; what comes down again is dashed."""
    steps = sorted(set(rungs))
    top = rungs.index(max(rungs))
    return [
        Style(
            viridis(share_of(steps.index(rung), len(steps), ORDERED_ON_WHITE)),
            viridis(share_of(steps.index(rung), len(steps), ORDERED_ON_DARK)),
            (6, 3) if index > top and rung in rungs[:index] else (),
        )
        for index, rung in enumerate(rungs)
    ]


def share_of(step: int, count: int, part: tuple[float, float]) -> float:
    """Return where a step lies in the trimmed part of the colors."""
    low, high = part
    return low + (high - low) * step / (count - 1)


def viridis(share: float) -> str:
    """Return the color at a share of viridis, between its anchors by straight lines."""
    place = min(max(share, 0.0), 1.0) * (len(VIRIDIS) - 1)
    index = min(int(place), len(VIRIDIS) - 2)
    low, high = channels(VIRIDIS[index]), channels(VIRIDIS[index + 1])
    mixed = (round(a + (b - a) * (place - index)) for a, b in zip(low, high, strict=True))
    return "#" + "".join(f"{value:02X}" for value in mixed)


def channels(color: str) -> tuple[int, int, int]:
    """Return red, green and blue of a color."""
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def size_class(edge_length_nm: float | None) -> float | None:
    """Return the nominal size of the source that an edge length belongs to, or nothing."""
    if edge_length_nm is None:
        return None
    nearest = min(SIZES, key=lambda size: abs(size - edge_length_nm))
    return nearest if abs(nearest - edge_length_nm) <= SIZE_TOLERANCE_NM else None
