"""What follows from amplitudes and lifetimes: shares, mean lifetimes and the 1/e time, with their slopes."""

from collections.abc import Callable
from dataclasses import dataclass
from math import e, gamma, inf

import numpy as np
from scipy.optimize import brentq
from scipy.special import digamma

from analysis.physics.fitting.problem import Floats


@dataclass(frozen=True, slots=True, eq=False)
class Derived:
    """A number and its derivatives with respect to amplitudes and lifetimes, each of shape (k,)."""

    value: float
    by_amplitudes: Floats
    by_taus: Floats

    def stderr(self, covariance: Floats) -> float:
        """Return its standard error from the full covariance over amplitudes, then lifetimes, shape (2 k, 2 k).

        Infinite where the data do not determine one of them.
        """
        if not np.isfinite(covariance).all():
            return inf
        slope = np.concatenate((self.by_amplitudes, self.by_taus))
        return float(np.sqrt(max(float(slope @ covariance @ slope), 0.0)))


Average = Callable[[Floats, Floats], Derived]


def tau_amplitude(amplitudes: Floats, taus_ns: Floats) -> Derived:
    """Return ⟨τ⟩a = Σ A τ/Σ A in ns, the one for rates and quantum yields; amplitudes need not sum to one."""
    total = float(amplitudes.sum())
    value_ns = float(amplitudes @ taus_ns) / total
    return Derived(value_ns, (taus_ns - value_ns) / total, amplitudes / total)


def tau_intensity(amplitudes: Floats, taus_ns: Floats) -> Derived:
    """Return ⟨τ⟩i = Σ A τ²/Σ A τ in ns, the mean time of the emitted photons."""
    total = float(amplitudes @ taus_ns)
    value_ns = float(amplitudes @ taus_ns**2) / total
    return Derived(value_ns, taus_ns * (taus_ns - value_ns) / total, amplitudes * (2 * taus_ns - value_ns) / total)


def slow_fraction(amplitudes: Floats, taus_ns: Floats) -> Derived:
    """Return the slowest component's part of the photons, A τ over Σ A τ."""
    areas = amplitudes * taus_ns
    total, slowest = float(areas.sum()), int(np.argmax(taus_ns))
    value = float(areas[slowest]) / total
    by_areas = (np.arange(len(areas)) == slowest) / total - value / total
    return Derived(value, by_areas * taus_ns, by_areas * amplitudes)


def amplitude_fraction(index: int) -> Average:
    """Return the function for one component's part of the amplitudes, A over Σ A."""

    def fraction(amplitudes: Floats, taus_ns: Floats) -> Derived:
        total = float(amplitudes.sum())
        value = float(amplitudes[index]) / total
        by_amplitudes = (np.arange(len(amplitudes)) == index) / total - value / total
        return Derived(value, by_amplitudes, np.zeros_like(taus_ns))

    return fraction


def tau_1e(amplitudes: Floats, taus_ns: Floats) -> Derived:
    """Return when the decay itself, without response or background, has fallen to 1/e of its start, in ns.

    Σ A e^(−t/τ) = Σ A/e; the slopes follow from the equation by the implicit function theorem.
    """
    total = float(amplitudes.sum())

    def excess(time_ns: float) -> float:
        return float(amplitudes @ np.exp(-time_ns / taus_ns)) - total / e

    time_ns = float(taus_ns[0])
    if len(taus_ns) > 1:
        time_ns = float(
            brentq(excess, float(taus_ns.min()) * 0.99, float(taus_ns.max()) * 1.01, xtol=1e-12, rtol=1e-12)
        )
    left = np.exp(-time_ns / taus_ns)
    speed = float(amplitudes @ (left / taus_ns))
    return Derived(time_ns, (left - 1 / e) / speed, amplitudes * left * time_ns / taus_ns**2 / speed)


def stretched_amplitude(tau_ns: float, beta: float) -> tuple[float, Floats]:
    """Return the mean lifetime (τ/β) Γ(1/β) of a stretched exponential in ns, and its slopes in τ and β."""
    value_ns = tau_ns / beta * gamma(1 / beta)
    return value_ns, np.array([value_ns / tau_ns, -value_ns / beta * (1 + digamma(1 / beta) / beta)])


def stretched_intensity(tau_ns: float, beta: float) -> tuple[float, Floats]:
    """Return the mean time of the photons τ Γ(2/β)/Γ(1/β) in ns, and its slopes in τ and β."""
    value_ns = tau_ns * gamma(2 / beta) / gamma(1 / beta)
    by_beta = value_ns * (digamma(1 / beta) - 2 * digamma(2 / beta)) / beta**2
    return value_ns, np.array([value_ns / tau_ns, by_beta])
