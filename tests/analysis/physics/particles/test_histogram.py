"""Histograms of edge lengths: bins chosen by the values, every value in one of them."""

import numpy as np
import pytest

from analysis.physics.particles.histogram import bin_width_nm, histogram
from tests.analysis.physics.particles.test_moments import EDGES_NM, EXACT


def test_the_width_of_a_bin_is_that_of_the_worked_check() -> None:
    assert bin_width_nm(EDGES_NM) == pytest.approx(1.2532289850754517, rel=EXACT)


@pytest.mark.parametrize("width_nm", [None, 0.5, 3.0])
def test_every_edge_is_in_one_bin(width_nm: float | None) -> None:
    bars = histogram(EDGES_NM, width_nm)

    assert bars.counts.sum() == len(EDGES_NM)
    assert np.allclose(np.diff(bars.bounds_nm), bars.width_nm)


def test_a_far_value_does_not_make_thousands_of_bins() -> None:
    bars = histogram(np.append(EDGES_NM, 9_000.0))

    assert len(bars.counts) <= 201
    assert bars.counts.sum() == 11


def test_a_list_without_quartiles_is_still_drawn() -> None:
    bars = histogram(np.array([5.0] * 9 + [6.0]))

    assert bars.counts.sum() == 10
