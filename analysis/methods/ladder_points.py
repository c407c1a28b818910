"""Points along a ladder as they are fitted: in one unit, in order, with what was missing or doubled said."""

from dataclasses import dataclass

import numpy as np

from analysis.methods.contract import Flag, Points, Work
from analysis.physics.fitting.problem import Floats
from analysis.physics.pressure.units import in_gpa
from analysis.physics.refusing import CannotAnalyse

EV_PER = {"eV": 1.0, "meV": 1e-3}
NS_PER = {"ns": 1.0, "ps": 1e-3, "µs": 1e3, "us": 1e3}
# A gap or peak of visible light lies between these in eV.
PEAK_EV, WIDTH_MEV = (0.3, 10.0), (0.01, 2000.0)
# No anvil reaches more, so that such pressures are in another unit.
MOST_GPA = 500.0
NOT_STATED = "The unit of {what} is not stated; {unit} was taken. State it in the table."


@dataclass(frozen=True, slots=True, eq=False)
class Ladder:
    """Points in ascending order of x, all of shape (n,); `y_stderrs` is None when not every point has one."""

    x: Floats
    x_stderrs: Floats
    y: Floats
    y_stderrs: Floats | None
    labels: tuple[str, ...]
    flags: tuple[Flag, ...]

    def part(self, is_chosen: np.ndarray) -> "Ladder":
        """Return some of the points."""
        return Ladder(
            self.x[is_chosen], self.x_stderrs[is_chosen], self.y[is_chosen],
            None if self.y_stderrs is None else self.y_stderrs[is_chosen],
            tuple(label for label, chosen in zip(self.labels, is_chosen, strict=True) if chosen), self.flags,
        )  # fmt: skip


def points_of(work: Work, role: str) -> Points:
    """Return the points of a role; raises CannotAnalyse without any."""
    points = work.points.get(role)
    if points is None or not len(points.x):
        raise CannotAnalyse("There are no points to fit; give a series or a table of x, y and their errors.")
    sizes = {len(one) for one in (points.x, points.x_stderr, points.y, points.y_stderr)}
    if len(sizes) > 1 or (points.labels and len(points.labels) != len(points.x)):
        raise CannotAnalyse("The columns of the table are not equally long; complete its rows.")
    return points


def temperature_ladder(points: Points) -> tuple[Points, tuple[Flag, ...]]:
    """Return points over kelvins; degrees Celsius are refused, not converted, since one of both may be a slip."""
    if points.x_unit == "K":
        return points, ()
    if points.x_unit:
        raise CannotAnalyse(f"Temperatures are in “{points.x_unit}”; give them in K, the sample's if it is known.")
    return points, (Flag("unit_not_stated", NOT_STATED.format(what="the temperatures", unit="K")),)


def pressure_ladder(points: Points) -> tuple[Floats, Floats, tuple[Flag, ...]]:
    """Return pressures and their errors in GPa."""
    if points.x_unit:
        return in_gpa(points.x, points.x_unit), in_gpa(points.x_stderr, points.x_unit), ()
    if np.nanmax(np.abs(points.x)) > MOST_GPA:
        raise CannotAnalyse(f"Pressures up to {np.nanmax(np.abs(points.x)):g} are not in GPa; state their unit.")
    return points.x, points.x_stderr, (Flag("unit_not_stated", NOT_STATED.format(what="the pressures", unit="GPa")),)


def energies_ev(points: Points) -> tuple[Floats, Floats, tuple[Flag, ...]]:
    """Return peak energies and errors in eV; wavelengths are refused, since a mean of nm is no mean of eV."""
    values, stderrs, flags = in_unit(points, EV_PER, "eV", "the energies")
    check_between(values, PEAK_EV, "peak energies in eV")
    return values, stderrs, flags


def widths_mev(points: Points) -> tuple[Floats, Floats, tuple[Flag, ...]]:
    """Return linewidths and errors in meV."""
    if not points.y_unit:
        raise CannotAnalyse("State the unit of the linewidths in the table: meV or eV.")
    values, stderrs, flags = in_unit(points, EV_PER, "eV", "the linewidths")
    check_between(values * 1e3, WIDTH_MEV, "linewidths in meV")
    return values * 1e3, stderrs * 1e3, flags


def in_unit(points: Points, sizes: dict[str, float], usual: str, what: str) -> tuple[Floats, Floats, tuple[Flag, ...]]:
    """Return values and errors in the unit of size one; an unstated unit is taken as the usual one and said."""
    if points.y_unit and points.y_unit not in sizes:
        raise CannotAnalyse(f"{what[0].upper()}{what[1:]} are in “{points.y_unit}”; give them in {' or '.join(sizes)}.")
    size = sizes[points.y_unit or usual]
    flags = () if points.y_unit else (Flag("unit_not_stated", NOT_STATED.format(what=what, unit=usual)),)
    return points.y * size, points.y_stderr * size, flags


def check_between(values: Floats, ends: tuple[float, float], what: str) -> None:
    """Refuse values that cannot be in their unit."""
    known = values[np.isfinite(values)]
    if len(known) and not (known.min() >= ends[0] and known.max() <= ends[1]):
        raise CannotAnalyse(
            f"{what[0].upper()}{what[1:]} lie between {ends[0]:g} and {ends[1]:g}, but these run from {known.min():g}"
            f" to {known.max():g}: some are in another unit."
        )


def ladder(
    points: Points, x: Floats, x_stderrs: Floats, y: Floats, y_stderrs: Floats, *, flags: tuple[Flag, ...] = ()
) -> Ladder:
    """Return the points that are numbers in order of x, with what was left out or doubled as flags."""
    is_number = np.isfinite(x) & np.isfinite(y)
    missing_count = int((~is_number).sum())
    if missing_count:
        flags = (*flags, Flag("missing_points", f"{missing_count} of {len(x)} points have no value and were left out."))
    order = np.flatnonzero(is_number)[np.argsort(x[is_number], kind="stable")]
    labels = tuple(points.labels[index] for index in order) if points.labels else ("",) * len(order)
    x, y = x[order], y[order]
    check_different(x, y)
    errors, said = known_errors(y_stderrs[order])
    return Ladder(x, x_stderrs[order], y, errors, labels, (*flags, *said, *doubled(x, labels)))


def check_different(x: Floats, y: Floats) -> None:
    """Refuse points that are one place, or one value."""
    if len(x) < 2:
        raise CannotAnalyse(f"{len(x)} points are too few for a law along a series; measure more rungs.")
    if np.ptp(x) == 0:
        raise CannotAnalyse("All points lie at one and the same place of the series; check its rungs.")
    if np.ptp(y) == 0:
        raise CannotAnalyse("All values are equal, which no measurement is; check the column.")


def known_errors(stderrs: Floats) -> tuple[Floats | None, tuple[Flag, ...]]:
    """Return the errors if every point has one above zero, else none, said where only some have."""
    is_known = np.isfinite(stderrs) & (stderrs > 0)
    if is_known.all():
        return stderrs, ()
    if not is_known.any() and not np.isfinite(stderrs).any():
        return None, ()
    count = int((~is_known).sum())
    text = f"{count} points have no error above zero, so all are fitted with equal weights; state every error."
    return None, (Flag("some_without_error", text),)


def doubled(x: Floats, labels: tuple[str, ...]) -> tuple[Flag, ...]:
    """Return a flag for rungs that are there more than once on one branch."""
    seen: dict[tuple[float, str], int] = {}
    for place, label in zip(x, labels, strict=True):
        seen[float(place), label] = seen.get((float(place), label), 0) + 1
    twice = sorted({place for (place, _), count in seen.items() if count > 1})
    if not twice:
        return ()
    told = ", ".join(f"{place:g}" for place in twice)
    return (Flag("doubled_points", f"There are several points at {told}; all are used, so leave out copies."),)
