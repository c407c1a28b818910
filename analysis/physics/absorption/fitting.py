"""Fitting the first exciton with the edge above it and the scattering below."""

from dataclasses import dataclass, replace
from itertools import product

import numpy as np
from scipy.optimize import nnls

from analysis.physics.absorption.curvature import Curvature
from analysis.physics.absorption.model import EDGE_ENERGY, AbsorbanceModel, parameters
from analysis.physics.fitting.fitted import Fitted
from analysis.physics.fitting.problem import Floats, Likelihood, Problem
from analysis.physics.fitting.solve import fit

# Where the edge and the second exciton may stand at first, in widths of the first one.
EDGES_AWAY = (0.8, 1.4, 2.6)
EDGE_WIDTHS = (0.4, 0.9)
SECOND_WIDTHS = (1.2, 2.2)
SECOND_AWAY_EV = (0.12, 0.25)


# Another minimum is told when −2 ln L is higher by less than this and its exciton lies this many errors away.
RIVAL_RISE = 10.0
RIVAL_SIGMAS = 2.0


@dataclass(frozen=True, slots=True, eq=False)
class AbsorbanceFit:
    """One model of an absorbance spectrum as it was fitted.

    `rival` is another minimum that fits about as well, with the first exciton elsewhere; none for most spectra.
    """

    model: AbsorbanceModel
    problem: Problem
    fitted: Fitted
    rival: Fitted | None


def fit_absorbance(energies_ev: Floats, absorbances: Floats, curvature: Curvature, exciton_count: int) -> AbsorbanceFit:
    """Return the absorbance, shape (n,), as `exciton_count` excitons over an edge and scattering.

    The scatter of the readings is not known, so that the covariance is scaled by the residuals.
    """
    model = AbsorbanceModel(energies_ev, exciton_count)
    starts = guesses(model, absorbances, curvature)
    range_ev = float(energies_ev[0]), float(energies_ev[-1])
    step_mev = float(np.median(np.diff(energies_ev))) * 1e3
    problem = Problem(
        parameters(exciton_count, starts[0], range_ev, step_mev),
        model.predict,
        model.jacobian,
        absorbances,
        Likelihood.UNKNOWN,
    )
    # Each start is taken to its own end: edge and second exciton can share what lies above the first in two ways.
    ways = starts if exciton_count else starts[:1]
    fits = sorted((fitted_from(problem, start) for start in ways), key=lambda one: one.objective)
    return AbsorbanceFit(model, problem, fits[0], rival_of(fits) if exciton_count else None)


def fitted_from(problem: Problem, start: Floats) -> Fitted:
    """Return the fit from one start."""
    parameters = tuple(
        replace(one, start=float(np.clip(value, one.lower, one.upper)))
        for one, value in zip(problem.parameters, start, strict=True)
    )
    return fit(replace(problem, parameters=parameters))


def rival_of(fits: list[Fitted]) -> Fitted | None:
    """Return the next fit that is nearly as likely as the best and whose first exciton its error does not hold."""
    best, *others = fits
    energy_ev, stderr_ev = best.value("energy1"), best.stderr("energy1")
    for one in others:
        is_elsewhere = abs(one.value("energy1") - energy_ev) > RIVAL_SIGMAS * stderr_ev
        if one.is_converged and is_elsewhere and one.minus_2_ln_l - best.minus_2_ln_l < RIVAL_RISE:
            return one
    return None


def guesses(model: AbsorbanceModel, absorbances: Floats, curvature: Curvature) -> list[Floats]:
    """Return the best start for each edge and width of the second exciton, heights by least squares, best first."""
    best: dict[tuple[float, float], tuple[float, Floats]] = {}
    for shape in shapes(model, curvature):
        found = start_of(model, absorbances, shape)
        # Minima differ in how far the edge reaches and in how much of it the second exciton takes.
        kind = (float(shape[EDGE_ENERGY]), float(shape[-1]))
        if kind not in best or found[0] < best[kind][0]:
            best[kind] = found
    return [values for _, values in sorted(best.values(), key=lambda pair: pair[0])]


def shapes(model: AbsorbanceModel, curvature: Curvature) -> list[Floats]:
    """Return values of the model, shape (p,), with heights of one, over a grid of energies and widths."""
    first_ev, first_mev = float(curvature.energies_ev[0]), float(curvature.fwhms_mev[0])
    edges = [
        (1.0, first_ev + away * first_mev * 1e-3, width * first_mev / 2.0, 1.0)
        for away, width in product(EDGES_AWAY, EDGE_WIDTHS)
    ]
    firsts = [(1.0, first_ev, first_mev)] if model.exciton_count else [()]
    seconds = second_excitons(curvature) if model.exciton_count == 2 else [()]
    return [np.array([1.0, 1.0, *edge, *first, *second]) for edge, first, second in product(edges, firsts, seconds)]


def second_excitons(curvature: Curvature) -> list[tuple[float, ...]]:
    """Return where the second exciton may be: at the next minima, or a little above the first."""
    first_ev, first_mev = float(curvature.energies_ev[0]), float(curvature.fwhms_mev[0])
    places = [*(float(one) for one in curvature.energies_ev[1:3]), *(first_ev + away_ev for away_ev in SECOND_AWAY_EV)]
    return [(1.0, place, width * first_mev) for place, width in product(places, SECOND_WIDTHS)]


def start_of(model: AbsorbanceModel, absorbances: Floats, shape: Floats) -> tuple[float, Floats]:
    """Return how far off a start is, and the start with its heights."""
    heights = [0, 1, 2, 5, *(6 + 3 * index for index in range(model.exciton_count))]
    columns = model.jacobian(shape)[:, heights]
    amounts, norm = nnls(columns, absorbances)
    values = shape.copy()
    values[heights] = amounts
    return float(norm), values
