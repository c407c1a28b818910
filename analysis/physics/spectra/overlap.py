"""How alike two spectra are, each divided by its area."""

from dataclasses import dataclass
from math import erf, exp, log, sqrt

import numpy as np

from analysis.physics.constants import FWHM_PER_SIGMA
from analysis.physics.fitting.problem import Floats
from analysis.physics.refusing import CannotAnalyse


@dataclass(frozen=True, slots=True)
class Likeness:
    """The area under the lower of two spectra of area one, and the cosine between them; one for equal spectra."""

    overlap_fraction: float
    cosine: float


def likeness(energies_ev: Floats, one: Floats, other: Floats) -> Likeness:
    """Return how alike two densities per eV, shape (n,), are over the same ascending energies, shape (n,).

    ∫ min(f, g) dE and ∫ f g dE/√(∫ f² dE ∫ g² dE) by the trapezium rule. Raises CannotAnalyse for one without area.
    """
    areas = [float(np.trapezoid(density, energies_ev)) for density in (one, other)]
    if not min(areas) > 0:
        raise CannotAnalyse("A spectrum without area cannot be compared; look at its background.")
    f, g = one / areas[0], other / areas[1]
    norm = np.sqrt(np.trapezoid(f * f, energies_ev) * np.trapezoid(g * g, energies_ev))
    lower = np.trapezoid(np.minimum(f, g), energies_ev)
    return Likeness(float(lower), float(np.trapezoid(f * g, energies_ev) / norm))


@dataclass(frozen=True, slots=True)
class Line:
    """A Gaussian line in energy."""

    energy_ev: float
    fwhm_ev: float

    @property
    def sigma_ev(self) -> float:
        """Its standard deviation."""
        return self.fwhm_ev / FWHM_PER_SIGMA

    def below(self, energy_ev: float) -> float:
        """Return the part of the line below an energy."""
        return 0.5 * (1.0 + erf((energy_ev - self.energy_ev) / (self.sigma_ev * sqrt(2.0))))


def likeness_of_lines(one: Line, other: Line) -> Likeness:
    """Return how alike two Gaussian lines are, in closed form.

    Cosine √(2 s t/(s² + t²)) exp(−Δ²/(2 (s² + t²))); the overlap from where the two cross, which is where
    (E − E₁)²/2s² + ln s = (E − E₂)²/2t² + ln t.
    """
    narrow, wide = sorted((one, other), key=lambda line: line.sigma_ev)
    total = narrow.sigma_ev**2 + wide.sigma_ev**2
    away_ev = wide.energy_ev - narrow.energy_ev
    cosine = sqrt(2.0 * narrow.sigma_ev * wide.sigma_ev / total) * exp(-(away_ev**2) / (2.0 * total))
    return Likeness(overlap_of_lines(narrow, wide, away_ev), cosine)


def overlap_of_lines(narrow: Line, wide: Line, away_ev: float) -> float:
    """Return the area under the lower of two lines."""
    difference = wide.sigma_ev**2 - narrow.sigma_ev**2
    if difference <= 1e-9 * wide.sigma_ev**2:
        # Equally wide lines cross once, half way between.
        return 1.0 - erf(abs(away_ev) / (2.0 * sqrt(2.0) * wide.sigma_ev))
    root = sqrt(away_ev**2 + 2.0 * difference * log(wide.sigma_ev / narrow.sigma_ev))
    middle_ev = narrow.energy_ev - narrow.sigma_ev**2 * away_ev / difference
    reach_ev = narrow.sigma_ev * wide.sigma_ev * root / difference
    low_ev, high_ev = middle_ev - reach_ev, middle_ev + reach_ev
    # The narrow line is the higher one between the crossings.
    return 1.0 - (narrow.below(high_ev) - narrow.below(low_ev)) + (wide.below(high_ev) - wide.below(low_ev))
