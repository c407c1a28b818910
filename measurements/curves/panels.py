"""Figures of several panels: lines, points, bars, sticks and maps side by side, as plain numbers to be drawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from measurements.curves.colors import BLACK
from measurements.curves.drawing import Drawing, DrawnLine

if TYPE_CHECKING:
    from measurements.curves.heat import HeatMap
    from measurements.curves.loading import Numbers


class Mark(StrEnum):
    """What a layer is drawn with."""

    LINE = "line"
    POINTS = "points"
    BARS = "bars"
    STICKS = "sticks"


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """One set of numbers in a panel; bars begin at x and are `bar_width` wide; without a label it has no key."""

    x: "Numbers"
    y: "Numbers"
    label: str = ""
    color: str = BLACK
    dash: tuple[int, ...] = ()
    mark: Mark = Mark.LINE
    stderr: "Numbers | None" = None
    bar_width: float = 0.0
    # Of the width of the preset's lines.
    width_ratio: float = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """One pair of axes; `words` are (x, y, text) in its corner or at its places, in parts of the axes."""

    x_label: str
    y_label: str
    layers: tuple[Layer, ...]
    title: str = ""
    is_log: bool = False
    x_limits: tuple[float, float] | None = None
    y_limits: tuple[float, float] | None = None
    # (x, height or None, text) at places of the data: indices of reflections, names of lines.
    marks: tuple[tuple[float, float | None, str], ...] = ()
    words: str = ""
    # Values that mean nothing by themselves: lifted or in arbitrary units.
    hides_y_ticks: bool = False
    has_key: bool = True
    # The lines are named at their right ends instead of in a key.
    names_ends: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class MapPanel:
    """One map with its title."""

    heat: "HeatMap"
    title: str = ""
    x_limits: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class PanelFigure:
    """Panels in rows of `columns`; (rung, color) pairs in `ladder` make one bar that says what the colors mean."""

    panels: tuple[Panel | MapPanel, ...]
    columns: int = 1
    ladder: tuple[tuple[float, str], ...] = ()
    ladder_label: str = ""
    shares_x: bool = False
    # Height of one panel over its width.
    aspect_ratio: float = 0.75
    letters: bool = True

    @property
    def row_count(self) -> int:
        """How many rows of panels there are."""
        return max(1, -(-len(self.panels) // self.columns))


def layers_of(lines: Sequence[DrawnLine], *, width_ratio: float = 1.0) -> tuple[Layer, ...]:
    """Return the lines of a drawing as layers, in their colors and dashes."""
    return tuple(
        Layer(one.line.x, one.line.y, one.trace.label, one.style.on_white, one.style.dash, width_ratio=width_ratio)
        for one in lines
    )


def panel_of(drawing: Drawing, *, title: str = "", y_label: str = "", hides_y_ticks: bool = False) -> Panel:
    """Return a drawing as one panel."""
    return Panel(
        drawing.x_label,
        y_label or drawing.y_label,
        layers_of(drawing.lines),
        title=title,
        is_log=drawing.is_log,
        hides_y_ticks=hides_y_ticks,
    )


def ladder_of(drawing: Drawing) -> tuple[tuple[tuple[float, str], ...], str]:
    """Return what the colors of a ladder mean, low to high, and its unit; nothing when the traces are no ladder."""
    from measurements.curves.colors import is_ordered

    if not is_ordered(drawing.traces):
        return (), ""
    by_rung = {one.trace.rung: one.style.on_white for one in drawing.lines if one.trace.rung is not None}
    units = {one.trace.rung_unit for one in drawing.lines}
    return tuple(sorted(by_rung.items())), units.pop() if len(units) == 1 else ""
