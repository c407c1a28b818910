"""Maps and images of fits: their colors, their axes, and the marks that lie over them."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from analysis.methods.contract import Plot
from measurements.curves.colors import VIRIDIS
from measurements.curves.heat import HeatMap, levels_of, thinned_map
from measurements.curves.heat_recipe import HeatRecipe
from measurements.curves.loading import LoadedAxis
from measurements.curves.map_axes import bar_length, marks, step_of
from measurements.curves.map_plot import GRAYS, Stop
from measurements.curves.picture import Mark
from measurements.curves.trace import labelled

WIDTH, LEFT, RIGHT, TOP, BOTTOM = 760, 56, 76, 10, 40
MAP_HEIGHT, MOST_HEIGHT = 380, 620
# More marks than these are dots without a label.
MOST_LABELLED = 40


@dataclass(frozen=True, slots=True)
class Spot:
    """A mark over a map or an image."""

    x: float
    y: float
    label: str


@dataclass(frozen=True)
class HeatPlot:
    """Everything a template draws of one map; a line across where a mark has no height."""

    plot: Plot
    recipe: HeatRecipe

    @cached_property
    def heat(self) -> HeatMap:
        """The map with its axes; an image has rows of the same unit, counted downward."""
        rows = self.plot.rows if self.plot.rows is not None else np.arange(len(self.picture), dtype=float)
        y = LoadedAxis(self.plot.rows_label, self.plot.rows_unit, np.asarray(rows, dtype=float))
        x = LoadedAxis(self.plot.x_label, self.plot.x_unit, np.asarray(self.plot.x, dtype=float))
        return HeatMap(self.plot.y_label, self.plot.y_unit, x, y, self.picture, self.is_image, self.recipe)

    @property
    def picture(self) -> "np.typing.NDArray[np.float64]":
        """The values, row by row."""
        return np.atleast_2d(np.asarray(self.plot.picture, dtype=float))

    @property
    def is_image(self) -> bool:
        """Whether both axes are lengths of one unit."""
        return self.plot.x_unit == self.plot.rows_unit

    @cached_property
    def across_px(self) -> float:
        """How wide the picture is; a tall image is narrower."""
        whole = WIDTH - LEFT - RIGHT
        return min(whole, MOST_HEIGHT / self.aspect) if self.is_image else whole

    @property
    def aspect(self) -> float:
        """Height by width of an image, by its axes."""
        rows, columns = self.heat.values.shape
        return int(rows) * step_of(self.heat.y) / (int(columns) * step_of(self.heat.x))

    @property
    def down_px(self) -> float:
        """How high the picture is."""
        return self.across_px * self.aspect if self.is_image else MAP_HEIGHT

    @property
    def bottom(self) -> float:
        """Where the picture ends."""
        return TOP + self.down_px

    @property
    def right(self) -> float:
        """Where the picture ends."""
        return LEFT + self.across_px

    @property
    def height(self) -> float:
        """The height of the view box."""
        return self.bottom + BOTTOM

    @property
    def across(self) -> list[Mark]:
        """The ticks across."""
        return marks(self.heat.x, LEFT, self.right, 8)

    @property
    def up(self) -> list[Mark]:
        """The ticks upward, of an image downward."""
        start, end = (TOP, self.bottom) if self.is_image else (self.bottom, TOP)
        return marks(self.heat.y, start, end, 6)

    @property
    def x_label(self) -> str:
        """The axis across."""
        return labelled(self.heat.x.name, self.heat.x.unit)

    @property
    def y_label(self) -> str:
        """The axis upward."""
        return labelled(self.heat.y.name, self.heat.y.unit)

    @cached_property
    def levels(self) -> tuple[float, float]:
        """The values of the first and the last color."""
        return levels_of(thinned_map(self.heat).values, self.recipe)

    @property
    def ladder(self) -> list[Stop]:
        """The colors from the least value to the greatest."""
        colors = GRAYS if self.is_image else VIRIDIS
        return [Stop(f"{index / (len(colors) - 1):.2f}", color) for index, color in enumerate(colors)]

    @property
    def bar(self) -> tuple[float, str] | None:
        """The scale bar of an image: its length and what it stands for."""
        if not self.is_image or self.heat.x.unit != "nm":
            return None
        span = step_of(self.heat.x) * self.heat.values.shape[1]
        length = bar_length(span)
        return self.across_px * length / span, f"{length:g} nm"

    @cached_property
    def spots(self) -> list[Spot]:
        """The marks at their places over the picture."""
        has_labels = len(self.plot.marks) <= MOST_LABELLED
        return [
            Spot(LEFT + self.across_px * x, TOP + self.down_px * (y if self.is_image else 1 - y), label * has_labels)
            for at, height, label in self.plot.marks
            if height is not None
            and (x := share(self.heat.x.values, at)) is not None
            and (y := share(self.heat.y.values, height)) is not None
        ]

    @property
    def message(self) -> str:
        """What it is, for whoever does not see it."""
        rows, columns = self.heat.values.shape
        marked = f", {len(self.spots)} marked" if self.spots else ""
        return f"{self.plot.title}: {rows} by {columns} points{marked}."


def share(values: "np.typing.NDArray[np.float64]", at: float) -> float | None:
    """Return where a value lies along an axis of pixels, from 0 to 1; nothing outside of it."""
    if len(values) < 2 or not min(values[0], values[-1]) <= at <= max(values[0], values[-1]):
        return None
    order = np.argsort(values)
    return float(np.interp(at, values[order], (order + 0.5) / len(values)))
