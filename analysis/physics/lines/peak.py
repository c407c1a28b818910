"""Fitting a line to a spectrum in the bins it was measured in."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from analysis.physics.fitting.criteria import aicc
from analysis.physics.fitting.fitted import Fitted
from analysis.physics.fitting.problem import Floats, Likelihood, Parameter, Problem
from analysis.physics.fitting.solve import fit
from analysis.physics.lines.guessing import guess_background, guess_line, room_of
from analysis.physics.lines.shapes import SHAPES, Shape
from analysis.physics.refusing import CannotAnalyse
from analysis.physics.spectra.bins import Bins

LEAST_POINTS = 8
# A more complicated line is taken when its AICc lies lower by more than this.
CLEAR_GAIN = 10.0
# Steps of the numerical gradient of what is told, in standard errors of the parameter.
GRADIENT_STEP = 1e-3


@dataclass(frozen=True, slots=True)
class Told:
    """A number and its standard error."""

    value: float
    stderr: float


@dataclass(frozen=True, slots=True, eq=False)
class LineFit:
    """A line as it was fitted; `line` and `background` are its predicted readings, shape (n,)."""

    shape: Shape
    problem: Problem
    fitted: Fitted
    peak_energy_ev: Told
    fwhm_mev: Told
    centroid_ev: Told
    photons: Told
    line: Floats
    background: Floats


def fit_pl_peak(
    bins: Bins, readings: Floats, *, likelihood: Likelihood, shape: str = "gaussian", is_sloping: bool = False
) -> LineFit:
    """Return a line over a background fitted to readings per bin, shape (n,).

    exposure × (response × L(E) × ΔE + b₀ + b₁ u) with u from −1 to 1 along the bins: the Jacobian hc/λ² is inside
    ΔE, response and dark inside the model, so that counts keep their Poisson likelihood (science: §3). Photons are
    those of one exposure before the response. A bin must be narrower than a third of the line.
    """
    if len(readings) < LEAST_POINTS:
        raise CannotAnalyse(f"{len(readings)} points are too few for a line; {LEAST_POINTS} are the least.")
    row = SHAPES[shape]
    problem = line_problem(bins, readings, row, likelihood=likelihood, is_sloping=is_sloping)
    return told_line(bins, row, problem, fit(problem, starts=mirrored_starts(problem)))


def mirrored_starts(problem: Problem) -> list[Floats]:
    """Return the start with the second line on the other side of the first, none where there is one line."""
    names = [one.name for one in problem.parameters]
    if "energy2" not in names:
        return []
    values = problem.starts
    first, second = names.index("energy"), names.index("energy2")
    one = problem.parameters[second]
    values[second] = np.clip(2.0 * values[first] - values[second], one.lower, one.upper)
    return [values]


def line_problem(
    bins: Bins, readings: Floats, shape: Shape, *, likelihood: Likelihood, is_sloping: bool = False
) -> Problem:
    """Return a line and its background as a fit of the readings times their exposure."""
    start = guess_background(readings)
    lines = shape.parameters(guess_line(bins, readings), room_of(bins))
    backgrounds = [Parameter("background", start, lower=0.0 if likelihood is Likelihood.POISSON else -np.inf)]
    if is_sloping:
        backgrounds.append(Parameter("background_slope", 0.0))
    model = LineModel(bins, shape, len(lines), is_sloping=is_sloping)
    return Problem((*lines, *backgrounds), model.predict, model.jacobian, readings * bins.exposure, likelihood)


@dataclass(frozen=True, slots=True, eq=False)
class LineModel:
    """What the bins of a spectrum should hold."""

    bins: Bins
    shape: Shape
    line_count: int
    is_sloping: bool

    def predict(self, values: Floats) -> Floats:
        """Return the predicted counts, shape (n,)."""
        return self.line(values) + self.background(values)

    def line(self, values: Floats) -> Floats:
        """Return the line's part of them."""
        density, _ = self.shape.rows(self.bins.energies_ev, values[: self.line_count])
        return np.asarray(self.scale * density)

    def background(self, values: Floats) -> Floats:
        """Return the background's part of them."""
        return np.asarray(self.bins.exposure * (self.ramps @ values[self.line_count :]))

    def jacobian(self, values: Floats) -> Floats:
        """Return their derivatives, shape (n, p)."""
        _, derivatives = self.shape.rows(self.bins.energies_ev, values[: self.line_count])
        return np.hstack((self.scale[:, None] * derivatives, self.bins.exposure * self.ramps))

    @property
    def scale(self) -> Floats:
        """What a density counts for in each bin, shape (n,)."""
        return self.bins.exposure * self.bins.response * self.bins.widths_ev

    @property
    def ramps(self) -> Floats:
        """The shapes of the background, shape (n, 1) or (n, 2)."""
        count = len(self.bins.energies_ev)
        constant = np.ones((count, 1))
        return np.column_stack((constant, np.linspace(-1.0, 1.0, count))) if self.is_sloping else constant


def told_line(bins: Bins, shape: Shape, problem: Problem, fitted: Fitted) -> LineFit:
    """Return what a fitted line tells, errors by its full covariance."""
    is_sloping = fitted.parameters[-1].name == "background_slope"
    line_count = len(fitted.values) - 1 - is_sloping
    model = LineModel(bins, shape, line_count, is_sloping=is_sloping)
    amounts = [index for index, one in enumerate(fitted.parameters) if one.name.startswith("photons")]
    gradient = np.isin(np.arange(len(fitted.values)), amounts).astype(float)
    peak, fwhm, centroid = derived(fitted, lambda values: np.array(shape.summary(values[:line_count])))
    photons = Told(float(fitted.values[amounts].sum()), stderr_along(fitted, gradient))
    line, background = model.line(fitted.values), model.background(fitted.values)
    return LineFit(shape, problem, fitted, peak, fwhm, centroid, photons, line, background)


def derived(fitted: Fitted, told: Callable[[Floats], Floats]) -> list[Told]:
    """Return functions of the parameters with their standard errors, from the covariance and central differences."""
    values = told(fitted.values)
    gradients = np.zeros((len(fitted.values), len(values)))
    for index, stderr in enumerate(fitted.stderrs):
        if stderr > 0 and np.isfinite(stderr):
            gradients[index] = difference(fitted, told, index, float(stderr) * GRADIENT_STEP)
    return [Told(float(one), stderr_along(fitted, slope)) for one, slope in zip(values, gradients.T, strict=True)]


def stderr_along(fitted: Fitted, slope: Floats) -> float:
    """Return the standard error along a gradient, infinite when a parameter in it is not determined."""
    is_told = np.isfinite(np.diag(fitted.covariance))
    return fitted.derived_stderr(slope) if is_told[slope != 0].all() and is_told.all() else float("inf")


def difference(fitted: Fitted, told: Callable[[Floats], Floats], index: int, step: float) -> Floats:
    """Return the slopes of functions along one parameter, inside its bounds."""
    one = fitted.parameters[index]
    low, high = fitted.values.copy(), fitted.values.copy()
    low[index] = max(low[index] - step, one.lower)
    high[index] = min(high[index] + step, one.upper)
    return np.asarray((told(high) - told(low)) / float(high[index] - low[index]))


def is_clearly_better(other: LineFit, one: LineFit) -> bool:
    """Say whether a more complicated line gains more AICc than chance gives."""
    return other.fitted.is_converged and aicc(one.fitted) - aicc(other.fitted) > CLEAR_GAIN
