"""How strongly a pulse train excites: fluence per pulse, photons, and excitons in one nanocrystal."""

from dataclasses import dataclass
from math import exp, expm1, pi

from analysis.physics.constants import HC_EV_NM
from analysis.physics.refusing import CannotAnalyse

# Elementary charge in joules per electronvolt (exact since 2019).
J_PER_EV = 1.602176634e-19
# A focus wider than this is taken for a slip of the unit: the μ of μm is easily lost.
MOST_RADIUS_UM = 10_000.0


@dataclass(frozen=True, slots=True)
class Excitation:
    """One pulse of a train: energy and photons on a square centimetre, and the average power through the spot."""

    fluence_nj_per_cm2: float
    photons_per_cm2: float
    spot_power_nw: float | None


def excitation(
    irradiance_mw_per_cm2: float, pulse_rate_mhz: float, wavelength_nm: float, radius_um: float | None = None
) -> Excitation:
    """Return what one pulse brings: irradiance over pulse rate, and its photons of hc/λ.

    An irradiance (mW/cm²) is no fluence (nJ/cm² per pulse): 150 mW/cm² at 2 MHz is 75 nJ/cm². Raises CannotAnalyse
    for values that cannot be meant.
    """
    for name, value in (
        ("irradiance", irradiance_mw_per_cm2), ("pulse rate", pulse_rate_mhz), ("wavelength", wavelength_nm),
    ):  # fmt: skip
        if not value > 0:
            raise CannotAnalyse(f"The {name} of the excitation is above zero, not {value:g}.")
    fluence_nj_per_cm2 = irradiance_mw_per_cm2 / pulse_rate_mhz
    photon_nj = HC_EV_NM / wavelength_nm * J_PER_EV * 1e9
    spot_power_nw = None if radius_um is None else irradiance_mw_per_cm2 * 1e6 * spot_area_cm2(radius_um)
    return Excitation(fluence_nj_per_cm2, fluence_nj_per_cm2 / photon_nj, spot_power_nw)


def spot_area_cm2(radius_um: float) -> float:
    """Return the area of a round spot; raises CannotAnalyse for a radius that lost its μ."""
    if not 0 < radius_um <= MOST_RADIUS_UM:
        raise CannotAnalyse(f"A spot with a radius of {radius_um:g} μm cannot be meant; check its unit.")
    return pi * (radius_um * 1e-4) ** 2


def exciton_count(photons_per_cm2: float, cross_section_cm2: float) -> float:
    """Return ⟨N⟩ = σ j, the mean number of excitons that one pulse makes in a nanocrystal."""
    return cross_section_cm2 * photons_per_cm2


def several_fraction(mean_count: float) -> float:
    """Return P(N ≥ 2) = 1 − e^(−⟨N⟩) (1 + ⟨N⟩), the nanocrystals with more than one exciton, by Poisson."""
    return -expm1(-mean_count) - mean_count * exp(-mean_count)
