"""A fit tells JSON values, its covariance, and flags that say what to do, grave only where numbers mislead."""

import json
from dataclasses import replace
from math import inf, sqrt

import numpy as np
import pytest

from analysis.methods.telling import alternatives_of, covariance_of, flags_of, parameters_of, statistics_of
from analysis.physics.fitting.criteria import compare
from analysis.physics.fitting.problem import Likelihood
from analysis.physics.fitting.solve import fit
from tests.analysis.physics.fitting.making import bounded, constant, decay, held, line, made_decay

TWO_DECAYS = (600.0, 2.0, 400.0, 8.0, 5.0)
NEAR = (500.0, 1.0, 500.0, 10.0, 10.0)
X = np.array([1.0, 2.0, 3.0, 4.0, 5.0, 6.0])
Y = np.array([2.1, 3.9, 6.2, 7.8, 10.1, 12.2])


def test_statistics_are_json_and_name_weighting_covariance_and_every_criterion() -> None:
    told = statistics_of(fit(made_decay(1, TWO_DECAYS, NEAR)))

    assert json.loads(json.dumps(told, allow_nan=False)) == told
    assert told["weighting"] == "Poisson likelihood of the counts"
    assert told["covariance"] == "not scaled"
    assert (told["n"], told["free_count"], told["dof"]) == (400, 5, 395)
    assert told["is_converged"] is True
    assert {"aic", "aicc", "bic", "durbin_watson", "runs_p", "lag_1_correlation", "condition", "p"} < set(told)
    assert "scale_factor" not in told


def test_an_unknown_error_scales_the_covariance_and_has_no_p() -> None:
    told = statistics_of(fit(line(X, Y, Likelihood.UNKNOWN)))

    assert told["covariance"] == "scaled"
    assert told["p"] is None


def test_errors_that_are_too_small_for_the_scatter_are_told_with_their_factor_but_not_changed() -> None:
    fitted = fit(line(X, Y, Likelihood.KNOWN, np.full(6, 0.05)))

    told = statistics_of(fitted)

    assert told["scale_factor"] == pytest.approx(sqrt(fitted.reduced), rel=1e-9)
    assert fitted.stderr("slope") == pytest.approx(0.05 / sqrt(17.5), rel=1e-9)


def test_a_good_fit_has_no_flag() -> None:
    assert flags_of(fit(made_decay(1, TWO_DECAYS, NEAR))) == ()


def test_one_decay_through_two_is_gravely_flagged() -> None:
    double = made_decay(1, TWO_DECAYS, NEAR)
    single = decay(np.linspace(0.0, 40.0, 400), double.observed, (900.0, 5.0, 5.0))

    (flag,) = flags_of(fit(single))

    assert (flag.code, flag.is_grave) == ("chi2_too_large", True)
    assert "times what chance explains" in flag.text


def test_a_chi_squared_that_is_unlikely_but_not_large_is_told_and_not_grave() -> None:
    fitted = fit(made_decay(1, TWO_DECAYS, NEAR))

    (flag,) = flags_of(replace(fitted, objective=1.3 * fitted.dof_count))

    assert (flag.code, flag.is_grave) == ("chi2_too_large", False)


def test_a_bound_is_grave_unless_it_is_harmless_for_that_parameter() -> None:
    fitted = fit(bounded(made_decay(1, TWO_DECAYS, NEAR), "tau2", 0.02, 7.9))

    (grave,) = flags_of(fitted)
    (harmless,) = flags_of(fitted, harmless=["tau2"])

    assert (grave.code, grave.is_grave) == ("at_bound", True)
    assert grave.text.startswith("tau2 ended on its bound")
    assert not harmless.is_grave


def test_a_fit_that_did_not_converge_is_grave_and_says_why_and_what_to_do() -> None:
    fitted = replace(fit(made_decay(1, TWO_DECAYS, NEAR)), is_converged=False, reason="no step was found")

    (flag,) = flags_of(fitted)

    assert (flag.code, flag.is_grave) == ("not_converged", True)
    assert "no step was found. Change the initial values" in flag.text


def test_parameters_that_cannot_be_told_apart_are_named() -> None:
    far = line(X + 1000, Y, Likelihood.UNKNOWN)

    (flag,) = flags_of(fit(far))

    assert (flag.code, flag.is_grave) == ("correlated", False)
    assert "intercept and slope" in flag.text


def test_parameters_carry_their_bounds_starts_and_what_was_held() -> None:
    fitted = fit(held(made_decay(1, TWO_DECAYS, NEAR), "background", 5.0))

    told = {one.name: one for one in parameters_of(fitted)}

    assert (told["tau1"].lower, told["tau1"].upper, told["tau1"].start) == (0.02, 1e3, 1.0)
    assert told["tau1"].stderr == fitted.stderr("tau1")
    assert told["background"].is_fixed
    assert (told["background"].value, told["background"].stderr) == (5.0, 0.0)


def test_the_covariance_is_told_row_by_row() -> None:
    fitted = fit(made_decay(1, TWO_DECAYS, NEAR))

    assert np.array(covariance_of(fitted)) == pytest.approx(fitted.covariance, rel=1e-12)


def test_compared_models_become_alternatives_with_one_chosen() -> None:
    free = constant([5.0, 10.0, 15.0], Likelihood.POISSON)
    comparisons = compare({"free": fit(free), "held": fit(held(free, "level", 9.0))})

    told = {one.name: one for one in alternatives_of(comparisons, chosen="held", note="lowest AICc")}

    assert (told["held"].is_chosen, told["free"].is_chosen) == (True, False)
    assert (told["held"].note, told["free"].note) == ("lowest AICc", "")
    assert told["free"].objective == pytest.approx(5.232481437645, abs=1e-9)
    assert told["free"].aicc < inf
