"""The numbers of a fitted decay: amplitudes as they were asked for, lifetimes, averages, and what else it tells."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite

import numpy as np

from analysis.methods.contract import Result, SettingValue
from analysis.methods.decay_input import number
from analysis.methods.rows.decays import COUNTS, FRACTIONS, MAXIMUM
from analysis.physics.decays.averages import (
    Average,
    amplitude_fraction,
    slow_fraction,
    stretched_amplitude,
    stretched_intensity,
    tau_1e,
    tau_amplitude,
    tau_intensity,
)
from analysis.physics.decays.deciding import is_weak
from analysis.physics.decays.fit import DecayFit
from analysis.physics.decays.model import Kind
from analysis.physics.fitting.intervals import profile_interval
from analysis.physics.fitting.problem import Floats
from analysis.physics.refusing import CannotAnalyse

AVERAGES: tuple[tuple[str, str, Average], ...] = (
    ("tau_amplitude", "ns", tau_amplitude),
    ("tau_intensity", "ns", tau_intensity),
    ("tau_1e", "ns", tau_1e),
    ("slow_fraction", "", slow_fraction),
)


@dataclass(frozen=True, slots=True)
class Scale:
    """What the amplitudes are divided by, in counts per bin; none when they are fractions of their sum."""

    divisor_counts: float | None
    words: str


def scale_of(settings: Mapping[str, SettingValue], highest_counts: float) -> Scale:
    """Return how amplitudes are told; raises CannotAnalyse for a scale that nobody stated."""
    how = str(settings.get("normalisation") or FRACTIONS)
    if how == FRACTIONS:
        return Scale(None, "fractions that sum to one")
    if how == COUNTS:
        return Scale(1.0, "counts in a mean bin at t0")
    if how == MAXIMUM:
        return Scale(highest_counts, f"of the highest bin, {highest_counts:,.0f} counts; they need not sum to one")
    divisor_counts = number(settings, "scale_counts")
    if divisor_counts is None:
        raise CannotAnalyse("State what the amplitudes are divided by, in counts per bin: scale_counts.")
    return Scale(divisor_counts, f"of the stated {divisor_counts:,.0f} counts; they need not sum to one")


def known(stderr: float) -> float | None:
    """Return a standard error, or none where the data do not determine one."""
    return stderr if isfinite(stderr) else None


def block_of(one: DecayFit) -> Floats:
    """Return the covariance over amplitudes, then lifetimes, shape (2 k, 2 k)."""
    places = [*one.count_places, *one.tau_places]
    return one.fitted.covariance[np.ix_(places, places)]


def results_of(one: DecayFit, scale: Scale, counts_per_photon: float) -> tuple[Result, ...]:
    """Return amplitudes, lifetimes and averages with errors from the full covariance, and background and start."""
    weak = weak_intervals(one)
    components: list[Result] = []
    for number_, place in enumerate(one.tau_places, start=1):
        components.append(amplitude_result(one, scale, number_, counts_per_photon))
        name, value, stderr = f"tau{number_}", one.fitted.values[place], one.fitted.stderrs[place]
        components.append(Result(name, float(value), known(float(stderr)), "ns", *weak.get(name, (None, None))))
    averages = stretched_results(one, weak) if one.kind is Kind.STRETCHED else average_results(one, weak)
    return (*components, *averages, *other_results(one, counts_per_photon))


def amplitude_result(one: DecayFit, scale: Scale, number_: int, counts_per_photon: float) -> Result:
    """Return one amplitude, normalised as it was asked for."""
    name = f"amplitude{number_}"
    if scale.divisor_counts is None:
        if one.kind.exponential_count == 1:
            return Result(name, 1.0, None, note="a single component is all of it")
        derived = amplitude_fraction(number_ - 1)(one.counts, one.taus_ns)
        return Result(name, derived.value, known(derived.stderr(block_of(one))))
    place, factor = one.count_places[number_ - 1], counts_per_photon / scale.divisor_counts
    value, stderr = float(one.fitted.values[place]), float(one.fitted.stderrs[place])
    return Result(name, value * factor, known(stderr * factor), note=scale.words)


def average_results(one: DecayFit, weak: Mapping[str, tuple[float, float]]) -> list[Result]:
    """Return the mean lifetimes, the 1/e time and the slow part of a sum of exponentials."""
    covariance = block_of(one)
    found = []
    for name, unit, average in AVERAGES:
        derived = average(one.counts, one.taus_ns)
        is_single = one.kind is Kind.MONO
        if name == "slow_fraction" and is_single:
            continue
        interval = weak.get("tau1", (None, None)) if is_single else (None, None)
        found.append(Result(name, derived.value, known(derived.stderr(covariance)), unit, *interval))
    return found


def stretched_results(one: DecayFit, weak: Mapping[str, tuple[float, float]]) -> list[Result]:
    """Return the mean lifetimes and the 1/e time of a stretched exponential, which is its τ."""
    places = [one.fitted.index("tau1"), one.fitted.index("beta")]
    covariance = one.fitted.covariance[np.ix_(places, places)]
    tau_ns, beta = (float(one.fitted.values[place]) for place in places)
    is_known = bool(np.isfinite(covariance).all())
    found = []
    for name, mean in (("tau_amplitude", stretched_amplitude), ("tau_intensity", stretched_intensity)):
        value_ns, slope = mean(tau_ns, beta)
        stderr_ns = float(np.sqrt(max(float(slope @ covariance @ slope), 0.0))) if is_known else None
        found.append(Result(name, value_ns, stderr_ns, "ns"))
    interval = weak.get("tau1", (None, None))
    return [
        *found,
        Result("tau_1e", tau_ns, known(one.fitted.stderr("tau1")), "ns", *interval),
        Result("beta", beta, known(one.fitted.stderr("beta"))),
    ]


def other_results(one: DecayFit, counts_per_photon: float) -> list[Result]:
    """Return the background and the start of the decay."""
    fitted = one.fitted
    background = Result(
        "decay_background", fitted.value("background") * counts_per_photon,
        known(fitted.stderr("background") * counts_per_photon), "counts",
    )  # fmt: skip
    is_held = fitted.parameters[fitted.index("t0")].is_fixed
    note = "held, not fitted" if is_held else ""
    start = Result("decay_start", fitted.value("t0"), None if is_held else known(fitted.stderr("t0")), "ns", note=note)
    return [background, start]


def weak_intervals(one: DecayFit) -> dict[str, tuple[float, float]]:
    """Return profile intervals of the lifetimes of a weak decay, where ± is no interval."""
    names = [one.fitted.parameters[place].name for place in one.tau_places]
    free = [name for name in names if not one.fitted.parameters[one.fitted.index(name)].is_fixed]
    if not is_weak(one):
        return {}
    intervals = {name: profile_interval(one.problem, one.fitted, name) for name in free}
    return {name: (each.low, each.high) for name, each in intervals.items()}
