"""Three tests of whether edge lengths are normally distributed."""

from dataclasses import dataclass

import numpy as np
from scipy.special import log_ndtr
from scipy.stats import normaltest, shapiro

from analysis.physics.fitting.problem import Floats
from analysis.physics.refusing import CannotAnalyse

# Below it no test can tell; Shapiro and Wilk's p-value is known up to the other.
LEAST_COUNT, MOST_SHAPIRO_COUNT = 8, 5000


@dataclass(frozen=True, slots=True)
class Normality:
    """Shapiro–Wilk W (None above 5,000 values), Anderson–Darling A², D'Agostino–Pearson K², p-values where known."""

    shapiro_w: float | None
    shapiro_p: float | None
    anderson_a2: float
    dagostino_k2: float
    dagostino_p: float


def normality(edges_nm: Floats) -> Normality:
    """Return the tests of edges, shape (n,); raises CannotAnalyse below eight of them."""
    if len(edges_nm) < LEAST_COUNT:
        raise CannotAnalyse(f"{len(edges_nm)} edges are too few for a test of normality; it takes {LEAST_COUNT}.")
    is_testable = len(edges_nm) <= MOST_SHAPIRO_COUNT
    w, w_p = (float(one) for one in shapiro(edges_nm)) if is_testable else (None, None)
    k2, k2_p = (float(one) for one in normaltest(edges_nm))
    return Normality(w, w_p, anderson_darling(edges_nm), k2, k2_p)


def anderson_darling(edges_nm: Floats) -> float:
    """Return A² against a normal distribution with the sample's mean and standard deviation (n − 1).

    A² = −n − Σ (2i − 1)[ln Φ(zᵢ) + ln Φ(−z₍n+1−i₎)]/n; Anderson and Darling, J. Am. Stat. Assoc. 49 (1954) 765.
    """
    count = len(edges_nm)
    z = np.sort((edges_nm - edges_nm.mean()) / edges_nm.std(ddof=1))
    weights = 2 * np.arange(1, count + 1) - 1
    return float(-count - (weights * (log_ndtr(z) + log_ndtr(-z[::-1]))).sum() / count)
