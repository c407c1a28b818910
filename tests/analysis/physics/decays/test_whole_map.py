"""Tests of streak maps at every wavelength."""

import numpy as np
import pytest

from analysis.physics.decays.bins import Binned
from analysis.physics.decays.fit import fit_decay
from analysis.physics.decays.model import Kind, Setup
from analysis.physics.decays.shared_map import MapProblem, SharedMap, fit_shared
from analysis.physics.decays.whole_map import fit_map, used_wavelengths
from analysis.physics.fitting.problem import Floats, Likelihood, Parameter, Problem
from analysis.physics.fitting.solve import fit
from analysis.physics.refusing import CannotAnalyse
from tests.analysis.physics.decays.made import START_NS, TAUS_NS, edges, gaussian, setup_through

WIDTH = 5


def amplitudes(width: int = WIDTH) -> Floats:
    """Return amplitudes of both decays at every wavelength, shape (2, w)."""
    at = np.linspace(-1.0, 1.0, width)
    return np.array([400 * np.exp(-(at**2)), 300 * np.exp(-((at - 0.3) ** 2))])


def expected_map(width: int = WIDTH, bin_count: int = 120) -> Floats:
    """Return the counts of a map on average, shape (t, w)."""
    shares = gaussian(edges(bin_count)).shares(TAUS_NS, START_NS).values_ns * bin_count / 50.0
    return np.asarray(shares.T @ amplitudes(width) + 3.0)


def shared_fit(counts: Floats) -> SharedMap:
    """Return a map fitted with shared lifetimes from a start that is off."""
    problem = MapProblem(counts, gaussian(edges(len(counts))), np.array([0.1, 0.1, 0.5]), np.array([99.0, 99.0, 3.5]))
    return fit_shared(problem, np.array([1.7, 10.0, 2.2]), np.vstack((0.8 * amplitudes(counts.shape[1]), np.full(
        (1, counts.shape[1]), 5.0))))  # fmt: skip


def test_exact_counts_give_back_the_shared_lifetimes_and_every_amplitude() -> None:
    found = shared_fit(expected_map())

    assert found.taus_ns == pytest.approx(TAUS_NS, rel=1e-4)
    assert found.start_ns == pytest.approx(START_NS, rel=1e-5)
    assert found.linear[:2] == pytest.approx(amplitudes(), rel=1e-3)


def core_fit(counts: Floats, start: SharedMap) -> tuple[Floats, Floats, float]:
    """Return values, errors and deviance of the same map by the fitting core, with every parameter in one problem."""
    response, width = gaussian(edges(len(counts))), counts.shape[1]
    step_ns = 50.0 / len(counts)
    values = np.concatenate((start.linear.ravel(), start.taus_ns, [start.start_ns]))
    parameters = tuple(Parameter(f"p{index}", float(one), 0.0) for index, one in enumerate(values))

    def predict(at: Floats) -> Floats:
        shares = np.vstack((response.shares(at[-3:-1], float(at[-1])).values_ns / step_ns, np.ones(len(counts))))
        return np.asarray((shares.T @ at[:-3].reshape(3, width)).ravel())

    def jacobian(at: Floats) -> Floats:
        told = response.shares(at[-3:-1], float(at[-1]))
        linear = at[:-3].reshape(3, width)
        rows = np.vstack((told.values_ns / step_ns, np.ones(len(counts))))
        slopes = np.zeros((len(counts), width, len(at)))
        for row in range(3):
            for column in range(width):
                slopes[:, column, row * width + column] = rows[row]
        for row in range(2):
            slopes[:, :, -3 + row] = np.outer(told.by_tau[row] / step_ns, linear[row])
        slopes[:, :, -1] = (told.by_start / step_ns).T @ linear[:2]
        return slopes.reshape(-1, len(at))

    fitted = fit(Problem(parameters, predict, jacobian, counts.ravel(), Likelihood.POISSON))
    return fitted.values, fitted.stderrs, fitted.objective


def test_projection_answers_as_the_core_does_with_all_parameters_in_one_problem() -> None:
    counts = np.random.default_rng(3).poisson(expected_map(3, 80)).astype(float)

    found = shared_fit(counts)

    values, stderrs, deviance = core_fit(counts, found)
    assert np.concatenate((found.taus_ns, [found.start_ns])) == pytest.approx(values[-3:], rel=1e-4)
    assert found.shared_stderrs_ns == pytest.approx(stderrs[-3:], rel=1e-3)
    assert found.linear.ravel() == pytest.approx(values[:-3], rel=2e-3, abs=1e-2)
    assert found.stderrs.ravel() == pytest.approx(stderrs[:-3], rel=1e-3)
    assert found.deviances.sum() == pytest.approx(deviance, abs=1e-3)


def map_of(counts: Floats) -> tuple[Setup, Floats]:
    """Return the setup of a map's sum, and the map."""
    return setup_through(counts.sum(axis=1), gaussian(edges(len(counts)))), counts


def test_own_lifetimes_are_those_of_a_fit_of_each_wavelength_alone() -> None:
    counts = np.random.default_rng(4).poisson(20 * expected_map()).astype(float)
    setup, _ = map_of(counts)

    whole = fit_map(counts, used_wavelengths(counts), fit_decay(setup, Kind.BI))

    for column in range(WIDTH):
        alone_setup = Setup(
            Binned(counts[:, column], setup.binned.edges_ns), setup.response, whole.shared.start_ns, 0.0,
            setup.tau_low_ns, setup.tau_high_ns,
        )  # fmt: skip
        alone = fit_decay(alone_setup, Kind.BI).fitted
        assert whole.each.values[column, 3:] == pytest.approx([alone.value("tau1"), alone.value("tau2")], rel=1e-3)
        assert whole.each.stderrs[column, 3:] == pytest.approx([alone.stderr("tau1"), alone.stderr("tau2")], rel=1e-2)
        assert whole.each.deviances[column] == pytest.approx(alone.objective, abs=1e-2)


def test_lifetimes_that_are_shared_are_not_called_different() -> None:
    counts = np.random.default_rng(5).poisson(20 * expected_map()).astype(float)
    setup, _ = map_of(counts)

    whole = fit_map(counts, used_wavelengths(counts), fit_decay(setup, Kind.BI))

    assert whole.rise_count == 2 * (WIDTH - 1)
    assert whole.p > 1e-3


def test_lifetimes_that_change_with_wavelength_are_found_out() -> None:
    response = gaussian(edges(120))
    taus_ns = np.linspace(4.0, 7.0, WIDTH)
    shares = response.shares(taus_ns, START_NS).values_ns * 120 / 50.0
    counts = np.random.default_rng(6).poisson(3000 * shares.T + 5.0).astype(float)
    setup, _ = map_of(counts)

    whole = fit_map(counts, used_wavelengths(counts), fit_decay(setup, Kind.MONO))

    assert whole.p < 1e-10
    assert whole.each.values[:, 2] == pytest.approx(taus_ns, rel=0.05)


def test_wavelengths_without_light_take_no_part() -> None:
    counts = np.random.default_rng(7).poisson(np.hstack((expected_map(), np.full((120, 3), 3.0)))).astype(float)

    assert used_wavelengths(counts).tolist() == [True] * WIDTH + [False] * 3


def test_a_dark_map_is_refused() -> None:
    with pytest.raises(CannotAnalyse, match="fewer than two wavelengths"):
        used_wavelengths(np.random.default_rng(8).poisson(2.0, (100, 20)).astype(float))
