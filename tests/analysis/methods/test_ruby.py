"""A ruby spectrum becomes a pressure, or says what it needs and what is wrong with it."""

import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest

from analysis.methods.contract import Outcome, SettingValue, Signal, Work
from analysis.methods.running import run_method
from analysis.quantities import QUANTITIES
from measurements.readers.reading import read_source
from measurements.readers.source import Source
from tests.analysis.physics.ruby.making import WAVELENGTHS_NM, made_ruby

STATED: Mapping[str, SettingValue] = {"lambda0_nm": 694.24, "scale": "Mao1986"}


def signal(values: np.ndarray, x: np.ndarray = WAVELENGTHS_NM, unit: str = "nm", name: str = "") -> Signal:
    return Signal(np.asarray(values), "counts", x, unit, x_name=name, technique="ruby")


def ruby(one: Signal, method: str = "ruby", **settings: SettingValue) -> Outcome:
    stated = settings if method != "ruby" else {**STATED, **settings}
    return run_method(method, Work({"ruby": (one,)}, settings=stated))


def value(outcome: Outcome, name: str) -> float:
    found = next(one.value for one in outcome.results if one.name == name)
    assert found is not None
    return found


def codes(outcome: Outcome, *, is_grave: bool | None = None) -> set[str]:
    return {one.code for one in outcome.flags if is_grave is None or one.is_grave == is_grave}


def test_a_good_spectrum_gives_pressure_lines_and_limit_without_any_flag() -> None:
    told = ruby(signal(made_ruby()))

    assert told.refused == ""
    assert told.flags == ()
    assert value(told, "pressure") == pytest.approx(0.98903, abs=0.02)
    assert {one.name: one.unit for one in told.results} == {
        name: QUANTITIES[name].unit
        for name in (
            "pressure", "ruby_r1", "ruby_r1_fwhm", "ruby_r2", "ruby_r2_fwhm", "ruby_splitting",
            "pressure_detection_limit",
        )
    }  # fmt: skip
    assert len(told.tables[0].rows) == 3
    assert told.plots[0].residuals is not None
    assert told.statistics["stderr_holds"] == "fit"
    assert len(told.parameters) == len(told.covariance) == 9


def test_trap_02_lambda0_is_asked_for_and_never_assumed() -> None:
    told = run_method("ruby", Work({"ruby": (signal(made_ruby()),)}, settings={"scale": "Mao1986"}))

    assert "lambda0_nm" in told.refused
    assert told.results == ()


def test_the_scale_is_asked_for() -> None:
    told = run_method("ruby", Work({"ruby": (signal(made_ruby()),)}, settings={"lambda0_nm": 694.24}))

    assert "scale" in told.refused
    assert "Mao1986, Ruby2020" in told.refused


def test_trap_04_a_raman_shift_needs_its_laser_and_is_not_taken_as_nm() -> None:
    shifts = 1e7 / 532.0 - 1e7 / WAVELENGTHS_NM

    asked = ruby(signal(made_ruby(), shifts, "1/cm"))
    told = ruby(signal(made_ruby(), shifts, "1/cm"), laser_nm=532.0)
    mistaken = ruby(signal(made_ruby(), shifts, "nm"))

    assert "laser_nm" in asked.refused
    assert value(told, "ruby_r1") == pytest.approx(694.6, abs=0.005)
    assert "Raman shift" in mistaken.refused


def test_a_shift_axis_that_runs_downwards_gives_the_same() -> None:
    shifts = (1e7 / 532.0 - 1e7 / WAVELENGTHS_NM)[::-1]

    told = ruby(signal(made_ruby()[::-1], shifts, "1/cm"), laser_nm=532.0)

    assert value(told, "ruby_r1") == pytest.approx(value(ruby(signal(made_ruby())), "ruby_r1"), rel=1e-9)


def test_trap_01_lambda0_in_vacuum_is_converted_for_a_spectrum_in_air() -> None:
    vacuum_nm = 694.24 * (1 + 2.758567e-4)

    told = ruby(signal(made_ruby()), lambda0_nm=vacuum_nm, lambda0_medium="vacuum", medium="air")
    mixed = ruby(signal(made_ruby(r1_nm=694.24)), lambda0_nm=vacuum_nm)

    assert value(told, "pressure") == pytest.approx(value(ruby(signal(made_ruby())), "pressure"), rel=1e-6)
    assert codes(mixed, is_grave=True) == {"negative_pressure"}


def test_trap_05_a_cold_ruby_asks_where_lambda0_was_measured() -> None:
    asked = ruby(signal(made_ruby()), temperature_k=80.0)
    told = ruby(signal(made_ruby()), temperature_k=306.0, lambda0_temperature_k=296.0)

    assert "lambda0_temperature_k" in asked.refused
    assert value(told, "pressure") == pytest.approx(0.989 - 0.2039, abs=0.02)
    assert told.statistics["splitting_expected_nm"] == pytest.approx(1.43, abs=0.02)
    assert "Datchi" in str(told.statistics["temperature"])


def test_the_stated_errors_of_lambda0_and_calibration_widen_the_error() -> None:
    told = ruby(signal(made_ruby()), lambda0_stderr_nm=0.01, calibration_stderr_nm=0.01)

    assert told.results[0].stderr == pytest.approx(0.0391, rel=0.03)
    assert told.statistics["stderr_fit_gpa"] == pytest.approx(0.003, rel=0.5)
    assert "lambda0_stderr_nm" in str(told.statistics["stderr_holds"])


def test_the_scale_chosen_is_the_one_in_the_results() -> None:
    mao, shen = ruby(signal(made_ruby())), ruby(signal(made_ruby()), scale="Ruby2020")

    assert value(shen, "pressure") / value(mao, "pressure") == pytest.approx(0.9833, abs=1e-3)
    assert shen.statistics["stderr_scale_gpa"] == pytest.approx(0.0053, rel=0.05)
    assert mao.statistics["stderr_scale_gpa"] is None


@pytest.mark.parametrize(
    ("counts", "code"),
    [
        (np.minimum(made_ruby(height=80000.0), 65535.0), "saturated"),
        (made_ruby(r1_nm=699.8), "at_edge"),
        (made_ruby(r2_ratio=0.0), "one_line"),
        (made_ruby(fwhm_nm=2.4, height=100.0), "unresolved"),
        (made_ruby(r2_ratio=1.6), "swapped"),
        (made_ruby(r1_nm=694.0), "negative_pressure"),
    ],
)
def test_what_makes_a_pressure_unbelievable_is_a_grave_flag(counts: np.ndarray, code: str) -> None:
    told = ruby(signal(counts))

    assert code in codes(told, is_grave=True)


def test_one_line_of_the_doublet_tells_no_splitting() -> None:
    told = ruby(signal(made_ruby(r2_ratio=0.0)))

    assert {one.name for one in told.results} == {
        "pressure", "ruby_r1", "ruby_r1_fwhm", "pressure_detection_limit",
    }  # fmt: skip


def test_a_little_below_zero_is_told_but_not_grave() -> None:
    told = ruby(signal(made_ruby(r1_nm=694.24)), lambda0_nm=694.2435)

    assert codes(told, is_grave=False) <= {"negative_pressure"}
    assert codes(told, is_grave=True) == set()


def test_trap_13_counts_after_background_subtraction_are_not_taken_for_poisson() -> None:
    told = ruby(signal(made_ruby() - 150.3))

    assert codes(told) == {"not_raw_counts"}
    assert told.statistics["likelihood"] == "unknown standard error"
    assert told.statistics["covariance"] == "scaled"
    assert value(told, "ruby_r1") == pytest.approx(694.6, abs=0.01)


def test_a_few_missing_values_are_left_out_and_many_are_refused() -> None:
    few, many = made_ruby(), made_ruby()
    few[[3, 90]], many[:100] = np.nan, np.nan

    told, refused = ruby(signal(few)), ruby(signal(many))

    assert codes(told) == {"missing_values"}
    assert "no numbers" in refused.refused


@pytest.mark.parametrize(
    ("one", "advice"),
    [
        (signal(np.zeros(441)), "No ruby line stands out"),
        (signal(np.full(441, 7.0)), "No ruby line stands out"),
        (signal(made_ruby()[:10], WAVELENGTHS_NM[:10]), "too few"),
        (signal(made_ruby(), WAVELENGTHS_NM - 200.0), "where ruby has no line"),
        (signal(made_ruby(), unit="eV"), "needs nm"),
        (signal(np.tile(made_ruby(), (3, 1))), "choose one row"),
    ],
)
def test_what_is_no_ruby_spectrum_is_refused_with_advice(one: Signal, advice: str) -> None:
    assert advice in ruby(one).refused


def test_a_unit_in_the_name_of_the_axis_is_read() -> None:
    told = ruby(signal(made_ruby(), unit="", name="wavelength_air_nm"))

    assert told.refused == ""


def test_an_ambient_ruby_gives_lambda0_without_any_pressure() -> None:
    told = ruby(signal(made_ruby(r1_nm=694.24)), "ruby_lambda0")

    assert value(told, "ruby_r1") == pytest.approx(694.24, abs=0.005)
    assert "pressure" not in {one.name for one in told.results}


def test_the_ruby_files_of_the_campaign_agree_with_its_answer_key(shared_data: Path) -> None:
    campaign = shared_data / "campaign"
    key = json.loads((campaign / "truth.json").read_text())
    files = {name: truth for name, truth in key["files"].items() if truth.get("technique") == "ruby"}
    pulls = []
    for name, truth in files.items():
        with Source.of_path(campaign / name) as source:
            channel = read_source(source).recordings[0].channels[0]
        one = signal(np.asarray(channel.values, dtype=float), np.asarray(channel.x.values), channel.x.unit)

        told = ruby(
            one, laser_nm=truth["laser_nm"], lambda0_nm=truth["lambda0_nm"], temperature_k=truth["temperature_K"]
        )

        assert told.refused == ""
        assert codes(told, is_grave=True) == set()
        first = told.results[0]
        assert first.value is not None
        assert first.stderr is not None
        pulls.append((first.value - truth["pressure_GPa"]["Mao1986"]) / first.stderr)

    assert np.abs(pulls).max() < 4.5
    assert np.std(pulls) == pytest.approx(1.0, abs=4 / (2 * len(pulls)) ** 0.5)
