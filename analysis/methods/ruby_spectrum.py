"""A ruby spectrum as it is fitted: wavelengths in nm, ascending, around the lines, and how its values scatter."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from analysis.methods.contract import Flag, SettingValue, Signal
from analysis.physics.fitting.problem import Floats, Likelihood
from analysis.physics.refusing import CannotAnalyse
from analysis.physics.ruby.checks import are_raw_counts
from analysis.physics.ruby.lines import smoothed
from measurements.axes.conversions import raman_shift_to_nm

SHIFT_UNITS = frozenset({"1/cm", "cm-1", "cm⁻¹", "cm^-1"})
# Where ruby may emit at any pressure that the scales reach, at 50 K and at 900 K.
LOWEST_NM, HIGHEST_NM = 685.0, 850.0
MOST_MISSING_FRACTION = 0.05


@dataclass(frozen=True, slots=True, eq=False)
class RubySpectrum:
    """Counts over wavelengths, both of shape (n,), and what had to be said on the way."""

    wavelengths_nm: Floats
    counts: Floats
    likelihood: Likelihood
    axis: str
    flags: tuple[Flag, ...]


def spectrum_of(signal: Signal, settings: Mapping[str, SettingValue]) -> RubySpectrum:
    """Return the part of a recording that the doublet is fitted to; raises CannotAnalyse for what is no spectrum."""
    if signal.values.ndim != 1:
        raise CannotAnalyse("A ruby spectrum is one row of counts; choose one row of this map.")
    wavelengths_nm, axis = wavelengths_of(signal, settings.get("laser_nm"))
    wavelengths_nm, counts, flags = cleaned(wavelengths_nm, np.asarray(signal.values, dtype=float))
    is_ruby = (wavelengths_nm >= LOWEST_NM) & (wavelengths_nm <= HIGHEST_NM)
    if not is_ruby.any():
        raise CannotAnalyse(
            f"The spectrum runs from {wavelengths_nm[0]:.6g} to {wavelengths_nm[-1]:.6g} nm, where ruby has no line; "
            "check whether the axis is a wavelength or a Raman shift, and the laser."
        )
    wavelengths_nm, counts = wavelengths_nm[is_ruby], counts[is_ruby]
    near = np.abs(wavelengths_nm - wavelengths_nm[np.argmax(smoothed(counts))]) <= number_of(settings, "half_window_nm")
    wavelengths_nm, counts = wavelengths_nm[near], counts[near]
    likelihood = Likelihood.POISSON
    if not are_raw_counts(counts):
        likelihood = Likelihood.UNKNOWN
        text = (
            "The values are no raw counts (some are negative or not whole), so they are fitted unweighted; "
            "give the file before background subtraction or smoothing."
        )
        flags = (*flags, Flag("not_raw_counts", text))
    return RubySpectrum(wavelengths_nm, counts, likelihood, axis, flags)


def wavelengths_of(signal: Signal, laser_nm: SettingValue) -> tuple[Floats, str]:
    """Return the wavelengths along x, and in words what x was."""
    unit = signal.x_unit.strip() or unit_in_name(signal.x_name)
    if unit in SHIFT_UNITS:
        if not isinstance(laser_nm, float):
            raise CannotAnalyse(
                "State the wavelength of the laser: laser_nm. The axis is a Raman shift; "
                "take the laser line in the same medium as λ0."
            )
        with np.errstate(divide="ignore"):
            return raman_shift_to_nm(signal.x, laser_nm), f"Raman shift from a laser of {laser_nm:.10g} nm"
    if unit == "nm":
        return signal.x, "wavelength"
    raise CannotAnalyse(f"The axis is in “{unit or 'no unit'}”; a ruby spectrum needs nm, or 1/cm and the laser.")


def unit_in_name(name: str) -> str:
    """Return the unit that a column's name ends in, nothing when it does not."""
    words = name.lower().replace("(", "_").replace(")", "").replace(" ", "_").split("_")
    found = {"nm": "nm", "cm-1": "1/cm", "1/cm": "1/cm", "cm": "1/cm" if "per" in words else ""}
    return found.get(words[-1], "")


def cleaned(wavelengths_nm: Floats, values: Floats) -> tuple[Floats, Floats, tuple[Flag, ...]]:
    """Return the points that are numbers, in order of wavelength."""
    is_number = np.isfinite(wavelengths_nm) & np.isfinite(values)
    missing_count = int((~is_number).sum())
    if missing_count > MOST_MISSING_FRACTION * len(values):
        raise CannotAnalyse(f"{missing_count} of {len(values)} values are no numbers; export the spectrum again.")
    order = np.argsort(wavelengths_nm[is_number], kind="stable")
    text = f"{missing_count} values are no numbers and were left out."
    flags = (Flag("missing_values", text),) if missing_count else ()
    return wavelengths_nm[is_number][order], values[is_number][order], flags


def number_of(settings: Mapping[str, SettingValue], name: str) -> float:
    """Return a setting that has a default as a number."""
    value = settings[name]
    if not isinstance(value, float):
        raise CannotAnalyse(f"State a number: {name}.")
    return value
