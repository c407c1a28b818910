"""The error of a ruby pressure is split into where it comes from."""

import pytest

from analysis.physics.air import vacuum_nm
from analysis.physics.refusing import CannotAnalyse
from analysis.physics.ruby.errors import DETECTION_SIGMAS, Reference, pressure_on


def test_a_hundredth_of_a_nanometre_on_both_lines_is_four_hundredths_of_a_gpa() -> None:
    told = pressure_on("Mao1986", 694.24, 0.0, Reference(694.24, stderr_nm=0.01, calibration_stderr_nm=0.01))

    assert told.stderr_gpa == pytest.approx(0.038785760, rel=1e-8)
    assert told.from_fit_gpa == 0
    assert told.detection_limit_gpa == pytest.approx(DETECTION_SIGMAS * 0.038785760, rel=1e-8)


def test_the_parts_of_the_error_add_in_quadrature() -> None:
    reference = Reference(
        694.24, stderr_nm=0.002, calibration_stderr_nm=0.003, measured_at_k=296.0, temperature_k=296.0,
        temperature_stderr_k=2.0,
    )  # fmt: skip

    told = pressure_on("Ruby2020", 695.0, 0.001, reference)

    parts = (told.from_fit_gpa, told.from_calibration_gpa, told.from_temperature_gpa)
    assert told.stderr_gpa == pytest.approx(sum(one**2 for one in parts) ** 0.5, rel=1e-12)
    assert told.from_temperature_gpa == pytest.approx(2 * 0.00746 * 2.69, rel=0.02)
    assert told.from_scale_gpa == pytest.approx(told.value_gpa * 10 / 1870, rel=0.05)


def test_trap_01_vacuum_and_air_mixed_are_half_a_gpa() -> None:
    mixed = pressure_on("Mao1986", vacuum_nm(694.24), 0.0, Reference(694.24))

    assert vacuum_nm(694.24) == pytest.approx(694.431510782, rel=1e-9)
    assert mixed.value_gpa == pytest.approx(0.525714322, rel=1e-6)


def test_a_pressure_beyond_its_scale_is_known_as_such() -> None:
    inside, beyond = (pressure_on("Mao1986", at_nm, 0.0, Reference(694.24)) for at_nm in (700.0, 725.0))

    assert inside.is_within_scale
    assert not beyond.is_within_scale


def test_a_lambda0_in_another_unit_is_refused() -> None:
    with pytest.raises(CannotAnalyse, match="state λ0 in nm"):
        pressure_on("Mao1986", 694.3, 0.0, Reference(14403.0))
