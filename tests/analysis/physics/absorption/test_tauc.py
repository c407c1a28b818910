"""The apparent gap by Tauc's construction."""

import numpy as np
import pytest

from analysis.physics.absorption.tauc import straightest, tauc_gap
from analysis.physics.refusing import CannotAnalyse

ENERGIES_EV = np.linspace(1.6, 2.2, 601)


def direct(gap_ev: float, noise: float = 0.0) -> np.ndarray:
    """Return the absorbance of a direct gap: (A E)² straight from the gap on."""
    squares = np.clip(ENERGIES_EV - gap_ev, 0.0, None)
    return np.sqrt(squares) / ENERGIES_EV + noise * np.random.default_rng(1).standard_normal(len(ENERGIES_EV))


def test_a_direct_gap_is_found() -> None:
    told = tauc_gap(ENERGIES_EV, direct(1.75), top_ev=2.1)

    assert told.gap_ev == pytest.approx(1.75, abs=1e-9)
    assert told.r_squared == pytest.approx(1.0)
    assert told.point_count >= 10


def test_the_interval_is_of_resampled_points() -> None:
    told = tauc_gap(ENERGIES_EV, direct(1.75, noise=0.002), top_ev=2.1, seed=4)

    again = tauc_gap(ENERGIES_EV, direct(1.75, noise=0.002), top_ev=2.1, seed=4)
    assert told.low_ev < told.gap_ev < told.high_ev
    assert told.high_ev - told.low_ev == pytest.approx(2 * told.stderr_ev, rel=0.3)
    assert (told.low_ev, told.high_ev) == (again.low_ev, again.high_ev)


def test_the_straightest_window_is_the_one_with_the_largest_r_squared() -> None:
    x = np.arange(30.0)
    y = np.where(x < 12, 0.05 * x**2, 7.2 + 3.0 * (x - 12))

    first, last, r_squared = straightest(x, y)

    assert first >= 12
    assert last - first >= 10
    assert r_squared == pytest.approx(np.corrcoef(x[first:last], y[first:last])[0, 1] ** 2, rel=1e-9)


def test_too_short_a_rise_is_refused() -> None:
    with pytest.raises(CannotAnalyse, match="needs 10"):
        tauc_gap(ENERGIES_EV[::20], direct(1.75)[::20], top_ev=1.9)
