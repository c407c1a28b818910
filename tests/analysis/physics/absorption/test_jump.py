"""One jump along temperature, or none."""

import numpy as np
import pytest

from analysis.physics.absorption.jump import jump_search
from analysis.physics.refusing import CannotAnalyse

TEMPERATURES_K = np.arange(80.0, 301.0, 10.0)


def energies_mev(jump_mev: float, *, noise_mev: float = 0.3, seed: int = 0) -> np.ndarray:
    """Return energies that bend as a Bose–Einstein curve and jump above 195 K."""
    smooth = 1765.0 + 0.47 * TEMPERATURES_K - 40.0 / np.tanh(0.035 / (2 * 8.617333262145e-5 * TEMPERATURES_K))
    noise = noise_mev * np.random.default_rng(seed).standard_normal(len(TEMPERATURES_K))
    return np.asarray(smooth + jump_mev * (TEMPERATURES_K > 195) + noise)


@pytest.mark.parametrize("jump_mev", [5.0, -5.0])
def test_a_jump_is_found_with_its_height_and_gap(jump_mev: float) -> None:
    told = jump_search(TEMPERATURES_K, energies_mev(jump_mev))

    best = told.profile.best
    assert told.is_jump
    assert (told.profile.low[best], told.profile.high[best]) == (190.0, 200.0)
    assert told.profile.heights[best] == pytest.approx(jump_mev, abs=4 * told.profile.stderrs[best])


@pytest.mark.parametrize("seed", range(20))
def test_a_smooth_curve_has_no_jump(seed: int) -> None:
    told = jump_search(TEMPERATURES_K, energies_mev(0.0, seed=seed))

    assert not told.is_jump
    assert 0.3 < told.profile.smallest_seen < 3.0


def test_a_jump_smaller_than_the_limit_is_within_it() -> None:
    told = jump_search(TEMPERATURES_K, energies_mev(0.3, seed=1))

    assert not told.is_jump
    assert told.profile.smallest_seen > 0.3


def test_a_phonon_energy_makes_the_smooth_curve_one_of_physics() -> None:
    told = jump_search(TEMPERATURES_K, energies_mev(0.0, noise_mev=0.0), phonon_mev=35.0)

    assert told.smooth.name == "Bose–Einstein"
    assert told.smooth.rss == pytest.approx(0.0, abs=1e-12)


def test_six_temperatures_give_a_limit_though_no_comparison() -> None:
    x = np.array([77.0, 100.0, 150.0, 200.0, 250.0, 300.0])

    told = jump_search(x, 1700.0 + 0.3 * x + np.array([0.1, -0.1, 0.05, 0.1, -0.1, 0.0]))

    assert not told.is_jump
    assert np.isinf(told.profile.aicc).all()
    assert 0.1 < told.profile.smallest_seen < 5.0


def test_too_few_temperatures_are_refused() -> None:
    with pytest.raises(CannotAnalyse, match="too few"):
        jump_search(np.array([77.0, 150.0, 300.0]), np.array([1.0, 2.0, 3.0]))


def test_cooling_and_warming_are_not_mixed() -> None:
    with pytest.raises(CannotAnalyse, match="apart"):
        jump_search(np.array([77.0, 77.0, 150.0, 200.0, 300.0]), np.arange(5.0))
