"""Laser and emission photons per time in a spectrum of an integrating sphere, with their covariance."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.special import chdtr, chdtrc

from analysis.physics.fitting.problem import Floats
from analysis.physics.refusing import CannotAnalyse

Band = tuple[float, float]
Noise = Literal["Poisson", "scatter of the dark band"]
# Fewer pixels tell no dark level.
LEAST_DARK_COUNT = 5
# The dark band scatters otherwise than counts do beyond this probability.
TOO_SMALL_P = 1e-4


@dataclass(frozen=True, slots=True)
class Bands:
    """Where the laser, the emission and nothing at all are, each from and to in nm."""

    laser_nm: Band
    emission_nm: Band
    dark_nm: Band


@dataclass(frozen=True, slots=True)
class Exposure:
    """How a spectrum was taken: time of one scan, scans averaged, part of the light that a filter let through."""

    time_s: float
    scan_count: int
    transmission_ratio: float

    @property
    def per_photon(self) -> float:
        """Rate that one count stands for, 1/s."""
        return 1 / (self.time_s * self.transmission_ratio)


@dataclass(frozen=True, slots=True)
class Dark:
    """The dark level of a spectrum, the variance of one pixel without light, and how many pixels it is a mean of."""

    level: float
    variance: float
    pixel_count: int
    noise: Noise


@dataclass(frozen=True, slots=True, eq=False)
class BandRates:
    """Photons per second of laser and emission, their covariance, shape (2, 2), and the dark they are above."""

    laser: float
    emission: float
    covariance: Floats
    dark: Dark

    @property
    def stderrs(self) -> Floats:
        """Standard errors of both, shape (2,)."""
        return np.sqrt(np.diag(self.covariance))


def band_rates(
    wavelengths_nm: Floats, readings: Floats, bands: Bands, exposure: Exposure, *, weights: Floats | None = None
) -> BandRates:
    """Return the rates of a spectrum, shape (n,), above its dark level.

    Sum over the pixels of a band of (y − dark) × weight; the dark level is the mean of the dark band and is common
    to both sums, so that they are correlated. Counts averaged over N scans have the variance y/N; readings with
    `weights`, shape (n,), are no counts (λ Δλ of a spectrum in W/nm) and have the variance of the dark band only.
    """
    is_counts = weights is None
    dark = dark_level(readings[inside(wavelengths_nm, bands.dark_nm)], exposure.scan_count, is_counts=is_counts)
    weight = np.ones(len(readings)) if weights is None else weights
    light = readings - dark.level
    variances = np.full(len(readings), dark.variance)
    if is_counts:
        variances += np.clip(light, 0, None) / exposure.scan_count
    chosen = [occupied(wavelengths_nm, band) for band in (bands.laser_nm, bands.emission_nm)]
    laser, emission = (float((weight[one] * light[one]).sum()) for one in chosen)
    own = [float((weight[one] ** 2 * variances[one]).sum()) for one in chosen]
    totals = [float(weight[one].sum()) for one in chosen]
    covariance = np.diag(own) + np.outer(totals, totals) * dark.variance / dark.pixel_count
    rate = exposure.per_photon
    return BandRates(laser * rate, emission * rate, covariance * rate**2, dark)


def dark_level(readings: Floats, scan_count: int, *, is_counts: bool) -> Dark:
    """Return the level of readings without light, shape (n,).

    Counts that scatter as averaged counts do have the variance mean/N; others that of their own scatter. Raises
    CannotAnalyse for fewer than five.
    """
    if len(readings) < LEAST_DARK_COUNT:
        raise CannotAnalyse(f"Only {len(readings)} pixels lie in the dark band; state dark_from_nm and dark_to_nm.")
    level = float(readings.mean())
    if is_counts and is_poisson(readings, scan_count):
        return Dark(level, level / scan_count, len(readings), "Poisson")
    return Dark(level, float(readings.var(ddof=1)), len(readings), "scatter of the dark band")


def occupied(wavelengths_nm: Floats, band: Band) -> NDArray[np.bool_]:
    """Return which pixels lie in a band; raises CannotAnalyse where none does."""
    chosen = inside(wavelengths_nm, band)
    if not chosen.any():
        raise CannotAnalyse(f"The spectrum has nothing from {band[0]:g} to {band[1]:g} nm; state the bands.")
    return chosen


def inside(wavelengths_nm: Floats, band: Band) -> NDArray[np.bool_]:
    """Return which pixels lie in a band, both ends included."""
    return (wavelengths_nm >= band[0]) & (wavelengths_nm <= band[1])


def is_poisson(dark_readings: Floats, scan_count: int) -> bool:
    """Say whether dark readings scatter as counts averaged over scans do: (n − 1) s²/(mean/N) is χ² distributed."""
    mean = float(dark_readings.mean())
    if mean <= 0:
        return False
    dof_count = len(dark_readings) - 1
    chi2 = dof_count * float(dark_readings.var(ddof=1)) * scan_count / mean
    return min(float(chdtr(dof_count, chi2)), float(chdtrc(dof_count, chi2))) > TOO_SMALL_P


def pixel_widths_nm(wavelengths_nm: Floats) -> Floats:
    """Return the width of every pixel in nm from the distances to its neighbours, shape (n,)."""
    return np.abs(np.gradient(wavelengths_nm))
