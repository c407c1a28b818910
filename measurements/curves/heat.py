"""Maps and images as colors: their values thinned for the screen, and which values the first and last color are."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from measurements.curves.heat_recipe import HeatRecipe

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from measurements.curves.loading import LoadedAxis, Numbers

    Starts = NDArray[np.intp]

# What a screen shows of a map; larger ones are made smaller in whole blocks.
MOST_ROWS, MOST_COLUMNS = 1024, 1400


@dataclass(frozen=True, slots=True)
class HeatMap:
    """A map with its axes: rows upward (an image: downward), the last axis across."""

    name: str
    unit: str
    x: "LoadedAxis"
    y: "LoadedAxis"
    values: "Numbers"
    is_image: bool
    recipe: HeatRecipe


@dataclass(frozen=True, slots=True)
class Thinned:
    """A map of at most so many points, and how many of its points became one."""

    values: "Numbers"
    x: "Numbers"
    y: "Numbers"
    block_rows: int
    block_columns: int

    @property
    def is_whole(self) -> bool:
        """Whether nothing was joined."""
        return self.block_rows == self.block_columns == 1


def thinned_map(heat: HeatMap, most_rows: int = MOST_ROWS, most_columns: int = MOST_COLUMNS) -> Thinned:
    """Return a map made smaller in whole blocks: the mean of an image's, the greatest value of a map's."""
    import numpy as np

    rows, columns = heat.values.shape
    tall, wide = -(-rows // most_rows), -(-columns // most_columns)
    if tall == wide == 1:
        return Thinned(heat.values, heat.x.values, heat.y.values, 1, 1)
    downs, acrosses = np.arange(0, rows, tall), np.arange(0, columns, wide)
    if heat.is_image:
        summed = np.add.reduceat(np.add.reduceat(heat.values, downs, axis=0, dtype=float), acrosses, axis=1)
        values = summed / np.outer(sizes(downs, rows), sizes(acrosses, columns))
    else:
        values = np.fmax.reduceat(np.fmax.reduceat(heat.values, downs, axis=0), acrosses, axis=1)
    return Thinned(values, middles(heat.x.values, acrosses), middles(heat.y.values, downs), tall, wide)


def sizes(starts: "Starts", length: int) -> "Numbers":
    """Return how many points each block has; the last one may have fewer."""
    import numpy as np

    return np.diff(np.append(starts, length)).astype(float)


def middles(axis: "Numbers", starts: "Starts") -> "Numbers":
    """Return the mean place of each block along an axis."""
    import numpy as np

    found: Numbers = np.add.reduceat(axis, starts) / sizes(starts, len(axis))
    return found


def levels_of(values: "Numbers", recipe: HeatRecipe) -> tuple[float, float]:
    """Return the values of the first and the last color; a map without any has 0 and 1."""
    import numpy as np

    told = values[np.isfinite(values)]
    if recipe.scale == "log":
        told = told[told > 0]
    if not told.size:
        return (1.0, 10.0) if recipe.scale == "log" else (0.0, 1.0)
    low, high = (float(one) for one in np.percentile(told, [recipe.low_percent, recipe.high_percent]))
    return (low, high) if high > low else (low, low * 10 if recipe.scale == "log" else low + 1.0)
