"""The shapes that a line is fitted with, each a row: its parameters, its density, its maximum and its width."""

from collections.abc import Callable
from dataclasses import dataclass

from analysis.physics.fitting.problem import Floats, Parameter
from analysis.physics.lines.gaussian import gaussian_rows, two_gaussians_rows, two_sided_centroid_ev, two_sided_rows
from analysis.physics.lines.maximum import two_gaussians_summary
from analysis.physics.lines.voigt import voigt_fwhm_mev, voigt_rows

Rows = Callable[[Floats, Floats], tuple[Floats, Floats]]
# Values, shape (p,), to the energy of the maximum in eV, the FWHM in meV and the centroid in eV.
Summary = Callable[[Floats], tuple[float, float, float]]


@dataclass(frozen=True, slots=True)
class Room:
    """Where a line may lie: energies in eV, widths in meV."""

    low_ev: float
    high_ev: float
    least_mev: float
    most_mev: float


@dataclass(frozen=True, slots=True)
class Guess:
    """A first look at a line."""

    photons: float
    energy_ev: float
    fwhm_mev: float


@dataclass(frozen=True, slots=True)
class Shape:
    """One shape; `rows` gives density and derivatives, `summary` what is told of it."""

    name: str
    rows: Rows
    summary: Summary
    parameters: Callable[[Guess, Room], tuple[Parameter, ...]]


def amount(name: str, start: float) -> Parameter:
    """Return a number of photons, which is not negative."""
    return Parameter(name, start, 0.0, unit="counts")


def place(name: str, start: float, room: Room) -> Parameter:
    """Return an energy inside the data."""
    return Parameter(name, min(max(start, room.low_ev), room.high_ev), room.low_ev, room.high_ev, "eV")


def width(name: str, start: float, room: Room, *, least_mev: float | None = None) -> Parameter:
    """Return a width between a bin and the whole range."""
    least = room.least_mev if least_mev is None else least_mev
    return Parameter(name, min(max(start, least), room.most_mev), least, room.most_mev, "meV")


def gaussian_parameters(guess: Guess, room: Room) -> tuple[Parameter, ...]:
    """Return the parameters of one Gaussian."""
    return (
        amount("photons", guess.photons),
        place("energy", guess.energy_ev, room),
        width("fwhm", guess.fwhm_mev, room),
    )


def voigt_parameters(guess: Guess, room: Room) -> tuple[Parameter, ...]:
    """Return the parameters of a Voigt line, two thirds of it Gaussian at first."""
    return (
        amount("photons", guess.photons * 1.1),
        place("energy", guess.energy_ev, room),
        width("fwhm_gauss", guess.fwhm_mev * 0.8, room, least_mev=0.0),
        width("fwhm_lorentz", guess.fwhm_mev * 0.3, room, least_mev=0.0),
    )


def two_sided_parameters(guess: Guess, room: Room) -> tuple[Parameter, ...]:
    """Return the parameters of a line whose sides differ."""
    return (
        amount("photons", guess.photons),
        place("energy", guess.energy_ev, room),
        width("fwhm_low", guess.fwhm_mev, room),
        width("fwhm_high", guess.fwhm_mev, room),
    )


def two_gaussians_parameters(guess: Guess, room: Room) -> tuple[Parameter, ...]:
    """Return the parameters of a line and a weaker, wider one on its low-energy side."""
    second_ev = guess.energy_ev - guess.fwhm_mev * 1e-3
    return (
        *gaussian_parameters(guess, room),
        amount("photons2", guess.photons * 0.1),
        place("energy2", second_ev, room),
        width("fwhm2", guess.fwhm_mev * 1.2, room),
    )


SHAPES = {
    row.name: row
    for row in (
        Shape(
            "gaussian",
            gaussian_rows,
            lambda values: (float(values[1]), float(values[2]), float(values[1])),
            gaussian_parameters,
        ),
        Shape(
            "voigt",
            voigt_rows,
            lambda values: (float(values[1]), voigt_fwhm_mev(float(values[2]), float(values[3])), float(values[1])),
            voigt_parameters,
        ),
        Shape(
            "two-sided",
            two_sided_rows,
            lambda values: (float(values[1]), float(values[2] + values[3]) / 2, two_sided_centroid_ev(values)),
            two_sided_parameters,
        ),
        Shape("two gaussians", two_gaussians_rows, two_gaussians_summary, two_gaussians_parameters),
    )
}
