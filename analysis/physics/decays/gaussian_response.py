"""Exponentials seen through a Gaussian instrument response: exact in every bin, without overflow."""

from dataclasses import dataclass

import numpy as np
from scipy.special import erfc, erfcx, ndtr

from analysis.physics.constants import FWHM_PER_SIGMA
from analysis.physics.decays.shares import Shares
from analysis.physics.fitting.problem import Floats

ROOT_TWO = float(np.sqrt(2.0))
ROOT_TWO_PI = float(np.sqrt(2.0 * np.pi))


def emg(times_ns: Floats, tau_ns: Floats, sigma_ns: float) -> Floats:
    """Return a decay of amplitude one convolved with a Gaussian of area one, at times after its start.

    g = ½ exp(σ²/2τ² − t/τ) erfc(z), z = (σ/τ − t/σ)/√2; for z > 0 as ½ exp(−t²/2σ²) erfcx(z), where the first form
    would multiply an overflow by zero. Arguments broadcast.
    """
    z = (sigma_ns / tau_ns - times_ns / sigma_ns) / ROOT_TWO
    rising = 0.5 * np.exp(-0.5 * (times_ns / sigma_ns) ** 2) * erfcx(np.maximum(z, 0.0))
    exponent = np.minimum(0.5 * (sigma_ns / tau_ns) ** 2 - times_ns / tau_ns, 0.0)
    falling = 0.5 * np.exp(exponent) * erfc(np.minimum(z, 0.0))
    return np.asarray(np.where(z > 0, rising, falling))


@dataclass(frozen=True, slots=True, eq=False)
class Gaussian:
    """A Gaussian response; its middle is when the decay starts.

    The integral from t on is τ [Φ(−t/σ) + g(t)], so a bin holds its difference over the edges. `is_sampled` takes
    the value at the middle of each bin times its length instead, for data made that way.
    """

    edges_ns: Floats
    sigma_ns: float
    is_sampled: bool = False

    @property
    def fwhm_ns(self) -> float:
        """Full width at half maximum."""
        return self.sigma_ns * FWHM_PER_SIGMA

    def shares(self, taus_ns: Floats, start_ns: float) -> Shares:
        """Return what exponentials with lifetimes of shape (k,) put into the bins, shape (k, n)."""
        if self.is_sampled:
            return self.sampled(taus_ns[:, None], start_ns)
        since_ns, tau_ns = self.edges_ns - start_ns, taus_ns[:, None]
        value, by_tau, _ = self.slopes(since_ns, tau_ns)
        left = ndtr(-since_ns / self.sigma_ns) + value
        return Shares(-np.diff(tau_ns * left), -np.diff(left + tau_ns * by_tau), -np.diff(value))

    def sampled(self, tau_ns: Floats, start_ns: float) -> Shares:
        """Return the values at the middles of the bins times their lengths, shape (k, n)."""
        centers_ns = (self.edges_ns[1:] + self.edges_ns[:-1]) / 2
        value, by_tau, by_time = self.slopes(centers_ns - start_ns, tau_ns)
        widths_ns = np.diff(self.edges_ns)
        return Shares(value * widths_ns, by_tau * widths_ns, -by_time * widths_ns)

    def slopes(self, since_ns: Floats, tau_ns: Floats) -> tuple[Floats, Floats, Floats]:
        """Return g and its derivatives with respect to lifetime and time, shape (k, n)."""
        sigma_ns = self.sigma_ns
        value = emg(since_ns, tau_ns, sigma_ns)
        bell = np.exp(-0.5 * (since_ns / sigma_ns) ** 2) / ROOT_TWO_PI
        by_tau = value * (since_ns * tau_ns - sigma_ns**2) / tau_ns**3 + sigma_ns / tau_ns**2 * bell
        return value, by_tau, bell / sigma_ns - value / tau_ns
