"""How intensities scatter when nobody states it: a power of the signal and of the angle, read off the residuals."""

import numpy as np

from analysis.physics.fitting.problem import Floats

MOST_ROUNDS = 30
# Powers beyond these are noise of the estimate, not of a detector.
MOST_POWER = 4.0


def relative_spread(angles_deg: Floats, model: Floats, residuals: Floats) -> Floats:
    """Return standard errors up to a factor, shape (n,), with a geometric mean of one.

    ln σ² = u + v ln m + w ln 2θ, by maximum likelihood for Gaussian residuals (a gamma regression of their squares
    with a logarithmic link). A ring integrated over a flat detector gains pixels with angle and scatters less.
    """
    floor = 1e-3 * float(np.median(np.abs(model)) + 1e-300)
    signal, angle = np.log(np.maximum(model, floor)), np.log(np.maximum(angles_deg, 1e-3))
    design = np.column_stack((np.ones_like(signal), signal - signal.mean(), angle - angle.mean()))
    squares = residuals**2
    mean = float(squares.mean())
    if not mean > 0:
        return np.ones_like(residuals)
    values = np.array([np.log(mean), 0.0, 0.0])
    for _ in range(MOST_ROUNDS):
        expected = np.exp(np.clip(design @ values, -700, 700))
        step = np.linalg.lstsq(design, np.clip(squares / expected - 1, -1.0, 25.0), rcond=None)[0]
        step = np.clip(step, -1.0, 1.0)
        values = values + step
        values[1:] = np.clip(values[1:], -MOST_POWER, MOST_POWER)
        if np.abs(step).max() < 1e-8:
            break
    log_variance = design @ values
    return np.asarray(np.exp((log_variance - log_variance.mean()) / 2))
