"""Thinning for the screen keeps every peak, the order and the gaps."""

import numpy as np

from measurements.curves.thinning import thinned


def test_a_single_hot_pixel_survives() -> None:
    x = np.arange(100_000.0)
    y = np.zeros(100_000)
    y[54_321] = 1.0

    thin_x, thin_y = thinned(x, y, 2_000)

    assert len(thin_x) <= 2_000
    assert thin_y.max() == 1.0
    assert thin_x[thin_y.argmax()] == 54_321.0


def test_the_axis_still_rises() -> None:
    x = np.linspace(600, 700, 50_000)

    thin_x, _ = thinned(x, np.sin(x), 1_000)

    assert np.all(np.diff(thin_x) > 0)


def test_a_short_curve_comes_back_whole() -> None:
    x = np.arange(10.0)

    thin_x, thin_y = thinned(x, x * 2, 1_000)

    assert thin_x is x
    assert thin_y.tolist() == (x * 2).tolist()


def test_a_gap_stays_a_gap() -> None:
    x = np.arange(10_000.0)
    y = np.ones(10_000)
    y[4_000:6_000] = np.nan

    _, thin_y = thinned(x, y, 100)

    assert np.isnan(thin_y).any()
    assert np.nanmax(thin_y) == 1.0
