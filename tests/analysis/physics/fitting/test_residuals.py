"""What a fit leaves is judged by numbers that can be checked by hand or by drawing."""

from dataclasses import replace
from math import erfc, sqrt

import numpy as np
import pytest
from scipy.stats import chi2

from analysis.physics.fitting.problem import Likelihood
from analysis.physics.fitting.residuals import (
    deviance_moments,
    durbin_watson,
    expected_objective,
    goodness_p,
    lag_1_correlation,
    runs_p,
)
from analysis.physics.fitting.solve import fit
from tests.analysis.physics.fitting.making import constant, line, made_decay

X = np.array([1.0, 2.0, 3.0, 4.0, 5.0, 6.0])
Y = np.array([2.1, 3.9, 6.2, 7.8, 10.1, 12.2])


def test_durbin_watson_is_two_for_chance_small_for_a_wave_and_four_for_a_zigzag() -> None:
    chance = np.random.default_rng(1).normal(size=4000)

    assert durbin_watson(np.array([1.0, 2.0, 4.0])) == pytest.approx(5 / 21, rel=1e-12)
    assert durbin_watson(chance) == pytest.approx(2, abs=0.1)
    assert durbin_watson(np.sin(np.linspace(0, 6, 100))) < 0.1
    assert durbin_watson(np.resize([1.0, -1.0], 1000)) == pytest.approx(4, abs=0.01)
    assert np.isnan(durbin_watson(np.zeros(5)))


def test_neighbours_that_go_together_correlate() -> None:
    chance = np.random.default_rng(1).normal(size=4000)

    assert lag_1_correlation(np.array([1.0, 2.0, 3.0])) == pytest.approx(0, abs=1e-12)
    assert lag_1_correlation(np.array([1.0, -1.0, 1.0, -1.0])) == pytest.approx(-0.75, rel=1e-12)
    assert lag_1_correlation(chance + np.roll(chance, 1)) == pytest.approx(0.5, abs=0.05)
    assert np.isnan(lag_1_correlation(np.ones(4)))


def test_runs_are_counted_against_chance() -> None:
    # Ten of each sign in two runs: 11 are expected, with variance 10 · 9/19.
    blocks = np.repeat([1.0, -1.0], 10)

    expected = erfc(abs(2 - 11) / sqrt(2 * 90 / 19))
    assert runs_p(blocks) == pytest.approx(expected, rel=1e-12)
    assert runs_p(np.append(blocks, 0.0)) == pytest.approx(expected, rel=1e-12)
    assert np.isnan(runs_p(np.ones(5)))


def test_runs_of_chance_have_an_even_p() -> None:
    rng = np.random.default_rng(3)

    told = np.array([runs_p(rng.normal(size=300)) for _ in range(1000)])

    assert np.mean(told < 0.1) == pytest.approx(0.1, abs=0.03)


def test_a_known_error_is_judged_by_chi_squared_and_an_unknown_one_not_at_all() -> None:
    known = fit(line(X, Y, Likelihood.KNOWN, np.full(6, 0.1)))
    unknown = fit(line(X, Y, Likelihood.UNKNOWN))

    assert goodness_p(known) == pytest.approx(float(chi2.sf(known.objective, 4)), rel=1e-9)
    assert expected_objective(known) == 4
    assert goodness_p(unknown) is None


def test_many_counts_are_judged_by_chi_squared_too() -> None:
    fitted = fit(constant([900.0, 1000.0, 1100.0, 1000.0], Likelihood.POISSON))

    assert goodness_p(fitted) == pytest.approx(float(chi2.sf(fitted.objective, 3)), rel=0.02)


@pytest.mark.parametrize("mean_counts", [0.02, 0.3, 1.0, 4.0, 40.0, 5000.0])
def test_the_deviance_of_few_counts_has_the_moments_that_drawing_finds(mean_counts: float) -> None:
    counts = np.random.default_rng(2).poisson(mean_counts, 200_000).astype(float)
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = np.where(counts > 0, counts * np.log(counts / mean_counts), 0.0)
    drawn = 2 * (mean_counts - counts + logs)

    means, variances = deviance_moments(np.array([mean_counts]))

    assert means[0] == pytest.approx(drawn.mean(), rel=0.03)
    assert variances[0] == pytest.approx(drawn.var(), rel=0.08)


def test_decays_of_few_counts_are_not_called_unlikely_more_often_than_they_are() -> None:
    truth = (8.0, 5.0, 0.3)

    told = []
    for seed in range(200):
        chance = goodness_p(fit(made_decay(seed, truth, (5.0, 3.0, 0.5))))
        assert chance is not None
        told.append(chance)

    assert np.mean(np.array(told) < 0.05) <= 0.1
    assert min(told) > 1e-5


def test_a_wrong_model_of_counts_is_called_unlikely() -> None:
    double = made_decay(1, (600.0, 2.0, 400.0, 8.0, 5.0), (500.0, 1.0, 500.0, 10.0, 10.0))
    fitted = fit(double)

    bent = replace(fitted, objective=fitted.objective * 2)

    good, bad = goodness_p(fitted), goodness_p(bent)
    assert good is not None
    assert bad is not None
    assert good > 0.001
    assert bad < 1e-20
