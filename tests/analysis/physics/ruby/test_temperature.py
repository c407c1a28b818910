"""The lines of ruby move with temperature as Datchi and Ragan found."""

import pytest

from analysis.physics.refusing import CannotAnalyse
from analysis.physics.ruby.errors import Reference, pressure_on
from analysis.physics.ruby.temperature import (
    datchi_shift_nm,
    datchi_slope_nm_per_k,
    lambda0_at_nm,
    ragan_r1_per_cm,
    ragan_r2_per_cm,
    ragan_splitting_nm,
)


def test_datchi_gives_the_shifts_of_the_specification() -> None:
    shifts_nm = [datchi_shift_nm(at) for at in (306.0, 323.15, 200.0, 77.0)]

    assert shifts_nm == pytest.approx([0.07430776, 0.200495574, -0.554525491, -0.885213045], rel=1e-8)


def test_ragan_gives_the_wavenumbers_of_the_specification() -> None:
    assert ragan_r1_per_cm(296.0) == pytest.approx(14403.768742656, rel=1e-12)
    assert ragan_r1_per_cm(300.0) == pytest.approx(14403.197, rel=1e-12)
    assert ragan_r2_per_cm(300.0) == pytest.approx(14432.965, rel=1e-12)


def test_the_splitting_without_pressure_is_about_one_and_a_half_nanometres() -> None:
    assert ragan_splitting_nm(296.0) == pytest.approx(1.43, abs=0.02)


def test_trap_05_ten_kelvin_that_are_ignored_are_a_fifth_of_a_gpa() -> None:
    warm_nm = lambda0_at_nm(694.24, 296.0, 306.0)

    ignored = pressure_on("Mao1986", warm_nm, 0.0, Reference(694.24))
    corrected = pressure_on("Mao1986", warm_nm, 0.0, Reference(694.24, measured_at_k=296.0, temperature_k=306.0))

    assert ignored.value_gpa == pytest.approx(0.203866747, rel=1e-8)
    assert corrected.value_gpa == pytest.approx(0.0, abs=1e-12)


def test_lambda0_measured_warm_is_moved_back_for_a_cold_ruby() -> None:
    there = lambda0_at_nm(694.24, 300.0, 77.0)

    assert lambda0_at_nm(there, 77.0, 300.0) == pytest.approx(694.24, rel=1e-14)


@pytest.mark.parametrize("temperature_k", [120.0, 296.0, 340.0])
def test_the_slope_is_the_derivative_of_the_shift(temperature_k: float) -> None:
    above = (datchi_shift_nm(temperature_k + 1e-4) - datchi_shift_nm(temperature_k)) / 1e-4

    assert datchi_slope_nm_per_k(temperature_k) == pytest.approx(above, rel=1e-5)


@pytest.mark.parametrize("temperature_k", [23.0, 1200.0])
def test_a_temperature_that_nobody_measured_is_refused(temperature_k: float) -> None:
    with pytest.raises(CannotAnalyse, match="in K"):
        datchi_shift_nm(temperature_k)
