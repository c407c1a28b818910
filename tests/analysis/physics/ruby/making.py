"""Ruby spectra with known lines."""

import numpy as np

from analysis.physics.fitting.problem import Floats
from analysis.physics.ruby.doublet import predicted_counts

WAVELENGTHS_NM = np.linspace(689.0, 700.0, 441)


def made_ruby(
    seed: int = 1, *, r1_nm: float = 694.6, separation_nm: float = 1.42, height: float = 3000.0, r2_ratio: float = 0.6,
    fwhm_nm: float = 0.6, background: float = 150.0, lorentzian_fraction: float = 1.0, x: Floats = WAVELENGTHS_NM,
) -> Floats:  # fmt: skip
    """Return Poisson counts of a doublet over wavelengths, shape (n,)."""
    values = np.array([
        height, r1_nm, fwhm_nm, r2_ratio * height, separation_nm, 0.9 * fwhm_nm, background, 0.5, lorentzian_fraction,
    ])  # fmt: skip
    drawn = np.random.default_rng(seed).poisson(predicted_counts(values, x, float(x.mean())))
    return drawn.astype(float)
