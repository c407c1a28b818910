"""Thinning for the screen: the least and the greatest value of every pixel, so that no peak is lost."""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]


def thinned(x: Numbers, y: Numbers, most_points: int) -> tuple[Numbers, Numbers]:
    """Return at most `most_points` points of a curve, of each part its least and greatest value in their order.

    Short curves come back whole. Gaps (nan) stay gaps where a whole part has none.
    """
    if len(x) <= most_points or most_points < 4:
        return x, y
    part_count = most_points // 2
    edges = np.linspace(0, len(x), part_count + 1).astype(int)
    kept = np.empty(2 * part_count, dtype=int)
    for part, (start, end) in enumerate(pairwise(edges.tolist())):
        kept[2 * part : 2 * part + 2] = extremes(y, start, end)
    kept = np.unique(kept)
    return x[kept], y[kept]


def extremes(y: Numbers, start: int, end: int) -> list[int]:
    """Return where a part of a curve is least and greatest, the first of them first."""
    part = y[start:end]
    finite = np.flatnonzero(np.isfinite(part))
    if not len(finite):
        return [start, start]
    values = part[finite]
    low, high = finite[int(values.argmin())], finite[int(values.argmax())]
    return sorted((start + int(low), start + int(high)))
