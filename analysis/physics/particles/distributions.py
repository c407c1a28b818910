"""Normal and log-normal distributions of edge lengths by maximum likelihood on the raw values."""

from dataclasses import dataclass
from math import exp, log, pi, sqrt
from typing import Literal

import numpy as np

from analysis.physics.fitting.problem import Floats

# Mean and width are fitted in both distributions.
FREE_COUNT = 2
# A smaller difference of AIC does not tell two distributions apart.
LEAST_AIC_DIFFERENCE = 2.0
Kind = Literal["normal", "log-normal"]


@dataclass(frozen=True, slots=True)
class Distribution:
    """A fitted distribution; `location` and `width` are in nm for a normal one, of ln(L/nm) for a log-normal one."""

    kind: Kind
    location: float
    width: float
    n_count: int
    minus_2_ln_l: float

    @property
    def aic(self) -> float:
        """Akaike's criterion, 2k − 2 ln L with k = 2."""
        return self.minus_2_ln_l + 2 * FREE_COUNT

    @property
    def aicc(self) -> float:
        """Akaike's criterion for few values."""
        spare_count = self.n_count - FREE_COUNT - 1
        return self.aic + 2 * FREE_COUNT * (FREE_COUNT + 1) / spare_count if spare_count > 0 else float("inf")

    @property
    def bic(self) -> float:
        """The Bayesian criterion, k ln n − 2 ln L."""
        return self.minus_2_ln_l + FREE_COUNT * log(self.n_count)

    @property
    def excess_kurtosis(self) -> float:
        """Excess kurtosis of the distribution itself, not of the sample."""
        if self.kind == "normal":
            return 0.0
        ratio = exp(self.width**2)
        return ratio**4 + 2 * ratio**3 + 3 * ratio**2 - 6

    def density_per_nm(self, edges_nm: Floats) -> Floats:
        """Return the probability density at edges above zero, shape (n,)."""
        if self.kind == "normal":
            return _normal(edges_nm, self.location, self.width)
        return _normal(np.log(edges_nm), self.location, self.width) / edges_nm


def fit_distribution(edges_nm: Floats, kind: Kind) -> Distribution:
    """Return the maximum-likelihood distribution of edges above zero, shape (n,), with a spread.

    Closed forms: mean and standard deviation (with n) of L or of ln L; −2 ln L includes the Jacobian of the
    logarithm, so that the criteria of both are about the same data.
    """
    values = edges_nm if kind == "normal" else np.log(edges_nm)
    width = float(values.std())
    jacobian = 0.0 if kind == "normal" else 2 * float(values.sum())
    count = len(values)
    minus_2_ln_l = count * (log(2 * pi * width**2) + 1) + jacobian
    return Distribution(kind, float(values.mean()), width, count, minus_2_ln_l)


def preferred(normal: Distribution, log_normal: Distribution) -> tuple[Distribution, bool]:
    """Return the distribution of lower AIC, and whether the two can be told apart at all."""
    best = min((normal, log_normal), key=lambda one: one.aic)
    return best, abs(normal.aic - log_normal.aic) >= LEAST_AIC_DIFFERENCE


def _normal(values: Floats, mean: float, width: float) -> Floats:
    return np.exp(-(((values - mean) / width) ** 2) / 2) / (width * sqrt(2 * pi))
