"""Points along a ladder, made for the methods that fit laws to them."""

from collections.abc import Mapping

import numpy as np

from analysis.methods.contract import Outcome, Points, Result, SettingValue, Work
from analysis.methods.running import run_method
from analysis.physics.fitting.problem import Floats
from analysis.quantities import QUANTITIES

TEMPERATURES_K = np.arange(80.0, 301.0, 20.0)
ENERGIES_EV = np.array([
    1.76078, 1.77018, 1.77959, 1.78653, 1.79295, 1.79696, 1.80686, 1.81265, 1.81881, 1.82425, 1.83144, 1.83768,
])  # fmt: skip
WIDTHS_MEV = np.array([
    42.072, 42.827, 44.555, 45.964, 48.718, 50.741, 52.915, 56.303, 58.751, 61.422, 63.609, 66.912,
])  # fmt: skip
INTENSITIES = 1e5 * np.array([
    1.00228, 0.99845, 0.97495, 0.92545, 0.86387, 0.73319, 0.63157, 0.53804, 0.44665, 0.36903, 0.31854, 0.26722,
])  # fmt: skip
PRESSURES_GPA = np.array([0, 0.1, 0.2, 0.3, 0.4, 0.6, 0.8, 1.0, 1.3, 1.6, 2.0])
PEAKS_EV = np.array([1.8, 1.7928, 1.7874, 1.7843, 1.781, 1.7846, 1.7886, 1.7917, 1.7974, 1.8017, 1.811])


def points(
    x: Floats, x_unit: str, y: Floats, y_unit: str, stderr: float | Floats | None = None, *,
    labels: tuple[str, ...] = (), x_stderr: float | None = None,
) -> Points:  # fmt: skip
    """Return points with one error for all, one each, or none."""
    count = len(x)
    errors = np.full(count, np.nan) if stderr is None else np.broadcast_to(np.asarray(stderr, dtype=float), count)
    along = np.full(count, np.nan if x_stderr is None else x_stderr)
    return Points(np.asarray(x, dtype=float), along, x_unit, np.asarray(y, dtype=float), errors, y_unit, labels)


def told_by(
    method: str, role: str, given: Points | None, settings: Mapping[str, SettingValue] | None = None
) -> Outcome:
    """Return what a method tells of points; every result it tells must be a known quantity in its unit."""
    work = Work(points={} if given is None else {role: given}, settings=settings or {})
    told = run_method(method, work)
    for one in told.results:
        assert one.unit == QUANTITIES[one.name].unit
    return told


def result(told: Outcome, name: str) -> Result:
    """Return one result."""
    return next(one for one in told.results if one.name == name)


def value(told: Outcome, name: str) -> float:
    """Return the number of one result."""
    found = result(told, name).value
    assert found is not None
    return found


def codes(told: Outcome, *, is_grave: bool | None = None) -> set[str]:
    """Return the codes of the flags."""
    return {one.code for one in told.flags if is_grave is None or one.is_grave == is_grave}
