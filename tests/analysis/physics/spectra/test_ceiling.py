"""Readings at the ceiling of a detector."""

import numpy as np

from analysis.physics.spectra.ceiling import saturated


def test_a_flat_top_is_seen() -> None:
    counts = np.random.default_rng(0).poisson(3000.0 * np.exp(-(np.linspace(-3, 3, 201) ** 2))).astype(float)
    clipped = np.minimum(counts, 2000.0)

    assert saturated(clipped).sum() == (counts >= 2000).sum()


def test_two_readings_at_the_full_scale_of_a_converter_are_enough() -> None:
    counts = np.array([10.0, 30_000.0, 65_535.0, 65_535.0, 20_000.0, 10.0])

    assert saturated(counts).sum() == 2


def test_equal_neighbours_by_chance_are_no_flat_top() -> None:
    counts = np.array([3.0, 5.0, 9.0, 9.0, 9.0, 8.0, 4.0, 2.0])

    assert not saturated(counts).any()


def test_a_line_that_is_not_clipped_has_no_flat_top() -> None:
    counts = np.random.default_rng(1).poisson(5000.0 * np.exp(-(np.linspace(-3, 3, 2001) ** 2))).astype(float)

    assert not saturated(counts).any()
