"""Centrifugal force: the printed numbers, and a radius that must not be taken in the wrong unit."""

import pytest

from samples.arithmetic import MissingNumber, relative_force, speed_for_force_rpm, tube_warning


def test_the_force_at_7500_rpm_and_100_mm_is_the_printed_one_by_both_formulas() -> None:
    force = relative_force(speed_rpm=7500, rotor_radius_mm=100)

    assert force.customary.value == pytest.approx(6288.75, rel=1e-12)
    assert force.exact.value == pytest.approx(6290.122265, abs=5e-7)
    assert force.customary.formula == "1.118e-5 × 10 cm × (7500 rpm)²"
    assert force.warning == ""


def test_a_radius_of_84_mm_is_8_4_cm_in_the_formula() -> None:
    assert relative_force(speed_rpm=7500, rotor_radius_mm=84).customary.value == pytest.approx(5282.55, rel=1e-12)


def test_a_radius_typed_in_centimetres_is_doubted() -> None:
    force = relative_force(speed_rpm=7500, rotor_radius_mm=8.4)

    assert force.customary.value == pytest.approx(528.255)
    assert force.warning == "A rotor radius of 8.4 mm is unusual. Is it in millimetres?"


def test_the_speed_for_5000_g_at_100_mm_is_the_printed_one() -> None:
    assert speed_for_force_rpm(relative_force_xg=5000, rotor_radius_mm=100).value == pytest.approx(
        6687.504702, abs=5e-7
    )


@pytest.mark.parametrize("radius", [None, 0, -84])
def test_without_a_rotor_radius_there_is_no_force(radius: float | None) -> None:
    with pytest.raises(MissingNumber, match="rotor's radius is not known"):
        relative_force(speed_rpm=7500, rotor_radius_mm=radius)
    with pytest.raises(MissingNumber, match="rotor's radius is not known"):
        speed_for_force_rpm(relative_force_xg=5000, rotor_radius_mm=radius)


def test_a_speed_or_force_below_zero_is_refused() -> None:
    with pytest.raises(MissingNumber, match="below zero"):
        relative_force(speed_rpm=-1, rotor_radius_mm=84)
    with pytest.raises(MissingNumber, match="below zero"):
        speed_for_force_rpm(relative_force_xg=-1, rotor_radius_mm=84)


def test_a_volume_beyond_one_tube_says_how_many_it_takes() -> None:
    assert tube_warning(volume_ml=37.9, tube_volume_ml=15) == (
        "37.9 ml is more than one 15 ml tube holds; it takes 3 tubes."
    )
    assert tube_warning(volume_ml=15, tube_volume_ml=15) == ""
    assert tube_warning(volume_ml=37.9, tube_volume_ml=None) == ""
