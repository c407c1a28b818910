"""A streak map with its own lifetimes at every wavelength: all wavelengths go down together, each in its own steps."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.special import xlogy

from analysis.physics.decays.shares import Response
from analysis.physics.fitting.problem import Floats

Which = NDArray[np.bool_]
Places = NDArray[np.intp]

# Decays are computed at this many lifetimes and taken between them by cubics with the exact slopes.
TABLE_COUNT = 160
MOST_STEPS_COUNT = 30
# Wavelengths that go down at once.
AT_ONCE = 128
# A step that lowers the deviance by less than this ends the descent.
LEAST_GAIN = 1e-5
FIRST_DAMPING_RATIO, MOST_DAMPING_RATIO = 1e-3, 1e9
# A background is never quite zero: an empty bin keeps a finite weight.
LEAST_COUNTS = 1e-6
MOST_CONDITION_RATIO = 1e10


@dataclass(frozen=True, slots=True, eq=False)
class EachMap:
    """Every wavelength's own fit: `values`, shape (w, 2 k + 1), are k amplitudes, the background and k lifetimes.

    `covariances` has shape (w, 2 k + 1, 2 k + 1), zero where a wavelength did not converge.
    """

    values: Floats
    covariances: Floats
    deviances: Floats
    is_converged: Which
    step_count: int

    @property
    def component_count(self) -> int:
        """How many exponentials each wavelength has."""
        return int(self.values.shape[1] - 1) // 2

    @property
    def stderrs(self) -> Floats:
        """Standard errors, of the shape of the values."""
        return np.asarray(np.sqrt(np.clip(np.einsum("wii->wi", self.covariances), 0.0, None)))


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Decays over the t bins, shape (g, t), at lifetimes even in their logarithm, with slopes in that logarithm."""

    low_log: float
    step_log: float
    rows: Floats

    @classmethod
    def of(cls, response: Response, start_ns: float, low_ns: float, high_ns: float) -> "Table":
        """Return the table between two lifetimes for a decay that starts at a time."""
        taus_ns = np.geomspace(low_ns, high_ns, TABLE_COUNT)
        told = response.shares(taus_ns, start_ns)
        edges_ns = response.edges_ns
        width_ns = float(edges_ns[-1] - edges_ns[0]) / (len(edges_ns) - 1)
        step_log = float(np.log(high_ns / low_ns)) / (TABLE_COUNT - 1)
        slopes = told.by_tau * taus_ns[:, None] * step_log
        return cls(float(np.log(low_ns)), step_log, np.vstack((told.values_ns, slopes)) / width_ns)

    def decays(self, taus_ns: Floats) -> tuple[Floats, Floats]:
        """Return decays of lifetimes of shape (s,) and their slopes in the logarithm of the lifetime, shape (s, t)."""
        place = (np.log(taus_ns) - self.low_log) / self.step_log
        index = np.clip(place.astype(int), 0, TABLE_COUNT - 2)
        part = place - index
        rest = 1 - part
        value = ((1 + 2 * part) * rest**2, part**2 * (3 - 2 * part), part * rest**2, -rest * part**2)
        slope = (-6 * part * rest, 6 * part * rest, rest * (1 - 3 * part), part * (3 * part - 2))
        both = self.mixed(np.tile(index, 2), np.hstack((value, np.array(slope) / self.step_log)))
        return both[: len(index)], both[len(index) :]

    def mixed(self, index: Places, weights: Floats) -> Floats:
        """Return sums of four rows of the table each, shape (s, t), by weights of shape (4, s)."""
        columns = np.stack((index, index + 1, index + TABLE_COUNT, index + TABLE_COUNT + 1), axis=1)
        pointers = np.arange(0, columns.size + 1, 4)
        mix = csr_array((weights.T.ravel(), columns.ravel(), pointers), (len(index), len(self.rows)))
        return np.asarray(mix @ self.rows)


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """Where w wavelengths stand: parameters, shape (w, p), with logarithms of lifetimes; counts, slopes, deviance."""

    at: Floats
    predicted: Floats
    slopes: Floats
    deviances: Floats

    def kept(self, which: Which) -> "Place":
        """Return some of the wavelengths."""
        return Place(*(one[which] for one in (self.at, self.predicted, self.slopes, self.deviances)))


def fit_each(counts: Floats, table: Table, linear: Floats, taus_ns: Floats) -> EachMap:
    """Return every wavelength's most likely amplitudes, background and lifetimes from a common start.

    `counts` has shape (t, w), `linear` (k + 1, w), `taus_ns` (k,); when the decay starts is that of the table. Damped
    Fisher scoring inside the bounds of the table, zero and above for amplitudes and background; some hundred
    wavelengths at a time, so that memory stays flat.
    """
    starts = np.column_stack((linear.T, np.tile(np.log(taus_ns), (counts.shape[1], 1))))
    parts = [
        fit_some(np.ascontiguousarray(counts[:, first : first + AT_ONCE].T), table, starts[first : first + AT_ONCE])
        for first in range(0, counts.shape[1], AT_ONCE)
    ]
    return EachMap(
        np.concatenate([one.values for one in parts]),
        np.concatenate([one.covariances for one in parts]),
        np.concatenate([one.deviances for one in parts]),
        np.concatenate([one.is_converged for one in parts]),
        max(one.step_count for one in parts),
    )


def fit_some(counts: Floats, table: Table, start: Floats) -> EachMap:
    """Return the fits of some wavelengths, counts of shape (w, t) from starts of shape (w, 2 k + 1)."""
    low, high = bounds_of(table, start.shape[1])
    ended = place = place_of(counts, table, np.clip(start, low, high))
    is_converged, under_way, observed = np.zeros(len(start), dtype=bool), np.arange(len(start)), counts
    damping_ratio, step_count = np.full(len(start), FIRST_DAMPING_RATIO), 0
    while len(under_way) and step_count < MOST_STEPS_COUNT:
        step_count += 1
        trial_at = np.clip(place.at + steps_of(observed, place, damping_ratio, low, high), low, high)
        trial = place_of(observed, table, trial_at)
        gain = place.deviances - trial.deviances
        is_better = gain >= 0
        place = better_of(place, trial, is_better)
        is_done = (is_better & (gain < LEAST_GAIN) & (damping_ratio < 1.0)) | (damping_ratio > MOST_DAMPING_RATIO)
        damping_ratio = np.where(is_better, damping_ratio / 10, damping_ratio * 10)
        if is_done.any():
            put(place.kept(is_done), ended, under_way[is_done])
            is_converged[under_way[is_done]] = True
            place, observed = place.kept(~is_done), observed[~is_done]
            under_way, damping_ratio = under_way[~is_done], damping_ratio[~is_done]
    put(place, ended, under_way)
    return answered(counts, ended, low, high, is_converged, step_count)


def bounds_of(table: Table, parameter_count: int) -> tuple[Floats, Floats]:
    """Return the bounds of amplitudes, background and logarithms of lifetimes, shape (p,) each."""
    count = (parameter_count - 1) // 2
    low = np.array([0.0] * count + [LEAST_COUNTS] + [table.low_log] * count)
    high_log = table.low_log + table.step_log * (TABLE_COUNT - 1)
    return low, np.array([np.inf] * (count + 1) + [high_log] * count)


def place_of(counts: Floats, table: Table, at: Floats) -> Place:
    """Return predicted counts, shape (w, t), their slopes, shape (w, p, t), and deviances up to a constant."""
    count = (at.shape[1] - 1) // 2
    values, by_log = table.decays(np.exp(at[:, count + 1 :]).ravel())
    shape = (len(at), count, counts.shape[1])
    slopes = np.empty((len(at), at.shape[1], counts.shape[1]))
    slopes[:, :count], slopes[:, count] = values.reshape(shape), 1.0
    slopes[:, count + 1 :] = at[:, :count, None] * by_log.reshape(shape)
    predicted = (at[:, None, : count + 1] @ slopes[:, : count + 1])[:, 0]
    deviances = 2.0 * (predicted.sum(axis=1) - np.einsum("wt,wt->w", counts, np.log(predicted)))
    return Place(at, predicted, slopes, deviances)


def better_of(place: Place, trial: Place, is_better: Which) -> Place:
    """Return the trial where it is better, else the place; the trial's arrays are written over."""
    put(place.kept(~is_better), trial, np.flatnonzero(~is_better))
    return trial


def put(place: Place, ended: Place, where: Places) -> None:
    """Write some wavelengths into the arrays of all."""
    if len(where):
        ended.at[where], ended.predicted[where] = place.at, place.predicted
        ended.slopes[where], ended.deviances[where] = place.slopes, place.deviances


def steps_of(counts: Floats, place: Place, damping_ratio: Floats, low: Floats, high: Floats) -> Floats:
    """Return every wavelength's damped step, shape (w, p); what is pulled against its bound stays there."""
    weights = 1.0 / place.predicted
    fall = (place.slopes @ (counts * weights - 1.0)[:, :, None])[:, :, 0]
    is_held = ((place.at <= low) & (fall <= 0)) | ((place.at >= high) & (fall >= 0))
    fisher = held(fisher_of(place, weights), is_held)
    diagonal = np.einsum("wii->wi", fisher)
    damped = fisher + (damping_ratio[:, None] * diagonal)[:, :, None] * np.eye(fisher.shape[1])
    step = np.linalg.solve(damped, np.where(is_held, 0.0, fall)[:, :, None])[:, :, 0]
    return np.asarray(step)


def fisher_of(place: Place, weights: Floats) -> Floats:
    """Return every wavelength's Fisher matrix, shape (w, p, p)."""
    return np.asarray((place.slopes * weights[:, None]) @ place.slopes.transpose(0, 2, 1))


def held(fisher: Floats, is_held: Which) -> Floats:
    """Return Fisher matrices in which held or empty parameters stand alone."""
    diagonal = np.einsum("wii->wi", fisher)
    is_alone = is_held | ~(diagonal > 0)
    kept = np.where(is_alone[:, :, None] | is_alone[:, None, :], 0.0, fisher)
    return kept + np.where(is_alone, 1.0, 0.0)[:, :, None] * np.eye(fisher.shape[1])


def answered(
    counts: Floats, place: Place, low: Floats, high: Floats, is_converged: Which, step_count: int
) -> EachMap:  # fmt: skip
    """Return where the wavelengths ended, lifetimes in ns, with covariances over what lies inside its bounds."""
    count = (place.at.shape[1] - 1) // 2
    is_held = (place.at <= low) | (place.at >= high)
    fisher = held(fisher_of(place, 1.0 / place.predicted), is_held)
    scale = 1.0 / np.sqrt(np.einsum("wii->wi", fisher))
    scaled = fisher * scale[:, :, None] * scale[:, None, :]
    is_sound = is_converged & (np.linalg.cond(scaled) < MOST_CONDITION_RATIO)
    scaled[~is_sound] = np.eye(scaled.shape[1])
    values = place.at.copy()
    values[:, count + 1 :] = np.exp(values[:, count + 1 :])
    turn = np.where(is_held | ~is_sound[:, None], 0.0, scale)
    turn[:, count + 1 :] *= values[:, count + 1 :]
    covariances = np.linalg.inv(scaled) * turn[:, :, None] * turn[:, None, :]
    deviances = 2.0 * (xlogy(counts, counts / place.predicted) - counts + place.predicted).sum(axis=1)
    return EachMap(values, covariances, deviances, is_sound, step_count)
