"""The residuals of a fit as a small line for a table: flat where the model says all there is to say."""

import numpy as np

from analysis.methods.contract import Plot
from measurements.curves.thinning import thinned

WIDTH, HEIGHT = 96, 22
POINTS = 90
# In units of the residuals, which methods give in standard errors; what lies beyond is at the edge.
REACH = 3.5


def residual_points(plot: Plot) -> str:
    """Return the residuals of a plot as the points of a polyline; nothing where there are none."""
    if plot.residuals is None or len(plot.residuals) < 2:
        return ""
    places = np.linspace(0.0, WIDTH, len(plot.residuals))
    values = np.clip(np.nan_to_num(np.asarray(plot.residuals, dtype=float)), -REACH, REACH)
    x, y = thinned(places, values, POINTS)
    heights = HEIGHT / 2 * (1 - y / REACH)
    return " ".join(f"{at:.1f},{height:.1f}" for at, height in zip(x.tolist(), heights.tolist(), strict=True))
