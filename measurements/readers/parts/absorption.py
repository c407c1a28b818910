"""Absorption spectra of all makers: their words for axes and values, saturation, gaps and the curve they make."""

import re

import numpy as np

from measurements.readers.recording import Axis, Caution, Channel, Numbers, Technique, ascending
from measurements.readers.refusal import Unread

# UVProbe, UV WinLab and GRAMS all store this where the detector saw no light any more.
SATURATED_ABSORBANCE = 10.0
LARGEST_X = 1e15
X_WORDS = (
    (re.compile(r"\bnm\b|nanomet", re.I), "nm"),
    (re.compile(r"cm\^?-1|1/cm|wavenumber", re.I), "1/cm"),
    (re.compile(r"\bev\b|electron ?volt", re.I), "eV"),
    (re.compile(r"micromet|µm|μm|\bum\b", re.I), "µm"),
    (re.compile(r"^(nanoseconds?|nsec|ns)$", re.I), "ns"),
    (re.compile(r"^(seconds?|sec|s)$", re.I), "s"),
    (re.compile(r"^(minutes?|min)$", re.I), "min"),
    (re.compile(r"^(hz|hertz)$", re.I), "Hz"),
)
Y_WORDS = (
    (re.compile(r"^(a|abs\.?|absorbance( units?)?|a\.u\. \(absorbance\))$", re.I), "A"),
    (re.compile(r"^(%\s*t|t\s*%|%\s*trans\w*|trans(mission|mittance)\s*\(?%\)?|percent trans\w*)$", re.I), "%T"),
    (re.compile(r"^(%\s*r|r\s*%|%\s*refl\w*|reflect(ance|ion|ivity)\s*\(?%\)?|percent refl\w*)$", re.I), "%R"),
    (re.compile(r"^counts?$", re.I), "counts"),
)
UNSTATED = re.compile(r"^\(?(arb(itrary|\.)?( ?(units?|intensity))?|a\.u\.|(relative )?intensity|int|none)?\)?$", re.I)
ABSORBING = {"A", "%T", "%R", "transmittance", "transmission", "reflectance"}


def x_unit(words: str) -> str:
    """Return our word for the unit of an x axis; what no word fits stays as written, "arbitrary" is no unit."""
    return _unit(words, X_WORDS)


def y_unit(words: str) -> str:
    """Return our word for the unit of values; what no word fits stays as written, "arbitrary" is no unit."""
    return _unit(words, Y_WORDS)


def _unit(words: str, known: tuple[tuple[re.Pattern[str], str], ...]) -> str:
    text = words.strip()
    if UNSTATED.match(text):
        return ""
    return next((unit for pattern, unit in known if pattern.search(text)), text)


def technique_of(unit_of_x: str, unit_of_y: str) -> Technique:
    """Return what was measured, as far as the units tell: optical absorption, or just a spectrum."""
    is_optical = unit_of_x in {"nm", "eV"} and unit_of_y.lower() in {unit.lower() for unit in ABSORBING}
    return Technique.ABSORBANCE if is_optical else Technique.SPECTRUM


def x_name(unit: str) -> str:
    """Return what an axis in this unit is called."""
    return {"nm": "wavelength", "µm": "wavelength", "1/cm": "wavenumber", "eV": "energy", "s": "time"}.get(unit, "x")


def y_name(unit: str) -> str:
    """Return what values in this unit are called."""
    names = {"A": "absorbance", "%T": "transmittance", "%R": "reflectance", "": "intensity", "counts": "intensity"}
    return names.get(unit, unit)


def curve(x: Numbers, y: Numbers, unit_of_x: str, unit_of_y: str) -> tuple[Channel, tuple[Caution, ...]]:
    """Return a curve along ascending x, and what had to be turned or doubted on the way.

    Raises Unread for an x that no instrument has.
    """
    if not np.all(np.abs(x) < LARGEST_X):
        raise Unread("x is beyond all measure", offset_bytes=0)
    axis = Axis(x_name(unit_of_x), unit_of_x, x)
    values, axes, said = ascending(y, axis)
    return Channel(y_name(unit_of_y), unit_of_y, values, axes), (*doubts(y, unit_of_y), *said)


def doubts(values: Numbers, unit: str) -> tuple[Caution, ...]:
    """Return what a person should know of values: saturated ones, and gaps."""
    said = []
    saturated = int(np.count_nonzero(values == SATURATED_ABSORBANCE)) if unit == "A" else 0
    if saturated:
        counted = "1 value is" if saturated == 1 else f"{saturated:,} values are"
        said.append(Caution(f"{counted} exactly 10.0: the detector was saturated there"))
    gaps = np.flatnonzero(~np.isfinite(values))
    if len(gaps):
        counted = "1 value is no number and stays a gap" if len(gaps) == 1 else f"{len(gaps):,} values are no numbers"
        said.append(Caution(f"{counted}, the first at point {gaps[0] + 1:,}"))
    return tuple(said)
