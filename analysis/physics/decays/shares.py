"""What one exponential puts into every time bin, with its slopes; and what earlier pulses of a train add to it."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from analysis.physics.fitting.problem import Floats


@dataclass(frozen=True, slots=True, eq=False)
class Shares:
    """The integral of a decay of amplitude one over every bin, in ns, shape (k, n), for k lifetimes, and its slopes.

    `by_tau` is the derivative with respect to the lifetime, `by_start` with respect to when the decay starts.
    """

    values_ns: Floats
    by_tau: Floats
    by_start: Floats


class Response(Protocol):
    """An instrument response over given bins."""

    @property
    def edges_ns(self) -> Floats:
        """The edges of the bins, shape (n + 1,)."""

    @property
    def fwhm_ns(self) -> float:
        """Its full width at half maximum; zero for none."""

    def shares(self, taus_ns: Floats, start_ns: float) -> Shares:
        """Return what exponentials with lifetimes of shape (k,) put into the bins."""


@dataclass(frozen=True, slots=True, eq=False)
class Instant:
    """No response: the decay starts at once, g = τ (e^(−t₀/τ) − e^(−t₁/τ)) in the bin from t₀ to t₁ after the start."""

    edges_ns: Floats

    @property
    def fwhm_ns(self) -> float:
        """No width."""
        return 0.0

    def shares(self, taus_ns: Floats, start_ns: float) -> Shares:
        """Return the exact integrals, shape (k, n); a bin that begins before the start counts from the start on."""
        tau_ns = taus_ns[:, None]
        since_ns = self.edges_ns - start_ns
        ratio = np.maximum(since_ns, 0.0) / tau_ns
        left = np.exp(-ratio)
        begun = np.where(since_ns > 0, left, 0.0)
        return Shares(-np.diff(tau_ns * left), -np.diff((1 + ratio) * left), -np.diff(begun))


@dataclass(frozen=True, slots=True, eq=False)
class Repeated:
    """A response under a train of pulses, one every `period_ns`: each bin also has what earlier pulses left.

    The sum over all earlier pulses is one exponential more, 1/(1 − e^(−T/τ)) times what the last one left.
    """

    once: Response
    period_ns: float

    @property
    def edges_ns(self) -> Floats:
        """The edges of the bins."""
        return self.once.edges_ns

    @property
    def fwhm_ns(self) -> float:
        """The width of the response itself."""
        return self.once.fwhm_ns

    def shares(self, taus_ns: Floats, start_ns: float) -> Shares:
        """Return the integrals with those of all earlier pulses added, shape (k, n)."""
        new = self.once.shares(taus_ns, start_ns)
        old = self.once.shares(taus_ns, start_ns - self.period_ns)
        tau_ns = taus_ns[:, None]
        factor = wrap_factor(tau_ns, self.period_ns)
        factor_by_tau = factor * (factor - 1) * self.period_ns / tau_ns**2
        return Shares(
            new.values_ns + factor * old.values_ns,
            new.by_tau + factor * old.by_tau + factor_by_tau * old.values_ns,
            new.by_start + factor * old.by_start,
        )


def wrap_factor(tau_ns: Floats, period_ns: float) -> Floats:
    """Return 1/(1 − e^(−T/τ)): the steady signal under pulses every T over that of one pulse, of the shape of τ."""
    return np.asarray(-1.0 / np.expm1(-period_ns / tau_ns))
