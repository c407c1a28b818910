"""Which axes a curve can be drawn along, in one table: from the unit of its file to the units a person may choose."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from measurements.axes.conversions import (
    Numbers,
    ev_to_nm,
    nm_to_ev,
    per_ev_to_per_nm,
    per_nm_to_per_ev,
    raman_shift_to_nm,
    two_theta_to_d,
    two_theta_to_q,
    wavenumber_to_nm,
)

# Techniques whose nanometres are lengths and no wavelengths.
LENGTHS = {"TEM image", "TEM edges"}
# Techniques whose values are a spectral density: counts per interval of the axis.
DENSITIES = {"PL", "PLQY", "TRPL", "ruby", "spectrum"}


class NotPossible(Exception):
    """An axis that a curve cannot be drawn along, and what is missing for it."""


@dataclass(frozen=True, slots=True)
class Line:
    """A curve's numbers on their way to the screen, with what was done to them in words."""

    x: Numbers
    y: Numbers
    x_name: str
    x_unit: str
    y_unit: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """What a conversion may need of the recording: its technique, and the wavelength of its laser or X-rays."""

    technique: str
    laser_nm: float | None = None
    x_ray_angstrom: float | None = None
    # Whether a density is to be per interval of the new axis, or keeps the values of the file.
    per_axis: bool = True


@dataclass(frozen=True, slots=True)
class AxisView:
    """One choice of axis."""

    key: str
    label: str
    unit: str
    from_units: tuple[str, ...]
    convert: Callable[[Line, Facts], Line]


def as_it_is(line: Line, _facts: Facts) -> Line:
    """Return a line along the axis of its file."""
    return line


def to_energy(line: Line, facts: Facts) -> Line:
    """Return a line along photon energy; what becomes of a density, per nm or per eV, is said."""
    line = to_wavelength(line, facts)
    y, notes = line.y, line.notes
    if facts.technique not in DENSITIES:
        notes = (*notes, "the values are no density along the axis: they stay as they are")
    elif facts.per_axis:
        y = per_nm_to_per_ev(line.y, line.x)
        notes = (*notes, "intensity per eV: multiplied by λ²/hc")
    else:
        notes = (*notes, "intensity as measured, per nm: not multiplied by λ²/hc")
    return turned(Line(nm_to_ev(line.x), y, "Energy", "eV", line.y_unit, notes))


def to_wavelength(line: Line, facts: Facts) -> Line:
    """Return a line along wavelength; a Raman shift needs the wavelength of its laser."""
    if line.x_unit == "nm":
        return line
    if line.x_unit == "eV":
        y, notes = line.y, line.notes
        if facts.per_axis and facts.technique in DENSITIES:
            y, notes = per_ev_to_per_nm(line.y, line.x), (*notes, "intensity per nm: multiplied by E²/hc")
        return turned(Line(ev_to_nm(line.x), y, "Wavelength", "nm", line.y_unit, notes))
    if facts.technique == "absorbance":
        return turned(Line(wavenumber_to_nm(line.x), line.y, "Wavelength", "nm", line.y_unit, line.notes))
    if facts.laser_nm is None:
        raise NotPossible("The file does not say the wavelength of the laser, which a Raman shift needs.")
    note = f"from Raman shift with the laser at {facts.laser_nm:g} nm"
    return turned(
        Line(raman_shift_to_nm(line.x, facts.laser_nm), line.y, "Wavelength", "nm", line.y_unit, (*line.notes, note))
    )


def to_q(line: Line, facts: Facts) -> Line:
    """Return a pattern along the scattering vector."""
    wavelength = x_ray_of(facts)
    note = f"q with λ = {wavelength:g} Å"
    return Line(two_theta_to_q(line.x, wavelength), line.y, "q", "1/Å", line.y_unit, (*line.notes, note))


def to_d(line: Line, facts: Facts) -> Line:
    """Return a pattern along the lattice spacing."""
    wavelength = x_ray_of(facts)
    above = line.x > 0
    note = f"d with λ = {wavelength:g} Å"
    spacings = two_theta_to_d(line.x[above], wavelength)
    return turned(Line(spacings, line.y[above], "d", "Å", line.y_unit, (*line.notes, note)))


def x_ray_of(facts: Facts) -> float:
    """Return the X-ray wavelength; without one nothing is assumed."""
    if facts.x_ray_angstrom is None:
        raise NotPossible("The wavelength of the X-rays is not known; give it on the measurement.")
    return facts.x_ray_angstrom


def turned(line: Line) -> Line:
    """Return a line with its axis rising."""
    if len(line.x) > 1 and line.x[0] > line.x[-1]:
        return Line(line.x[::-1], line.y[::-1], line.x_name, line.x_unit, line.y_unit, line.notes)
    return line


OPTICAL = ("nm", "eV", "1/cm")
AXIS_VIEWS = {
    view.key: view
    for view in (
        AxisView("file", "as in the file", "", (), as_it_is),
        AxisView("nm", "wavelength, nm", "nm", OPTICAL, to_wavelength),
        AxisView("ev", "energy, eV", "eV", OPTICAL, to_energy),
        AxisView("q", "q, 1/Å", "1/Å", ("deg",), to_q),
        AxisView("d", "d, Å", "Å", ("deg",), to_d),
    )
}


def views_for(x_unit: str) -> list[AxisView]:
    """Return the axes that a curve of this unit can be drawn along, its own first."""
    return [view for view in AXIS_VIEWS.values() if not view.from_units or x_unit in view.from_units]


def along(line: Line, key: str, facts: Facts) -> Line:
    """Return a line along a chosen axis; raises NotPossible, with what is missing."""
    view = AXIS_VIEWS.get(key)
    if view is None:
        raise NotPossible(f"There is no axis {key[:20]}.")
    if view.from_units and line.x_unit not in view.from_units:
        raise NotPossible(f"{line.x_name or 'This axis'} in {line.x_unit or 'no unit'} has no {view.label}.")
    if view.from_units == OPTICAL and facts.technique in LENGTHS:
        raise NotPossible("Its nanometres are lengths, no wavelengths.")
    with np.errstate(divide="ignore", invalid="ignore"):
        return view.convert(line, facts)
