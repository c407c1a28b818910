"""Whether δ in a fit is δ: it must be seen where γ has no line."""

import numpy as np

from analysis.physics.diffraction.phase_call import DELTA_102_WINDOW_DEG, DELTA_WINDOW_DEG, window_at_deg
from analysis.physics.diffraction.scale_search import Start
from analysis.physics.diffraction.whole_pattern import Pattern, WholePattern
from analysis.physics.fitting.fitted import Fitted
from analysis.physics.fitting.problem import Floats, Likelihood

DELTA_ALONE_FROM = 4.0


def stands_alone(model: WholePattern, fitted: Fitted, start: Start) -> bool:
    """Say whether δ, still a column, is seen in a window that γ leaves free: misfit elsewhere also takes to it."""
    pattern, column = model.pattern, model.frozen["delta"]
    left = pattern.observed - model.predicted(fitted.values) + fitted.value("delta") * column
    variances = variances_about(pattern, left)
    length = model.setup.radiation.first.value_angstrom
    for window in (DELTA_WINDOW_DEG, DELTA_102_WINDOW_DEG):
        low, high = window_at_deg(window, length, start.delta_stretch)
        inside = (pattern.angles_deg >= low) & (pattern.angles_deg <= high)
        if float(left[inside].sum()) > DELTA_ALONE_FROM * float(np.sqrt(variances[inside].sum())) > 0:
            return True
    return False


def variances_about(pattern: Pattern, left: Floats) -> Floats:
    """Return the variance of every point, shape (n,); where nobody states it, that of the differences left."""
    if pattern.likelihood is Likelihood.POISSON:
        return np.maximum(pattern.observed, 1.0)
    if pattern.stderrs is not None:
        return np.asarray(pattern.stderrs**2)
    return np.full_like(left, float(np.median(np.diff(left) ** 2)) / 0.91)
