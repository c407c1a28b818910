"""Tests of the stretched exponential."""

import numpy as np
import pytest
from scipy.special import gamma, gammainc

from analysis.physics.decays.averages import stretched_amplitude, stretched_intensity
from analysis.physics.decays.bins import Binned
from analysis.physics.decays.recorded_response import recorded
from analysis.physics.decays.shares import Instant, Repeated, Response
from analysis.physics.decays.stretched import Stretched, stretched_shares
from tests.analysis.physics.decays.made import edges, gaussian


def responses() -> list[Response]:
    """Return a response of every kind."""
    edges_ns = edges(100)
    pulse = Binned(np.array(1e6 * gaussian(edges_ns).shares(np.array([1e-3]), 4.0).values_ns[0] / 1e-3), edges_ns)
    return [
        Instant(edges_ns), gaussian(edges_ns), recorded(pulse, 0.0, edges_ns)[0], Repeated(gaussian(edges_ns), 60.0),
    ]  # fmt: skip


def test_the_worked_averages_of_a_stretched_decay_are_met() -> None:
    assert stretched_amplitude(8.0, 0.7)[0] == pytest.approx(10.126588048, rel=1e-9)
    assert stretched_intensity(8.0, 0.7)[0] == pytest.approx(15.892088204, rel=1e-9)


@pytest.mark.parametrize("beta", [0.3, 0.7, 1.0])
def test_its_area_is_the_incomplete_gamma_function(beta: float) -> None:
    times_ns = np.array([0.01, 1.0, 9.0, 400.0])

    area = Stretched(8.0, beta).area(times_ns)[0]

    assert area == pytest.approx(8.0 * gamma(1 + 1 / beta) * gammainc(1 / beta, (times_ns / 8.0) ** beta), rel=2e-8)


@pytest.mark.parametrize("response", responses())
def test_with_an_exponent_of_one_it_is_an_exponential(response: Response) -> None:
    told = stretched_shares(response, Stretched(8.0, 1.0), 4.2)

    plain = response.shares(np.array([8.0]), 4.2)
    assert told.values_ns == pytest.approx(plain.values_ns[0], abs=1e-8)
    assert told.by_tau == pytest.approx(plain.by_tau[0], abs=1e-8)


@pytest.mark.parametrize("response", responses())
def test_its_slopes_are_those_of_its_values(response: Response) -> None:
    small = 1e-5

    told = stretched_shares(response, Stretched(6.0, 0.6), 4.2)

    def change(tau_ns: float, beta: float, start_ns: float) -> np.ndarray:
        up = stretched_shares(response, Stretched(6.0 + tau_ns, 0.6 + beta), 4.2 + start_ns).values_ns
        down = stretched_shares(response, Stretched(6.0 - tau_ns, 0.6 - beta), 4.2 - start_ns).values_ns
        return (up - down) / (2 * small)

    assert told.by_tau == pytest.approx(change(small, 0.0, 0.0), abs=2e-6)
    assert told.by_beta == pytest.approx(change(0.0, small, 0.0), abs=2e-5)
    assert told.by_start == pytest.approx(change(0.0, 0.0, small), abs=2e-6)
