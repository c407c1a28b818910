"""How much of a line lies inside a band of wavelengths."""

from math import erf, sqrt

from analysis.physics.constants import FWHM_PER_SIGMA, HC_EV_NM
from analysis.physics.refusing import CannotAnalyse


def in_band_fraction(peak_energy_ev: float, fwhm_ev: float, low_nm: float, high_nm: float) -> float:
    """Return the part of a line, Gaussian in energy, that a band of wavelengths holds.

    Φ((hc/λ_low − E₀)/s) − Φ((hc/λ_high − E₀)/s) with s = FWHM/(2√(2 ln 2)).
    """
    if not (fwhm_ev > 0 and 0 < low_nm < high_nm):
        raise CannotAnalyse("A band goes from a shorter to a longer wavelength, and a line has a width above zero.")
    scale = fwhm_ev / FWHM_PER_SIGMA * sqrt(2.0)
    upper, lower = ((HC_EV_NM / edge_nm - peak_energy_ev) / scale for edge_nm in (low_nm, high_nm))
    return 0.5 * (erf(upper) - erf(lower))
