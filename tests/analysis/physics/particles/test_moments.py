"""Means and spreads of edge lengths: which error is an error of what."""

import numpy as np
import pytest

from analysis.physics.particles.moments import (
    mean_interval_nm,
    moments,
    std_interval_nm,
    std_stderr_nm,
    volume_weighted,
)
from analysis.physics.refusing import CannotAnalyse

# Worked check 1a.
EDGES_NM = np.array([16.2, 17.1, 15.8, 18.0, 17.4, 16.9, 17.7, 16.5, 18.6, 15.1])
EXACT = 1e-9


def test_ten_edges_give_every_number_of_the_worked_check() -> None:
    found = moments(EDGES_NM)

    assert found.n_count == 10
    assert found.mean_nm == pytest.approx(16.93, rel=EXACT)
    assert found.std_nm == pytest.approx(1.0604506379627276, rel=EXACT)
    assert found.sem_nm == pytest.approx(0.3353439362140839, rel=EXACT)
    assert found.dispersion_percent == pytest.approx(6.263736786548894, rel=EXACT)
    assert found.median_nm == pytest.approx(17.0, rel=EXACT)
    assert found.mad_std_nm == pytest.approx(1.1119516638792015, rel=EXACT)
    assert found.volume_weighted_nm == pytest.approx(17.10628310885696, rel=EXACT)


def test_intervals_are_of_students_t_and_of_chi_squared() -> None:
    found = moments(EDGES_NM)

    assert mean_interval_nm(found, 0.95) == pytest.approx((16.171399312692365, 17.688600687307634), rel=EXACT)
    assert std_interval_nm(found, 0.95) == pytest.approx((0.7294152838102014, 1.9359694827241338), rel=EXACT)


def test_trap_35_the_spread_is_not_the_error_of_the_mean() -> None:
    once, tenfold = moments(EDGES_NM), moments(np.tile(EDGES_NM, 100))

    assert tenfold.std_nm == pytest.approx(once.std_nm, rel=0.06)
    assert tenfold.sem_nm == pytest.approx(once.sem_nm / 10, rel=0.06)


def test_the_error_of_the_volume_weighted_edge_is_what_repeats_scatter_by() -> None:
    rng = np.random.default_rng(7)
    repeats = [volume_weighted(rng.normal(10.0, 1.2, 200)) for _ in range(400)]

    scatter_nm = np.std([value for value, _ in repeats])

    assert np.mean([stderr for _, stderr in repeats]) == pytest.approx(scatter_nm, rel=0.1)


def test_a_flat_distribution_knows_its_spread_better_than_a_normal_one() -> None:
    found = moments(EDGES_NM)

    assert std_stderr_nm(found, 0.0) == pytest.approx(found.std_nm / np.sqrt(18), rel=EXACT)
    assert std_stderr_nm(found, -1.2) < std_stderr_nm(found, 0.0) < std_stderr_nm(found, 1.0)


@pytest.mark.parametrize(("edges_nm", "said"), [([9.0, 9.5], "too few"), ([9.0] * 5, "one value")])
def test_lists_without_a_spread_are_refused(edges_nm: list[float], said: str) -> None:
    with pytest.raises(CannotAnalyse, match=said):
        moments(np.array(edges_nm))
