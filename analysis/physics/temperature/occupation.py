"""How many phonons of an energy there are at a temperature."""

import numpy as np

from analysis.physics.constants import K_B_EV_PER_K
from analysis.physics.fitting.problem import Floats
from analysis.physics.refusing import CannotAnalyse

# No sample was colder, and none of these laws reaches hotter.
LOWEST_K, HIGHEST_K = 0.1, 2000.0


def occupation(energy_ev: float, temperatures_k: Floats) -> Floats:
    """Return n = 1/(exp(E/kT) − 1), shape (n,)."""
    return np.asarray(1.0 / np.expm1(np.minimum(energy_ev / (K_B_EV_PER_K * temperatures_k), 700.0)))


def occupation_by_energy_per_ev(energy_ev: float, temperatures_k: Floats) -> Floats:
    """Return dn/dE = −n (n + 1)/kT in 1/eV, shape (n,)."""
    n = occupation(energy_ev, temperatures_k)
    return np.asarray(-n * (n + 1.0) / (K_B_EV_PER_K * temperatures_k))


def coth_factor(energy_ev: float, temperatures_k: Floats) -> Floats:
    """Return 2 n + 1 = coth(E/2kT), shape (n,): the Bose factor of the gap, where a linewidth has n alone."""
    return 2.0 * occupation(energy_ev, temperatures_k) + 1.0


def coth_slope_per_k(energy_ev: float, temperatures_k: Floats) -> Floats:
    """Return d coth(E/2kT)/dT = 2 n (n + 1) E/kT² in 1/K, shape (n,)."""
    n = occupation(energy_ev, temperatures_k)
    return np.asarray(2.0 * n * (n + 1.0) * energy_ev / (K_B_EV_PER_K * temperatures_k**2))


def check_kelvin(temperatures_k: Floats) -> None:
    """Refuse temperatures that cannot be in K."""
    if not np.isfinite(temperatures_k).all():
        raise CannotAnalyse("A temperature is no number; leave its point out.")
    if (temperatures_k < LOWEST_K).any():
        raise CannotAnalyse("A temperature is zero or below, so these are not K; give all temperatures in K.")
    if (temperatures_k > HIGHEST_K).any():
        raise CannotAnalyse(f"A temperature lies above {HIGHEST_K:g} K; give all temperatures in K.")
