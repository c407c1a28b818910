"""A recipe made into lines: loaded, turned along the axis, normalised, lifted; every step is said."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from measurements.axes.views import Facts, Line, NotPossible, along
from measurements.curves.loading import Loaded, load
from measurements.curves.normalising import NORMALISATIONS, NoScale, scale_of
from measurements.curves.recipe import Recipe, TraceKey

if TYPE_CHECKING:
    from measurements.curves.loading import Numbers


@dataclass(frozen=True, slots=True)
class Trace:
    """What a trace is of: its place in the store, its names and what conversions need."""

    key: TraceKey
    store_key: str
    label: str
    name: str
    unit: str
    technique: str
    laser_nm: float | None = None
    x_ray_angstrom: float | None = None
    # The last part of its sample's page and its measurement, for links.
    sample_code: str = ""
    measurement_id: int | None = None
    file_name: str = ""
    # Where it stands on a ladder, for colors in order.
    rung: float | None = None
    # The size in force of its sample or fraction, for the fixed colors of sizes.
    edge_length_nm: float | None = None


@dataclass(frozen=True, slots=True)
class DrawnLine:
    """A trace as it is drawn."""

    trace: Trace
    line: Line
    # What its values were divided by and lifted by.
    divided_by: float = 1.0
    lifted_by: float = 0.0


@dataclass(frozen=True, slots=True)
class Drawing:
    """All lines of a plot, and what could not be drawn with its reason."""

    recipe: Recipe
    lines: tuple[DrawnLine, ...]
    left_out: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    is_log: bool

    @property
    def x_label(self) -> str:
        """The axis, with its unit; several units are all named."""
        names = dict.fromkeys(labelled(one.line.x_name, one.line.x_unit) for one in self.lines)
        return " / ".join(names)

    @property
    def y_label(self) -> str:
        """The values, with their unit."""
        if self.recipe.normalise:
            return f"normalised {NORMALISATIONS[self.recipe.normalise]}"
        names = dict.fromkeys(labelled(one.trace.name, one.line.y_unit) for one in self.lines)
        return " / ".join(names) if len(names) < 3 else "values, each in its own unit"


def labelled(name: str, unit: str) -> str:
    """Return "Wavelength (nm)", or the name alone."""
    return f"{name} ({unit})" if unit else name


def draw(recipe: Recipe, traces: Sequence[Trace]) -> Drawing:
    """Return the lines of a recipe; a trace that cannot be drawn so is left out with its reason."""
    lines: list[DrawnLine] = []
    left_out: list[tuple[str, str]] = []
    for trace in traces:
        if str(trace.key) in recipe.hidden:
            continue
        try:
            lines.append(drawn(recipe, trace))
        except (NotPossible, NoScale) as reason:
            left_out.append((trace.label, str(reason)))
        except FileNotFoundError:
            left_out.append((trace.label, "Its numbers are not in the store."))
    notes = tuple(dict.fromkeys([*mixed(lines), *(note for one in lines for note in one.line.notes)]))
    return Drawing(recipe, tuple(lifted(recipe, lines)), tuple(left_out), notes, is_log_by(recipe, lines))


def drawn(recipe: Recipe, trace: Trace) -> DrawnLine:
    """Return one trace along the axis and normalised; raises NotPossible or NoScale."""
    loaded = load(trace.store_key)
    facts = Facts(trace.technique, trace.laser_nm, trace.x_ray_angstrom, recipe.per_axis)
    first = Line(loaded.x.values, row_of(loaded, trace.key.row), loaded.x.name, loaded.x.unit, trace.unit)
    line = cut(along(first, recipe.axis, facts), recipe)
    scale = scale_of(line.x, line.y, recipe.normalise, recipe.normalise_at)
    return DrawnLine(trace, replace(line, y=line.y / scale), divided_by=scale)


def row_of(loaded: Loaded, row: int | None) -> "Numbers":
    """Return a curve's values, or one row of several; all rows together are their sum."""
    values = loaded.values.astype(float)
    if values.ndim == 1:
        return values
    if row is None:
        summed: Numbers = values.reshape(-1, values.shape[-1]).sum(axis=0)
        return summed
    rows = values.reshape(-1, values.shape[-1])
    if row >= len(rows):
        raise NotPossible(f"It has {len(rows)} rows, not {row + 1}.")
    chosen: Numbers = rows[row]
    return chosen


def cut(line: Line, recipe: Recipe) -> Line:
    """Return the part of a line that the recipe shows."""
    if recipe.x_from is None and recipe.x_to is None:
        return line
    low, high = sorted(
        (
            float("-inf") if recipe.x_from is None else recipe.x_from,
            float("inf") if recipe.x_to is None else recipe.x_to,
        )
    )
    inside = (line.x >= low) & (line.x <= high)
    if not inside.any():
        raise NotPossible("It has no point in the part that is shown.")
    return replace(line, x=line.x[inside], y=line.y[inside])


def lifted(recipe: Recipe, lines: Sequence[DrawnLine]) -> list[DrawnLine]:
    """Return lines as a waterfall: each one lifted by a part of the greatest height, in their order."""
    import numpy as np

    heights = [float(np.nanmax(one.line.y) - np.nanmin(one.line.y)) for one in lines if len(one.line.y)]
    step = recipe.offset_fraction * max(heights, default=0.0)
    if not step:
        return list(lines)
    return [
        replace(one, line=replace(one.line, y=one.line.y + index * step), lifted_by=index * step)
        for index, one in enumerate(lines)
    ]


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
    return bool(lines) and all(one.line.x_unit in {"ns", "ps", "us"} for one in lines)
