"""A pressure series of peaks becomes slopes and a kink, compression and release apart."""

import numpy as np
import pytest

from analysis.methods.contract import Outcome, Points, SettingValue
from tests.analysis.methods.ladders_making import PEAKS_EV, PRESSURES_GPA, codes, points, result, told_by, value

UP = ("compression",) * 11


def shift(given: Points, **settings: SettingValue) -> Outcome:
    return told_by("pressure_shift", "energies", given, settings)


def test_the_check_of_the_specification_comes_out() -> None:
    told = shift(points(PRESSURES_GPA, "GPa", PEAKS_EV, "eV", labels=UP))

    assert told.flags == ()
    assert value(told, "pressure_kink") == pytest.approx(0.35886030, rel=1e-5)
    assert value(told, "pressure_slope_below") == pytest.approx(-52.500001, rel=1e-5)
    assert value(told, "pressure_slope_above") == pytest.approx(18.288660, rel=1e-5)
    assert (told.statistics["kink_95_low_gpa"], told.statistics["kink_95_high_gpa"]) == pytest.approx(
        (0.3224, 0.4053), abs=1e-4
    )
    kink = result(told, "pressure_kink")
    assert kink.low is not None
    assert kink.high is not None
    assert 0.3224 < kink.low < 0.3589 < kink.high < 0.4053
    assert [one.name for one in told.alternatives] == ["kink", "quadratic", "line"]
    assert [one.aicc for one in told.alternatives] == pytest.approx([-135.8906, -107.4748, -101.6370], abs=1e-4)


def test_kbar_is_a_tenth_of_a_gpa() -> None:
    told = shift(points(PRESSURES_GPA * 10, "kbar", PEAKS_EV, "eV"))

    assert value(told, "pressure_kink") == pytest.approx(0.35886030, rel=1e-5)


def test_a_straight_series_is_told_as_a_line() -> None:
    noise = np.random.default_rng(3).normal(0.0, 2e-4, 11)

    told = shift(points(PRESSURES_GPA, "GPa", 1.8 - 0.03 * PRESSURES_GPA + noise, "eV", 2e-4))

    assert value(told, "pressure_slope") == pytest.approx(-30.0, abs=0.5)
    assert "pressure_kink" not in {one.name for one in told.results}
    assert "no kink is supported" in told.says


def test_two_points_on_one_side_say_that_the_kink_is_not_identifiable() -> None:
    pressures = np.array([0.0, 0.3, 0.6, 0.9, 1.2, 1.5, 1.8, 2.1])
    energies = 1.8 - 0.05 * pressures + 0.07 * np.maximum(pressures - 0.4, 0.0)

    told = shift(points(pressures, "GPa", energies, "eV", 1e-4))

    assert "kink_not_identifiable" in codes(told)
    assert "Kink not identifiable" in next(one.text for one in told.flags if one.code == "kink_not_identifiable")
    assert "pressure_kink" not in {one.name for one in told.results}


def test_five_points_are_fitted_by_a_line() -> None:
    told = shift(points(PRESSURES_GPA[:5], "GPa", PEAKS_EV[:5], "eV"))

    assert {one.name for one in told.results} == {"energy_zero_pressure", "pressure_slope"}


def test_release_is_fitted_on_its_own_and_its_return_compared() -> None:
    down = np.array([1.6, 0.8, 0.0])
    pressures = np.concatenate((PRESSURES_GPA, down))
    energies = np.concatenate((PEAKS_EV, [1.79, 1.78, 1.77]))
    labels = (*UP, "release", "release", "release")

    told = shift(points(pressures, "GPa", energies, "eV", 5e-4, labels=labels))

    assert value(told, "pressure_kink") == pytest.approx(0.3589, abs=0.01)
    assert "hysteresis" in codes(told)
    assert {row[0] for row in told.tables[0].rows} == {"compression", "release"}
    assert [row[0] for row in told.tables[1].rows] == [0.0, 0.8, 1.6]
    assert told.statistics["release_count"] == 3


def test_one_released_point_is_compared_and_not_fitted() -> None:
    pressures, energies = np.append(PRESSURES_GPA, 0.01), np.append(PEAKS_EV, 1.7995)

    told = shift(points(pressures, "GPa", energies, "eV", 1e-3, labels=(*UP, "release")))

    assert {row[0] for row in told.tables[0].rows} == {"compression"}
    assert told.tables[1].rows[0][2] == pytest.approx(0.0, abs=0.2)
    assert "hysteresis" not in codes(told)


def test_the_errors_of_the_pressures_count() -> None:
    bare = shift(points(PRESSURES_GPA, "GPa", PEAKS_EV, "eV", 8e-4, labels=UP))
    told = shift(points(PRESSURES_GPA, "GPa", PEAKS_EV, "eV", 8e-4, labels=UP, x_stderr=0.03))

    wide, narrow = result(told, "pressure_slope_below").stderr, result(bare, "pressure_slope_below").stderr
    assert wide is not None
    assert narrow is not None
    assert wide > 1.5 * narrow
    assert told.statistics["pressure_errors"] == "effective variance"


def test_a_missing_and_a_doubled_rung_are_said() -> None:
    pressures, energies = np.append(PRESSURES_GPA, 2.0), np.append(PEAKS_EV, 1.8112)
    energies[6] = np.nan

    told = shift(points(pressures, "GPa", energies, "eV", 1e-3))

    assert codes(told) >= {"missing_points", "doubled_points"}
    assert codes(told, is_grave=True) == set()


@pytest.mark.parametrize(
    ("given", "advice"),
    [
        (points(PRESSURES_GPA, "psi", PEAKS_EV, "eV"), "cannot be read"),
        (points(PRESSURES_GPA, "GPa", 1239.84 / PEAKS_EV, "nm"), "eV or meV"),
        (points(PRESSURES_GPA, "GPa", 1239.84 / PEAKS_EV, "eV"), "another unit"),
        (points(PRESSURES_GPA[:2], "GPa", PEAKS_EV[:2], "eV"), "too few"),
        (points(np.ones(11), "GPa", PEAKS_EV, "eV"), "one and the same place"),
        (points(PRESSURES_GPA, "GPa", np.full(11, 1.8), "eV"), "All values are equal"),
        (points(PRESSURES_GPA, "GPa", PEAKS_EV, "eV", labels=("release",) * 11), "on compression"),
    ],
)
def test_what_is_no_pressure_series_is_refused_with_advice(given: Points, advice: str) -> None:
    assert advice in shift(given).refused
