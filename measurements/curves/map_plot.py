"""A map as its page shows it: the place of its picture, ticks, colors, and the two cuts through it as plots."""

from dataclasses import dataclass, replace
from functools import cached_property

from measurements.curves.colors import VIRIDIS
from measurements.curves.drawing import draw
from measurements.curves.heat import HeatMap, Thinned, levels_of, thinned_map
from measurements.curves.heat_recipe import HeatRecipe
from measurements.curves.lines import row_axes
from measurements.curves.loading import load
from measurements.curves.map_axes import bar_length, marks, step_of
from measurements.curves.picture import Mark
from measurements.curves.plot import Plot, plot_of
from measurements.curves.recipe import Cut, Recipe
from measurements.curves.trace import Trace, labelled

IMAGE_TECHNIQUE = "TEM image"
# In the units of its view box.
WIDTH, LEFT, RIGHT, TOP, BOTTOM = 760, 56, 76, 10, 40
MAP_HEIGHT = 380
MOST_IMAGE_HEIGHT = 760


GRAYS = ("#000000", "#FFFFFF")


@dataclass(frozen=True, slots=True)
class Stop:
    """A color of the ladder at its place."""

    at: str
    color: str


@dataclass(frozen=True)
class MapPlot:
    """Everything a template draws of one map."""

    trace: Trace
    heat: HeatMap
    name: str = "map"

    @property
    def curve_id(self) -> int:
        """The curve whose map it is."""
        return self.trace.key.curve_id

    @property
    def recipe(self) -> HeatRecipe:
        """How it is drawn."""
        return self.heat.recipe

    @property
    def query(self) -> str:
        """The words of its address."""
        return self.recipe.query()

    @property
    def caption(self) -> str:
        """What is drawn."""
        of = f" of {self.trace.sample_code}" if self.trace.sample_code else ""
        return f"{self.trace.technique}{of}"

    @property
    def manner(self) -> str:
        """How to read it."""
        scale = "logarithmic" if self.recipe.scale == "log" else "linear"
        rows, columns = self.heat.values.shape
        unit = f"in {self.heat.unit} " if self.heat.unit else ""
        return f"{self.heat.name or 'values'} {unit}as colors, {scale}; {rows} × {columns} points"

    @cached_property
    def thinned(self) -> Thinned:
        """The map as the screen shows it."""
        return thinned_map(self.heat)

    @property
    def thinning(self) -> str:
        """What was joined for the screen, in words; nothing when every point is shown."""
        thin = self.thinned
        if thin.is_whole:
            return ""
        how = "mean" if self.heat.is_image else "greatest value"
        block = f"{thin.block_rows} × {thin.block_columns} points"
        return f"On the screen each pixel is the {how} of {block}; cuts and downloads have all."

    @cached_property
    def levels(self) -> tuple[float, float]:
        """The values of the first and the last color."""
        return levels_of(self.thinned.values, self.recipe)

    @property
    def width(self) -> int:
        """The width of the view box."""
        return WIDTH

    @property
    def left(self) -> int:
        """Where the picture begins."""
        return LEFT

    @property
    def top(self) -> int:
        """Where the picture begins."""
        return TOP

    @property
    def across_px(self) -> float:
        """How wide the picture is; a tall image is narrower."""
        whole = WIDTH - LEFT - RIGHT
        return min(whole, MOST_IMAGE_HEIGHT / self.aspect) if self.heat.is_image else whole

    @property
    def aspect(self) -> float:
        """Height by width of an image, by its axes."""
        rows, columns = self.heat.values.shape
        return int(rows) * step_of(self.heat.y) / (int(columns) * step_of(self.heat.x))

    @property
    def down_px(self) -> float:
        """How high the picture is."""
        return self.across_px * self.aspect if self.heat.is_image else MAP_HEIGHT

    @property
    def height(self) -> float:
        """The height of the view box."""
        return TOP + self.down_px + BOTTOM

    @property
    def bottom(self) -> float:
        """Where the picture ends."""
        return TOP + self.down_px

    @property
    def right(self) -> float:
        """Where the picture ends."""
        return LEFT + self.across_px

    @cached_property
    def across(self) -> list[Mark]:
        """The ticks across."""
        return marks(self.heat.x, LEFT, self.right, 8)

    @cached_property
    def up(self) -> list[Mark]:
        """The ticks upward, of an image downward."""
        start, end = (TOP, self.bottom) if self.heat.is_image else (self.bottom, TOP)
        return marks(self.heat.y, start, end, 6)

    @property
    def x_label(self) -> str:
        """The axis across."""
        return labelled(self.heat.x.name, self.heat.x.unit)

    @property
    def y_label(self) -> str:
        """The axis upward."""
        return labelled(self.heat.y.name, self.heat.y.unit)

    @property
    def bar(self) -> tuple[float, str] | None:
        """The scale bar of an image: its length in the view box and what it stands for."""
        if not self.heat.is_image or self.heat.x.unit != "nm":
            return None
        span = step_of(self.heat.x) * self.heat.values.shape[1]
        length = bar_length(span)
        return self.across_px * length / span, f"{length:g} nm"

    @property
    def bar_left(self) -> float:
        """Where the scale bar begins."""
        return LEFT + 16

    @property
    def bar_top(self) -> float:
        """How far down the scale bar lies."""
        return self.bottom - 22

    @property
    def ladder(self) -> list[Stop]:
        """The colors from the least value to the greatest."""
        colors = GRAYS if self.heat.is_image else VIRIDIS
        return [Stop(f"{index / (len(colors) - 1):.2f}", color) for index, color in enumerate(colors)]

    @property
    def message(self) -> str:
        """What it is, for whoever does not see it."""
        x, y = self.heat.x, self.heat.y
        return (
            f"{self.caption}: {x.name or 'across'} {x.values[0]:.4g} to {x.values[-1]:.4g} {x.unit}, "
            f"{y.name or 'up'} {y.values[0]:.4g} to {y.values[-1]:.4g} {y.unit}"
        )

    @cached_property
    def cuts(self) -> list[Plot]:
        """The line along each axis, summed over the chosen band of the other."""
        recipe = self.recipe
        wanted = (Cut("x", recipe.y_from, recipe.y_to), Cut("y", recipe.x_from, recipe.x_to))
        return [self.cut_plot(cut) for cut in wanted]

    def cut_plot(self, cut: Cut) -> Plot:
        """Return one cut as a plot."""
        along, over = (self.heat.x, self.heat.y) if cut.along == "x" else (self.heat.y, self.heat.x)
        trace = replace(self.trace, key=replace(self.trace.key, row=None, cut=cut), label=self.trace.label or "cut")
        title = f"Along {along.name or cut.along}, summed over {over.name or 'the other axis'}"
        drawing = draw(Recipe(traces=(trace.key,)), [trace])
        return plot_of(drawing, name=f"{self.name}-{cut.along}", title=title)


def map_plot_of(trace: Trace, recipe: HeatRecipe, *, name: str = "map") -> MapPlot:
    """Return a map as a page shows it; raises FileNotFoundError when its numbers are gone."""
    return MapPlot(trace, heat_of(trace, recipe), name)


def heat_of(trace: Trace, recipe: HeatRecipe) -> HeatMap:
    """Return the map of a trace; one with more than two axes has all but the last as its rows."""
    loaded = load(trace.store_key)
    y, values = row_axes(loaded)
    return HeatMap(trace.name, trace.unit, loaded.x, y, values, trace.technique == IMAGE_TECHNIQUE, recipe)
