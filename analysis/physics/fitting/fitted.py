"""The answer of a fit: values, covariance, and everything that tells whether to believe them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis.physics.fitting.problem import Floats, Likelihood, Parameter


@dataclass(frozen=True, slots=True, eq=False)
class Fitted:
    """A fit as it ended; arrays over all parameters, where fixed ones have no covariance.

    `objective` is the deviance for Poisson counts, χ² for known standard errors, the residual sum of squares for
    an unknown one; `minus_2_ln_l` is −2 ln L up to a constant of the data (n ln(RSS/n) for an unknown error).
    `covariance`, shape (p, p), is unscaled for known errors and counts, scaled by RSS/(n − p) for an unknown one;
    a parameter at a bound is left out of it (zero), one that the data do not determine has an infinite variance.
    `residuals`, shape (n,), are signed roots of the deviance, or weighted by the standard error, or raw.
    """

    parameters: tuple[Parameter, ...]
    likelihood: Likelihood
    values: Floats
    covariance: Floats
    predicted: Floats
    residuals: Floats
    objective: float
    minus_2_ln_l: float
    n_count: int
    free_count: int
    is_converged: bool
    reason: str
    condition_ratio: float
    at_bound: tuple[str, ...]
    start_count: int = 1
    seed: int = 0
    # Hash over data, standard errors and likelihood: fits of different ones are not compared.
    data_mark: str = ""

    def index(self, name: str) -> int:
        """Return where a parameter stands; raises KeyError."""
        for index, one in enumerate(self.parameters):
            if one.name == name:
                return index
        raise KeyError(name)

    def value(self, name: str) -> float:
        """Return a parameter's value."""
        return float(self.values[self.index(name)])

    def stderr(self, name: str) -> float:
        """Return a parameter's standard error; zero when it is fixed."""
        return float(self.stderrs[self.index(name)])

    @property
    def stderrs(self) -> Floats:
        """Standard errors, shape (p,)."""
        return np.sqrt(np.clip(np.diag(self.covariance), 0.0, None))

    @property
    def correlation(self) -> Floats:
        """Correlation matrix, shape (p, p); rows without a finite error, as of fixed parameters, are zero."""
        is_told = (self.stderrs > 0) & np.isfinite(self.stderrs)
        scale = np.where(is_told, self.stderrs, 1.0)
        finite = np.where(np.outer(is_told, is_told), self.covariance, 0.0)
        return np.asarray(finite / np.outer(scale, scale))

    @property
    def dof_count(self) -> int:
        """Degrees of freedom."""
        return self.n_count - self.free_count

    @property
    def reduced(self) -> float:
        """The objective over the degrees of freedom; NaN without any."""
        return self.objective / self.dof_count if self.dof_count > 0 else float("nan")

    def derived_stderr(self, gradient: Sequence[float] | Floats) -> float:
        """Return the standard error of a function of the parameters from its gradient, shape (p,).

        Infinite where it depends on a parameter that the data do not determine.
        """
        slope = np.asarray(gradient, dtype=float)
        is_lost = ~np.isfinite(self.stderrs)
        if (slope[is_lost] != 0).any():
            return float("inf")
        covariance = np.where(np.outer(~is_lost, ~is_lost), self.covariance, 0.0)
        return float(np.sqrt(max(slope @ covariance @ slope, 0.0)))
