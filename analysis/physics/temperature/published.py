"""A published row of gap parameters: both readings of its first column, and whether it rises with temperature."""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq

from analysis.physics.fitting.problem import Floats
from analysis.physics.temperature.gap import design, slopes_ev_per_k

# The column of a published table is one of these, and they differ by A_EP.
COLUMN_IS_E0, COLUMN_IS_EG0 = "E0", "Eg(0)"
ROOM_K = 300.0
# Between these a phonon energy is looked for.
LOWEST_EV, HIGHEST_EV = 1e-6, 2.0


@dataclass(frozen=True, slots=True)
class PublishedGap:
    """One reading of a published row, in eV and eV/K."""

    e0_ev: float
    a_te_ev_per_k: float
    a_ep_ev: float

    @classmethod
    def read(cls, column_ev: float, a_te_ev_per_k: float, a_ep_ev: float, *, reading: str) -> "PublishedGap":
        """Return the row with its column read as E0, or as Eg(0) = E0 + A_EP."""
        return cls(column_ev - (a_ep_ev if reading == COLUMN_IS_EG0 else 0.0), a_te_ev_per_k, a_ep_ev)

    @property
    def zero_temperature_ev(self) -> float:
        """Eg(0)."""
        return self.e0_ev + self.a_ep_ev

    @property
    def values(self) -> Floats:
        """The three parameters, shape (3,)."""
        return np.array([self.e0_ev, self.a_te_ev_per_k, self.a_ep_ev])

    def gap_ev(self, temperatures_k: Floats, phonon_energy_ev: float) -> Floats:
        """Return the gap at temperatures, shape (n,)."""
        return np.asarray(design(temperatures_k, phonon_energy_ev) @ self.values)

    def room_slope_ev_per_k(self, phonon_energy_ev: float) -> float:
        """Return dE/dT at 300 K, which both readings share."""
        return room_slope_ev_per_k(self.a_te_ev_per_k, self.a_ep_ev, phonon_energy_ev)


def room_slope_ev_per_k(a_te_ev_per_k: float, a_ep_ev: float, phonon_energy_ev: float) -> float:
    """Return dE/dT at 300 K: A_TE + A_EP d coth(ħω/2kT)/dT."""
    values = np.array([0.0, a_te_ev_per_k, a_ep_ev])
    return float(slopes_ev_per_k(values, np.array([ROOM_K]), phonon_energy_ev)[0])


def consistency_of_table_s1(a_te_ev_per_k: float, a_ep_ev: float) -> float:
    """Return the phonon energy in eV above which dE/dT(300 K) > 0; 0 if it always is, infinite if it never is.

    The slope of coth falls with ħω, so with A_EP < 0 there is one such energy at most.
    """
    if a_ep_ev >= 0:
        return 0.0 if a_te_ev_per_k > 0 or a_ep_ev > 0 else float("inf")

    def slope(energy_ev: float) -> float:
        return room_slope_ev_per_k(a_te_ev_per_k, a_ep_ev, energy_ev)

    if slope(HIGHEST_EV) <= 0:
        return float("inf")
    if slope(LOWEST_EV) >= 0:
        return 0.0
    return float(brentq(slope, LOWEST_EV, HIGHEST_EV, xtol=1e-15, rtol=1e-13))
