"""A whole streak map with the same lifetimes at every wavelength: amplitudes and backgrounds are projected out."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import xlogy

from analysis.physics.decays.map_equations import normal, slices, solved
from analysis.physics.decays.shares import Response
from analysis.physics.fitting.problem import Floats

MOST_STEPS_COUNT = 60
# A step that lowers the deviance by less than this ends the descent: a thousandth of a standard error.
LEAST_GAIN = 1e-6
# One step takes at most this part of any predicted count, so that none becomes negative.
MOST_TAKEN_RATIO = 0.9
FLOOR_COUNTS = 1e-12


@dataclass(frozen=True, slots=True, eq=False)
class SharedMap:
    """Lifetimes and start shared by all w wavelengths, and what each wavelength has of them.

    `linear`, shape (k + 1, w), holds k amplitudes in counts per mean bin and the background per bin; `stderrs` their
    errors with those of the lifetimes in them. `covariance`, shape (k + 1, k + 1), is over lifetimes and start,
    `total_covariance` over amplitudes and background summed over the wavelengths, then lifetimes and start.
    """

    taus_ns: Floats
    start_ns: float
    covariance: Floats
    total_covariance: Floats
    linear: Floats
    stderrs: Floats
    predicted: Floats
    deviances: Floats
    is_converged: bool
    step_count: int

    @property
    def shared_stderrs_ns(self) -> Floats:
        """Standard errors of the lifetimes, then of the start, shape (k + 1,)."""
        return np.sqrt(np.clip(np.diag(self.covariance), 0.0, None))


@dataclass(frozen=True, slots=True, eq=False)
class MapProblem:
    """Counts, shape (t, w), the response over the t bins, and the bounds of lifetimes and start, shape (k + 1,)."""

    counts: Floats
    response: Response
    low_ns: Floats
    high_ns: Floats

    @property
    def is_free(self) -> NDArray[np.bool_]:
        """Which of lifetimes and start are fitted."""
        return np.asarray(self.high_ns > self.low_ns)

    def basis(self, shared_ns: Floats) -> Floats:
        """Return k decays, a constant, and the slopes of the decays in lifetime and start, shape (3 k + 1, t)."""
        told = self.response.shares(shared_ns[:-1], float(shared_ns[-1]))
        edges_ns = self.response.edges_ns
        width_ns = float(edges_ns[-1] - edges_ns[0]) / (len(edges_ns) - 1)
        constant = np.full((1, len(edges_ns) - 1), width_ns)
        return np.vstack((told.values_ns, constant, told.by_tau, told.by_start)) / width_ns


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """Where a descent stands: shared and own parameters, the basis of the shared ones, counts and their deviance."""

    shared_ns: Floats
    linear: Floats
    basis: Floats
    predicted: Floats
    deviance: float


def fit_shared(problem: MapProblem, shared_ns: Floats, linear: Floats) -> SharedMap:
    """Return the most likely lifetimes and start, shape (k + 1,), and linear parameters, shape (k + 1, w).

    Fisher scoring on all of them at once: since the wavelengths share no linear parameter, the Schur complement leaves
    k + 1 equations (variable projection; Golub and Pereyra 1973, Mullen and van Stokkum 2007).
    """
    place = placed(problem, shared_ns, linear, np.zeros_like(linear))
    is_converged, count = False, 0
    while not is_converged and count < MOST_STEPS_COUNT:
        count += 1
        trial = advanced(problem, place)
        is_converged = trial is None or place.deviance - trial.deviance < LEAST_GAIN
        place = trial or place
    return answered(problem, place, is_converged=is_converged, step_count=count)


def placed(problem: MapProblem, shared_ns: Floats, linear: Floats, step: Floats) -> Place:
    """Return where shared parameters and a step of the own ones lead."""
    inside_ns = np.clip(shared_ns, problem.low_ns, problem.high_ns)
    basis = problem.basis(inside_ns)
    after, predicted = moved(basis[: len(linear)], linear, step)
    return Place(inside_ns, after, basis, predicted, total_deviance(problem.counts, predicted))


def advanced(problem: MapProblem, place: Place) -> Place | None:
    """Return the place one step on, halved until the deviance falls; none when no step makes it fall."""
    fisher, fall = normal(problem.counts, place.basis, place.predicted, place.linear)
    found = solved(fisher, fall, problem.is_free)
    for part in 0.5 ** np.arange(10):
        trial = placed(problem, place.shared_ns + part * found.step, place.linear, part * found.own_step)
        if trial.deviance <= place.deviance:
            return trial
    return None


def answered(problem: MapProblem, place: Place, *, is_converged: bool, step_count: int) -> SharedMap:
    """Return where a descent ended, with the covariance there."""
    counts, predicted = problem.counts, place.predicted
    fisher, fall = normal(counts, place.basis, predicted, place.linear)
    found = solved(fisher, fall, problem.is_free)
    deviances = 2.0 * (xlogy(counts, counts / predicted) - counts + predicted).sum(axis=0)
    return SharedMap(
        taus_ns=place.shared_ns[:-1],
        start_ns=float(place.shared_ns[-1]),
        covariance=found.covariance,
        total_covariance=found.total_covariance,
        linear=place.linear,
        stderrs=np.sqrt(np.clip(found.variances, 0.0, None)).T,
        predicted=predicted,
        deviances=deviances,
        is_converged=is_converged,
        step_count=step_count,
    )


def moved(decays: Floats, linear: Floats, step: Floats) -> tuple[Floats, Floats]:
    """Return linear parameters after a step, shape (k + 1, w), and counts, shape (t, w).

    The step of a wavelength is shortened until all its counts stay above zero.
    """
    after, predicted = np.empty_like(linear), np.empty((decays.shape[1], linear.shape[1]))
    for some in slices(linear.shape[1], decays.size):
        before, change = np.maximum(decays.T @ linear[:, some], FLOOR_COUNTS), decays.T @ step[:, some]
        taken = np.max(-change / before, axis=0)
        part = np.where(taken > MOST_TAKEN_RATIO, MOST_TAKEN_RATIO / np.maximum(taken, MOST_TAKEN_RATIO), 1.0)
        after[:, some] = linear[:, some] + part * step[:, some]
        predicted[:, some] = np.maximum(before + part * change, FLOOR_COUNTS)
    return after, predicted


def total_deviance(counts: Floats, predicted: Floats) -> float:
    """Return 2 Σ (m − y ln m), the deviance up to a constant of the data."""
    return 2.0 * float(predicted.sum() - np.einsum("tw,tw->", counts, np.log(predicted)))
