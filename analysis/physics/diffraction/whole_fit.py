"""The fit of a whole powder pattern by γ and δ: its start, its background, and whether δ may move by itself."""

from dataclasses import dataclass, replace

import numpy as np

from analysis.physics.diffraction.phase_lines import Diffractometer, Phase
from analysis.physics.diffraction.scale_search import DELTA_SIZE_NM, Start, background, searched
from analysis.physics.diffraction.spread import relative_spread
from analysis.physics.diffraction.structures import DELTA, GAMMA_293K, Structure
from analysis.physics.diffraction.whole_pattern import B_ISO_ANGSTROM2, Pattern, WholePattern, phase_of
from analysis.physics.fitting.fitted import Fitted
from analysis.physics.fitting.problem import Floats, Likelihood, Parameter
from analysis.physics.fitting.solve import fit
from analysis.physics.refusing import CannotAnalyse

FIRST_DEGREE = 10
DEGREES = range(3, 21)
FIRST_POINTS = 700
# From how many standard errors on δ has cell, size and strain of its own.
DELTA_MOVES_FROM = 6.0
FEWEST_LINES = 4
FEWEST_FOR_SHIFT = 8
STRONG_PERCENT = 5.0
# γ must lower χ² of the search by this many units, or there is none.
LEAST_GAIN = 60.0


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person may decide: the instrument's Gaussian FWHM (None: fitted), what moves, and the background."""

    gauss_deg: float | None = None
    has_strain: bool = True
    has_shift: bool = True
    has_b_iso: bool = True
    is_textured: bool = False
    has_dispersion: bool = False
    degree: int | None = None
    has_delta: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class WholeFit:
    """A fitted pattern with its model and start; `delta_ratio` is the scale of δ over its standard error."""

    model: WholePattern
    fitted: Fitted
    start: Start
    has_moving_delta: bool
    delta_ratio: float
    has_shift: bool

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


def fit_whole_pattern(pattern: Pattern, setup: Diffractometer, choices: Choices, structure: Structure = GAMMA_293K) -> WholeFit:
    """Return the fit of γ (and δ) over a Chebyshev background whose degree is the one with the lowest BIC.

    Everything is fitted together, 002 and 110 tied by the structure. δ starts as a column of fixed shape; seen at six
    standard errors it has cell, size and strain of its own. Raises CannotAnalyse where no γ stands out.
    """
    last = float(pattern.angles_deg[-1])
    gamma = phase_of(structure, setup, last, has_dispersion=choices.has_dispersion, is_textured=choices.is_textured)
    delta = phase_of(DELTA, setup, last, unit=gamma.unit, has_dispersion=choices.has_dispersion)
    line_count = lines_in(pattern, setup, gamma)
    if line_count < FEWEST_LINES:
        raise CannotAnalyse(
            f"The pattern covers {line_count} strong lines of γ-CsPbI3 and a cell needs {FEWEST_LINES} or more; measure a"
            " wider range."
        )
    choices = replace(choices, has_shift=choices.has_shift and line_count >= FEWEST_FOR_SHIFT)
    start = searched(pattern, setup, gamma, delta, choices.gauss_deg)
    if start.gamma_gain < LEAST_GAIN:
        raise CannotAnalyse(
            "No line of γ-CsPbI3 stands out of the background; check the wavelength, the sample and the substrate."
        )
    return fitted_from(pattern, setup, choices, start, gamma, delta)


def lines_in(pattern: Pattern, setup: Diffractometer, phase: Phase) -> int:
    """Return how many lines stronger than a twentieth of the strongest lie within the pattern."""
    found = phase.reflections
    sine = setup.radiation.first.value_angstrom * np.sqrt(found.s_squares)
    angles_deg = 2 * np.degrees(np.arcsin(np.minimum(sine, 1.0)))
    squares = found.multiplicity * np.abs(np.einsum("g,gk->k", found.coefficients[:, :4].sum(axis=1), found.geometry)) ** 2
    strengths = squares / found.s_squares
    strong = strengths > STRONG_PERCENT / 100 * strengths.max()
    return int((strong & (angles_deg > pattern.angles_deg[0]) & (angles_deg < pattern.angles_deg[-1])).sum())


def fitted_from(
    pattern: Pattern, setup: Diffractometer, choices: Choices, start: Start, gamma: Phase, delta: Phase
) -> WholeFit:
    """Return the fit from a start: a first look at fewer points, the background, all points, and δ by itself."""
    thin = pattern.thinned(FIRST_POINTS)
    first = modelled(thin, setup, choices, start, gamma, delta, choices.degree or FIRST_DEGREE)
    looked = fit(first.problem(parameters_of(first, choices, start, None)))
    degree = choices.degree or best_degree(thin, first, looked)
    whole = modelled(pattern, setup, choices, start, gamma, delta, degree)
    values = carried(whole, first, looked.values)
    whole.pattern = with_spread(pattern, whole.predicted(values))
    fitted = fit(whole.problem(parameters_of(whole, choices, start, values)))
    if pattern.likelihood is Likelihood.UNKNOWN:
        whole.pattern = with_spread(pattern, whole.predicted(fitted.values))
        fitted = fit(whole.problem(parameters_of(whole, choices, start, fitted.values)))
    ratio = fitted.value("delta") / max(fitted.stderr("delta"), 1e-300) if choices.has_delta else 0.0
    if ratio < DELTA_MOVES_FROM:
        return WholeFit(whole, fitted, start, False, ratio, choices.has_shift)
    return with_moving_delta(whole, fitted, choices, start, delta)


def modelled(
    pattern: Pattern, setup: Diffractometer, choices: Choices, start: Start, gamma: Phase, delta: Phase, degree: int
) -> WholePattern:
    """Return the model with γ moving and δ as a column of fixed shape."""
    model = WholePattern(pattern, setup, {"gamma": gamma}, degree)
    if choices.has_delta:
        shape = WholePattern(pattern, setup, {"delta": delta}, 0)
        values = np.array([0.0, B_ISO_ANGSTROM2, choices.gauss_deg or 0.05, 1.0, *delta_start(start, 1.0), 0.0])
        model.frozen["delta"] = shape.component(values, 0)
    return model


def delta_start(start: Start, scale: float) -> tuple[float, ...]:
    """Return scale, edges, size and strain that δ starts with."""
    return (scale, *(edge * start.delta_stretch for edge in DELTA.edges_angstrom), DELTA_SIZE_NM, 0.0)


def parameters_of(
    model: WholePattern, choices: Choices, start: Start, values: Floats | None
) -> tuple[Parameter, ...]:
    """Return the parameters of a model with bounds, at given values or at the start's."""
    edges = tuple(edge * start.gamma_stretch for edge in GAMMA_293K.edges_angstrom)
    least, most = (0.9, 1.1)
    made = [
        Parameter("shift", 0.0, -1.0, 1.0, "mm" if model.setup.radius_mm else "deg", not choices.has_shift),
        Parameter("b_iso", B_ISO_ANGSTROM2, -4.0, 25.0, "Å²", not choices.has_b_iso),
        Parameter("gauss", 0.05 if choices.gauss_deg is None else choices.gauss_deg, 0.0, 3.0, "deg",
                  choices.gauss_deg is not None),
        Parameter("texture", 1.0, 0.15, 6.0, "", not choices.is_textured),
    ]  # fmt: skip
    for prefix in model.phases:
        own = (1.0, *edges, start.size_nm, 0.0) if prefix == "gamma" else delta_start(start, 1.0)
        made.append(Parameter(f"{prefix}_scale", own[0]))
        made += [Parameter(f"{prefix}_{name}", edge, edge * least, edge * most, "Å")
                 for name, edge in zip("abc", own[1:4], strict=True)]  # fmt: skip
        made.append(Parameter(f"{prefix}_size", own[4], 0.8, 2000.0, "nm"))
        made.append(Parameter(f"{prefix}_strain", 0.0, -0.03, 0.1, "", not choices.has_strain))
    made += [Parameter(name, 0.0) for name in (*model.frozen, *(f"c{power}" for power in range(model.degree + 1)))]
    if values is None:
        values = linear_start(model, np.array([one.start for one in made]))
    return tuple(replace(one, start=float(value)) for one, value in zip(made, values, strict=True))


def linear_start(model: WholePattern, values: Floats) -> Floats:
    """Return values whose linear ones (scales, background) are the least squares for the others."""
    linear = [index for index, name in enumerate(model.names)
              if name.endswith("_scale") or name in model.frozen or name[1:].isdigit()]  # fmt: skip
    values = values.copy()
    unit = values.copy()
    unit[linear] = 1.0
    design = model.slopes(unit)[:, linear]
    weights = rough_weights(model.pattern, np.maximum(model.pattern.observed, 1.0))
    found = np.linalg.lstsq(design * weights[:, None], model.pattern.observed * weights, rcond=None)[0]
    values[linear] = found
    return values


def rough_weights(pattern: Pattern, expected: Floats) -> Floats:
    """Return the roots of the weights, shape (n,)."""
    if pattern.stderrs is not None:
        return np.asarray(1 / pattern.stderrs)
    if pattern.likelihood is Likelihood.POISSON:
        return np.asarray(1 / np.sqrt(np.maximum(expected, 1.0)))
    return np.ones_like(expected) if pattern.relative is None else np.asarray(1 / pattern.relative)


def best_degree(pattern: Pattern, model: WholePattern, looked: Fitted) -> int:
    """Return the degree of the background with the lowest BIC, the shapes of the lines held."""
    predicted = model.predicted(looked.values)
    weights = rough_weights(with_spread(pattern, predicted), np.maximum(predicted, 1.0))
    lines = [model.component(looked.values, 0), *model.frozen.values()]
    count = len(pattern.observed)
    found: dict[int, float] = {}
    for degree in DEGREES:
        smooth = WholePattern(pattern, model.setup, {}, degree).linear_columns
        design = np.column_stack((*lines, smooth)) * weights[:, None]
        left = pattern.observed * weights - design @ np.linalg.lstsq(design, pattern.observed * weights, rcond=None)[0]
        squares = float(left @ left)
        is_known = pattern.likelihood is not Likelihood.UNKNOWN
        found[degree] = (squares if is_known else count * np.log(squares)) + degree * np.log(count)
    return min(found, key=lambda one: found[one])


def with_spread(pattern: Pattern, predicted: Floats) -> Pattern:
    """Return the pattern with its relative errors where nobody states them."""
    if pattern.likelihood is not Likelihood.UNKNOWN:
        return pattern
    return replace(pattern, relative=relative_spread(pattern.angles_deg, predicted, pattern.observed - predicted))


def carried(model: WholePattern, before: WholePattern, values: Floats) -> Floats:
    """Return the values of one model as the start of another with another background."""
    known = dict(zip(before.names, values, strict=True))
    start = np.array([known.get(name, 0.0) for name in model.names])
    return linear_start(model, start)


def with_moving_delta(
    model: WholePattern, fitted: Fitted, choices: Choices, start: Start, delta: Phase
) -> WholeFit:
    """Return the fit in which δ has cell, size and strain of its own."""
    moving = WholePattern(model.pattern, model.setup, {**model.phases, "delta": delta}, model.degree)
    known = dict(zip(model.names, fitted.values, strict=True))
    known.update(zip((f"delta_{name}" for name in ("scale", "a", "b", "c", "size", "strain")),
                     delta_start(start, fitted.value("delta")), strict=True))  # fmt: skip
    values = np.array([known[name] for name in moving.names])
    answer = fit(moving.problem(parameters_of(moving, choices, start, values)))
    if model.pattern.likelihood is Likelihood.UNKNOWN:
        moving.pattern = with_spread(model.pattern, moving.predicted(answer.values))
        answer = fit(moving.problem(parameters_of(moving, choices, start, answer.values)))
    ratio = answer.value("delta_scale") / max(answer.stderr("delta_scale"), 1e-300)
    return WholeFit(moving, answer, start, True, ratio, choices.has_shift)
