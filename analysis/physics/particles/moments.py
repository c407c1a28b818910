"""Mean, spread and volume-weighted mean of edge lengths, each with what its error is an error of."""

from dataclasses import dataclass
from math import nan, sqrt

import numpy as np
from scipy.special import chdtri, stdtrit
from scipy.stats import kurtosis, skew

from analysis.physics.fitting.problem import Floats
from analysis.physics.refusing import CannotAnalyse

LEAST_COUNT = 3
# 1/Φ⁻¹(3/4) makes the median absolute deviation of a normal distribution its standard deviation.
MAD_FACTOR = 1.482602218505602


@dataclass(frozen=True, slots=True)
class Moments:
    """Sample statistics of edge lengths.

    `std_nm` is the spread of the particles (n − 1), `sem_nm` the error of their mean; the two are never the same
    thing. `volume_weighted_nm` is ⟨L⁴⟩/⟨L³⟩, to be compared with diffraction; kurtosis takes four.
    """

    n_count: int
    mean_nm: float
    std_nm: float
    sem_nm: float
    dispersion_percent: float
    median_nm: float
    mad_std_nm: float
    skewness: float
    excess_kurtosis: float
    volume_weighted_nm: float
    volume_weighted_stderr_nm: float


def moments(edges_nm: Floats) -> Moments:
    """Return the sample statistics of edge lengths, shape (n,), in nm.

    Standard deviation with n − 1; skewness and excess kurtosis corrected for the size of the sample; the error
    of ⟨L⁴⟩/⟨L³⟩ by the delta method. Raises CannotAnalyse for fewer than three edges.
    """
    count = len(edges_nm)
    if count < LEAST_COUNT:
        raise CannotAnalyse(f"{count} edges are too few for a mean and a spread; measure at least {LEAST_COUNT}.")
    mean_nm, std_nm = float(edges_nm.mean()), float(edges_nm.std(ddof=1))
    if std_nm == 0.0:
        raise CannotAnalyse(f"All {count} edges are {mean_nm:g} nm; a list of one value has no spread to tell.")
    median_nm = float(np.median(edges_nm))
    volume_nm, volume_stderr_nm = volume_weighted(edges_nm)
    return Moments(
        n_count=count,
        mean_nm=mean_nm,
        std_nm=std_nm,
        sem_nm=std_nm / sqrt(count),
        dispersion_percent=100 * std_nm / mean_nm,
        median_nm=median_nm,
        mad_std_nm=MAD_FACTOR * float(np.median(np.abs(edges_nm - median_nm))),
        skewness=float(skew(edges_nm, bias=False)),
        excess_kurtosis=float(kurtosis(edges_nm, bias=False)) if count > LEAST_COUNT else nan,
        volume_weighted_nm=volume_nm,
        volume_weighted_stderr_nm=volume_stderr_nm,
    )


def volume_weighted(edges_nm: Floats) -> tuple[float, float]:
    """Return ⟨L⁴⟩/⟨L³⟩ in nm and its standard error by the delta method."""
    cubes = edges_nm**3
    mean_nm = float((cubes * edges_nm).sum() / cubes.sum())
    influence = cubes * (edges_nm - mean_nm) / cubes.mean()
    return mean_nm, float(influence.std(ddof=1)) / sqrt(len(edges_nm))


def mean_interval_nm(found: Moments, level: float) -> tuple[float, float]:
    """Return the two-sided interval of the mean by Student's t with n − 1 degrees of freedom."""
    half_nm = float(stdtrit(found.n_count - 1, 0.5 + level / 2)) * found.sem_nm
    return found.mean_nm - half_nm, found.mean_nm + half_nm


def std_interval_nm(found: Moments, level: float) -> tuple[float, float]:
    """Return the two-sided interval of the standard deviation by χ²; it assumes a normal distribution."""
    dof_count = found.n_count - 1
    upper, lower = (float(chdtri(dof_count, tail)) for tail in ((1 - level) / 2, (1 + level) / 2))
    return found.std_nm * sqrt(dof_count / upper), found.std_nm * sqrt(dof_count / lower)


def std_stderr_nm(found: Moments, excess_kurtosis: float) -> float:
    """Return the standard error of the standard deviation of a distribution with a given excess kurtosis.

    s √((2/(n−1) + κ/n)/4): the variance of a sample variance, halved by the square root.
    """
    count = found.n_count
    return found.std_nm * sqrt(max(2 / (count - 1) + excess_kurtosis / count, 0.0)) / 2
