"""Times fits of decays: one decay from one start and from all, a series of twelve rungs, and a streak map."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from analysis.methods.contract import Signal, Work
from analysis.methods.running import run_method
from analysis.physics.constants import FWHM_PER_SIGMA
from analysis.physics.decays.bins import Binned
from analysis.physics.decays.fit import DecayFit, fit_decay
from analysis.physics.decays.gaussian_response import Gaussian, emg
from analysis.physics.decays.model import Kind, Setup
from analysis.physics.decays.starting import rise_ns
from analysis.physics.decays.whole_map import fit_map, used_wavelengths
from analysis.physics.fitting.problem import Floats
from scripts.bench.figure import Figure, computing_s

Which = NDArray[np.bool_]

FWHM_NS, START_NS, WINDOW_NS = 0.5, 2.0, 50.0
SIGMA_NS = FWHM_NS / FWHM_PER_SIGMA
TAUS_NS = np.array([2.3, 7.9])
RUNGS_COUNT = 12
MAP_TIMES_COUNT, MAP_WAVELENGTHS_COUNT = 512, 640
# curve_fit is timed on every so many-th column, and the loop over all of them is that many times longer.
COLUMNS_STEP = 8


def figures() -> Iterator[Figure]:
    """Yield the figures of decays."""
    yield from one_decay()
    yield twelve_rungs()
    yield from streak_map()


def one_decay() -> Iterator[Figure]:
    """Time a bi-exponential Poisson fit of 500 bins through a response."""
    setup = setup_of(made_decay(np.random.default_rng(0), 500, 0.35))
    start = fit_decay(setup, Kind.BI).problem.starts
    one_ms = 1e3 * computing_s(lambda: fit_decay(setup, Kind.BI, start=start))
    all_ms = 1e3 * computing_s(lambda: fit_decay(setup, Kind.BI))
    yield Figure("decay of 500 bins, one start", one_ms, "ms", most=10.0)
    yield Figure("decay of 500 bins, all starts", all_ms, "ms", most=150.0)


def twelve_rungs() -> Figure:
    """Time the method over twelve decays, all shapes compared from all starts."""
    rng = np.random.default_rng(1)
    works = [work_of(made_decay(rng, 500, 0.35 + 0.04 * rung)) for rung in range(RUNGS_COUNT)]

    def act() -> None:
        refused = [outcome.refused for outcome in (run_method("decay", work) for work in works) if outcome.refused]
        if refused:
            raise RuntimeError(refused[0])

    return Figure("12 decays, shapes compared", computing_s(act, rounds=3), "s", most=3.0)


def streak_map() -> Iterator[Figure]:
    """Time a map with shared and with own lifetimes beside a loop of curve_fit over its columns."""
    counts, edges_ns = made_map(np.random.default_rng(2))
    is_used = used_wavelengths(counts)
    start = summed(counts, is_used, edges_ns)

    def both() -> object:
        return fit_map(counts, is_used, summed(counts, is_used, edges_ns))

    map_s = computing_s(both)
    loop_s = computing_s(lambda: columns_by_scipy(counts, is_used, edges_ns, start), rounds=3) * COLUMNS_STEP
    name = f"map {MAP_TIMES_COUNT} × {MAP_WAVELENGTHS_COUNT}, shared and own lifetimes"
    # As a part of the loop: a twentieth is twenty times faster.
    yield Figure(name, map_s, "s", f"curve_fit over the columns, {loop_s:.2f} s", map_s / loop_s, 0.05, "ratio")


def made_decay(rng: np.random.Generator, bin_count: int, fraction: float) -> Binned:
    """Return a decay of two lifetimes, 40,000 counts high."""
    edges_ns = np.linspace(0.0, WINDOW_NS, bin_count + 1)
    shares = Gaussian(edges_ns, SIGMA_NS).shares(TAUS_NS, START_NS).values_ns * bin_count / WINDOW_NS
    counts = rng.poisson(4e4 * np.array([fraction, 1 - fraction]) @ shares + 20.0)
    return Binned(counts.astype(float), edges_ns)


def setup_of(binned: Binned) -> Setup:
    """Return what a decay is fitted with."""
    start_ns, _ = rise_ns(binned, FWHM_NS)
    response = Gaussian(binned.edges_ns, SIGMA_NS)
    return Setup(binned, response, start_ns, 3 * FWHM_NS, binned.width_ns / 5, 20 * binned.window_ns)


def work_of(binned: Binned) -> Work:
    """Return a decay as the work of the method."""
    signal = Signal(binned.counts, "counts", binned.centers_ns, "ns")
    return Work({"decay": (signal,)}, settings={"irf": "gaussian", "irf_fwhm_ns": FWHM_NS})


def made_map(rng: np.random.Generator) -> tuple[Floats, Floats]:
    """Return the counts of a map whose two lifetimes have different spectra, and its edges in time."""
    edges_ns = np.linspace(0.0, WINDOW_NS, MAP_TIMES_COUNT + 1)
    at_nm = np.linspace(590.0, 750.0, MAP_WAVELENGTHS_COUNT)
    shares = Gaussian(edges_ns, SIGMA_NS).shares(TAUS_NS, START_NS).values_ns * MAP_TIMES_COUNT / WINDOW_NS
    heights = [60 * np.exp(-0.5 * ((at_nm - middle_nm) / 30.0) ** 2) for middle_nm in (668.0, 674.0)]
    return rng.poisson(shares.T @ np.array(heights) + 1.9).astype(float), edges_ns


def summed(counts: Floats, is_used: Which, edges_ns: Floats) -> DecayFit:
    """Return the fit of all used wavelengths together."""
    return fit_decay(setup_of(Binned(counts[:, is_used].sum(axis=1), edges_ns)), Kind.BI)


def columns_by_scipy(counts: Floats, is_used: Which, edges_ns: Floats, start: DecayFit) -> None:
    """Fit every eighth used column by curve_fit, from the fit of the sum, with the same bounds."""
    from scipy.optimize import curve_fit

    centers_ns = (edges_ns[1:] + edges_ns[:-1]) / 2
    total = float(start.fitted.predicted.sum())

    def model(at_ns: Floats, first: float, tau1: float, second: float, tau2: float, level: float) -> Floats:
        told = first * emg(at_ns - START_NS, np.array(tau1), SIGMA_NS)
        return np.asarray(told + second * emg(at_ns - START_NS, np.array(tau2), SIGMA_NS) + level)

    for column in np.flatnonzero(is_used)[::COLUMNS_STEP]:
        observed = counts[:, column]
        share = float(observed.sum()) / total
        guess = start.fitted.values[:5] * np.array([share, 1.0, share, 1.0, share])
        try:
            curve_fit(model, centers_ns, observed, p0=guess, sigma=np.sqrt(np.maximum(observed, 1.0)),
                      bounds=([0.0, 0.02, 0.0, 0.02, 0.0], np.inf))  # fmt: skip
        except RuntimeError:
            continue
