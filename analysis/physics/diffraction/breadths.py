"""The breadth of a pseudo-Voigt line from its Gaussian and Lorentzian parts, and an instrument's part taken out."""

from dataclasses import dataclass
from math import sqrt

import numpy as np
from scipy.optimize import brentq

from analysis.physics.fitting.problem import Floats
from analysis.physics.refusing import CannotAnalyse

# Coefficients of Thompson, Cox and Hastings, J. Appl. Cryst. 20 (1987) 79, from Γ_G⁵ down to Γ_L⁵.
FWHM_TERMS = (1.0, 2.69269, 2.42843, 4.47163, 0.07842, 1.0)
ETA_TERMS = (1.36603, -0.47719, 0.11116)


@dataclass(frozen=True, slots=True, eq=False)
class Mixed:
    """FWHM and Lorentzian part η of pseudo-Voigt lines with their slopes by both breadths, all of one shape."""

    fwhm: Floats
    eta: Floats
    fwhm_by_gauss: Floats
    fwhm_by_lorentz: Floats
    eta_by_gauss: Floats
    eta_by_lorentz: Floats


def mixed(gauss: Floats, lorentz: Floats) -> Mixed:
    """Return pseudo-Voigt lines whose Gaussian and Lorentzian parts have these FWHM, in any unit of angle.

    Γ⁵ = Γ_G⁵ + 2.69269 Γ_G⁴Γ_L + 2.42843 Γ_G³Γ_L² + 4.47163 Γ_G²Γ_L³ + 0.07842 Γ_GΓ_L⁴ + Γ_L⁵ and
    η = 1.36603 q − 0.47719 q² + 0.11116 q³ with q = Γ_L/Γ (Thompson, Cox, Hastings 1987).
    """
    gauss, lorentz = np.broadcast_arrays(np.asarray(gauss, dtype=float), np.asarray(lorentz, dtype=float))
    fifth = sum(term * gauss ** (5 - power) * lorentz**power for power, term in enumerate(FWHM_TERMS))
    by_gauss = sum((5 - power) * term * gauss ** (4 - power) * lorentz**power
                   for power, term in enumerate(FWHM_TERMS[:5]))  # fmt: skip
    by_lorentz = sum(power * term * gauss ** (5 - power) * lorentz ** (power - 1)
                     for power, term in enumerate(FWHM_TERMS) if power)  # fmt: skip
    fwhm = np.asarray(fifth) ** 0.2
    slope = 0.2 * fwhm**-4.0
    fwhm_by_gauss, fwhm_by_lorentz = slope * by_gauss, slope * by_lorentz
    share = lorentz / fwhm
    first, second, third = ETA_TERMS
    eta = share * (first + share * (second + share * third))
    eta_by_share = first + share * (2 * second + share * 3 * third)
    return Mixed(
        fwhm, eta, fwhm_by_gauss, fwhm_by_lorentz,
        eta_by_share * (-share / fwhm * fwhm_by_gauss),
        eta_by_share * (1.0 - share * fwhm_by_lorentz) / fwhm,
    )  # fmt: skip


def parts_of(fwhm: float, eta: float) -> tuple[float, float]:
    """Return the Gaussian and the Lorentzian FWHM of a pseudo-Voigt line, the inverse of `mixed`."""
    if not 0 <= eta <= 1 or fwhm <= 0:
        raise CannotAnalyse("A line has a breadth above zero and a Lorentzian part between zero and one.")
    first, second, third = ETA_TERMS
    share = float(brentq(lambda q: q * (first + q * (second + q * third)) - eta, 0.0, 1.0, xtol=1e-15))
    if share >= 1 or fwhm_of(1e-9, share) >= 1.0:
        return 0.0, fwhm
    return fwhm * float(brentq(lambda g: fwhm_of(g, share) - 1.0, 0.0, 1.0, xtol=1e-15)), fwhm * share


def fwhm_of(gauss: float, lorentz: float) -> float:
    """Return the FWHM of one pseudo-Voigt line."""
    return float(sum(term * gauss ** (5 - power) * lorentz**power for power, term in enumerate(FWHM_TERMS)) ** 0.2)


def without_instrument_deg(observed_deg: float, instrument_deg: float, shape: str, eta: float | None = None) -> float:
    """Return a FWHM without the instrument's: "lorentz" B − b, "gauss" √(B² − b²), or "tch" part by part.

    For "tch" the instrument is Gaussian, η is that of the observed line, and the answer is the FWHM of what is left;
    without η what is left is the Lorentzian that makes the observed breadth beside the instrument.
    """
    if instrument_deg < 0 or observed_deg <= instrument_deg:
        raise CannotAnalyse(
            f"The line is {observed_deg:g}° wide and the instrument {instrument_deg:g}°: nothing is left for the size."
        )
    if shape == "lorentz":
        return observed_deg - instrument_deg
    if shape == "gauss":
        return sqrt(observed_deg**2 - instrument_deg**2)
    if shape != "tch":
        raise CannotAnalyse(f"An instrument is taken out as lorentz, gauss or tch, not as “{shape}”.")
    if eta is None:
        return float(brentq(lambda one: fwhm_of(instrument_deg, one) - observed_deg, 0.0, observed_deg, xtol=1e-14))
    gauss_deg, lorentz_deg = parts_of(observed_deg, eta)
    return fwhm_of(sqrt(max(gauss_deg**2 - instrument_deg**2, 0.0)), lorentz_deg)
