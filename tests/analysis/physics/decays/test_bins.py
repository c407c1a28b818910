"""Tests of time bins and of the band of a map."""

import numpy as np
import pytest

from analysis.physics.decays.bands import Band, band_around, counts_in, line_in_band
from analysis.physics.decays.bins import MOST_BINS_COUNT, Binned, band_shares, binned, edges_of
from analysis.physics.refusing import CannotAnalyse


def test_trap_18_edges_lie_halfway_between_uneven_centres() -> None:
    assert edges_of(np.array([0.0, 1.0, 3.0])) == pytest.approx([-0.5, 0.5, 2.0, 4.0])


@pytest.mark.parametrize("centers", [[0.0, 2.0, 1.0], [0.0, 1.0, 1.0], [0.0, np.nan, 2.0]])
def test_an_axis_that_does_not_rise_is_refused(centers: list[float]) -> None:
    with pytest.raises(CannotAnalyse, match="does not rise"):
        edges_of(np.array(centers))


def test_pixels_at_the_ends_of_a_band_count_in_part() -> None:
    edges_nm = np.array([598.0, 600.5, 602.5, 604.5, 606.5])

    shares = band_shares(edges_nm, 600.0, 605.0)

    assert shares == pytest.approx([0.2, 1.0, 1.0, 0.25])


def test_a_band_beyond_the_map_is_refused() -> None:
    with pytest.raises(CannotAnalyse, match="outside the map"):
        band_shares(np.array([500.0, 510.0, 520.0]), 600.0, 675.0)


def test_a_band_that_the_map_cuts_off_is_told() -> None:
    band = Band.of(np.array([640.0, 650.0, 660.0]), 600.0, 675.0)

    assert band.is_cut
    assert counts_in(np.array([[1.0, 2.0], [3.0, 4.0]]), band) == pytest.approx([3.0, 7.0])


def test_a_band_can_follow_the_peak_of_the_map() -> None:
    edges_nm = np.linspace(590.0, 750.0, 161)
    centers_nm = (edges_nm[1:] + edges_nm[:-1]) / 2
    line = 400 * np.exp(-0.5 * ((centers_nm - 690.0) / 10.0) ** 2)
    counts = np.outer(np.exp(-np.arange(60) / 8.0), line) + 2.0

    band = band_around(counts, edges_nm)

    assert band.low_nm == pytest.approx(690.0 - 23.5, abs=1.5)
    assert band.high_nm == pytest.approx(690.0 + 23.5, abs=1.5)


def test_a_band_holds_only_a_part_of_a_broad_line() -> None:
    assert line_in_band(1.800, 90.0, 600.0, 675.0) == pytest.approx(0.17, abs=0.005)
    assert line_in_band(1.775, 90.0, 600.0, 675.0) == pytest.approx(0.05, abs=0.005)


def test_too_many_bins_are_added_up_without_losing_a_count() -> None:
    counts = np.random.default_rng(0).poisson(3.0, 25_000).astype(float)

    merged = binned(np.linspace(0.001, 49.999, 25_000), counts)

    assert len(merged.counts) <= MOST_BINS_COUNT
    assert merged.counts.sum() == counts[: len(merged.counts) * merged.merged_count].sum()
    assert merged.width_ns == pytest.approx(0.002 * merged.merged_count)


def test_only_whole_bins_lie_between_two_times() -> None:
    decay = Binned(np.arange(5.0), np.arange(6.0))

    cut = decay.between(0.5, 4.0)

    assert cut.edges_ns == pytest.approx([1.0, 2.0, 3.0, 4.0])
    assert cut.counts == pytest.approx([1.0, 2.0, 3.0])
