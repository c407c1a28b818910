"""The sizing curve: worked checks on the source's column, errors of sizes carried over, and no extrapolation."""

import numpy as np
import pytest

from analysis.physics.refusing import CannotAnalyse
from analysis.physics.sizing import energies_ev, fit_sizing, gradient, size_nm, through_three

# The column of Table S1, which is of low temperature and no calibration.
SIZES_NM, ENERGIES_EV = np.array([7.0, 9.0, 17.0]), np.array([1.856, 1.809, 1.721])


@pytest.mark.parametrize(
    ("exponent", "values", "residuals_mev"),
    [
        (2.0, (1.6987814413854114, 7.998433666566557), (-6.014781519422696, 11.47246396561874, -5.457682446195378)),
        (1.0, (1.6270403486120086, 1.6141055519690115), (-1.6268560361529794, 2.6145900581011627, -0.9877340219504038)),
    ],
)
def test_the_worked_check_with_a_held_exponent(
    exponent: float, values: tuple[float, float], residuals_mev: tuple[float, ...]
) -> None:
    curve = fit_sizing(SIZES_NM, ENERGIES_EV, exponent=exponent)

    assert curve.values[:2] == pytest.approx(values, rel=1e-8)
    assert 1e3 * (ENERGIES_EV - curve.fitted.predicted) == pytest.approx(residuals_mev, abs=1e-6)
    assert (curve.least_nm, curve.greatest_nm) == (7, 17)


def test_the_worked_check_of_the_curve_through_three_points() -> None:
    values = through_three(SIZES_NM, ENERGIES_EV)

    assert values == pytest.approx([1.562550204586522, 1.1336770628584545, 0.6945413679758276], rel=1e-9)
    assert energies_ev(values, np.array([11.0]))[0] == pytest.approx(1.7769375070113613, rel=1e-9)


def test_a_size_is_read_back_from_its_energy_with_its_slopes() -> None:
    values = fit_sizing(SIZES_NM, ENERGIES_EV).values

    found_nm, slopes = size_nm(1.75, values)

    assert found_nm == pytest.approx(12.496511623637549, rel=1e-8)
    for place in range(4):
        step = np.zeros(4)
        step[place] = 1e-6
        up, down = (size_nm(1.75 + sign * step[0], values + sign * step[1:])[0] for sign in (1, -1))
        assert slopes[place] == pytest.approx((up - down) / 2e-6, rel=1e-5)


def test_the_derivatives_of_the_curve_are_its_slopes() -> None:
    values = np.array([1.7, 4.0, 1.4])

    told = gradient(values, SIZES_NM)

    for place in range(3):
        step = np.zeros(3)
        step[place] = 1e-6
        slope = (energies_ev(values + step, SIZES_NM) - energies_ev(values - step, SIZES_NM)) / 2e-6
        assert told[:, place] == pytest.approx(slope, rel=1e-6)


def test_a_free_exponent_is_found_and_takes_five_sizes() -> None:
    sizes_nm = np.array([5.0, 7.0, 9.0, 11.0, 14.0, 17.0])
    true = np.array([1.72, 3.1, 1.3])

    curve = fit_sizing(sizes_nm, energies_ev(true, sizes_nm), exponent=None)

    assert curve.values == pytest.approx(true, rel=1e-6)
    with pytest.raises(CannotAnalyse, match="free exponent"):
        fit_sizing(sizes_nm[:4], energies_ev(true, sizes_nm[:4]), exponent=None)


def test_errors_of_sizes_widen_those_of_the_curve() -> None:
    sizes_nm = np.array([5.0, 7.0, 9.0, 11.0, 17.0])
    measured_ev = energies_ev(np.array([1.72, 8.0, 2.0]), sizes_nm)
    energy_stderrs_ev = np.full(5, 0.002)

    without = fit_sizing(sizes_nm, measured_ev, energy_stderrs_ev=energy_stderrs_ev)
    with_sizes = fit_sizing(sizes_nm, measured_ev, energy_stderrs_ev=energy_stderrs_ev, size_stderrs_nm=np.full(5, 0.2))

    assert with_sizes.fitted.stderr("coefficient") > 2 * without.fitted.stderr("coefficient")
    assert with_sizes.values == pytest.approx(without.values, rel=1e-9)


def test_two_sizes_and_sizes_of_nothing_are_refused() -> None:
    with pytest.raises(CannotAnalyse, match="too few"):
        fit_sizing(np.array([7.0, 7.0, 9.0]), ENERGIES_EV)
    with pytest.raises(CannotAnalyse, match="above zero"):
        fit_sizing(np.array([7.0, 0.0, 9.0]), ENERGIES_EV)


def test_an_energy_that_no_size_reaches_is_refused() -> None:
    with pytest.raises(CannotAnalyse, match="not reached"):
        size_nm(1.5, np.array([1.7, 8.0, 2.0]))


def test_three_points_that_no_curve_joins_are_refused() -> None:
    with pytest.raises(CannotAnalyse, match="No curve"):
        through_three(SIZES_NM, np.array([1.85, 1.86, 1.72]))
