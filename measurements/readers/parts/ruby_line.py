"""Telling a spectrum of ruby from any other by its R lines: where they lie, and how narrow they are."""

import numpy as np

from measurements.readers.recording import Channel, Numbers, Setting, Technique

# R1 lies at 694.2 nm in air and at 707 nm near 35 GPa; cold ruby lies a nanometre lower.
FIRST_NM, LAST_NM = 692.5, 708.0
# The two lines together, seen with a coarse spectrometer; nanocrystals are ten times as wide.
WIDEST_NM = 5.0
FEWEST_POINTS = 5
# No Raman line of a solid lies so far from the laser.
FIRST_PER_CM = 3700.0


def shows_ruby(wavelength_nm: Numbers, values: Numbers) -> bool:
    """Say whether the strongest line of a spectrum lies and looks as the R lines of ruby do."""
    seen = np.isfinite(values) & np.isfinite(wavelength_nm)
    x, y = wavelength_nm[seen], values[seen]
    if len(x) < FEWEST_POINTS or not (x.min() < FIRST_NM and x.max() > LAST_NM - 10):
        return False
    top = int(np.argmax(y))
    ground = float(np.median(y))
    height = float(y[top]) - ground
    if not FIRST_NM <= x[top] <= LAST_NM or height <= 4 * _noise(y):
        return False
    return _width_at_half(x, y - ground, top) < WIDEST_NM


def _noise(values: Numbers) -> float:
    return float(np.median(np.abs(np.diff(values))))


def _width_at_half(x: Numbers, heights: Numbers, top: int) -> float:
    below = np.flatnonzero(heights < heights[top] / 2)
    left, right = below[below < top], below[below > top]
    first = x[left[-1]] if len(left) else x[0]
    last = x[right[0]] if len(right) else x[-1]
    return float(abs(last - first))


def wavelength_of_shift_nm(shift_per_cm: Numbers, laser_nm: float) -> Numbers:
    """Return the wavelengths of Raman shifts; a shift as large as the laser's own wavenumber has none."""
    wavenumber = 1e7 / laser_nm - shift_per_cm
    return np.where(wavenumber > 0, 1e7 / np.where(wavenumber > 0, wavenumber, 1.0), np.nan)


def technique_of(channel: Channel, laser_nm: Setting | None) -> Technique:
    """Return what the axis, the laser and the R lines make of an emission or Raman spectrum."""
    x, is_curve = channel.x, channel.values.ndim == 1
    if x.unit == "1/cm":
        is_far = is_curve and isinstance(laser_nm, float) and laser_nm > 0 and x.values[0] > FIRST_PER_CM
        wavelengths = wavelength_of_shift_nm(x.values, float(laser_nm)) if is_far and laser_nm else None
        is_ruby = wavelengths is not None and shows_ruby(wavelengths, channel.values)
        return Technique.RUBY if is_ruby else Technique.RAMAN
    if x.unit == "nm" and is_curve and shows_ruby(x.values, channel.values):
        return Technique.RUBY
    return Technique.PL if x.unit in {"nm", "eV"} else Technique.SPECTRUM
