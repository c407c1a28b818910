"""Where the fit of a decay starts: many sets of lifetimes, each with its best amplitudes, found without iteration."""

from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from analysis.physics.decays.bins import Binned
from analysis.physics.decays.model import BETA_START_RATIO, Kind, Setup
from analysis.physics.fitting.problem import Floats

Places = NDArray[np.intp]

# Lifetimes that are tried, evenly over the decades; pairs of 20 are 190 starts, threes 1,140.
LIFETIMES_COUNT = 20
# How many of them go down to their minimum.
KEPT_COUNT = 3
# Photons that make a step in time certain enough to start from.
PHOTONS_COUNT = 100.0


def rise_ns(binned: Binned, fwhm_ns: float) -> tuple[float, float]:
    """Return when the counts first reach half of their highest value above the floor, and how far off that may be.

    The counts are averaged over the response, or over as many bins as bring a hundred photons together.
    """
    span_count = max(1, round(fwhm_ns / binned.width_ns), round(PHOTONS_COUNT / max(float(binned.counts.max()), 1.0)))
    span_count = min(span_count, max(1, len(binned.counts) // 8))
    rates = np.convolve(binned.counts / binned.widths_ns, np.full(span_count, 1 / span_count), mode="same")
    floor = float(np.median(np.sort(rates)[: max(3, len(rates) // 10)]))
    half = (floor + float(rates.max())) / 2
    index = int(np.flatnonzero(rates >= half)[0])
    reach_ns = span_count * binned.width_ns
    if index == 0:
        return float(binned.edges_ns[0]), reach_ns
    part = (half - rates[index - 1]) / (rates[index] - rates[index - 1])
    centers_ns = binned.centers_ns
    return float(centers_ns[index - 1] + part * (centers_ns[index] - centers_ns[index - 1])), reach_ns


def lifetimes_ns(setup: Setup) -> Floats:
    """Return the lifetimes to try, shape (k,): from the shortest that bins and response tell to five windows."""
    low_ns = max(setup.tau_low_ns, setup.binned.width_ns / 2, setup.response.fwhm_ns / 5)
    high_ns = min(setup.tau_high_ns, 5 * setup.binned.window_ns)
    return np.geomspace(min(low_ns, high_ns / 2), high_ns, LIFETIMES_COUNT)


def starts_of(setup: Setup, kind: Kind, start_ns: float) -> tuple[list[Floats], int]:
    """Return the most promising starts of a shape, best first, and how many were looked at.

    For every set of lifetimes the amplitudes and the background are linear (variable projection, Golub and Pereyra
    1973): their normal equations, weighted by 1/(y + 1), come from one matrix of all pairs of columns.
    """
    taus_ns = lifetimes_ns(setup)
    shares = setup.response.shares(taus_ns, start_ns).values_ns / setup.binned.width_ns
    columns = np.vstack((shares, np.ones(shares.shape[1])))
    counts = setup.binned.counts
    weights = 1.0 / (np.maximum(counts, 0.0) + 1.0)
    products = (columns * weights) @ columns.T
    pulls = columns @ (weights * counts)
    chosen = np.array(list(combinations(range(len(taus_ns)), kind.exponential_count)))
    linear, gains = solved(products, pulls, chosen)
    gains = np.where((linear[:, :-1] > 0).all(axis=1) & np.isfinite(gains), gains, -np.inf)
    order = apart(chosen, np.argsort(-gains)[:40])
    kept = order[:1] if kind is Kind.STRETCHED else order
    return [start(kind, taus_ns[chosen[index]], linear[index], start_ns) for index in kept], len(chosen)


def solved(products: Floats, pulls: Floats, chosen: Places) -> tuple[Floats, Floats]:
    """Return amplitudes and background, shape (s, k + 1), of every set of columns, and by how much each lowers χ²."""
    which = np.column_stack((chosen, np.full(len(chosen), len(pulls) - 1)))
    matrices = products[which[:, :, None], which[:, None, :]]
    scale = np.sqrt(np.maximum(np.einsum("sii->si", matrices), 1e-300))
    scaled = matrices / scale[:, :, None] / scale[:, None, :] + 1e-12 * np.eye(which.shape[1])
    right = pulls[which] / scale
    linear = np.linalg.solve(scaled, right[:, :, None])[:, :, 0]
    return linear / scale, (linear * right).sum(axis=1)


def apart(chosen: Places, order: Places) -> list[int]:
    """Return the first few of an order that are no neighbours of one another."""
    kept: list[int] = []
    for index in order:
        if all(np.abs(chosen[index] - chosen[other]).max() > 1 for other in kept):
            kept.append(int(index))
        if len(kept) == KEPT_COUNT:
            break
    return kept


def start(kind: Kind, taus_ns: Floats, linear: Floats, start_ns: float) -> Floats:
    """Return a start in the order of the parameters."""
    counts, background_counts = np.maximum(linear[:-1], 1e-3), max(float(linear[-1]), 1e-3)
    pairs = [float(value) for pair in zip(counts, taus_ns, strict=True) for value in pair]
    if kind is Kind.STRETCHED:
        pairs = [1.5 * pairs[0], 0.7 * pairs[1], BETA_START_RATIO]
    return np.array([*pairs, background_counts, start_ns])
