"""Rates from a yield and a lifetime: the worked check with its covariance, and yields that reach zero."""

import numpy as np
import pytest

from analysis.physics.rates import drawn_rates, is_asymmetric, rates
from analysis.physics.refusing import CannotAnalyse

EXACT = 1e-9


def test_the_worked_check_of_the_rates() -> None:
    found = rates(0.60, 0.05, 20.0, 0.5)

    assert (found.radiative_per_ns, found.nonradiative_per_ns) == pytest.approx((0.03, 0.02), rel=EXACT)
    assert found.total_per_ns == pytest.approx(0.05, rel=EXACT)
    wanted = [0.00125, 0.0026100766272276377, 0.0025495097567963926]
    assert found.stderrs_per_ns == pytest.approx(wanted, rel=EXACT)


def test_trap_22_the_rates_are_correlated_and_their_sum_is_known_better_than_either() -> None:
    found = rates(0.60, 0.05, 20.0, 0.5)

    assert found.covariance[1, 2] == pytest.approx(-5.875e-06, rel=EXACT)
    of_sum = np.array([0, 1, 1]) @ found.covariance @ np.array([0, 1, 1])
    assert np.sqrt(of_sum) == pytest.approx(found.stderrs_per_ns[0], rel=EXACT)


def test_draws_stay_above_zero_and_agree_with_the_gradient_where_errors_are_small() -> None:
    radiative, nonradiative = drawn_rates(0.60, 0.01, 20.0, 0.1, seed=1)
    uncertain, _ = drawn_rates(0.03, 0.05, 20.0, 0.1, seed=1)

    assert (radiative.high - radiative.low) / 2 == pytest.approx(rates(0.6, 0.01, 20, 0.1).stderrs_per_ns[1], rel=0.05)
    assert nonradiative.median == pytest.approx(0.02, rel=0.01)
    assert 0 < uncertain.low < uncertain.median < uncertain.high < 0.05


@pytest.mark.parametrize(("value", "stderr", "is_so"), [(0.5, 0.1, False), (0.05, 0.06, True), (0.97, 0.05, True)])
def test_an_error_that_reaches_an_end_is_asymmetric(value: float, stderr: float, *, is_so: bool) -> None:
    assert is_asymmetric(value, stderr) is is_so


@pytest.mark.parametrize("lifetime_ns", [0.0, -3.0, np.nan])
def test_a_lifetime_that_cannot_be_is_refused(lifetime_ns: float) -> None:
    with pytest.raises(CannotAnalyse, match="lifetime"):
        rates(0.5, 0.01, lifetime_ns, 0.1)
