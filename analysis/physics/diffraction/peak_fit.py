"""The fit of single lines: pseudo-Voigts with their Kα2 over a smooth background."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.polynomial import chebyshev

from analysis.physics.diffraction.breadths import Mixed
from analysis.physics.diffraction.peaks import Found, Tied
from analysis.physics.diffraction.profiles import Lines, LineSlopes, summed, summed_with_slopes
from analysis.physics.diffraction.radiation import Radiation
from analysis.physics.diffraction.whole_pattern import Pattern
from analysis.physics.fitting.fitted import Fitted
from analysis.physics.fitting.problem import Floats, Parameter, Problem
from analysis.physics.fitting.solve import fit
from analysis.physics.refusing import CannotAnalyse

# What a line has, in the order of its parameters.
OWN = ("area", "angle", "fwhm", "eta")
WIDEST_DEG = 5.0


@dataclass(frozen=True, slots=True, eq=False)
class PeakModel:
    """Lines over a Chebyshev background; parameters are `area1`, `angle1`, `fwhm1`, `eta1`, …, `c0`, …

    The area is that of all reflections of a line for Kα1, the angle that of its strongest.
    """

    pattern: Pattern
    beam: Radiation
    ties: tuple[Tied, ...]
    degree: int

    @property
    def polynomials(self) -> Floats:
        """The columns of the background, shape (n, degree + 1)."""
        angles = self.pattern.angles_deg
        turned = 2 * (angles - angles[0]) / (angles[-1] - angles[0]) - 1
        return np.asarray(chebyshev.chebvander(turned, self.degree))

    def lines(self, values: Floats) -> tuple[Lines, LineSlopes]:
        """Return all lines of all reflections and wavelengths with their slopes by the parameters of the lines."""
        made = [self.lines_of(place, values, line) for place in range(len(self.ties)) for line in self.beam.lines]
        centres, areas, fwhm, eta = (np.concatenate([one[index] for one in made]) for index in range(4))
        slopes = np.concatenate([one[4] for one in made])
        none, one = np.zeros_like(fwhm), np.ones_like(fwhm)
        # Here a line has its FWHM and η directly, in the places of the two breadths of a whole pattern.
        shapes = Mixed(fwhm, eta, one, none, none, one)
        return Lines(centres, areas, shapes), LineSlopes(slopes[:, 1], slopes[:, 0], slopes[:, 2], slopes[:, 3])

    def lines_of(
        self, place: int, values: Floats, line: tuple[float, float]
    ) -> tuple[Floats, Floats, Floats, Floats, Floats]:
        """Return centres, areas, FWHM and η of one line at one wavelength, and their slopes, shape (k, 4, p)."""
        tie, first = self.ties[place], place * len(OWN)
        area, angle_deg, fwhm, eta = (float(one) for one in values[first : first + len(OWN)])
        half = np.radians((angle_deg + tie.offsets_deg) / 2)
        ratio = line[0] / self.beam.first.value_angstrom
        bent = np.arcsin(np.minimum(ratio * np.sin(half), 1.0))
        slopes = np.zeros((len(half), len(OWN), len(self.ties) * len(OWN)))
        slopes[:, 0, first] = tie.shares * line[1]
        slopes[:, 1, first + 1] = ratio * np.cos(half) / np.cos(bent)
        slopes[:, 2, first + 2] = slopes[:, 3, first + 3] = 1.0
        one = np.ones_like(half)
        return 2 * np.degrees(bent), area * tie.shares * line[1], fwhm * one, eta * one, slopes

    def predicted(self, values: Floats) -> Floats:
        """Return the intensities, shape (n,)."""
        count = len(self.ties) * len(OWN)
        return np.asarray(self.polynomials @ values[count:] + summed(self.pattern.angles_deg, self.lines(values)[0]))

    def slopes(self, values: Floats) -> Floats:
        """Return the slopes by all parameters, shape (n, p)."""
        lines, slopes = self.lines(values)
        return np.column_stack((summed_with_slopes(self.pattern.angles_deg, lines, slopes)[1], self.polynomials))


def fit_peaks(
    pattern: Pattern, beam: Radiation, found: Sequence[Found], ties: Sequence[Tied], degree: int = 1
) -> tuple[PeakModel, Fitted]:
    """Return the fit of A [pV(x; x₁) + r pV(x; x₂)] for every line, x₂ = 2 asin((λ₂/λ₁) sin(x₁/2)), weighted as given.

    FWHM between the step and 5°, η between 0 and 1, areas not below zero; r is that of the radiation and held.
    """
    model = PeakModel(pattern, beam, tuple(ties), degree)
    parameters = parameters_of(pattern, beam, found, degree)
    if len(parameters) >= len(pattern.observed):
        raise CannotAnalyse("There are more parameters than points; choose a wider range with fewer lines.")
    problem = Problem(
        parameters, model.predicted, model.slopes, pattern.observed, pattern.likelihood, pattern.stderrs
    )  # fmt: skip
    return model, fit(problem)


def parameters_of(pattern: Pattern, beam: Radiation, found: Sequence[Found], degree: int) -> tuple[Parameter, ...]:
    """Return parameters with bounds that start at the lines as they were found."""
    step = float(np.median(np.diff(pattern.angles_deg)))
    made: list[Parameter] = []
    for number, one in enumerate(found, 1):
        width = min(max(one.fwhm_deg, 2 * step), WIDEST_DEG / 2)
        made += [
            Parameter(f"area{number}", one.height * width * 1.3 / (1 + beam.ratio), 0.0),
            Parameter(f"angle{number}", one.angle_deg, one.angle_deg - width, one.angle_deg + width, "deg"),
            Parameter(f"fwhm{number}", width, step, WIDEST_DEG, "deg"),
            Parameter(f"eta{number}", 0.6, 0.0, 1.0),
        ]
    low = float(np.quantile(pattern.observed, 0.1))
    made += [Parameter(f"c{power}", low if power == 0 else 0.0) for power in range(degree + 1)]
    return tuple(made)
