"""Photon energies of the axes that spectra come on, and densities that change with the axis."""

from enum import StrEnum

import numpy as np

from analysis.physics.air import vacuum_nm
from analysis.physics.constants import HC_EV_NM
from analysis.physics.fitting.problem import Floats
from analysis.physics.refusing import CannotAnalyse

NM_PER_CM = 1e7


class Scale(StrEnum):
    """What the x axis of a spectrum is."""

    NM = "nm"
    EV = "eV"
    PER_CM = "1/cm"
    RAMAN_SHIFT = "Raman shift in 1/cm"


def energies_ev(x: Floats, scale: Scale, *, laser_nm: float | None = None, is_in_air: bool = False) -> Floats:
    """Return photon energies, shape (n,), of an axis, shape (n,).

    E = hc/λ; of a wavenumber E = hc ν; of a Raman shift E = hc (1/λ_laser − Δν), with laser and shift in the same
    medium. Wavelengths in air are turned into those in vacuum first. Raises CannotAnalyse for what is no light.
    """
    told = wavelengths_nm(x, scale, laser_nm=laser_nm)
    return np.asarray(HC_EV_NM / (vacuum_nm(told) if is_in_air else told))


def wavelengths_nm(x: Floats, scale: Scale, *, laser_nm: float | None = None) -> Floats:
    """Return wavelengths, shape (n,), of an axis, shape (n,): λ = 1/(1/λ_laser − Δν 10⁻⁷) for a Raman shift."""
    if scale is Scale.NM:
        return checked(x, scale)
    if scale is Scale.RAMAN_SHIFT:
        if laser_nm is None:
            raise CannotAnalyse("State the wavelength of the laser, which a Raman shift needs: laser_nm.")
        return 1.0 / checked(1.0 / laser_nm - x / NM_PER_CM, scale)
    return 1.0 / checked(x / (HC_EV_NM if scale is Scale.EV else NM_PER_CM), scale)


def checked(lengths: Floats, scale: Scale) -> Floats:
    """Return wavelengths or their inverses, shape (n,), if all are those of light."""
    if not (np.isfinite(lengths).all() and float(lengths.min()) > 0):
        raise CannotAnalyse(f"The axis has values that are no light in {scale}; check the unit of x.")
    return lengths


def density_per_ev(density_per_nm: Floats, at_nm: Floats) -> Floats:
    """Return a spectral density per eV, shape (n,), of one per nm: I(E) = I(λ) λ²/hc. Absorbance is no density."""
    return np.asarray(density_per_nm * at_nm**2 / HC_EV_NM)


def density_per_nm(density_per_ev: Floats, at_nm: Floats) -> Floats:
    """Return a spectral density per nm, shape (n,), of one per eV: I(λ) = I(E) hc/λ²."""
    return np.asarray(density_per_ev * HC_EV_NM / at_nm**2)
