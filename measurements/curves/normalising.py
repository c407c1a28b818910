"""Normalising curves to be compared; what was done is said."""

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]


class NoScale(Exception):
    """A curve that cannot be normalised as wished: it is nowhere positive, or not there where it is asked for."""


def scale_of(x: Numbers, y: Numbers, how: str, at: float | None = None) -> float:
    """Return what a curve is divided by: its greatest value, its area (trapezoids, in x), or its value at x = `at`.

    Raises NoScale.
    """
    finite = np.isfinite(x) & np.isfinite(y)
    x, y = x[finite], y[finite]
    if how == "" or not len(y):
        return 1.0
    if how == "max":
        scale = float(y.max())
    elif how == "area":
        scale = float(np.trapezoid(y, x))
    elif at is None or not x.min() <= at <= x.max():
        raise NoScale("The curve has no value there.")
    else:
        scale = float(np.interp(at, x, y))
    if not np.isfinite(scale) or scale <= 0:
        raise NoScale("The curve has no positive value to be normalised to.")
    return scale
