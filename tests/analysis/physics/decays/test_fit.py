"""Tests of the fit of one decay."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from analysis.physics.constants import FWHM_PER_SIGMA
from analysis.physics.decays.bins import binned
from analysis.physics.decays.deciding import chosen_kind, clearly_better, fit_shapes, rejection
from analysis.physics.decays.fit import fit_decay
from analysis.physics.decays.gaussian_response import Gaussian
from analysis.physics.decays.model import Kind, Setup
from analysis.physics.decays.shares import Instant
from analysis.physics.decays.starting import rise_ns
from tests.analysis.physics.decays.made import (
    AMPLITUDES,
    START_NS,
    TAUS_NS,
    edges,
    expected_counts,
    gaussian,
    setup_through,
    setup_without,
)

PRESSURES_GPA = ("0", "0.13", "0.4", "0.7", "1", "1.27", "1.65", "2")
SCALE_COUNTS = 40_000.0


def science_setup(folder: Path, pressure: str, kind: str) -> Setup:
    """Return one of the recipe's files as a decay: without a response, or through one sampled at the middles."""
    table = np.loadtxt(folder / f"trpl_S2_{pressure}GPa_{kind}.csv", delimiter=",", skiprows=1)
    decay = binned(table[:, 0], table[:, 1])
    low_ns, high_ns = decay.width_ns / 5, 20 * decay.window_ns
    if kind == "noirf":
        return Setup(decay, Instant(decay.edges_ns), 0.0, 0.0, low_ns, high_ns)
    fwhm_ns = decay.window_ns / 100
    response = Gaussian(decay.edges_ns, fwhm_ns / FWHM_PER_SIGMA, is_sampled=True)
    return Setup(decay, response, rise_ns(decay, fwhm_ns)[0], 3 * fwhm_ns, low_ns, high_ns)


@pytest.mark.parametrize("pressure", PRESSURES_GPA)
def test_the_recipe_without_a_response_is_recovered_to_its_last_digits(shared_data: Path, pressure: str) -> None:
    expected = json.loads((shared_data / "science/expected/d_trpl.json").read_text())[pressure]

    fitted = fit_decay(science_setup(shared_data / "science", pressure, "noirf"), Kind.BI).fitted

    scale = np.array([1 / SCALE_COUNTS, 1.0, 1 / SCALE_COUNTS, 1.0, 1.0])
    assert fitted.values[:5] * scale == pytest.approx(expected["fit"], rel=1e-5)
    assert fitted.stderrs[:5] * scale == pytest.approx(expected["fit_se"], rel=1e-3)
    assert fitted.objective == pytest.approx(expected["deviance"], abs=1e-3)
    assert fitted.dof_count == expected["dof"]


@pytest.mark.parametrize("pressure", PRESSURES_GPA)
def test_the_recipe_through_a_response_is_recovered_to_its_last_digits(shared_data: Path, pressure: str) -> None:
    expected = json.loads((shared_data / "science/expected/d_trpl.json").read_text())[pressure]

    fitted = fit_decay(science_setup(shared_data / "science", pressure, "irf"), Kind.BI).fitted

    scale = np.array([1 / SCALE_COUNTS, 1.0, 1 / SCALE_COUNTS, 1.0, 1.0, 1.0])
    assert fitted.values * scale == pytest.approx(expected["irf_fit"], rel=1e-5)
    assert fitted.stderrs * scale == pytest.approx(expected["irf_se"], rel=1e-3)
    assert fitted.objective == pytest.approx(expected["irf_dev"], abs=1e-3)


@pytest.mark.parametrize("pressure", PRESSURES_GPA)
def test_a_single_exponential_of_the_recipe_is_far_worse(shared_data: Path, pressure: str) -> None:
    expected = json.loads((shared_data / "science/expected/d_trpl.json").read_text())[pressure]

    fits = fit_shapes(science_setup(shared_data / "science", pressure, "noirf"), (Kind.MONO, Kind.BI))

    mono = fits[Kind.MONO].fitted
    values = mono.values[:3] * np.array([1 / SCALE_COUNTS, 1.0, 1.0])
    gain = mono.minus_2_ln_l - fits[Kind.BI].fitted.minus_2_ln_l - 4.0
    assert values == pytest.approx(expected["mono_fit"], rel=1e-5)
    assert gain == pytest.approx(expected["dAIC_mono_minus_bi"], abs=1e-3)
    assert clearly_better(fits, Kind.MONO) is Kind.BI


def test_exact_counts_give_back_what_they_were_made_from() -> None:
    response = gaussian(edges())
    counts = expected_counts(response, START_NS, 1e5, 20.0)

    fitted = fit_decay(setup_through(counts, response, START_NS + 0.2), Kind.BI).fitted

    assert fitted.value("tau1") == pytest.approx(TAUS_NS[0], rel=1e-8)
    assert fitted.value("tau2") == pytest.approx(TAUS_NS[1], rel=1e-8)
    assert fitted.value("counts1") / fitted.value("counts2") == pytest.approx(AMPLITUDES[0] / AMPLITUDES[1], rel=1e-8)
    assert fitted.value("t0") == pytest.approx(START_NS, rel=1e-9)
    assert fitted.value("background") == pytest.approx(20.0, rel=1e-6)


def test_trap_21_components_are_sorted_by_lifetime_whatever_the_start() -> None:
    edges_ns = edges()
    counts = expected_counts(Instant(edges_ns), 0.0, 1e5, 20.0)
    turned = np.array([4e4, 8.0, 6e4, 2.0, 20.0, 0.0])

    one = fit_decay(setup_without(counts, edges_ns), Kind.BI, start=turned)

    assert one.taus_ns == pytest.approx(TAUS_NS, rel=1e-7)
    assert one.counts == pytest.approx(1e5 * AMPLITUDES, rel=1e-7)


def test_trap_21_errors_move_with_their_components() -> None:
    edges_ns = edges()
    setup = setup_without(expected_counts(Instant(edges_ns), 0.0, 1e5, 20.0), edges_ns)

    turned = fit_decay(setup, Kind.BI, start=np.array([4e4, 8.0, 6e4, 2.0, 20.0, 0.0])).fitted
    straight = fit_decay(setup, Kind.BI, start=np.array([6e4, 2.0, 4e4, 8.0, 20.0, 0.0])).fitted

    assert turned.stderrs == pytest.approx(straight.stderrs, rel=1e-6)


def test_trap_22_amplitudes_of_one_decay_are_tied() -> None:
    edges_ns = edges()
    table = 40_000 * np.array([0.35, 0.65])
    shares = Instant(edges_ns).shares(np.array([2.3, 7.9]), 0.0).values_ns / 0.1

    fitted = fit_decay(setup_without(table @ shares + 20.0, edges_ns), Kind.BI).fitted

    assert fitted.correlation[0, 2] == pytest.approx(-0.82, abs=0.005)


def test_trap_11_empty_bins_do_not_pull_the_fit() -> None:
    edges_ns = edges()
    rng = np.random.default_rng(5)
    expected = 30 * Instant(edges_ns).shares(np.array([4.0]), 0.0).values_ns[0] / 0.1 + 0.2

    drawn = [rng.poisson(expected).astype(float) for _ in range(60)]
    fits = [fit_decay(setup_without(counts, edges_ns), Kind.MONO).fitted for counts in drawn]

    assert np.mean([one.value("background") for one in fits]) == pytest.approx(0.2, rel=0.05)
    assert np.mean([one.value("tau1") for one in fits]) == pytest.approx(4.0, rel=0.02)


def test_trap_13_the_background_is_fitted_while_the_tail_is_long() -> None:
    edges_ns = edges(200, 20.0)
    counts = expected_counts(Instant(edges_ns), 0.0, 1e6, 500.0)

    fitted = fit_decay(setup_without(counts, edges_ns), Kind.BI).fitted

    assert counts[-10:].mean() > 60 * 500.0
    assert fitted.value("background") == pytest.approx(500.0, rel=1e-3)
    assert abs(fitted.correlation[3, 4]) > 0.9


def test_trap_18_bins_of_a_bent_sweep_are_taken_as_long_as_they_are() -> None:
    bins = np.arange(251.0)
    edges_ns = 0.1 * bins + 4e-4 * bins**2
    counts = expected_counts(gaussian(edges_ns), START_NS, 1e5, 20.0)

    fitted = fit_decay(setup_through(counts, gaussian(edges_ns)), Kind.BI).fitted

    assert fitted.value("tau2") == pytest.approx(TAUS_NS[1], rel=1e-8)


def test_one_exponential_is_not_taken_for_two() -> None:
    edges_ns = edges()
    counts = 1e4 * Instant(edges_ns).shares(np.array([5.0]), 0.0).values_ns[0] / 0.1 + 10.0
    drawn = np.random.default_rng(4).poisson(counts).astype(float)

    fits = fit_shapes(setup_without(drawn, edges_ns), tuple(Kind))

    assert chosen_kind(fits) is Kind.MONO
    assert rejection(fits[Kind.BI])


def test_a_stretched_decay_is_found_to_be_one() -> None:
    edges_ns = edges(250, 100.0)
    rng = np.random.default_rng(6)
    times_ns = 6.0 * rng.gamma(1 / 0.6, size=200_000) ** (1 / 0.6)
    counts = np.histogram(times_ns, edges_ns)[0] + rng.poisson(5.0, 250).astype(float)

    fits = fit_shapes(setup_without(counts, edges_ns), tuple(Kind))

    fitted = fits[Kind.STRETCHED].fitted
    assert chosen_kind(fits) is Kind.STRETCHED
    assert fitted.value("beta") == pytest.approx(0.6, abs=4 * fitted.stderr("beta"))


@pytest.mark.parametrize("seed", [2, 4, 23])
def test_few_counts_of_two_exponentials_are_not_taken_for_a_stretched_decay(seed: int) -> None:
    edges_ns = edges(128, 50.0)
    shares = Instant(edges_ns).shares(np.array([2.3, 7.9]), 0.0).values_ns / np.diff(edges_ns)
    counts = 3_900.0 * (0.35 * shares[0] + 0.65 * shares[1]) + 140.0
    drawn = np.random.default_rng(seed).poisson(counts).astype(float)

    fits = fit_shapes(setup_without(drawn, edges_ns), tuple(Kind))

    assert not rejection(fits[Kind.BI])
    assert chosen_kind(fits) is Kind.BI


def test_a_lifetime_that_is_held_stays_and_has_no_error() -> None:
    edges_ns = edges()
    setup = setup_without(expected_counts(Instant(edges_ns), 0.0, 1e5, 20.0), edges_ns)

    fitted = fit_decay(replace(setup, held={"tau2": 8.2}), Kind.BI).fitted

    assert fitted.value("tau2") == 8.2
    assert fitted.stderr("tau2") == 0.0
    assert fitted.value("tau1") == pytest.approx(2.28, rel=1e-6)
