"""Repeats of one measurement: their mean, their spread, and whether the stated errors explain it."""

from dataclasses import dataclass
from math import nan, sqrt

import numpy as np
from scipy.special import chdtrc, chdtri, stdtrit

from analysis.physics.fitting.problem import Floats
from analysis.physics.refusing import CannotAnalyse

LEAST_COUNT = 3


@dataclass(frozen=True, slots=True)
class Repeats:
    """Mean and standard deviation (n − 1) of repeats; `p` is that of χ² of the stated errors, NaN without them."""

    count: int
    mean: float
    std: float
    chi2: float
    p: float

    @property
    def sem(self) -> float:
        """Standard error of the mean, s/√n."""
        return self.std / sqrt(self.count)

    def interval(self, level: float) -> tuple[float, float]:
        """Return the interval of the mean by Student's t with n − 1 degrees of freedom."""
        half = float(stdtrit(self.count - 1, 0.5 + level / 2)) * self.sem
        return self.mean - half, self.mean + half

    def std_interval(self, level: float) -> tuple[float, float]:
        """Return the interval of the standard deviation by χ² with n − 1 degrees of freedom."""
        dof_count = self.count - 1
        upper, lower = (float(chdtri(dof_count, tail)) for tail in ((1 - level) / 2, (1 + level) / 2))
        return self.std * sqrt(dof_count / upper), self.std * sqrt(dof_count / lower)


def repeats(values: Floats, stderrs: Floats) -> Repeats:
    """Return the statistics of repeats, shape (n,), with their errors, shape (n,), NaN where none is known.

    χ² = Σ ((y − ȳ_w)/σ)² about the weighted mean, n − 1 degrees of freedom. Raises CannotAnalyse for fewer than
    three repeats or one that is no number.
    """
    if len(values) < LEAST_COUNT:
        raise CannotAnalyse(f"{len(values)} repeats tell no spread; measure at least {LEAST_COUNT} times.")
    if not np.isfinite(values).all():
        raise CannotAnalyse("A repeat has no value; leave it out.")
    mean, std = float(values.mean()), float(values.std(ddof=1))
    if not (np.isfinite(stderrs).all() and (stderrs > 0).all()):
        return Repeats(len(values), mean, std, nan, nan)
    weights = 1 / stderrs**2
    middle = float((weights * values).sum() / weights.sum())
    chi2 = float((weights * (values - middle) ** 2).sum())
    return Repeats(len(values), mean, std, chi2, float(chdtrc(len(values) - 1, chi2)))
