"""Conversions between axes; each says its equation, units and where it holds. Numbers in, numbers out."""

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

# h·c in eV·nm, exact since the SI of 2019: 6.62607015e-34 J·s · 299792458 m/s / 1.602176634e-19 J/eV · 1e9 nm/m.
HC_EV_NM = 1239.8419843320026
NM_PER_CM = 1e7


def nm_to_ev(wavelengths_nm: Numbers) -> Numbers:
    """Return photon energies in eV: E = hc/λ, for wavelengths in nm as the file has them (no air correction)."""
    return HC_EV_NM / wavelengths_nm


def ev_to_nm(energies_ev: Numbers) -> Numbers:
    """Return wavelengths in nm: λ = hc/E."""
    return HC_EV_NM / energies_ev


def per_nm_to_per_ev(intensities: Numbers, wavelengths_nm: Numbers) -> Numbers:
    """Return a spectral density per eV from one per nm: I(E) = I(λ)·λ²/hc, since |dλ/dE| = λ²/hc.

    Only for densities (emission); an absorbance or a transmission is no density and keeps its values.
    """
    return intensities * wavelengths_nm**2 / HC_EV_NM


def per_ev_to_per_nm(intensities: Numbers, energies_ev: Numbers) -> Numbers:
    """Return a spectral density per nm from one per eV: I(λ) = I(E)·E²/hc."""
    return intensities * energies_ev**2 / HC_EV_NM


def raman_shift_to_nm(shifts_per_cm: Numbers, laser_nm: float) -> Numbers:
    """Return absolute wavelengths in nm of Raman shifts in 1/cm: 1/λ = 1/λ_laser − shift."""
    return NM_PER_CM / (NM_PER_CM / laser_nm - shifts_per_cm)


def wavenumber_to_nm(wavenumbers_per_cm: Numbers) -> Numbers:
    """Return wavelengths in nm of absolute wavenumbers in 1/cm: λ = 10⁷/ν."""
    return NM_PER_CM / wavenumbers_per_cm


def two_theta_to_q(two_theta_deg: Numbers, wavelength_angstrom: float) -> Numbers:
    """Return scattering vectors in 1/Å: q = 4π·sin(θ)/λ, with 2θ in degrees."""
    return 4 * np.pi * np.sin(np.radians(two_theta_deg) / 2) / wavelength_angstrom


def two_theta_to_d(two_theta_deg: Numbers, wavelength_angstrom: float) -> Numbers:
    """Return lattice spacings in Å by Bragg's law: d = λ/(2·sin θ); at 2θ = 0 there is none (infinite)."""
    with np.errstate(divide="ignore"):
        return wavelength_angstrom / (2 * np.sin(np.radians(two_theta_deg) / 2))


def q_to_two_theta(q_per_angstrom: Numbers, wavelength_angstrom: float) -> Numbers:
    """Return 2θ in degrees: 2θ = 2·asin(qλ/4π); nothing (nan) beyond q = 4π/λ."""
    with np.errstate(invalid="ignore"):
        theta_rad: Numbers = np.arcsin(q_per_angstrom * wavelength_angstrom / (4 * np.pi))
    return np.degrees(2 * theta_rad)
