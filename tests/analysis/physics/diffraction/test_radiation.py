"""Wavelengths say which line and set they are, and two sets are never mixed."""

import numpy as np
import pytest

from analysis.physics.diffraction.radiation import (
    CLASSICAL,
    NEWER,
    line_of,
    partner_deg,
    radiation,
    radiation_of_anode,
    recognised,
    spacing_angstrom,
    two_theta_deg,
)
from analysis.physics.refusing import CannotAnalyse


def test_bragg_gives_the_worked_angles_and_spacings() -> None:
    assert two_theta_deg(6.2, 1.54056) == pytest.approx(14.273588724175097, rel=1e-9)
    assert two_theta_deg(6.2, 0.71073) == pytest.approx(6.571638575880603, rel=1e-9)
    assert spacing_angstrom(14.30, 1.54056) == pytest.approx(6.188608296175342, rel=1e-9)
    assert spacing_angstrom(28.80, 1.54056) == pytest.approx(3.0973515199248403, rel=1e-9)


def test_the_second_line_stands_where_both_sets_put_it() -> None:
    angles = np.array([14.3, 28.8, 41.0])

    classical = partner_deg(angles, 1.54056, 1.54439)
    newer = partner_deg(angles, 1.540593, 1.544427)

    assert classical == pytest.approx([14.335737759, 28.873152575, 41.106533453], rel=1e-9)
    assert newer == pytest.approx([14.33577431764733, 28.873227412166358, 41.10664244935593], rel=1e-9)


def test_a_wavelength_is_known_by_its_value_line_and_set() -> None:
    assert (recognised(1.54056).line, recognised(1.54056).source) == ("Cu Kα1", CLASSICAL)
    assert (recognised(1.540593).line, recognised(1.540593).source) == ("Cu Kα1", NEWER)
    assert recognised(0.4133).source == "stated"
    assert line_of("Mo Kα mean").value_angstrom == pytest.approx((2 * 0.70930 + 0.71359) / 3, abs=1e-5)


def test_kalpha1_brings_the_second_line_of_its_own_set() -> None:
    assert radiation(1.54056).lines == ((1.54056, 1.0), (1.54439, 0.5))
    assert radiation(1.540593).lines == ((1.540593, 1.0), (1.544427, 0.5))
    assert radiation(1.54056, ratio=0.0).lines == ((1.54056, 1.0),)
    assert radiation_of_anode("mo").lines == ((0.7093, 1.0), (0.71359, 0.5))


def test_two_sets_are_never_mixed() -> None:
    with pytest.raises(CannotAnalyse, match="different sets"):
        radiation(1.54056, 1.544427)


def test_trap_28_a_mean_wavelength_has_no_doublet() -> None:
    assert radiation(0.71073).second is None
    assert radiation(1.54184).second is None


def test_trap_28_the_mean_used_for_kalpha1_moves_spacings_by_a_tenth_of_a_percent() -> None:
    right, wrong = spacing_angstrom(28.8, 1.54056), spacing_angstrom(28.8, 1.541837)

    assert 100 * (wrong / right - 1) == pytest.approx(0.083, abs=5e-4)


@pytest.mark.parametrize("value", [0.0, -1.0, 154.056, 1e9])
def test_a_wavelength_that_cannot_be_is_refused(value: float) -> None:
    with pytest.raises(CannotAnalyse, match="Å"):
        radiation(value)


def test_an_angle_or_spacing_that_cannot_be_is_refused() -> None:
    with pytest.raises(CannotAnalyse, match="does not diffract"):
        two_theta_deg(0.5, 1.54056)
    with pytest.raises(CannotAnalyse, match="between 0 and 180"):
        spacing_angstrom(0.0, 1.54056)
