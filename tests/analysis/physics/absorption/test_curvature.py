"""The first exciton by second derivative."""

import numpy as np
import pytest

from analysis.physics.absorption.curvature import curvature_of
from analysis.physics.refusing import CannotAnalyse
from tests.analysis.physics.absorption.making import TWO, absorbance


def test_the_lowest_minimum_is_the_first_exciton() -> None:
    told = curvature_of(*absorbance(TWO, noise=0.0005))

    assert told.energies_ev[0] == pytest.approx(1.87, abs=0.004)
    assert told.energies_ev[1] == pytest.approx(2.11, abs=0.03)


def test_the_window_is_told_and_follows_the_width_of_the_exciton() -> None:
    narrow = TWO.copy()
    narrow[[4, 8, 11]] *= 0.5

    wide_mev = curvature_of(*absorbance(TWO, noise=0.0005)).window_mev
    narrow_mev = curvature_of(*absorbance(narrow, noise=0.0005)).window_mev

    assert wide_mev == pytest.approx(2 * narrow_mev, rel=0.35)


def test_a_stated_window_is_used() -> None:
    told = curvature_of(*absorbance(TWO, noise=0.0005), window_mev=60.0)

    assert told.window_mev == pytest.approx(60.0, abs=6.0)


def test_the_error_is_that_of_repeats() -> None:
    runs = [curvature_of(*absorbance(TWO, noise=0.001, seed=seed), window_mev=60.0) for seed in range(60)]

    spread_ev = np.std([one.energies_ev[0] for one in runs])
    assert np.mean([one.stderr_ev for one in runs]) == pytest.approx(spread_ev, rel=0.35)


def test_noise_alone_has_no_minimum() -> None:
    energies_ev, _ = absorbance(TWO)
    noise = np.random.default_rng(5).normal(0.02, 0.001, len(energies_ev))

    assert len(curvature_of(energies_ev, noise).energies_ev) == 0


def test_a_window_as_wide_as_the_spectrum_is_refused() -> None:
    with pytest.raises(CannotAnalyse, match="finer steps"):
        curvature_of(*absorbance(TWO), window_mev=900.0)
