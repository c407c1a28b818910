"""A recording as a decay: times in ns, counts of one band, and what is told or warned of before any fit."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from analysis.methods.contract import Flag, SettingValue, Signal
from analysis.methods.rows.decays import ANALOGUE, AROUND, AS_TOLD, PHOTON_COUNTING
from analysis.methods.telling import Statistic
from analysis.methods.units import axis_unit
from analysis.physics.decays.bands import Band, band_around, counts_in
from analysis.physics.decays.bins import Binned, binned, edges_of
from analysis.physics.fitting.problem import Floats, Likelihood
from analysis.physics.refusing import CannotAnalyse

NS_PER = {"ps": 1e-3, "ns": 1.0, "µs": 1e3, "us": 1e3, "ms": 1e6, "s": 1e9}
LEAST_BINS_COUNT = 10
LEAST_COUNTS = 30.0
# Where converters end; counts that pile up there are cut off.
FULL_SCALES_COUNTS = (255.0, 1023.0, 4095.0, 16383.0, 65535.0)


@dataclass(frozen=True, slots=True, eq=False)
class Streak:
    """Counts over times in ns, shape (t,), or over times and wavelengths in nm, shapes (t, w) and (w,)."""

    counts: Floats
    times_ns: Floats
    at_nm: Floats | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """A decay ready to fit, how its counts scatter, and what was found on the way."""

    binned: Binned
    likelihood: Likelihood
    is_analogue: bool
    streak: Streak
    band: Band | None = None
    statistics: dict[str, Statistic] = field(default_factory=dict)
    flags: tuple[Flag, ...] = ()


def prepared(signal: Signal, settings: Mapping[str, SettingValue]) -> Prepared:
    """Return the decay in a recording; raises CannotAnalyse for one that cannot be fitted."""
    if "instrument response" in signal.name.lower():
        raise CannotAnalyse("This is a recording of the instrument response; give it as irf beside a decay.")
    streak = streak_of(signal, settings)
    band = band_of(streak, settings)
    counts = streak.counts if band is None else counts_in(streak.counts, band)
    whole = binned(streak.times_ns, counts)
    check(whole.counts)
    if float(counts.min()) >= 0 and float(counts.sum()) < LEAST_COUNTS and is_whole(streak.counts):
        raise CannotAnalyse(f"{counts.sum():.0f} photons are too few for a decay; count longer.")
    likelihood, flags = scatter_of(streak.counts, signal.settings)
    is_analogue = likelihood is Likelihood.POISSON and counting_of(signal, settings) == ANALOGUE
    flags = (*flags, *saturation_flags(streak.counts, number(settings, "saturation_counts")))
    if whole.merged_count > 1:
        text = f"{len(counts):,} bins were too many; {whole.merged_count} neighbours were added up each."
        flags = (*flags, Flag("rebinned", text))
    statistics: dict[str, Statistic] = {
        "counts": float(whole.counts.sum()), "bins_merged": whole.merged_count, "bin_ns": whole.width_ns,
        "window_ns": whole.window_ns, "detector": ANALOGUE if is_analogue else PHOTON_COUNTING,
    }  # fmt: skip
    if band is not None:
        statistics |= band.statistics
        flags = (*flags, *band_flags(band, settings))
    return Prepared(whole, likelihood, is_analogue, streak, band, statistics, flags)


def streak_of(signal: Signal, settings: Mapping[str, SettingValue]) -> Streak:
    """Return a recording with its times in ns as rows; raises CannotAnalyse when no axis is a time."""
    if signal.values.ndim == 1:
        factor = ns_per_unit(signal.x_unit, signal.x_name, settings)
        return Streak(signal.values, signal.x * factor)
    rows = signal.rows
    if signal.values.ndim != 2 or rows is None:
        raise CannotAnalyse("A decay is counts over time, or a map of times and wavelengths; this is neither.")
    if axis_unit(signal.x_unit, signal.x_name) in NS_PER:
        return Streak(signal.values.T, signal.x * ns_per_unit(signal.x_unit, signal.x_name, settings), rows)
    if axis_unit(signal.x_unit, signal.x_name) != "nm":
        raise CannotAnalyse(
            "The map does not say its wavelengths and times; take the file with its axes (the .img of the same name)."
        )
    return Streak(signal.values, rows * ns_per_unit(signal.rows_unit, signal.rows_name, settings), signal.x)


def ns_per_unit(unit: str, name: str, settings: Mapping[str, SettingValue]) -> float:
    """Return how many ns the unit of an axis is, as stated or as the recording says."""
    stated = str(settings.get("time_unit") or AS_TOLD)
    told = axis_unit(unit, name) if stated == AS_TOLD else stated
    if told not in NS_PER:
        raise CannotAnalyse(f"The file calls its time axis “{unit or name or 'nothing'}”; state its unit: time_unit.")
    return NS_PER[told]


def band_of(streak: Streak, settings: Mapping[str, SettingValue]) -> Band | None:
    """Return the band that a map is integrated over, none for a single decay."""
    if streak.at_nm is None:
        return None
    check(streak.counts)
    edges_nm = edges_of(streak.at_nm)
    if settings.get("band") == AROUND:
        return band_around(streak.counts, edges_nm)
    low_nm, high_nm = number(settings, "band_low_nm"), number(settings, "band_high_nm")
    return Band.of(edges_nm, 600.0 if low_nm is None else low_nm, 675.0 if high_nm is None else high_nm)


def check(counts: Floats) -> None:
    """Refuse counts that no decay can be fitted to."""
    lost_count = int((~np.isfinite(counts)).sum())
    if lost_count:
        raise CannotAnalyse(f"{lost_count:,} of {counts.size:,} counts are no numbers; read the file out again.")
    if len(counts) < LEAST_BINS_COUNT:
        raise CannotAnalyse(f"{len(counts)} time bins are too few for a decay; at least {LEAST_BINS_COUNT} are needed.")
    if not counts.any():
        raise CannotAnalyse("All counts are zero; there is nothing to fit. Was the shutter closed?")
    if float(counts.max()) == float(counts.min()):
        raise CannotAnalyse("All counts are the same; this is no decay.")


def scatter_of(counts: Floats, recorded: Mapping[str, Any]) -> tuple[Likelihood, tuple[Flag, ...]]:
    """Return how counts scatter; those that were subtracted, scaled or smoothed are no longer Poisson."""
    reason = ""
    if float(counts.min()) < 0:
        reason = "Some counts are negative, so a background was subtracted"
    elif recorded.get("background_subtracted") is True:
        reason = "The instrument subtracted a background"
    elif not is_whole(counts):
        reason = "The counts are not whole numbers, so they were scaled, smoothed or subtracted"
    if not reason:
        return Likelihood.POISSON, ()
    text = f"{reason}: they no longer scatter as counts, and ± is a guess from the residuals. Give the raw counts."
    return Likelihood.UNKNOWN, (Flag("not_counts", text, is_grave=True),)


def is_whole(counts: Floats) -> bool:
    """Say whether all counts are whole numbers."""
    return bool(np.array_equal(counts, np.round(counts)))


def counting_of(signal: Signal, settings: Mapping[str, SettingValue]) -> str:
    """Return whether photons were counted, as stated or as the recording says; photons if nobody says."""
    stated = str(settings.get("counting") or AS_TOLD)
    if stated != AS_TOLD:
        return stated
    return ANALOGUE if "analog" in str(signal.settings.get("acquisition", "")).lower() else PHOTON_COUNTING


def saturation_flags(counts: Floats, stated_counts: float | None) -> tuple[Flag, ...]:
    """Return the flag of counts cut off: at a stated limit, at the end of a converter, or level at the top."""
    top_counts = float(counts.max())
    top_count = int((counts == top_counts).sum())
    is_stated = stated_counts is not None and top_counts >= stated_counts
    is_full = top_count > 2 and top_counts in FULL_SCALES_COUNTS
    is_level = top_counts > 1_000 and longest_run(counts == top_counts) > 2
    if not (is_stated or is_full or is_level):
        return ()
    text = f"The detector was saturated at {top_counts:,.0f} counts; measure weaker, or fit from later: fit_start_ns."
    return (Flag("saturated", text, is_grave=True),)


def longest_run(is_top: Floats) -> int:
    """Return how many neighbours in time are at the top."""
    if not is_top.any():
        return 0
    marks = np.diff(np.pad(is_top.T if is_top.ndim == 2 else is_top[None], ((0, 0), (1, 1))).astype(int), axis=1)
    return int((np.argwhere(marks == -1)[:, 1] - np.argwhere(marks == 1)[:, 1]).max())


def band_flags(band: Band, settings: Mapping[str, SettingValue]) -> tuple[Flag, ...]:
    """Return the flag of a band that the map holds only in part."""
    if not band.is_cut:
        return ()
    text = (
        f"The map ends inside the band {band.low_nm:g}–{band.high_nm:g} nm; only what it holds is integrated. State "
        "band_low_nm and band_high_nm inside it."
    )
    return (Flag("band_cut", text),)


def number(settings: Mapping[str, SettingValue], name: str) -> float | None:
    """Return a setting as a number, or none."""
    value = settings.get(name)
    return None if value is None or value == "" else float(value)


def with_counts(one: Prepared, counts: Floats) -> Prepared:
    """Return a decay with other counts in the same bins."""
    return replace(one, binned=replace(one.binned, counts=counts))
