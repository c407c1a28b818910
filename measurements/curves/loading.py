"""Loading the numbers of curves from the array store; numpy comes with the first curve, not with the page."""

import io
import json
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from measurements.storage.stores import array_key, store

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

# Spectra that several people look at, or one person turns and scales; maps are too large to be kept.
KEPT_POINTS = 200_000


@dataclass(frozen=True, slots=True)
class LoadedAxis:
    """A name, a unit and values."""

    name: str
    unit: str
    values: "Numbers"


@dataclass(frozen=True, slots=True)
class Loaded:
    """A curve's values over its axes, the last being x."""

    values: "Numbers"
    axes: tuple[LoadedAxis, ...]

    @property
    def x(self) -> LoadedAxis:
        """The axis a curve is drawn along."""
        return self.axes[-1]


def load(store_key: str) -> Loaded:
    """Return the numbers under a key of the array store; raises FileNotFoundError."""
    small = _small(store_key)
    return small if small is not None else _loaded(store_key)


@lru_cache(maxsize=256)
def _small(store_key: str) -> Loaded | None:
    loaded = _loaded(store_key)
    return loaded if loaded.values.size <= KEPT_POINTS else None


def _loaded(store_key: str) -> Loaded:
    import numpy as np

    with store().open(array_key(store_key)) as stream:
        content = io.BytesIO(stream.read())
    with np.load(content, allow_pickle=False) as arrays:
        names = json.loads(str(arrays["axes"]))
        axes = tuple(
            LoadedAxis(name, unit, arrays[f"axis_{index}"].astype(float)) for index, (name, unit) in enumerate(names)
        )
        return Loaded(arrays["values"], axes)
