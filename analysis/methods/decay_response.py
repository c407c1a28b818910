"""How the instrument response enters a decay: none, a Gaussian of a stated width, or a recording of the pulse."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from analysis.methods.contract import Flag, Result, SettingValue, Signal, Work
from analysis.methods.decay_input import Prepared, check, number, streak_of
from analysis.methods.rows.decays import CENTRE, GAUSSIAN, MEASURED, NO_RESPONSE
from analysis.methods.telling import Statistic
from analysis.physics.constants import FWHM_PER_SIGMA
from analysis.physics.decays.bins import Binned, binned
from analysis.physics.decays.gaussian_response import Gaussian
from analysis.physics.decays.model import Setup
from analysis.physics.decays.pulse import Pulse, check_width, pulse_of
from analysis.physics.decays.shares import Instant, Repeated, Response
from analysis.physics.decays.starting import rise_ns
from analysis.physics.refusing import CannotAnalyse

# A recorded response narrower than this many bins is not known in its shape.
LEAST_BINS = 3.0
# How far the decay may start from where the pulse was, in widths of the response.
REACH_RATIO = 3.0
# Bins before the highest one belong to the decay when they are this close to it, in roots of the counts.
LEVEL_SIGMA = 3.0


@dataclass(frozen=True, slots=True, eq=False)
class Timed:
    """A decay cut to the bins that are fitted, its response over them, and where it starts."""

    binned: Binned
    response: Response
    start_ns: float
    reach_ns: float
    statistics: dict[str, Statistic] = field(default_factory=dict)
    flags: tuple[Flag, ...] = ()
    results: tuple[Result, ...] = ()


def timed(work: Work, decay: Prepared) -> Timed:
    """Return a decay with its response; raises CannotAnalyse, asking, when nobody says what the response is."""
    settings = work.settings
    recording = recording_of(work)
    how = str(settings.get("irf") or "") or inferred(recording, settings)
    if how == NO_RESPONSE:
        found = without(decay.binned, settings)
    elif how == GAUSSIAN:
        found = through_gaussian(decay.binned, settings)
    else:
        found = through_recording(decay.binned, recording, settings)
    return repeated(found, number(settings, "pulse_rate_mhz"), how)


def recording_of(work: Work) -> Signal | None:
    """Return the recording of the response, given beside the decay or held by its file."""
    given = work.signals.get("irf", ())
    if given:
        return given[0]
    others = work.signals["decay"][0].others
    return next((one for one in others if "instrument response" in one.name.lower()), None)


def inferred(recording: Signal | None, settings: Mapping[str, SettingValue]) -> str:
    """Return how the response enters where only it, or its width, was given; raises CannotAnalyse without either."""
    if recording is not None:
        return MEASURED
    if number(settings, "irf_fwhm_ns") is not None:
        return GAUSSIAN
    raise CannotAnalyse(
        "State how the instrument response enters (none, gaussian, measured): irf. Measured takes a recording of the "
        "pulse as irf, gaussian its width as irf_fwhm_ns, none starts the fit at the peak."
    )


def without(whole: Binned, settings: Mapping[str, SettingValue]) -> Timed:
    """Return a decay fitted from its peak, or from a stated time, as if it started there at once."""
    stated_ns = number(settings, "fit_start_ns")
    from_ns = peak_edge_ns(whole) if stated_ns is None else stated_ns
    cut = window(whole, from_ns, settings)
    held_ns = number(settings, "hold_t0_ns")
    start_ns = float(cut.edges_ns[0]) if held_ns is None else held_ns
    if start_ns > float(cut.edges_ns[0]) + 1e-9 * cut.window_ns:
        raise CannotAnalyse("The decay cannot start after the fit does; lower hold_t0_ns or raise fit_start_ns.")
    told: dict[str, Statistic] = {
        "irf": "none", "fit_start": "the peak of the counts" if stated_ns is None else "as stated",
    }  # fmt: skip
    return Timed(cut, Instant(cut.edges_ns), start_ns, 0.0, told)


def peak_edge_ns(whole: Binned) -> float:
    """Return where the first bin begins that is as high as the highest one within its noise."""
    rates = whole.counts / whole.widths_ns
    top = int(np.argmax(rates))
    least = rates[top] - LEVEL_SIGMA * np.sqrt(max(float(whole.counts[top]), 1.0)) / whole.widths_ns[top]
    while top > 0 and rates[top - 1] >= least:
        top -= 1
    return float(whole.edges_ns[top])


def through_gaussian(whole: Binned, settings: Mapping[str, SettingValue]) -> Timed:
    """Return a decay through a Gaussian of a stated width."""
    fwhm_ns = number(settings, "irf_fwhm_ns")
    if fwhm_ns is None:
        raise CannotAnalyse("State the full width at half maximum of the instrument response: irf_fwhm_ns.")
    check_width(fwhm_ns, whole.edges_ns)
    cut = window(whole, None, settings)
    response = Gaussian(cut.edges_ns, fwhm_ns / FWHM_PER_SIGMA, settings.get("sampling") == CENTRE)
    told: dict[str, Statistic] = {"irf": "a Gaussian of the stated width", "irf_fwhm_ns": fwhm_ns}
    start_ns, doubt_ns = rise_ns(whole, fwhm_ns)
    return Timed(cut, response, start_ns, reach_ns(cut, start_ns, fwhm_ns, doubt_ns), told)


def through_recording(whole: Binned, recording: Signal | None, settings: Mapping[str, SettingValue]) -> Timed:
    """Return a decay through a recorded pulse."""
    if recording is None:
        raise CannotAnalyse("A measured response needs its recording: give the file of the pulse as irf.")
    streak = streak_of(recording, settings)
    check(streak.counts)
    counts = streak.counts if streak.at_nm is None else streak.counts.sum(axis=1)
    cut = window(whole, None, settings)
    pulse = pulse_of(binned(streak.times_ns, counts), cut.edges_ns)
    fwhm_ns = pulse.response.fwhm_ns
    most_ns = 0.9 * REACH_RATIO * fwhm_ns
    found_ns, doubt_ns = rise_ns(whole, fwhm_ns)
    start_ns = min(max(found_ns, pulse.center_ns - most_ns), pulse.center_ns + most_ns)
    free_ns = reach_ns(cut, start_ns, fwhm_ns, doubt_ns)
    return Timed(cut, pulse.response, start_ns, free_ns, told_of(pulse), pulse_flags(pulse, cut), width_of(pulse))


def reach_ns(cut: Binned, start_ns: float, fwhm_ns: float, doubt_ns: float) -> float:
    """Return how far the start may move: not at all where the rise that tells it was cut off."""
    return REACH_RATIO * fwhm_ns + doubt_ns if float(cut.edges_ns[0]) < start_ns else 0.0


def told_of(pulse: Pulse) -> dict[str, Statistic]:
    """Return what the recording of a response was taken for."""
    how = "a Gaussian over each bin, fitted to the recording" if pulse.is_gaussian else "the recording itself"
    return {
        "irf": how, "irf_fwhm_ns": pulse.response.fwhm_ns, "irf_center_ns": pulse.center_ns, "irf_p": pulse.p,
        "irf_photons": pulse.fitted.value("photons"),
    }  # fmt: skip


def pulse_flags(pulse: Pulse, decay: Binned) -> tuple[Flag, ...]:
    """Return the flag of a response whose shape the bins do not show."""
    if pulse.is_gaussian or pulse.response.fwhm_ns > LEAST_BINS * decay.width_ns:
        return ()
    text = (
        "The recorded response is no Gaussian and hardly wider than a bin, so its shape is not known; record it with "
        "finer bins, or start the fit after the rise: fit_start_ns."
    )
    return (Flag("coarse_response", text, is_grave=True),)


def width_of(pulse: Pulse) -> tuple[Result, ...]:
    """Return the width of a recorded pulse as a result."""
    if pulse.is_gaussian:
        return (Result("irf_fwhm", pulse.fitted.value("fwhm"), pulse.fitted.stderr("fwhm"), "ns"),)
    return (Result("irf_fwhm", pulse.response.fwhm_ns, None, "ns", note="between the points at half maximum"),)


def window(whole: Binned, from_ns: float | None, settings: Mapping[str, SettingValue]) -> Binned:
    """Return the bins that are fitted: all, or between the stated times."""
    low_ns = number(settings, "fit_start_ns") if from_ns is None else from_ns
    high_ns = number(settings, "fit_end_ns")
    cut = whole.between(-np.inf if low_ns is None else low_ns, np.inf if high_ns is None else high_ns)
    check(cut.counts)
    return cut


def repeated(found: Timed, rate_mhz: float | None, how: str) -> Timed:
    """Return a decay under a train of pulses where their rate is stated."""
    told = {**found.statistics, "fit_start_ns": float(found.binned.edges_ns[0]),
            "fit_end_ns": float(found.binned.edges_ns[-1]), "pulse_period_ns": None}  # fmt: skip
    response = found.response
    if rate_mhz is not None:
        period_ns = 1e3 / rate_mhz
        if period_ns < found.binned.window_ns * (1 - 1e-6):
            raise CannotAnalyse(
                f"At {rate_mhz:g} MHz a pulse comes every {period_ns:.4g} ns, so the window of "
                f"{found.binned.window_ns:.4g} ns holds more than one; cut it with fit_end_ns or check pulse_rate_mhz."
            )
        response = Repeated(response, period_ns)
        told["pulse_period_ns"] = period_ns
    return Timed(found.binned, response, found.start_ns, found.reach_ns, told, found.flags, found.results)


def setup_of(found: Timed, decay: Prepared, settings: Mapping[str, SettingValue]) -> Setup:
    """Return what a decay is fitted with, whatever its shape."""
    window_ns, width_ns = found.binned.window_ns, found.binned.width_ns
    low_ns, high_ns = number(settings, "tau_low_ns"), number(settings, "tau_high_ns")
    low_ns, high_ns = low_ns or width_ns / 5, high_ns or 20 * window_ns
    if not low_ns < high_ns:
        raise CannotAnalyse(
            f"No lifetime lies between {low_ns:g} and {high_ns:g} ns; change tau_low_ns or tau_high_ns."
        )
    return Setup(
        found.binned, found.response, found.start_ns, found.reach_ns, low_ns, high_ns, decay.likelihood, held(settings)
    )


def held(settings: Mapping[str, SettingValue]) -> dict[str, float]:
    """Return the parameters that are held, by name."""
    names = {"hold_tau1_ns": "tau1", "hold_tau2_ns": "tau2", "hold_tau3_ns": "tau3",
             "hold_background_counts": "background", "hold_t0_ns": "t0", "hold_beta": "beta"}  # fmt: skip
    found = {name: number(settings, key) for key, name in names.items()}
    return {name: value for name, value in found.items() if value is not None}
