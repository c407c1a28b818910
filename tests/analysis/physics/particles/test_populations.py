"""One population or several: images that differ, two peaks, and what lies far from all others."""

import numpy as np
import pytest

from analysis.physics.particles.between_images import between_images
from analysis.physics.particles.checking import check_edges, in_nm, outliers
from analysis.physics.particles.two_populations import fit_two_populations
from analysis.physics.refusing import CannotAnalyse

COUNTED = np.arange(1.0, 201.0)


def test_images_of_one_population_agree() -> None:
    rng = np.random.default_rng(5)

    groups = between_images(rng.normal(10, 1, 200), np.repeat(np.arange(4.0), 50))

    assert groups is not None
    assert groups.image_count == 4
    assert groups.p > 0.01


def test_images_that_differ_give_the_mean_the_error_of_images() -> None:
    rng = np.random.default_rng(5)
    shifts_nm = np.repeat([-1.0, 0.5, 1.0, -0.5], 50)

    groups = between_images(rng.normal(10, 0.5, 200) + shifts_nm, np.repeat(np.arange(4.0), 50))

    assert groups is not None
    assert groups.p < 1e-9
    assert groups.between_std_nm == pytest.approx(np.std([-1.0, 0.5, 1.0, -0.5], ddof=1), rel=0.1)
    assert groups.mean_stderr_nm == pytest.approx(groups.between_std_nm / 2, rel=0.05)


def test_one_image_and_one_particle_per_image_tell_nothing() -> None:
    edges_nm = np.array([9.0, 9.5, 10.0, 10.5])

    assert between_images(edges_nm, np.zeros(4)) is None
    assert between_images(edges_nm, np.arange(4.0)) is None


def test_two_populations_are_found_where_they_are() -> None:
    rng = np.random.default_rng(2)
    edges_nm = np.concatenate([rng.normal(8, 0.5, 120), rng.normal(12, 0.7, 80)])

    two = fit_two_populations(edges_nm)

    assert (two.first_nm, two.second_nm) == pytest.approx((8, 12), abs=0.2)
    assert two.first_fraction == pytest.approx(0.6, abs=0.02)
    assert two.separation_ratio > 5


def test_two_populations_of_few_edges_have_no_criterion() -> None:
    two = fit_two_populations(np.array([7.0, 8.0, 9.0, 9.5, 10.0, 11.0]))

    assert two.aicc == float("inf")


@pytest.mark.parametrize(("unit", "factor"), [("nm", 1.0), ("Å", 0.1), ("µm", 1000.0), ("px", 0.22)])
def test_lengths_become_nanometres(unit: str, factor: float) -> None:
    assert in_nm(np.array([2.0]), unit, 0.22)[0] == pytest.approx(2 * factor)


def test_pixels_without_a_scale_are_asked_for_it() -> None:
    with pytest.raises(CannotAnalyse, match="nm_per_px"):
        in_nm(np.array([2.0]), "px", None)


def test_a_unit_that_is_no_length_is_refused() -> None:
    with pytest.raises(CannotAnalyse, match="not stated"):
        in_nm(np.array([2.0]), "", None)


@pytest.mark.parametrize("bad", [0.0, -3.0, np.nan, np.inf])
def test_edges_that_are_not_above_zero_are_named(bad: float) -> None:
    edges_nm = np.full(200, 9.0) + COUNTED / 1e3
    edges_nm[16] = bad

    with pytest.raises(CannotAnalyse, match="particle 17"):
        check_edges(edges_nm, COUNTED)


def test_two_units_in_one_list_are_refused() -> None:
    edges_nm = np.full(200, 9.0) + COUNTED / 1e3
    edges_nm[[4, 9]] *= 10

    with pytest.raises(CannotAnalyse, match="particles 5, 10"):
        check_edges(edges_nm, COUNTED)


def test_a_particle_far_from_all_others_is_named() -> None:
    edges_nm = np.random.default_rng(1).normal(9, 0.5, 200)
    edges_nm[41] = 18.0

    assert outliers(edges_nm, COUNTED) == "particle 42"
    assert outliers(edges_nm[:40], COUNTED[:40]) == ""
