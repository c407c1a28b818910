"""Radiative and non-radiative rates from a quantum yield and a lifetime of the same sample in the same state."""

from dataclasses import dataclass

import numpy as np

from analysis.physics.fitting.problem import Floats
from analysis.physics.quantum_yield import TAILS, Spread
from analysis.physics.refusing import CannotAnalyse

DRAW_COUNT = 20_000


@dataclass(frozen=True, slots=True, eq=False)
class Rates:
    """Total, radiative and non-radiative rate in 1/ns with their covariance, shape (3, 3)."""

    total_per_ns: float
    radiative_per_ns: float
    nonradiative_per_ns: float
    covariance: Floats

    @property
    def stderrs_per_ns(self) -> Floats:
        """Standard errors of the three, shape (3,)."""
        return np.sqrt(np.clip(np.diag(self.covariance), 0, None))


def rates(quantum_yield: float, yield_stderr: float, lifetime_ns: float, lifetime_stderr_ns: float) -> Rates:
    """Return the rates of a yield (a fraction) and a lifetime with independent errors.

    k_tot = 1/τ, k_rad = Φ/τ, k_nr = (1 − Φ)/τ, errors by the gradient. The covariance of k_rad and k_nr is
    −σ_Φ²/τ² + Φ(1 − Φ) σ_τ²/τ⁴. Raises CannotAnalyse for a lifetime that is not above zero.
    """
    if not (np.isfinite(lifetime_ns) and lifetime_ns > 0):
        raise CannotAnalyse(f"A lifetime of {lifetime_ns:g} ns cannot be; state it in ns, above zero.")
    if not np.isfinite(quantum_yield):
        raise CannotAnalyse("The yield is no number; state it in percent.")
    total = 1 / lifetime_ns
    rest = 1 - quantum_yield
    gradient = np.array([[0.0, -total], [1.0, -quantum_yield * total], [-1.0, -rest * total]]) * total
    covariance = gradient @ np.diag([yield_stderr**2, lifetime_stderr_ns**2]) @ gradient.T
    return Rates(total, quantum_yield * total, rest * total, covariance)


def is_asymmetric(quantum_yield: float, yield_stderr: float) -> bool:
    """Say whether the error of a yield reaches zero or one, where ± would tell rates below zero."""
    return yield_stderr > min(quantum_yield, 1 - quantum_yield)


def drawn_rates(
    quantum_yield: float, yield_stderr: float, lifetime_ns: float, lifetime_stderr_ns: float, *, seed: int
) -> tuple[Spread, Spread]:
    """Return medians and 68.3 % intervals of k_rad and k_nr in 1/ns for a yield between 0 and 1 of a large error.

    ln(k_rad/k_nr) = ln Φ/(1 − Φ) is drawn normally with the error σ_Φ/(Φ (1 − Φ)), ln τ with σ_τ/τ, so that no
    rate is below zero. 20,000 draws.
    """
    rng = np.random.default_rng(seed)
    odds_stderr = yield_stderr / (quantum_yield * (1 - quantum_yield))
    log_odds = np.log(quantum_yield / (1 - quantum_yield)) + odds_stderr * rng.standard_normal(DRAW_COUNT)
    lifetimes_ns = lifetime_ns * np.exp(lifetime_stderr_ns / lifetime_ns * rng.standard_normal(DRAW_COUNT))
    yields = 1 / (1 + np.exp(-log_odds))
    radiative, nonradiative = (
        Spread(*(float(one) for one in np.percentile(part / lifetimes_ns, TAILS))) for part in (yields, 1 - yields)
    )
    return radiative, nonradiative
