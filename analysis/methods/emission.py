"""A PL recording as bins and readings: its axis, what was counted, the response, and what must be left out."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from analysis.methods.axis import Axis, axis_of, laser_of, number_of
from analysis.methods.contract import Flag, SettingValue, Signal
from analysis.methods.response import raw_signal, response_of
from analysis.methods.rows.spectra import AS_TOLD, COUNTS, NO_COUNTS, PER_SECOND
from analysis.methods.telling import Statistic
from analysis.physics.fitting.problem import Floats, Likelihood
from analysis.physics.refusing import CannotAnalyse
from analysis.physics.spectra.bins import Bins
from analysis.physics.spectra.ceiling import saturated
from analysis.physics.spectra.counting import Counted, counted, uncounted

# What is this close to the laser, or on its other side, is not emission.
LASER_MARGIN_NM = 10.0
LEAST_POINTS = 8
PER_SECOND_UNITS = {"cps", "counts/s", "1/s", "cts/s", "hz"}


@dataclass(frozen=True, slots=True, eq=False)
class Emission:
    """One PL spectrum ready to be fitted; arrays of shape (n,) along ascending x."""

    at_nm: Floats
    bins: Bins
    readings: Floats
    likelihood: Likelihood
    y_unit: str
    statistics: Mapping[str, Statistic]
    flags: tuple[Flag, ...]


def emission_of(signal: Signal, settings: Mapping[str, SettingValue]) -> Emission:
    """Return a PL recording as bins and readings; raises CannotAnalyse for what holds no spectrum of emission."""
    raw = raw_signal(signal)
    axis = axis_of(raw, settings)
    response, told_response = response_of(raw, axis.order)
    is_inside = inside(axis, settings, laser_of(signal, settings))
    check(axis.values[is_inside])
    told = counted_as(raw, axis.values, is_inside, settings)
    is_saturated = np.zeros(len(axis.at_nm), dtype=bool)
    is_saturated[is_inside] = saturated(axis.values[is_inside], exposure=told.exposure)
    is_kept = is_inside & ~is_saturated
    gain = (number_of(settings.get("counts_per_photon")) or 1.0) if told.likelihood is Likelihood.POISSON else 1.0
    statistics: dict[str, Statistic] = {
        "counting": told.how,
        "integration_time_s": told.integration_time_s,
        "averaged_scans": told.exposure,
        "counts_per_photon": gain,
        "response": told_response,
        "range_nm": f"{axis.at_nm[is_kept].min():.6g}–{axis.at_nm[is_kept].max():.6g}",
        "medium": str(settings.get("medium", "not stated")),
        "channel": raw.name,
    }
    return Emission(
        at_nm=axis.at_nm[is_kept],
        bins=Bins(axis.energies_ev[is_kept], axis.widths_ev[is_kept], response[is_kept], told.exposure / gain),
        readings=told.readings[is_kept],
        likelihood=told.likelihood,
        y_unit="counts" if told.likelihood is Likelihood.POISSON else raw.unit,
        statistics=statistics,
        flags=(*reading_flags(axis, told), *saturation_flags(axis.at_nm[is_saturated])),
    )


def inside(axis: Axis, settings: Mapping[str, SettingValue], laser_nm: float | None) -> NDArray[np.bool_]:
    """Return which readings lie in the stated range and on the emission's side of the laser, shape (n,)."""
    low_nm = number_of(settings.get("low_nm")) or 0.0
    high_nm = number_of(settings.get("high_nm")) or np.inf
    if laser_nm is not None:
        low_nm = max(low_nm, laser_nm + LASER_MARGIN_NM)
    return np.asarray((axis.at_nm >= low_nm) & (axis.at_nm <= high_nm))


def check(readings: Floats) -> None:
    """Refuse readings in which no line can be."""
    if len(readings) < LEAST_POINTS:
        raise CannotAnalyse(
            f"{len(readings)} readings lie in the range, and a line needs {LEAST_POINTS}; widen low_nm to high_nm, and"
            " look whether the laser is where the recording says."
        )
    if not readings.any():
        raise CannotAnalyse("All readings are zero; the shutter was closed, or another column holds the spectrum.")
    if float(np.ptp(readings)) == 0:
        raise CannotAnalyse("All readings are equal; the detector was saturated or off. Measure again.")


def counted_as(
    raw: Signal, readings: Floats, is_inside: NDArray[np.bool_], settings: Mapping[str, SettingValue]
) -> Counted:
    """Return all readings as counts if they are, as was stated or as those in the range show."""
    stated = str(settings.get("intensity") or AS_TOLD)
    changed = "stated to be no counts" if stated == NO_COUNTS else changed_by_instrument(raw)
    if changed and stated != COUNTS:
        return uncounted(readings, changed)
    is_per_second = stated == PER_SECOND or (stated == AS_TOLD and raw.unit.strip().lower() in PER_SECOND_UNITS)
    told = counted(
        readings[is_inside],
        is_per_second=is_per_second,
        integration_time_s=setting_number(raw, settings, "integration_time_s"),
        scan_count=setting_number(raw, settings, "accumulations") or 1.0,
    )
    if stated == COUNTS and told.likelihood is Likelihood.UNKNOWN and float(readings[is_inside].min()) >= 0:
        told = Counted(readings[is_inside], 1.0, Likelihood.POISSON, "counts, as stated")
    scale = told.integration_time_s if told.integration_time_s is not None else 1.0
    return replace(told, readings=readings * scale)


def changed_by_instrument(signal: Signal) -> str:
    """Return what the instrument did to the counts before it wrote them, or nothing."""
    if number_of(signal.settings.get("boxcar_width")):
        return "smoothed by the instrument"
    return "the dark spectrum was subtracted" if signal.settings.get("dark_spectrum_present") is True else ""


def setting_number(signal: Signal, settings: Mapping[str, SettingValue], name: str) -> float | None:
    """Return a number that was stated, or that the recording tells."""
    return number_of(settings.get(name)) or number_of(signal.settings.get(name))


def reading_flags(axis: Axis, told: Counted) -> tuple[Flag, ...]:
    """Return what the readings lack."""
    flags = []
    if axis.lost_count:
        text = f"{axis.lost_count} readings are no numbers and were left out."
        flags.append(Flag("no_numbers", text))
    if told.likelihood is Likelihood.UNKNOWN:
        text = f"Fitted unweighted: {told.how}. Give the raw counts, or their integration_time_s and accumulations."
        flags.append(Flag("not_counts", text))
    return tuple(flags)


def saturation_flags(at_nm: Floats) -> tuple[Flag, ...]:
    """Return the flag of a detector at its ceiling."""
    if not len(at_nm):
        return ()
    text = (
        f"The detector is saturated from {at_nm.min():.5g} to {at_nm.max():.5g} nm ({len(at_nm)} readings, left out of"
        " the fit); measure again with a shorter integration time."
    )
    return (Flag("saturated", text, is_grave=True),)
