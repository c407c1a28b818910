"""What to know about a fitted decay before its numbers are used."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from analysis.methods.contract import Flag, Result, SettingValue
from analysis.methods.decay_input import Prepared, number
from analysis.methods.rows.decays import COMPARED
from analysis.methods.telling import flags_of
from analysis.physics.decays.deciding import Fits, clearly_better, rejection
from analysis.physics.decays.fit import DecayFit
from analysis.physics.decays.model import Kind
from analysis.physics.fitting.criteria import aicc
from analysis.physics.fitting.fitted import Fitted
from analysis.physics.fitting.residuals import runs_p

HARMLESS = ("background", "beta")
UNLIKELY_RUNS = 1e-4
# Nearly empty bins lie below the model nearly always; their signs tell nothing.
LEAST_RUN_COUNTS, LEAST_RUN_BINS = 5.0, 20
# More of the slowest component than this is left at the end of the window, or this tied to the background.
LEFT_RATIO, TIED = 0.05, 0.95
# Pile-up: the rate of a detector that sees one photon a pulse, against the rate of the pulses.
PILE_UP_RATIO, GRAVE_PILE_UP_RATIO = 0.01, 0.05
# Amplitudes that sum to one within this are not told of.
SUM_TOLERANCE = 0.02


def decay_flags(fits: Fits, chosen: Kind, model: str) -> tuple[Flag, ...]:
    """Return what to know about the chosen shape."""
    one = fits[chosen]
    return (
        *flags_of(without_harmless_bounds(one.fitted)),
        *model_flags(fits, chosen, model),
        *window_flags(one),
        *response_flags(one),
        *runs_flags(one),
    )


def without_harmless_bounds(fitted: Fitted) -> Fitted:
    """Return a fit without the bounds that may well be the truth: no background at all, or β of one."""
    return replace(fitted, at_bound=tuple(name for name in fitted.at_bound if name not in HARMLESS))


def model_flags(fits: Fits, chosen: Kind, model: str) -> tuple[Flag, ...]:
    """Return flags of a stated shape that the data speak against."""
    if model == COMPARED:
        return ()
    flags = []
    better = clearly_better(fits, chosen)
    if better is not None:
        gain = aicc(fits[chosen].fitted) - aicc(fits[better].fitted)
        text = f"The decay is not {chosen}: {better} lowers AICc by {gain:,.0f}. Take it, or compare the models."
        flags.append(Flag("another_model", text, is_grave=True))
    reason = rejection(fits[chosen])
    if reason and fits[chosen].fitted.is_converged:
        text = f"The data do not hold all components of {chosen}: {reason}. Take a simpler model, or compare them."
        flags.append(Flag("component", text, is_grave=True))
    return tuple(flags)


def window_flags(one: DecayFit) -> tuple[Flag, ...]:
    """Return flags of a decay that outlasts its window, or whose tail is tied to the background."""
    fitted, tau_ns = one.fitted, float(one.taus_ns[-1])
    seen_ns = one.seen_ns
    if tau_ns > seen_ns:
        text = f"The lifetime of {tau_ns:.3g} ns is longer than the window ({seen_ns:.3g} ns); measure longer."
        return (Flag("window", text, is_grave=True),)
    tied = abs(float(fitted.correlation[one.tau_places[-1], fitted.index("background")]))
    left = float(np.exp(-seen_ns / tau_ns))
    if tied > TIED or left > LEFT_RATIO:
        text = (
            f"At the end of the window {100 * left:.2g} % of the slowest component is left, so its lifetime and the "
            f"background hang together (correlation {tied:.2f}); measure longer or hold the background."
        )
        return (Flag("background_tied", text),)
    return ()


def response_flags(one: DecayFit) -> tuple[Flag, ...]:
    """Return the flag of a component faster than the response can tell."""
    fwhm_ns, tau_ns = one.setup.response.fwhm_ns, float(one.taus_ns[0])
    if not tau_ns < fwhm_ns / 3:
        return ()
    text = (
        f"The lifetime of {tau_ns:.3g} ns is less than a third of the response ({fwhm_ns:.3g} ns) and rests on the "
        "shape of it; use a faster window."
    )
    return (Flag("faster_than_response", text),)


def runs_flags(one: DecayFit) -> tuple[Flag, ...]:
    """Return the flag of residuals that go together."""
    is_seen = one.fitted.predicted >= LEAST_RUN_COUNTS
    chance = runs_p(one.fitted.residuals[is_seen]) if int(is_seen.sum()) >= LEAST_RUN_BINS else 1.0
    if not chance < UNLIKELY_RUNS:
        return ()
    text = f"Neighbouring residuals have the same sign too often (p = {chance:.1g}); the model misses something."
    return (Flag("residual_runs", text),)


def amplitude_flags(results: tuple[Result, ...]) -> tuple[Flag, ...]:
    """Return the flag of amplitudes that do not sum to one; they are shares of something else then."""
    found = [one for one in results if one.name.startswith("amplitude") and one.value is not None]
    total = sum(one.value or 0.0 for one in found)
    stderr = float(np.sqrt(sum((one.stderr or 0.0) ** 2 for one in found)))
    if abs(total - 1.0) <= max(SUM_TOLERANCE, 2 * stderr):
        return ()
    text = f"The amplitudes sum to {total:.4g}, not one; averages divide by their sum."
    return (Flag("amplitudes_not_one", text),)


def pile_up_flags(decay: Prepared, settings: Mapping[str, SettingValue]) -> tuple[Flag, ...]:
    """Return the flag of photons so frequent that one hides the next; a streak camera sees them all."""
    rate_mhz, time_s = number(settings, "pulse_rate_mhz"), number(settings, "integration_time_s")
    if decay.streak.at_nm is not None or rate_mhz is None or time_s is None:
        return ()
    ratio = float(decay.streak.counts.sum()) / time_s / (rate_mhz * 1e6)
    if ratio <= PILE_UP_RATIO:
        return ()
    text = (
        f"{100 * ratio:.2g} % of the pulses gave a photon, more than 1 %: later photons of a pulse are lost and the "
        "decay looks too fast. Attenuate and measure again."
    )
    return (Flag("pile_up", text, is_grave=ratio > GRAVE_PILE_UP_RATIO),)
