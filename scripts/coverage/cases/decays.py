"""Decays made photon by photon: with and without a response, under a train of pulses, faint, analogue, and maps."""

from collections.abc import Mapping
from functools import partial
from math import gamma

import numpy as np

from analysis.methods.contract import SettingValue, Signal, Work
from analysis.physics.constants import FWHM_PER_SIGMA
from analysis.physics.decays.averages import slow_fraction, tau_1e, tau_amplitude, tau_intensity
from analysis.physics.fitting.problem import Floats
from scripts.coverage.case import Case

AMPLITUDES, TAUS_NS = np.array([0.65, 0.40]), np.array([2.28, 8.2])
WINDOW_NS, START_NS, FWHM_NS = 50.0, 4.0, 0.5
BACKGROUND_COUNTS = 12.0
STRETCHED_TAU_NS, BETA = 6.0, 0.7
GAIN = 7.0
AVERAGES = {
    "tau_amplitude": tau_amplitude(AMPLITUDES, TAUS_NS).value,
    "tau_intensity": tau_intensity(AMPLITUDES, TAUS_NS).value,
    "tau_1e": tau_1e(AMPLITUDES, TAUS_NS).value,
    "slow_fraction": slow_fraction(AMPLITUDES, TAUS_NS).value,
}
BI = {
    "amplitude1": float(AMPLITUDES[0] / AMPLITUDES.sum()), "amplitude2": float(AMPLITUDES[1] / AMPLITUDES.sum()),
    "tau1": float(TAUS_NS[0]), "tau2": float(TAUS_NS[1]), **AVERAGES,
}  # fmt: skip
STRETCHED = {
    "tau1": STRETCHED_TAU_NS, "beta": BETA, "tau_amplitude": STRETCHED_TAU_NS / BETA * gamma(1 / BETA),
    "tau_intensity": STRETCHED_TAU_NS * gamma(2 / BETA) / gamma(1 / BETA),
}  # fmt: skip
STARTED = {**BI, "decay_start": START_NS}


def arrivals_ns(rng: np.random.Generator, photon_count: float, period_ns: float = np.inf) -> Floats:
    """Return when photons of two exponentials arrive after their pulse; after a long train, within one period."""
    areas = AMPLITUDES * TAUS_NS
    counts = rng.poisson(photon_count * areas / areas.sum())
    times_ns = np.concatenate([rng.exponential(tau, count) for tau, count in zip(TAUS_NS, counts, strict=True)])
    return np.asarray(times_ns if np.isinf(period_ns) else times_ns % period_ns)


def histogram(rng: np.random.Generator, times_ns: Floats, edges_ns: Floats, background_counts: float) -> Floats:
    """Return counts in bins with a Poisson background."""
    counts, _ = np.histogram(times_ns, edges_ns)
    return np.asarray(counts + rng.poisson(background_counts, len(counts)), dtype=float)


def pulse_ns(rng: np.random.Generator, count: int) -> Floats:
    """Return how far photons are smeared by a Gaussian response."""
    return np.asarray(rng.normal(0.0, FWHM_NS / FWHM_PER_SIGMA, count))


def skewed_ns(rng: np.random.Generator, count: int) -> Floats:
    """Return how far photons are smeared by a Gaussian response of which a third has an exponential tail."""
    tail_ns = np.where(rng.uniform(size=count) < 0.35, rng.exponential(0.6, count), 0.0)
    return np.asarray(rng.normal(0.0, 0.3, count) + tail_ns)


def signal(counts: Floats, edges_ns: Floats) -> Signal:
    """Return counts as a recorded decay."""
    return Signal(counts, "counts", (edges_ns[1:] + edges_ns[:-1]) / 2, "ns", technique="TRPL")


def without_response(rng: np.random.Generator) -> Work:
    """Return a decay that starts with the window."""
    edges_ns = np.linspace(0.0, WINDOW_NS, 151)
    counts = histogram(rng, arrivals_ns(rng, 4e5), edges_ns, BACKGROUND_COUNTS)
    return Work({"decay": (signal(counts, edges_ns),)}, settings={"irf": "none", "model": "bi", "fit_start_ns": 0.0})


def through_gaussian(rng: np.random.Generator, photon_count: float, model: str, bin_count: int = 150) -> Work:
    """Return a decay through a Gaussian response of a stated width."""
    edges_ns = np.linspace(0.0, WINDOW_NS, bin_count + 1)
    times_ns = arrivals_ns(rng, photon_count)
    counts = histogram(rng, START_NS + times_ns + pulse_ns(rng, len(times_ns)), edges_ns, BACKGROUND_COUNTS)
    settings: Mapping[str, SettingValue] = {"irf": "gaussian", "irf_fwhm_ns": FWHM_NS, "model": model}
    return Work({"decay": (signal(counts, edges_ns),)}, settings=settings)


def through_recording(rng: np.random.Generator, *, is_skewed: bool) -> Work:
    """Return a decay with a recording of its response, bright enough that its own noise does not count."""
    edges_ns = np.linspace(0.0, WINDOW_NS, 151)
    times_ns = arrivals_ns(rng, 1e5)
    smear = skewed_ns if is_skewed else pulse_ns
    counts = histogram(rng, START_NS + times_ns + smear(rng, len(times_ns)), edges_ns, BACKGROUND_COUNTS)
    recorded = histogram(rng, START_NS + smear(rng, 1_000_000), edges_ns, 2.0)
    return Work({"decay": (signal(counts, edges_ns),), "irf": (signal(recorded, edges_ns),)}, settings={"model": "bi"})


def under_train(rng: np.random.Generator) -> Work:
    """Return a decay at 20 MHz, where earlier pulses leave as much before a pulse as the background."""
    edges_ns = np.linspace(0.0, WINDOW_NS, 151)
    times_ns = arrivals_ns(rng, 2e5)
    smeared_ns = (START_NS + times_ns + pulse_ns(rng, len(times_ns))) % WINDOW_NS
    counts = histogram(rng, smeared_ns, edges_ns, BACKGROUND_COUNTS)
    settings: Mapping[str, SettingValue] = {
        "irf": "gaussian", "irf_fwhm_ns": FWHM_NS, "model": "bi", "pulse_rate_mhz": 20.0,
    }  # fmt: skip
    return Work({"decay": (signal(counts, edges_ns),)}, settings=settings)


def stretched(rng: np.random.Generator, beta: float, model: str, *, is_recorded: bool) -> Work:
    """Return a stretched exponential: (t/τ)^β of its photons is Gamma distributed with shape 1/β."""
    edges_ns = np.linspace(0.0, 60.0, 181)
    times_ns = STRETCHED_TAU_NS * rng.gamma(1 / beta, size=rng.poisson(1e5)) ** (1 / beta)
    counts = histogram(rng, START_NS + times_ns + pulse_ns(rng, len(times_ns)), edges_ns, BACKGROUND_COUNTS)
    signals = {"decay": (signal(counts, edges_ns),)}
    settings: Mapping[str, SettingValue] = {"irf": "gaussian", "irf_fwhm_ns": FWHM_NS, "model": model}
    if is_recorded:
        signals["irf"] = (signal(histogram(rng, START_NS + pulse_ns(rng, 1_000_000), edges_ns, 2.0), edges_ns),)
        settings = {"model": model}
    return Work(signals, settings=settings)


def analogue(rng: np.random.Generator) -> Work:
    """Return the counts of an analogue camera, seven for each photon."""
    work = through_gaussian(rng, 1e5, "bi")
    decay = work.signals["decay"][0]
    told = Signal(decay.values * GAIN, "counts", decay.x, "ns", settings={"acquisition": "analog integration"})
    return Work({"decay": (told,)}, settings=work.settings)


def faint_single(rng: np.random.Generator) -> Work:
    """Return some two hundred photons of one exponential."""
    edges_ns = np.linspace(0.0, WINDOW_NS, 101)
    times_ns = START_NS + rng.exponential(6.0, rng.poisson(200))
    counts = histogram(rng, times_ns + pulse_ns(rng, len(times_ns)), edges_ns, 0.5)
    settings: Mapping[str, SettingValue] = {"irf": "gaussian", "irf_fwhm_ns": FWHM_NS, "model": "mono"}
    return Work({"decay": (signal(counts, edges_ns),)}, settings=settings)


def streak_map(rng: np.random.Generator, method_settings: Mapping[str, SettingValue]) -> Work:
    """Return a streak map whose sweep is not linear, with a recording of its response."""
    at_nm = np.linspace(592.0, 748.0, 40)
    bins = np.arange(129.0)
    edges_ns = 0.38 * bins + 1e-4 * bins**2 - 0.2
    photons = 2.5e5 * np.exp(-0.5 * ((at_nm - 660.0) / 18.0) ** 2) / 11.0
    counts = np.empty((128, len(at_nm)))
    for index, mean in enumerate(photons):
        times_ns = arrivals_ns(rng, float(mean))
        counts[:, index] = histogram(rng, START_NS + times_ns + pulse_ns(rng, len(times_ns)), edges_ns, 1.9)
    recorded = histogram(rng, START_NS + pulse_ns(rng, 200_000), edges_ns, 2.0)
    centers_ns = (edges_ns[1:] + edges_ns[:-1]) / 2
    told = Signal(counts, "counts", at_nm, "nm", "wavelength", rows=centers_ns, rows_unit="ns", rows_name="time")
    return Work({"decay": (told,), "irf": (signal(recorded, edges_ns),)}, settings=method_settings)


CASES: tuple[Case, ...] = (
    Case("decay", "no response", without_response, {**BI, "decay_background": BACKGROUND_COUNTS}),
    Case("decay", "Gaussian response", partial(through_gaussian, photon_count=1e5, model="bi"), STARTED),
    Case("decay", "compared", partial(through_gaussian, photon_count=1e5, model="compared", bin_count=125), STARTED),
    Case(
        "decay", "recorded Gaussian", partial(through_recording, is_skewed=False), {**STARTED, "irf_fwhm": FWHM_NS}
    ),
    Case("decay", "recorded with a tail", partial(through_recording, is_skewed=True), BI),
    Case("decay", "train of pulses", under_train, STARTED),
    Case("decay", "one exponential", partial(stretched, beta=1.0, model="mono", is_recorded=False),
         {"tau1": STRETCHED_TAU_NS, "decay_start": START_NS, "decay_background": BACKGROUND_COUNTS}),
    Case("decay", "one exponential through a recording", partial(stretched, beta=1.0, model="mono", is_recorded=True),
         {"tau1": STRETCHED_TAU_NS}),
    Case("decay", "stretched", partial(stretched, beta=BETA, model="stretched", is_recorded=False), STRETCHED),
    Case("decay", "stretched through a recording", partial(stretched, beta=BETA, model="stretched", is_recorded=True),
         STRETCHED),
    Case("decay", "analogue camera", analogue, STARTED),
    Case("decay", "two hundred photons", faint_single, {"tau1": 6.0}, is_weak=True),
    Case("decay", "two faint components", partial(through_gaussian, photon_count=4e3, model="bi"),
         {"tau1": float(TAUS_NS[0]), "tau2": float(TAUS_NS[1])}, is_weak=True),
    Case("decay", "streak map", partial(streak_map, method_settings={"model": "bi"}), STARTED),
    Case("decay_map", "shared lifetimes", partial(streak_map, method_settings={"model": "bi"}),
         {name: STARTED[name] for name in ("amplitude1", "amplitude2", "tau1", "tau2", "tau_amplitude",
                                           "tau_intensity", "decay_start")}),
)  # fmt: skip
