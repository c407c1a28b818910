"""Compression by Birch and Murnaghan."""

import numpy as np
import pytest

from analysis.physics.diffraction.equation_of_state import (
    fit_compression,
    pressure_gpa,
    pressure_slope,
    volume_at,
)
from analysis.physics.fitting.problem import Likelihood
from analysis.physics.refusing import CannotAnalyse

V0 = 947.3288
PRESSURES = np.array([0.0, 0.13, 1.85, 6.14])


@pytest.mark.parametrize(
    ("at_gpa", "share"),
    [(0.0, 1.0), (0.13, 0.9915159716911653), (1.85, 0.9041165512856754), (6.14, 0.7798478496982674)],
)
def test_the_worked_volumes(at_gpa: float, share: float) -> None:
    assert volume_at(at_gpa, V0, 15.0) / V0 == pytest.approx(share, rel=1e-9)


@pytest.mark.parametrize("derivative", [4.0, 5.5])
def test_the_slope_is_that_of_differences(derivative: float) -> None:
    at = np.array([700.0, 850.0, 940.0])
    step = 1e-4

    by_difference = (
        pressure_gpa(at + step, V0, 15.0, derivative) - pressure_gpa(at - step, V0, 15.0, derivative)
    ) / 2e-4

    assert pressure_slope(at, V0, 15.0, derivative) == pytest.approx(by_difference, rel=1e-7)


def test_a_compression_without_scatter_is_found_again() -> None:
    volumes = np.array([volume_at(float(one), V0, 15.0) for one in PRESSURES])

    known = fit_compression(
        PRESSURES, volumes, pressure_stderrs_gpa=np.full(4, 0.02), volume_stderrs_angstrom3=np.full(4, 0.3)
    )
    unknown = fit_compression(PRESSURES, volumes)

    assert known.bulk_modulus_gpa == pytest.approx(15.0, rel=1e-8)
    assert known.volume_angstrom3 == pytest.approx(V0, rel=1e-8)
    assert known.fitted.likelihood is Likelihood.KNOWN
    assert unknown.bulk_modulus_gpa == pytest.approx(15.0, rel=1e-8)
    assert unknown.fitted.likelihood is Likelihood.UNKNOWN


def test_both_errors_count_and_the_exact_pressure_at_air_too() -> None:
    volumes = np.array([volume_at(float(one), V0, 15.0) for one in PRESSURES])
    pressure_errors = np.array([0.0, 0.02, 0.02, 0.02])

    small = fit_compression(
        PRESSURES, volumes, pressure_stderrs_gpa=pressure_errors, volume_stderrs_angstrom3=np.full(4, 0.1)
    )
    large = fit_compression(
        PRESSURES, volumes, pressure_stderrs_gpa=pressure_errors, volume_stderrs_angstrom3=np.full(4, 2.0)
    )

    assert large.fitted.stderr("bulk_modulus") > 3 * small.fitted.stderr("bulk_modulus") > 0


@pytest.mark.parametrize(
    ("pressures", "volumes", "reason"),
    [
        ([0.0, 1.0], [947.0, 900.0], "measure at 3"),
        ([0.0, 1.0, np.nan], [947.0, 900.0, 870.0], "needs a pressure and a volume"),
        ([0.0, 1.0, 2.0], [870.0, 900.0, 947.0], "does not fall"),
        ([1.0, 1.0, 1.0], [947.0, 946.0, 948.0], "no compression"),
        ([0.0, 1.0, 2.0], [947.0, -900.0, 870.0], "above zero"),
    ],
)
def test_points_that_no_curve_goes_through_are_refused(
    pressures: list[float], volumes: list[float], reason: str
) -> None:
    with pytest.raises(CannotAnalyse, match=reason):
        fit_compression(np.array(pressures), np.array(volumes))


def test_a_pressure_that_is_not_reached_is_refused() -> None:
    with pytest.raises(CannotAnalyse, match="does not reach"):
        volume_at(1e6, V0, 15.0)
