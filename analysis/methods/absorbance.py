"""An absorbance recording over ascending energies, and what must be left out of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from analysis.methods.axis import axis_of, number_of
from analysis.methods.contract import Flag, SettingValue, Signal
from analysis.methods.telling import Statistic
from analysis.physics.fitting.problem import Floats
from analysis.physics.refusing import CannotAnalyse
from analysis.physics.spectra.ceiling import longest_run

LEAST_POINTS = 30
# Beyond this, stray light decides what a spectrometer shows.
MOST_ABSORBANCE = 3.0
PERCENT_UNITS = {"%", "%t", "% t"}
ABSORBANCE_UNITS = {"", "a", "a.u.", "abs", "abs.", "absorbance", "au", "od"}


@dataclass(frozen=True, slots=True, eq=False)
class Absorbance:
    """Absorbance over ascending energies, both of shape (n,)."""

    energies_ev: Floats
    absorbances: Floats
    statistics: Mapping[str, Statistic]
    flags: tuple[Flag, ...]


def absorbance_of(signal: Signal, settings: Mapping[str, SettingValue]) -> Absorbance:
    """Return a recording as absorbance over energy; raises CannotAnalyse for what is none."""
    axis = axis_of(signal, settings)
    values, told = as_absorbance(axis.values, signal.unit)
    low_nm = number_of(settings.get("low_nm")) or 0.0
    high_nm = number_of(settings.get("high_nm")) or np.inf
    is_inside = (axis.at_nm >= low_nm) & (axis.at_nm <= high_nm)
    is_stray = is_inside & ((values > MOST_ABSORBANCE) | ~np.isfinite(values))
    is_kept = is_inside & ~is_stray
    check(values[is_kept])
    flags = [Flag("no_numbers", f"{axis.lost_count} readings are no numbers and were left out.")] * bool(
        axis.lost_count
    )
    if is_stray.any():
        text = (
            f"{int(is_stray.sum())} readings above an absorbance of {MOST_ABSORBANCE:g} were left out, where stray"
            " light decides; dilute the sample or use a shorter path."
        )
        flags.append(Flag("too_dark", text))
    order = np.argsort(axis.energies_ev[is_kept])
    statistics: dict[str, Statistic] = {"read_as": told, "medium": str(settings.get("medium", "not stated"))}
    return Absorbance(axis.energies_ev[is_kept][order], values[is_kept][order], statistics, tuple(flags))


def as_absorbance(values: Floats, unit: str) -> tuple[Floats, str]:
    """Return absorbances, shape (n,), of readings in their unit: A = −log₁₀ T for a transmittance."""
    name = unit.strip().lower()
    if name in PERCENT_UNITS:
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.asarray(-np.log10(values / 100.0)), "transmittance in percent"
    if name in ABSORBANCE_UNITS:
        return values, "absorbance"
    raise CannotAnalyse(f"The readings are in “{unit}”, which is no absorbance and no transmittance in percent.")


def check(values: Floats) -> None:
    """Refuse readings in which no exciton can be."""
    if len(values) < LEAST_POINTS:
        raise CannotAnalyse(
            f"{len(values)} readings are left in the range, and an exciton over its edge needs {LEAST_POINTS}."
        )
    if float(np.ptp(values)) == 0:
        raise CannotAnalyse("All readings are equal; the beam was blocked, or another column holds the spectrum.")
    is_top = values >= float(values.max())
    if longest_run(is_top) >= 5:
        raise CannotAnalyse("The absorbance is cut off flat at its top: the detector saw no light; dilute the sample.")


def below(spectrum: Absorbance, most_ev: float) -> Absorbance:
    """Return the part of a spectrum up to an energy."""
    is_kept = spectrum.energies_ev <= most_ev
    told = {**spectrum.statistics, "range_ev": f"{spectrum.energies_ev[0]:.4f}–{spectrum.energies_ev[is_kept][-1]:.4f}"}
    return replace(
        spectrum,
        energies_ev=spectrum.energies_ev[is_kept],
        absorbances=spectrum.absorbances[is_kept],
        statistics=told,
    )
