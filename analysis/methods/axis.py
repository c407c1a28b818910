"""The axis of a spectrum as photon energies, from what the recording says or what was stated."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.methods.contract import SettingValue, Signal
from analysis.methods.rows.spectra import AS_TOLD, IN_AIR
from analysis.methods.units import axis_unit
from analysis.physics.fitting.problem import Floats
from analysis.physics.refusing import CannotAnalyse
from analysis.physics.spectra.axes import Scale, energies_ev, wavelengths_nm
from analysis.physics.spectra.bins import widths_in_ev

# More readings than this part of a spectrum that are no numbers are too many to go on.
MOST_LOST_RATIO = 0.1
MOST_READINGS = 1_000_000
UNITS = {"nm": Scale.NM, "eV": Scale.EV, "1/cm": Scale.PER_CM}


@dataclass(frozen=True, slots=True, eq=False)
class Axis:
    """Readings in ascending x, shapes (n,), with their energies, wavelengths and widths; `order` is theirs in the file.

    A reading that is no number is left out, but its neighbours are no wider for it.
    """

    energies_ev: Floats
    at_nm: Floats
    widths_ev: Floats
    values: Floats
    order: NDArray[np.intp]
    lost_count: int


def axis_of(signal: Signal, settings: Mapping[str, SettingValue]) -> Axis:
    """Return a spectrum on its axis; raises CannotAnalyse for data that are no spectrum."""
    if signal.values.ndim != 1 or len(signal.values) != len(signal.x):
        raise CannotAnalyse("This takes one spectrum, not a map or an image; cut a spectrum out of it first.")
    if not len(signal.x):
        raise CannotAnalyse("The recording has a header but no data.")
    if len(signal.x) > MOST_READINGS:
        raise CannotAnalyse(f"{len(signal.x):,} readings are no spectrum of a spectrometer; average neighbours first.")
    scale, laser_nm = scale_of(signal, settings), laser_of(signal, settings)
    is_place, is_number = np.isfinite(signal.x), np.isfinite(signal.values)
    lost_count = int((~(is_place & is_number)).sum())
    if lost_count > MOST_LOST_RATIO * len(is_place):
        raise CannotAnalyse(f"{lost_count} of {len(is_place)} readings are no numbers; read the file out again.")
    order = np.flatnonzero(is_place)
    order = order[np.argsort(signal.x[order], kind="stable")]
    x = np.asarray(signal.x[order], dtype=float)
    if len(x) > 1 and float(np.diff(x).min()) <= 0:
        raise CannotAnalyse("Two readings have the same x; the file holds more than one scan, or a wrong column is x.")
    energies = energies_ev(x, scale, laser_nm=laser_nm, is_in_air=settings.get("medium") == IN_AIR)
    at_nm = wavelengths_nm(x, scale, laser_nm=laser_nm)
    widths = widths_in_ev(x, energies, scale) if len(x) > 1 else np.ones_like(x)
    kept = is_number[order]
    values = np.asarray(signal.values[order], dtype=float)
    return Axis(energies[kept], at_nm[kept], widths[kept], values[kept], order[kept], lost_count)


def scale_of(signal: Signal, settings: Mapping[str, SettingValue]) -> Scale:
    """Return what the x axis is, as stated or as the recording names it."""
    stated = str(settings.get("x_unit") or AS_TOLD)
    if stated != AS_TOLD:
        return Scale(stated)
    told = UNITS.get(axis_unit(signal.x_unit, signal.x_name))
    if told is None:
        named = signal.x_unit or signal.x_name or "nothing"
        raise CannotAnalyse(f"The file calls its x axis “{named}”; state whether it is nm, eV or 1/cm: x_unit.")
    return Scale.RAMAN_SHIFT if told is Scale.PER_CM and is_shift(signal) else told


def is_shift(signal: Signal) -> bool:
    """Say whether a wavenumber counts from the laser: it is called so, or it starts where no visible light is."""
    name = signal.x_name.lower()
    return "shift" in name or "raman" in name or float(np.nanmin(signal.x)) < 7000.0


def laser_of(signal: Signal, settings: Mapping[str, SettingValue]) -> float | None:
    """Return the wavelength of the laser, as stated or as the recording says."""
    return number_of(settings.get("laser_nm")) or number_of(signal.settings.get("laser_nm"))


def number_of(value: SettingValue) -> float | None:
    """Return a setting as a number, or none."""
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
