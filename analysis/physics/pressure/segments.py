"""Two straight lines that meet: the best meeting point, found exactly by looking into every gap between points."""

from itertools import pairwise

import numpy as np

from analysis.physics.fitting.problem import Floats


def rss_along(places: Floats, x: Floats, y: Floats, weights: Floats) -> Floats:
    """Return the weighted residual sum of squares of a kink held at each place, shape (m,).

    Everything else is linear: the bend's column, freed of the straight line's, takes (h·r)²/(h·h) from the line's sum.
    """
    root = np.sqrt(weights)
    basis, _ = np.linalg.qr(np.column_stack((root, root * x)))
    left = root * y - basis @ (basis.T @ (root * y))
    bends = root[:, None] * np.maximum(x[:, None] - places, 0.0)
    bends = bends - basis @ (basis.T @ bends)
    lengths = np.einsum("ij,ij->j", bends, bends)
    taken = np.where(lengths > 1e-14 * float(weights.sum()), (left @ bends) ** 2 / np.maximum(lengths, 1e-300), 0.0)
    return np.asarray(float(left @ left) - taken)


def lines_at(place: float, x: Floats, y: Floats, weights: Floats) -> tuple[float, float, float]:
    """Return value at x = 0 and both slopes for a kink held at a place."""
    root = np.sqrt(weights)
    columns = np.column_stack((np.ones_like(x), x, np.maximum(x - place, 0.0))) * root[:, None]
    start, below, bend = np.linalg.lstsq(columns, root * y, rcond=None)[0]
    return float(start), float(below), float(below + bend)


def best_kink(x: Floats, y: Floats, weights: Floats) -> float:
    """Return where the kink fits best, for x, y and weights of shape (n,), x ascending.

    Within a gap between two points the best kink is where the lines of both sides cross; if they cross elsewhere, it
    lies on a point (Hudson, J. Am. Stat. Assoc. 61 (1966) 1097). Two different x stay on either side.
    """
    places = np.unique(x)
    candidates = list(places[1:-1])
    for low, high in pairwise(places[1:-1]):
        crossing = where_lines_cross(x, y, weights, is_below=x <= low)
        if crossing is not None and low < crossing < high:
            candidates.append(crossing)
    tried = np.array(candidates)
    return float(tried[np.argmin(rss_along(tried, x, y, weights))])


def where_lines_cross(x: Floats, y: Floats, weights: Floats, *, is_below: np.ndarray) -> float | None:
    """Return where the lines through two groups of points cross; None for parallel ones."""
    (start, slope), (other_start, other_slope) = (
        straight_line(x[chosen], y[chosen], weights[chosen]) for chosen in (is_below, ~is_below)
    )
    if slope == other_slope:
        return None
    return (other_start - start) / (slope - other_slope)


def straight_line(x: Floats, y: Floats, weights: Floats) -> tuple[float, float]:
    """Return value at x = 0 and slope of a weighted line."""
    total = float(weights.sum())
    middle, height = float(weights @ x) / total, float(weights @ y) / total
    slope = float(weights @ ((x - middle) * (y - height))) / float(weights @ (x - middle) ** 2)
    return height - slope * middle, slope
