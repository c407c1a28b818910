"""Which model the data speak for: AIC, AICc and BIC, on the same data with the same weights only."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp, inf, log

from analysis.physics.fitting.fitted import Fitted
from analysis.physics.fitting.problem import Likelihood
from analysis.physics.refusing import CannotAnalyse


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """One model beside the others: its criteria, how far its AICc lies above the lowest, and its Akaike weight."""

    name: str
    fitted: Fitted
    aic: float
    aicc: float
    bic: float
    aicc_above: float
    weight_fraction: float


def fitted_count(fitted: Fitted) -> int:
    """Return how many numbers a fit took from the data; an unknown standard error is one of them."""
    return fitted.free_count + (fitted.likelihood is Likelihood.UNKNOWN)


def aic(fitted: Fitted) -> float:
    """Return 2 k − 2 ln L; n ln(RSS/n) + 2 k for an unknown standard error (Akaike 1974)."""
    return fitted.minus_2_ln_l + 2.0 * fitted_count(fitted)


def aicc(fitted: Fitted) -> float:
    """Return AIC + 2 k (k + 1)/(n − k − 1), infinite where there are too few points (Hurvich and Tsai 1989)."""
    count = fitted_count(fitted)
    left = fitted.n_count - count - 1
    return aic(fitted) + 2.0 * count * (count + 1) / left if left > 0 else inf


def bic(fitted: Fitted) -> float:
    """Return k ln n − 2 ln L (Schwarz 1978)."""
    return fitted.minus_2_ln_l + fitted_count(fitted) * log(fitted.n_count)


def compare(fits: Mapping[str, Fitted]) -> tuple[Comparison, ...]:
    """Return the models with the lowest AICc first; raises CannotAnalyse for different data or weights."""
    if len({one.data_mark for one in fits.values()}) > 1:
        raise CannotAnalyse("Models are compared on the same data with the same weights only; fit them all to one.")
    corrected = {name: aicc(one) for name, one in fits.items()}
    # Too few points for any AICc leave AIC to go by.
    told = corrected if min(corrected.values()) < inf else {name: aic(one) for name, one in fits.items()}
    lowest = min(told.values())
    likelihoods = {name: exp(-(value - lowest) / 2) for name, value in told.items()}
    total = sum(likelihoods.values())
    return tuple(
        Comparison(
            name, fits[name], aic(fits[name]), corrected[name], bic(fits[name]),
            told[name] - lowest, likelihoods[name] / total,
        )
        for name in sorted(told, key=lambda name: told[name])
    )  # fmt: skip
