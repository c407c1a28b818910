"""A recipe made into lines: loaded, turned along the axis, normalised, lifted; every step is said."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from measurements.axes.views import LENGTHS, Facts, Line, NotPossible, along
from measurements.curves.colors import Style, styles_of
from measurements.curves.lines import line_of, shown_part
from measurements.curves.loading import load
from measurements.curves.normalising import NoScale, scale_of
from measurements.curves.recipe import NORMALISATIONS, Recipe
from measurements.curves.trace import Trace, labelled


@dataclass(frozen=True, slots=True)
class DrawnLine:
    """A trace as it is drawn."""

    trace: Trace
    line: Line
    # The same whatever else is hidden.
    style: Style
    # Where the whole of it begins and ends; the line may be a part.
    x_first: float
    x_last: float
    # What its values were divided by and lifted by.
    divided_by: float = 1.0
    lifted_by: float = 0.0


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A trace that cannot be drawn as the recipe has it, and why."""

    trace: Trace
    reason: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """All lines of a plot, and what could not be drawn with its reason."""

    recipe: Recipe
    # Every trace of the recipe in its order, also those that are hidden or left out.
    traces: tuple[Trace, ...]
    styles: tuple[Style, ...]
    lines: tuple[DrawnLine, ...]
    left_out: tuple[LeftOut, ...]
    notes: tuple[str, ...]
    is_log: bool

    @property
    def x_label(self) -> str:
        """The axis, with its unit; several units are all named."""
        names = dict.fromkeys(labelled(one.line.x_name, one.line.x_unit) for one in self.lines)
        return " / ".join(names)

    @property
    def x_units(self) -> list[str]:
        """The units of the axes in the files, as far as another axis can be made of them."""
        return list(dict.fromkeys(one.x_unit for one in self.traces if one.technique not in LENGTHS))

    @property
    def x_extent(self) -> tuple[float, float] | None:
        """Where the lines begin and end when nothing is cut off; several units have no common extent."""
        if not self.lines or len({one.line.x_unit for one in self.lines}) > 1:
            return None
        return min(one.x_first for one in self.lines), max(one.x_last for one in self.lines)

    @property
    def y_label(self) -> str:
        """The values, with their unit."""
        if self.recipe.normalise:
            return f"normalised {NORMALISATIONS[self.recipe.normalise]}"
        names = dict.fromkeys(labelled(one.trace.name, one.line.y_unit) for one in self.lines)
        return " / ".join(names) if len(names) < 3 else "values, each in its own unit"


def draw(recipe: Recipe, traces: Sequence[Trace]) -> Drawing:
    """Return the lines of a recipe; a trace that cannot be drawn so is left out with its reason."""
    styles = styles_of(traces)
    lines: list[DrawnLine] = []
    left_out: list[LeftOut] = []
    for trace, style in zip(traces, styles, strict=True):
        if str(trace.key) in recipe.hidden:
            continue
        try:
            lines.append(drawn(recipe, trace, style))
        except (NotPossible, NoScale) as reason:
            left_out.append(LeftOut(trace, str(reason)))
        except FileNotFoundError:
            left_out.append(LeftOut(trace, "Its numbers are not in the store."))
    notes = tuple(dict.fromkeys([*mixed(lines), *(note for one in lines for note in one.line.notes)]))
    is_log = is_log_by(recipe, lines)
    shown = tuple(lifted(recipe, lines, is_log=is_log))
    return Drawing(recipe, tuple(traces), tuple(styles), shown, tuple(left_out), notes, is_log)


def drawn(recipe: Recipe, trace: Trace, style: Style) -> DrawnLine:
    """Return one trace along the axis and normalised; raises NotPossible or NoScale.

    It is normalised by the whole of it, so that a closer look at a part changes no value.
    """
    loaded = load(trace.store_key)
    facts = Facts(trace.technique, trace.laser_nm, trace.x_ray_angstrom, recipe.per_axis)
    line = along(line_of(loaded, trace), recipe.axis, facts)
    scale = scale_of(line.x, line.y, recipe.normalise, recipe.normalise_at)
    x_first, x_last = (float(line.x[0]), float(line.x[-1])) if len(line.x) else (0.0, 0.0)
    part = shown_part(line, recipe)
    return DrawnLine(trace, replace(part, y=part.y / scale), style, x_first, x_last, divided_by=scale)


def lifted(recipe: Recipe, lines: Sequence[DrawnLine], *, is_log: bool) -> list[DrawnLine]:
    """Return lines as a waterfall, in their order: each lifted by a part of the greatest height, or of a decade."""
    if not recipe.offset_fraction:
        return list(lines)
    if is_log:
        return [raised(one, 10.0 ** (index * recipe.offset_fraction)) for index, one in enumerate(lines)]
    heights = [float(np.nanmax(one.line.y) - np.nanmin(one.line.y)) for one in lines if np.isfinite(one.line.y).any()]
    step = recipe.offset_fraction * max(heights, default=0.0)
    return [
        replace(one, line=replace(one.line, y=one.line.y + index * step), lifted_by=index * step)
        for index, one in enumerate(lines)
    ]


def raised(one: DrawnLine, factor: float) -> DrawnLine:
    """Return a line multiplied by a factor, as its table says it."""
    return replace(one, line=replace(one.line, y=one.line.y * factor), divided_by=one.divided_by / factor)


def mixed(lines: Sequence[DrawnLine]) -> list[str]:
    """Return warnings about traces that do not belong on one axis as they are."""
    warnings = []
    units = {one.line.x_unit for one in lines}
    if len(units) > 1:
        warnings.append("The traces have different axes; choose one that all have.")
    x_rays = {one.trace.x_ray_angstrom for one in lines if one.line.x_unit == "deg"}
    if len(x_rays) > 1:
        warnings.append("The patterns were measured with different wavelengths; q lays them on one axis.")
    return warnings


def is_log_by(recipe: Recipe, lines: Sequence[DrawnLine]) -> bool:
    """Say whether values are drawn by their logarithm: as asked, else only decays are."""
    if recipe.is_log is not None:
        return recipe.is_log
    return any(one.line.x_unit in {"ns", "ps", "us"} for one in lines)
