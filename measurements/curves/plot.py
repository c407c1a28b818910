"""A plot as its page shows it: the picture, the list of traces, every control with what it leads to, and words."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from measurements.axes.views import AXIS_VIEWS, DENSITIES
from measurements.curves.answering import nonpositive_count, peak_of
from measurements.curves.colors import Style
from measurements.curves.drawing import Drawing
from measurements.curves.picture import Picture, picture_of
from measurements.curves.plot_words import caption_of, manner_of, message_of
from measurements.curves.recipe import NORMALISATIONS, Recipe
from measurements.curves.trace import Trace

SHOWN, HIDDEN, LEFT_OUT = "shown", "hidden", "left out"
MOST_OFFSET_FRACTION = 1.5


@dataclass(frozen=True, slots=True)
class TraceRow:
    """A trace as the list shows it, with the recipes that its buttons lead to."""

    trace: Trace
    style: Style
    state: str
    reason: str
    peak: dict[str, float | None]
    point_count: int
    nonpositive_count: int
    only: str
    up: str
    down: str

    @property
    def key(self) -> str:
        """Its key as an element's id may have it."""
        return str(self.trace.key).replace(".", "-")

    @property
    def dash(self) -> str:
        """The dash of its swatch, as SVG writes it."""
        return " ".join(map(str, self.style.dash))


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a control."""

    key: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Zoom:
    """The part that is shown, and the recipes of a closer, a wider and the whole look."""

    low: float | None
    high: float | None
    closer: str
    wider: str
    whole: str


@dataclass(frozen=True)
class Plot:
    """Everything a template draws of one drawing; `name` tells the plots of a page apart."""

    drawing: Drawing
    name: str = "plot"
    title: str = ""

    @property
    def recipe(self) -> Recipe:
        """What is drawn and how."""
        return self.drawing.recipe

    @property
    def query(self) -> str:
        """The address of this plot, its table, its figure and its numbers."""
        return self.recipe.query()

    @property
    def caption(self) -> str:
        """What is drawn."""
        return self.title or caption_of(self.drawing.traces)

    @property
    def manner(self) -> str:
        """How to read it."""
        return manner_of(self.drawing)

    @property
    def message(self) -> str:
        """What it says, for whoever does not see it."""
        return f"{self.caption}. {message_of(self.drawing)}"

    @cached_property
    def picture(self) -> Picture:
        """The picture that needs no script."""
        return picture_of(self.drawing)

    @cached_property
    def rows(self) -> list[TraceRow]:
        """The traces in their order, also those that are not drawn."""
        return rows_of(self.drawing)

    @property
    def sample_codes(self) -> list[str]:
        """The samples whose traces these are."""
        return list(dict.fromkeys(one.sample_code for one in self.drawing.traces if one.sample_code))

    @property
    def file_names(self) -> list[str]:
        """The files that the traces come from."""
        return list(dict.fromkeys(one.file_name for one in self.drawing.traces if one.file_name))

    @property
    def is_density(self) -> bool:
        """Whether a change of axis may change the intensities."""
        return self.recipe.axis in {"ev", "nm"} and any(one.technique in DENSITIES for one in self.drawing.traces)

    @property
    def axes(self) -> list[Choice]:
        """The axes that a trace can be drawn along."""
        units = set(self.drawing.x_units)
        return [
            Choice(view.key, view.label, view.key == self.recipe.axis)
            for view in AXIS_VIEWS.values()
            if not view.from_units or units & set(view.from_units) or view.key == self.recipe.axis
        ]

    @property
    def normalisations(self) -> list[Choice]:
        """How values may be normalised."""
        return [Choice(key, label, key == self.recipe.normalise) for key, label in NORMALISATIONS.items()]

    @property
    def scales(self) -> list[Choice]:
        """Linear or logarithmic."""
        is_log = self.drawing.is_log
        return [Choice("0", "linear", not is_log), Choice("1", "logarithmic", is_log)]

    @property
    def zoom(self) -> Zoom:
        """The part that is shown and its neighbours."""
        return zoom_of(self.drawing)

    @property
    def digits(self) -> int:
        """How many decimals a place on the axis has; energies need more than wavelengths."""
        extent = self.drawing.x_extent
        span = extent[1] - extent[0] if extent else 100.0
        return 1 if span > 20 else 3 if span > 0.2 else 5


def rows_of(drawing: Drawing) -> list[TraceRow]:
    """Return the list of a drawing's traces."""
    drawn = {one.trace.key: one for one in drawing.lines}
    reasons = {one.trace.key: one.reason for one in drawing.left_out}
    rows = []
    for index, (trace, style) in enumerate(zip(drawing.traces, drawing.styles, strict=True)):
        line = drawn.get(trace.key)
        rows.append(
            TraceRow(
                trace, style,
                state=SHOWN if line else LEFT_OUT if trace.key in reasons else HIDDEN,
                reason=reasons.get(trace.key, ""),
                peak=peak_of(line) if line else {},
                point_count=len(line.line.x) if line else 0,
                nonpositive_count=nonpositive_count(line) if line and drawing.is_log else 0,
                only=only(drawing, trace), up=moved(drawing, index, -1), down=moved(drawing, index, 1),
            )
        )  # fmt: skip
    return rows


def only(drawing: Drawing, trace: Trace) -> str:
    """Return the recipe that shows one trace alone, or all of them again when it already does."""
    others = frozenset(str(one.key) for one in drawing.traces if one.key != trace.key)
    hidden: frozenset[str] = frozenset() if drawing.recipe.hidden == others else others
    return drawing.recipe.changed(hidden=hidden).query()


def moved(drawing: Drawing, index: int, step: int) -> str:
    """Return the recipe with a trace one place further up or down; nothing at the end of the list."""
    keys = [one.key for one in drawing.traces]
    if not 0 <= index + step < len(keys):
        return ""
    keys[index], keys[index + step] = keys[index + step], keys[index]
    return drawing.recipe.changed(traces=tuple(keys), measurements=()).query()


def zoom_of(drawing: Drawing) -> Zoom:
    """Return the part that is shown; without a common axis there is only the whole."""
    recipe, extent = drawing.recipe, drawing.x_extent
    whole = recipe.changed(x_from=None, x_to=None).query()
    if extent is None:
        return Zoom(recipe.x_from, recipe.x_to, "", "", whole)
    low = extent[0] if recipe.x_from is None else recipe.x_from
    high = extent[1] if recipe.x_to is None else recipe.x_to
    return Zoom(low, high, part(recipe, extent, low, high, 0.5), part(recipe, extent, low, high, 2.0), whole)


def part(recipe: Recipe, extent: tuple[float, float], low: float, high: float, factor: float) -> str:
    """Return the recipe of a part with the same middle, so many times as wide; the whole when it is no part."""
    middle, half = (low + high) / 2, (high - low) / 2 * factor
    is_whole = middle - half <= extent[0] and middle + half >= extent[1]
    changes: dict[str, Any] = {"x_from": rounded(middle - half, half), "x_to": rounded(middle + half, half)}
    return recipe.changed(**(dict.fromkeys(changes) if is_whole else changes)).query()


def rounded(value: float, half: float) -> float:
    """Return a place with no more digits than the part it ends is wide."""
    return float(f"{value:.{6 if half < 1 else 2}f}")


def plot_of(drawing: Drawing, *, name: str = "plot", title: str = "") -> Plot:
    """Return a drawing as a page shows it."""
    return Plot(drawing, name, title)
