"""A whole powder pattern as one model: phases of known structure over a smooth background."""

from dataclasses import dataclass, field, replace
from functools import lru_cache

import numpy as np
from numpy.polynomial import chebyshev

from analysis.physics.diffraction.intensities import dispersion_of, lorentz_polarisation, squared_factors
from analysis.physics.diffraction.phase_lines import OWN, SHARED, Diffractometer, Phase, lines_of
from analysis.physics.diffraction.profiles import summed, summed_with_slopes
from analysis.physics.diffraction.reflections import reflections_of
from analysis.physics.diffraction.structures import Structure
from analysis.physics.diffraction.texture import squared_cosines
from analysis.physics.fitting.problem import Floats, Likelihood, Parameter, Problem
from analysis.physics.refusing import CannotAnalyse

# Lines beyond the end of a pattern reach into it; those farther away are as flat as the background.
MARGIN_DEG = 2.5
# A line weaker than this part of the strongest is less than the scatter of any pattern.
LEAST_SHARE = 1e-4
B_ISO_ANGSTROM2 = 2.0


@dataclass(frozen=True, slots=True, eq=False)
class Pattern:
    """What was measured: 2θ ascending and intensities, shape (n,), and how they scatter.

    `relative`, shape (n,), is the standard error up to an unknown factor where the likelihood is unknown.
    """

    angles_deg: Floats
    observed: Floats
    likelihood: Likelihood
    stderrs: Floats | None = None
    relative: Floats | None = None

    def thinned(self, most_count: int) -> "Pattern":
        """Return every k-th point, so that no more than about `most_count` are left: a first look."""
        step = max(len(self.angles_deg) // most_count, 1)
        stderrs = None if self.stderrs is None else self.stderrs[::step]
        relative = None if self.relative is None else self.relative[::step]
        return replace(self, angles_deg=self.angles_deg[::step], observed=self.observed[::step],
                       stderrs=stderrs, relative=relative)  # fmt: skip


@lru_cache(maxsize=32)
def phase_of(
    structure: Structure,
    setup: Diffractometer,
    last_deg: float,
    *,
    unit: float | None = None,
    has_dispersion: bool = False,
    is_textured: bool = False,
) -> Phase:
    """Return a phase with the lines that a pattern up to `last_deg` sees; `unit` of another makes scales masses."""
    if not structure.is_orthogonal:
        raise CannotAnalyse("Only orthogonal cells are fitted to a whole pattern.")
    still = replace(structure, sites=tuple(replace(site, b_iso_angstrom2=0.0) for site in structure.sites))
    length = setup.radiation.first.value_angstrom
    last = min(last_deg + MARGIN_DEG, 170.0)
    found = reflections_of(still, round(length / 2 / float(np.sin(np.radians(last / 2))), 6))
    dispersion = dispersion_of(found, length) if has_dispersion else None
    s_squares = found.s_squares
    areas = found.multiplicity * squared_factors(found, s_squares, dispersion).values
    areas = areas * lorentz_polarisation(np.arcsin(length * np.sqrt(s_squares)), setup.monochromator_deg)[0]
    areas = areas * np.exp(-2 * B_ISO_ANGSTROM2 * s_squares) / np.prod(structure.edges_angstrom)
    strong = found.some(areas > LEAST_SHARE * areas.max())
    faces = squared_cosines(strong.hkl, strong.metric) if is_textured else None
    return Phase(structure.name, strong, 1 / float(areas.max()) if unit is None else unit, dispersion, faces)


@dataclass(slots=True, eq=False)
class WholePattern:
    """Phases by prefix, whose parameters may move, a frozen column by name, and the degree of the background.

    Parameters are named `gamma_a`, `delta_scale`, …, the shared ones `shift`, `b_iso`, `gauss`, `texture`, frozen
    columns by their name, and the background `c0`, `c1`, …
    """

    pattern: Pattern
    setup: Diffractometer
    phases: dict[str, Phase]
    degree: int
    frozen: dict[str, Floats] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        """Names of all parameters in their order."""
        own = [f"{prefix}_{name}" for prefix in self.phases for name in OWN]
        return (*SHARED, *own, *self.frozen, *(f"c{power}" for power in range(self.degree + 1)))

    @property
    def linear_columns(self) -> Floats:
        """Frozen columns and the Chebyshev polynomials over the pattern, shape (n, frozen + degree + 1)."""
        angles = self.pattern.angles_deg
        turned = 2 * (angles - angles[0]) / (angles[-1] - angles[0]) - 1
        return np.column_stack((*self.frozen.values(), chebyshev.chebvander(turned, self.degree)))

    def own(self, values: Floats, place: int) -> Floats:
        """Return the parameters of the phase at a place."""
        first = len(SHARED) + place * len(OWN)
        return values[first : first + len(OWN)]

    def predicted(self, values: Floats) -> Floats:
        """Return the intensities, shape (n,)."""
        total = self.linear_columns @ values[len(SHARED) + len(self.phases) * len(OWN) :]
        for place in range(len(self.phases)):
            total = total + self.component(values, place)
        return np.asarray(total)

    def component(self, values: Floats, place: int) -> Floats:
        """Return the part of the phase at a place, shape (n,)."""
        phase = list(self.phases.values())[place]
        lines, _ = lines_of(phase, self.setup, self.own(values, place), values[: len(SHARED)])
        return summed(self.pattern.angles_deg, lines)

    def background(self, values: Floats) -> Floats:
        """Return the smooth part alone, shape (n,)."""
        count = self.degree + 1
        return np.asarray(self.linear_columns[:, -count:] @ values[-count:])

    def slopes(self, values: Floats) -> Floats:
        """Return the slopes of the intensities by all parameters, shape (n, p)."""
        width = len(SHARED)
        jacobian = np.zeros((len(self.pattern.angles_deg), len(self.names)))
        for place, phase in enumerate(self.phases.values()):
            lines, slopes = lines_of(phase, self.setup, self.own(values, place), values[:width])
            part = summed_with_slopes(self.pattern.angles_deg, lines, slopes)[1]
            first = width + place * len(OWN)
            jacobian[:, first : first + len(OWN)] = part[:, : len(OWN)]
            jacobian[:, :width] += part[:, len(OWN) :]
        jacobian[:, width + len(self.phases) * len(OWN) :] = self.linear_columns
        return jacobian

    def problem(self, parameters: tuple[Parameter, ...]) -> Problem:
        """Return the fit of this model; where the errors are known up to a factor, everything is divided by them."""
        pattern = self.pattern
        if pattern.relative is None:
            return Problem(
                parameters, self.predicted, self.slopes, pattern.observed, pattern.likelihood, pattern.stderrs
            )
        relative = pattern.relative
        return Problem(
            parameters,
            lambda values: self.predicted(values) / relative,
            lambda values: self.slopes(values) / relative[:, None],
            pattern.observed / relative,
            pattern.likelihood,
        )
