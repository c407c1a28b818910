"""The equations of one step on a streak map: every wavelength's own parameters are taken out of the shared ones."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.physics.fitting.problem import Floats

# Matrix products up to this many multiplications stay in the cache and on one thread, as busy machines want it.
AT_ONCE_COUNT = 250_000


@dataclass(frozen=True, slots=True, eq=False)
class Solved:
    """One step of shared and own parameters, shapes (k + 1,) and (k + 1, w), and their covariance.

    `covariance`, shape (k + 1, k + 1), is the inverse of the Schur complement; `variances`, shape (w, k + 1), are of
    the own parameters with the part that comes of the shared ones; `total_covariance`, shape (2 k + 2, 2 k + 2), is
    over the own parameters summed over all wavelengths, then the shared ones.
    """

    step: Floats
    own_step: Floats
    covariance: Floats
    variances: Floats
    total_covariance: Floats


def normal(counts: Floats, basis: Floats, predicted: Floats, linear: Floats) -> tuple[Floats, Floats]:
    """Return every wavelength's Fisher matrix, shape (w, p, p), and half the fall of its deviance, shape (w, p).

    p is k + 1 linear parameters, then k lifetimes and the start. All wavelengths share the products of two rows of the
    basis, so that one matrix product with the weights 1/m makes them all.
    """
    first, second = np.triu_indices(len(basis))
    pairs = basis[first] * basis[second]
    products = np.empty((counts.shape[1], len(basis), len(basis)))
    falls = np.empty((counts.shape[1], len(basis)))
    for some in slices(counts.shape[1], pairs.size):
        weights = 1.0 / predicted[:, some]
        told = (pairs @ weights).T
        products[some, first, second] = told
        products[some, second, first] = told
        falls[some] = (basis @ (counts[:, some] * weights - 1.0)).T
    turn = turned(linear)
    back = turn.transpose(0, 2, 1)
    return back @ products @ turn, (back @ falls[:, :, None])[:, :, 0]


def slices(width: int, multiplications_each_count: int) -> list[slice]:
    """Return the wavelengths in parts of few enough for one matrix product."""
    step = max(1, AT_ONCE_COUNT // multiplications_each_count)
    return [slice(first, first + step) for first in range(0, width, step)]


def turned(linear: Floats) -> Floats:
    """Return what each parameter does to the rows of the basis, shape (w, 3 k + 1, 2 k + 2)."""
    count, width = len(linear) - 1, linear.shape[1]
    turn = np.zeros((width, 3 * count + 1, 2 * count + 2))
    for index in range(count + 1):
        turn[:, index, index] = 1.0
    for index in range(count):
        turn[:, count + 1 + index, count + 1 + index] = linear[index]
        turn[:, 2 * count + 1 + index, -1] = linear[index]
    return turn


def solved(fisher: Floats, fall: Floats, is_free: NDArray[np.bool_]) -> Solved:
    """Return the step from every wavelength's Fisher matrix, shape (w, p, p), and half its fall, shape (w, p)."""
    own = fisher.shape[1] // 2
    inner, mixed = fisher[:, :own, :own], fisher[:, :own, own:]
    ridge = 1e-13 * np.trace(inner, axis1=1, axis2=2)[:, None, None] * np.eye(own)
    inverse = np.linalg.inv(inner + ridge)
    lever = inverse @ mixed
    back = lever.transpose(0, 2, 1)
    reduced = (fisher[:, own:, own:] - mixed.transpose(0, 2, 1) @ lever).sum(axis=0)
    pull = fall[:, own:].sum(axis=0) - (back @ fall[:, :own, None])[:, :, 0].sum(axis=0)
    places = np.flatnonzero(is_free)
    covariance = np.zeros((own, own))
    covariance[np.ix_(places, places)] = np.linalg.inv(reduced[np.ix_(places, places)])
    step = covariance @ pull
    own_step = (inverse @ fall[:, :own, None] - lever @ step[:, None])[:, :, 0]
    variances = np.einsum("wii->wi", inverse + lever @ covariance @ back)
    total_lever = lever.sum(axis=0)
    tied = -total_lever @ covariance
    total = np.block([[inverse.sum(axis=0) - tied @ total_lever.T, tied], [tied.T, covariance]])
    return Solved(step, own_step.T, covariance, variances, total)
