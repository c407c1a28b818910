"""Tests of how strongly a pulse train excites."""

import pytest

from analysis.physics.excitation import excitation, exciton_count, several_fraction
from analysis.physics.refusing import CannotAnalyse


def test_trap_42_an_irradiance_is_no_fluence() -> None:
    told = excitation(150.0, 2.0, 400.0, radius_um=2.0)

    assert told.fluence_nj_per_cm2 == pytest.approx(75.0, rel=1e-12)
    assert told.photons_per_cm2 == pytest.approx(1.51023497e11, rel=1e-9)
    assert told.spot_power_nw == pytest.approx(18.849556, rel=1e-7)


def test_the_worked_number_of_excitons_is_met() -> None:
    mean_count = exciton_count(excitation(150.0, 2.0, 400.0).photons_per_cm2, 1e-13)

    assert mean_count == pytest.approx(0.015102350, rel=1e-7)
    assert several_fraction(mean_count) == pytest.approx(1.128987736079834e-4, rel=1e-9)


def test_trap_39_a_spot_of_two_metres_is_refused() -> None:
    with pytest.raises(CannotAnalyse, match="check its unit"):
        excitation(150.0, 2.0, 400.0, radius_um=2e6)


def test_a_pulse_rate_of_zero_is_refused() -> None:
    with pytest.raises(CannotAnalyse, match="pulse rate"):
        excitation(150.0, 0.0, 400.0)
