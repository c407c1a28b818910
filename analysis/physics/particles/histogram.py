"""The histogram of edge lengths, with a width of its bins that the values themselves choose."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.physics.fitting.problem import Floats

# Bins of a list with a far outlier, which would otherwise be thousands of empty ones.
MOST_BINS = 200


@dataclass(frozen=True, slots=True, eq=False)
class Histogram:
    """Counts, shape (bins,), between `bounds_nm`, shape (bins + 1,)."""

    bounds_nm: Floats
    counts: NDArray[np.int64]

    @property
    def width_nm(self) -> float:
        """Width of a bin."""
        return float(self.bounds_nm[1] - self.bounds_nm[0])


def bin_width_nm(edges_nm: Floats) -> float:
    """Return 2 IQR n^(−1/3) (Freedman and Diaconis 1981) with linearly interpolated quartiles; zero without an IQR."""
    lower_nm, upper_nm = np.percentile(edges_nm, (25, 75))
    return float(2 * (upper_nm - lower_nm) / len(edges_nm) ** (1 / 3))


def histogram(edges_nm: Floats, width_nm: float | None = None) -> Histogram:
    """Return the histogram of edges, shape (n,), with bins that start at a multiple of their width.

    Without an interquartile range, or for more than 200 bins, the range is cut into fewer, equal ones.
    """
    lowest_nm, highest_nm = float(edges_nm.min()), float(edges_nm.max())
    wished_nm = width_nm or bin_width_nm(edges_nm)
    least_nm = (highest_nm - lowest_nm) / MOST_BINS or highest_nm / MOST_BINS
    chosen_nm = max(wished_nm, least_nm)
    first = np.floor(lowest_nm / chosen_nm)
    bin_count = int(np.floor(highest_nm / chosen_nm) - first) + 1
    bounds_nm = (first + np.arange(bin_count + 1)) * chosen_nm
    return Histogram(bounds_nm, np.histogram(edges_nm, bounds_nm)[0])
