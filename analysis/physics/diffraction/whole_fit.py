"""The fit of a whole powder pattern by γ and δ: its start, its background, and whether δ may move by itself."""

from dataclasses import dataclass, replace

import numpy as np

from analysis.physics.diffraction.phase_lines import OWN, Diffractometer, Phase
from analysis.physics.diffraction.scale_search import DELTA_SIZE_NM, Start, searched
from analysis.physics.diffraction.structures import DELTA, GAMMA_293K, Structure
from analysis.physics.diffraction.whole_background import best_degree, with_spread
from analysis.physics.diffraction.whole_delta import stands_alone
from analysis.physics.diffraction.whole_parameters import FIRST_GAUSS_DEG, Choices, linear_start, parameters_of
from analysis.physics.diffraction.whole_pattern import B_ISO_ANGSTROM2, Pattern, WholePattern, phase_of
from analysis.physics.fitting.criteria import bic
from analysis.physics.fitting.fitted import Fitted
from analysis.physics.fitting.problem import Floats, Likelihood
from analysis.physics.fitting.solve import fit
from analysis.physics.refusing import CannotAnalyse

FIRST_DEGREE = 10
FIRST_POINTS = 700
# From how many standard errors on δ has cell, size and strain of its own.
DELTA_MOVES_FROM = 6.0
DELTA_IS_PLAIN_FROM = 12.0
# γ beside δ has cell and size of its own from so many standard errors of its scale on; below, it has a usual size.
GAMMA_MOVES_FROM, GAMMA_SEEN_FROM = 8.0, 4.0
HELD_SIZE_NM = 10.0
FEWEST_LINES = 4
FEWEST_FOR_SHIFT = 8
STRONG_PERCENT = 5.0
# γ must lower χ² of the search by this many units, or there is none.
LEAST_GAIN = 60.0
# Right phases make nearly all of the lines even before the fit; those of another substance nearly none.
LEAST_EXPLAINED = 0.35


@dataclass(frozen=True, slots=True, eq=False)
class WholeFit:
    """A fitted pattern with its model and start; `delta_ratio` is the scale of δ over its standard error."""

    model: WholePattern
    fitted: Fitted
    start: Start
    delta_ratio: float
    has_shift: bool

    @property
    def has_moving_delta(self) -> bool:
        """Whether δ has cell, size and strain of its own."""
        return "delta" in self.model.phases

    @property
    def gamma_is_held(self) -> bool:
        """Whether γ is too weak beside δ for a cell and a size of its own."""
        return self.fitted.parameters[self.fitted.index("gamma_a")].is_fixed

    @property
    def gamma(self) -> Floats:
        """The part of γ, shape (n,)."""
        return self.model.component(self.fitted.values, 0)

    @property
    def background(self) -> Floats:
        """The smooth part, shape (n,)."""
        return self.model.background(self.fitted.values)

    @property
    def total(self) -> Floats:
        """The whole model in the unit of the data, shape (n,)."""
        return self.model.predicted(self.fitted.values)


@dataclass(frozen=True, slots=True, eq=False)
class Fitting:
    """What every step of a fit needs."""

    pattern: Pattern
    setup: Diffractometer
    choices: Choices
    start: Start
    gamma: Phase
    delta: Phase

    def model(self, pattern: Pattern, degree: int) -> WholePattern:
        """Return the model with γ moving and δ as a column of fixed shape."""
        model = WholePattern(pattern, self.setup, {"gamma": self.gamma}, degree)
        if self.choices.has_delta:
            shape = WholePattern(pattern, self.setup, {"delta": self.delta}, 0)
            gauss = FIRST_GAUSS_DEG if self.choices.gauss_deg is None else self.choices.gauss_deg
            values = np.array([0.0, B_ISO_ANGSTROM2, gauss, 1.0, *self.delta_start(1.0), 0.0])
            model.frozen["delta"] = shape.component(values, 0)
        return model

    def held(self, stretch: float, *, size_moves: bool) -> "Fitting":
        """Return the same with the cell of γ held at a stretch."""
        choices = replace(self.choices, gamma_is_held=True, gamma_size_moves=size_moves)
        return replace(self, choices=choices, start=replace(self.start, gamma_stretch=stretch, size_nm=HELD_SIZE_NM))

    def delta_start(self, scale: float) -> tuple[float, ...]:
        """Return scale, edges, size and strain that δ starts with."""
        return (scale, *(edge * self.start.delta_stretch for edge in DELTA.edges_angstrom), DELTA_SIZE_NM, 0.0)

    def fitted(self, model: WholePattern, values: Floats | None) -> Fitted:
        """Return the fit of a model from given values, or from the start."""
        return fit(model.problem(parameters_of(model, self.choices, self.start, values)))

    def settled(self, model: WholePattern, values: Floats) -> Fitted:
        """Return the fit of a model to all points, weighted by how they scatter about it."""
        model.pattern = with_spread(self.pattern, model.predicted(values))
        fitted = self.fitted(model, values)
        if self.pattern.likelihood is not Likelihood.UNKNOWN:
            return fitted
        model.pattern = with_spread(self.pattern, model.predicted(fitted.values))
        return self.fitted(model, fitted.values)


def fit_whole_pattern(
    pattern: Pattern, setup: Diffractometer, choices: Choices, structure: Structure = GAMMA_293K
) -> WholeFit:
    """Return the fit of γ (and δ) over a Chebyshev background whose degree is the one with the lowest BIC.

    Everything is fitted together, 002 and 110 tied by the structure. δ starts as a column of fixed shape; seen at six
    standard errors it has cell, size and strain of its own. γ that is hardly seen beside δ is held. Raises
    CannotAnalyse where neither stands out.
    """
    last = float(pattern.angles_deg[-1])
    gamma = phase_of(structure, setup, last, has_dispersion=choices.has_dispersion, is_textured=choices.is_textured)
    delta = phase_of(DELTA, setup, last, unit=gamma.unit, has_dispersion=choices.has_dispersion)
    line_count = lines_in(pattern, setup, gamma)
    if line_count < FEWEST_LINES:
        raise CannotAnalyse(
            f"The pattern covers {line_count} strong lines of γ-CsPbI3 and a cell needs {FEWEST_LINES} or more;"
            " measure a wider range."
        )
    choices = replace(choices, has_shift=choices.has_shift and line_count >= FEWEST_FOR_SHIFT)
    start = searched(pattern, setup, gamma, delta, choices.gauss_deg)
    is_delta = choices.has_delta and start.delta_gain >= LEAST_GAIN
    if start.gamma_gain < LEAST_GAIN and not is_delta:
        raise CannotAnalyse(
            "No line of γ-CsPbI3 stands out of the background; check the wavelength, the sample and the substrate."
        )
    if start.explained < LEAST_EXPLAINED:
        raise CannotAnalyse(
            f"γ and δ make only {100 * start.explained:.0f} % of the lines: it is another substance, or the wavelength"
            " is not right."
        )
    fitting = Fitting(pattern, setup, choices, start, gamma, delta)
    if start.gamma_gain < LEAST_GAIN:
        return with_held_gamma(fitting)
    whole = fitted_from(fitting)
    return with_held_gamma(fitting) if whole.has_moving_delta and gamma_ratio(whole) < GAMMA_MOVES_FROM else whole


def with_held_gamma(fitting: Fitting) -> WholeFit:
    """Return the better fit with the cell of γ held, stretched as δ is or as the search has it.

    The size moves where γ is seen, for its area hangs on it.
    """
    stretches = {fitting.start.delta_stretch, fitting.start.gamma_stretch}
    tried = [(fitted_from(fitting.held(one, size_moves=False)), one) for one in sorted(stretches)]
    whole, stretch = min(tried, key=lambda pair: bic(pair[0].fitted))
    if gamma_ratio(whole) < GAMMA_SEEN_FROM:
        return whole
    moved = fitted_from(fitting.held(stretch, size_moves=True))
    return moved if moved.fitted.is_converged else whole


def gamma_ratio(whole: WholeFit) -> float:
    """Return the scale of γ over its standard error."""
    return whole.fitted.value("gamma_scale") / max(whole.fitted.stderr("gamma_scale"), 1e-300)


def lines_in(pattern: Pattern, setup: Diffractometer, phase: Phase) -> int:
    """Return how many lines stronger than a twentieth of the strongest lie within the pattern."""
    found = phase.reflections
    sine = setup.radiation.first.value_angstrom * np.sqrt(found.s_squares)
    angles_deg = 2 * np.degrees(np.arcsin(np.minimum(sine, 1.0)))
    factors = found.coefficients[:, :4].sum(axis=1) @ found.geometry
    strengths = found.multiplicity * np.abs(factors) ** 2 / found.s_squares
    strong = strengths > STRONG_PERCENT / 100 * strengths.max()
    return int((strong & (angles_deg > pattern.angles_deg[0]) & (angles_deg < pattern.angles_deg[-1])).sum())


def fitted_from(fitting: Fitting) -> WholeFit:
    """Return the fit from a start: a first look at fewer points, the background, all points, and δ by itself."""
    thin = fitting.pattern.thinned(FIRST_POINTS)
    first = fitting.model(thin, fitting.choices.degree or FIRST_DEGREE)
    looked = fitting.fitted(first, None)
    is_plain = delta_ratio(looked, "delta", fitting.choices) > DELTA_IS_PLAIN_FROM
    is_plain = is_plain and stands_alone(first, looked, fitting.start)
    if is_plain:
        first, values = released(fitting, first, looked.values)
        looked = fitting.fitted(first, values)
    degree = fitting.choices.degree or best_degree(thin, first, looked.values)
    whole = fitting.model(fitting.pattern, degree)
    known = dict(zip(first.names, looked.values, strict=True))
    if is_plain:
        whole = replace(whole, phases=first.phases, frozen={})
    start = linear_start(whole, np.array([known.get(name, 0.0) for name in whole.names]))
    if is_plain:
        return with_moving_delta(fitting, whole, start)
    fitted = fitting.settled(whole, start)
    ratio = delta_ratio(fitted, "delta", fitting.choices)
    if ratio > DELTA_MOVES_FROM and stands_alone(whole, fitted, fitting.start):
        return with_moving_delta(fitting, *released(fitting, whole, fitted.values))
    return WholeFit(whole, fitted, fitting.start, ratio, fitting.choices.has_shift)


def delta_ratio(fitted: Fitted, name: str, choices: Choices) -> float:
    """Return the scale of δ over its standard error; zero where it is not looked for."""
    return fitted.value(name) / max(fitted.stderr(name), 1e-300) if choices.has_delta else 0.0


def released(fitting: Fitting, model: WholePattern, values: Floats) -> tuple[WholePattern, Floats]:
    """Return the model in which δ has cell, size and strain of its own, and values that start it where δ stood."""
    moving = WholePattern(model.pattern, model.setup, {**model.phases, "delta": fitting.delta}, model.degree)
    known = dict(zip(model.names, values, strict=True))
    own = fitting.delta_start(max(known["delta"], 1e-6))
    known.update(zip((f"delta_{name}" for name in OWN), own, strict=True))
    return moving, np.array([known[name] for name in moving.names])


def with_moving_delta(fitting: Fitting, moving: WholePattern, values: Floats) -> WholeFit:
    """Return the fit of all points by both phases."""
    fitted = fitting.settled(moving, values)
    ratio = delta_ratio(fitted, "delta_scale", fitting.choices)
    return WholeFit(moving, fitted, fitting.start, ratio, fitting.choices.has_shift)
