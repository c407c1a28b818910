"""A temperature series of peaks becomes the gap's law, in both readings of Table S1."""

from collections.abc import Mapping

import numpy as np
import pytest

from analysis.methods.contract import Outcome, Points, SettingValue
from analysis.physics.temperature.gap import design
from tests.analysis.methods.ladders_making import ENERGIES_EV, TEMPERATURES_K, codes, points, result, told_by, value

STATED: Mapping[str, SettingValue] = {"phonon_energy_mev": 35.0, "reading": "Eg(0)"}


def gap(given: Points, **settings: SettingValue) -> Outcome:
    return told_by("gap_against_temperature", "energies", given, {**STATED, **settings})


def test_the_check_of_the_specification_comes_out_without_a_flag() -> None:
    told = gap(points(TEMPERATURES_K, "K", ENERGIES_EV, "eV", 1e-3))

    assert told.refused == ""
    assert told.flags == ()
    assert value(told, "gap_e0") == pytest.approx(1.764993624, rel=1e-8)
    assert result(told, "gap_e0").stderr == pytest.approx(0.006509437, rel=1e-6)
    assert value(told, "gap_zero_temperature") == pytest.approx(1.724749546, rel=1e-8)
    assert result(told, "gap_zero_temperature").stderr == pytest.approx(0.002982554, rel=1e-6)
    assert told.statistics["stderr_scaled_e0_ev"] == pytest.approx(0.007634840, rel=1e-6)
    assert told.statistics["covariance"] == "not scaled"
    assert value(told, "gap_slope_300k") == pytest.approx(0.2974, abs=1e-4)


def test_trap_23_the_reading_of_the_column_is_asked_for() -> None:
    told = told_by(
        "gap_against_temperature", "energies", points(TEMPERATURES_K, "K", ENERGIES_EV, "eV", 1e-3),
        {"phonon_energy_mev": 35.0},
    )  # fmt: skip

    assert "reading" in told.refused
    assert "E0, Eg(0)" in told.refused


def test_the_reading_decides_which_number_the_sentence_tells() -> None:
    given = points(TEMPERATURES_K, "K", ENERGIES_EV, "eV", 1e-3)

    as_e0, as_eg0 = gap(given, reading="E0"), gap(given)

    assert "1.765" in as_e0.says
    assert "1.725" in as_eg0.says


def test_the_phonon_energy_is_asked_for() -> None:
    told = told_by(
        "gap_against_temperature", "energies", points(TEMPERATURES_K, "K", ENERGIES_EV, "eV", 1e-3),
        {"reading": "E0"},
    )  # fmt: skip

    assert "phonon_energy_mev" in told.refused


def test_the_error_of_the_phonon_energy_widens_the_errors() -> None:
    given = points(TEMPERATURES_K, "K", ENERGIES_EV, "eV", 1e-3)

    sure, unsure = gap(given), gap(given, phonon_energy_stderr_mev=4.0)

    wide, narrow = result(unsure, "gap_e0").stderr, result(sure, "gap_e0").stderr
    assert wide is not None
    assert narrow is not None
    assert wide**2 - narrow**2 == pytest.approx(
        float(unsure.statistics["stderr_from_phonon_gap_e0"] or 0) ** 2, rel=1e-6
    )


def test_errors_of_fits_get_the_scatter_that_the_points_show() -> None:
    errors = np.linspace(1e-5, 3e-5, 12)

    told = gap(points(TEMPERATURES_K, "K", ENERGIES_EV, "eV", errors))

    assert told.flags == ()
    assert "scatter by 0.0012 eV" in told.says
    assert told.statistics["scatter_ev"] == pytest.approx(1.17e-3, rel=0.01)
    one = result(told, "gap_e0")
    assert one.stderr is not None
    assert one.high is not None
    assert one.stderr == pytest.approx(0.007634840 * (9 / 7) ** 0.5, rel=1e-3)
    assert one.high - value(told, "gap_e0") == pytest.approx(0.007634840 * 1.0587, rel=1e-3)


def test_stated_errors_that_chi2_speaks_against_are_flagged_and_widened() -> None:
    told = gap(points(TEMPERATURES_K, "K", ENERGIES_EV, "eV", 1e-4))

    assert codes(told) == {"extra_scatter"}
    assert codes(told, is_grave=True) == set()
    assert told.statistics["scale_factor"] == pytest.approx(11.73, abs=0.01)


def test_millielectronvolts_and_electronvolts_give_the_same() -> None:
    in_ev, in_mev = (
        gap(points(TEMPERATURES_K, "K", ENERGIES_EV * size, unit, 1e-3 * size))
        for unit, size in (("eV", 1.0), ("meV", 1e3))
    )

    assert value(in_mev, "gap_e0") == pytest.approx(value(in_ev, "gap_e0"), rel=1e-9)


def test_the_sign_of_the_shift_is_told_from_the_data_alone_too() -> None:
    rising, falling = (
        gap(points(TEMPERATURES_K, "K", energies, "eV", 1e-3)) for energies in (ENERGIES_EV, ENERGIES_EV[::-1])
    )

    assert rising.statistics["data_slope_mev_per_k"] == pytest.approx(0.31, abs=0.02)
    assert "rises with temperature" in rising.says
    assert float(falling.statistics["data_slope_mev_per_k"] or 0) < 0
    assert "falls with temperature" in falling.says


@pytest.mark.parametrize(
    ("given", "advice"),
    [
        (points(TEMPERATURES_K - 273.15, "°C", ENERGIES_EV, "eV"), "give them in K"),
        (points(TEMPERATURES_K - 273.15, "K", ENERGIES_EV, "eV"), "these are not K"),
        (points(TEMPERATURES_K, "K", 1239.84 / ENERGIES_EV, "nm"), "eV or meV"),
        (points(TEMPERATURES_K, "K", np.where(TEMPERATURES_K > 200, 1e3, 1.0) * ENERGIES_EV, "eV"), "another unit"),
        (points(TEMPERATURES_K[:3], "K", ENERGIES_EV[:3], "eV"), "too few"),
        (points(TEMPERATURES_K, "K", np.full(12, 1.8), "eV"), "All values are equal"),
        (points(np.full(12, 300.0), "K", ENERGIES_EV, "eV"), "one and the same place"),
        (points(TEMPERATURES_K, "K", np.full(12, np.nan), "eV"), "too few"),
        (points(TEMPERATURES_K[:0], "K", ENERGIES_EV[:0], "eV"), "no points"),
    ],
)
def test_trap_25_what_cannot_be_a_series_in_kelvin_and_ev_is_refused_with_advice(given: Points, advice: str) -> None:
    assert advice in gap(given).refused


def test_a_missing_rung_a_doubled_one_and_one_without_error_are_said() -> None:
    temperatures, energies = np.append(TEMPERATURES_K, 300.0), np.append(ENERGIES_EV, 1.8375)
    errors = np.full(13, 1e-3)
    energies[4], errors[2] = np.nan, np.nan

    told = gap(points(temperatures, "K", energies, "eV", errors))

    assert codes(told) >= {"missing_points", "doubled_points", "some_without_error"}
    assert codes(told, is_grave=True) == set()
    assert told.statistics["covariance"] == "scaled"


def test_points_out_of_order_give_the_same() -> None:
    turned = gap(points(TEMPERATURES_K[::-1], "K", ENERGIES_EV[::-1], "eV", 1e-3))

    assert value(turned, "gap_e0") == pytest.approx(1.764993624, rel=1e-8)


def test_an_unstated_unit_is_taken_and_said() -> None:
    told = gap(points(TEMPERATURES_K, "", ENERGIES_EV, "", 1e-3))

    assert codes(told) == {"unit_not_stated"}
    assert told.refused == ""


def test_exact_energies_are_recovered() -> None:
    energies = design(TEMPERATURES_K, 0.04) @ np.array([1.9, 2.5e-4, -0.06])

    told = gap(points(TEMPERATURES_K, "K", energies, "eV"), phonon_energy_mev=40.0)

    assert value(told, "gap_e0") == pytest.approx(1.9, rel=1e-9)
    assert value(told, "gap_expansion") == pytest.approx(2.5e-4, rel=1e-8)
    assert value(told, "gap_phonon") == pytest.approx(-0.06, rel=1e-8)
