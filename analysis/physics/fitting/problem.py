"""A fit as a question: data, how they scatter, a model of them, and its parameters with bounds."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from math import inf

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
# Parameters, shape (p,), in; predicted values, shape (n,), out.
Predict = Callable[[Floats], Floats]
# Parameters, shape (p,), in; derivatives, shape (n, p), out.
Jacobian = Callable[[Floats], Floats]


class Likelihood(StrEnum):
    """How the data scatter about the model; it decides the objective and whether the covariance is scaled."""

    POISSON = "Poisson"
    KNOWN = "known standard errors"
    UNKNOWN = "unknown standard error"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a model: where it starts, where it may go, and whether it is held."""

    name: str
    start: float
    lower: float = -inf
    upper: float = inf
    unit: str = ""
    is_fixed: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """Data and a model of them.

    `observed` has shape (n,); `stderrs` too, and only for known standard errors. `jacobian` is with respect to
    every parameter, fixed ones included; the core leaves their columns out.
    """

    parameters: tuple[Parameter, ...]
    predict: Predict
    jacobian: Jacobian
    observed: Floats
    likelihood: Likelihood
    stderrs: Floats | None = None

    @property
    def starts(self) -> Floats:
        """Where all parameters start, shape (p,)."""
        return np.array([one.start for one in self.parameters], dtype=float)

    @property
    def is_free(self) -> NDArray[np.bool_]:
        """Which parameters are fitted, shape (p,)."""
        return np.array([not one.is_fixed for one in self.parameters], dtype=bool)
