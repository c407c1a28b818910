"""A temperature series of linewidths becomes phonons, and its bounds and degeneracy are told."""

import numpy as np
import pytest

from analysis.methods.contract import Points
from analysis.physics.temperature.broadening import linewidths_mev
from tests.analysis.methods.ladders_making import TEMPERATURES_K, WIDTHS_MEV, codes, points, result, told_by, value

METHOD, ROLE = "broadening_against_temperature", "widths"


def test_the_check_of_the_specification_ends_on_its_bound_and_says_so() -> None:
    told = told_by(METHOD, ROLE, points(TEMPERATURES_K, "K", WIDTHS_MEV, "meV", 0.3))

    assert codes(told) == {"at_bound"}
    assert codes(told, is_grave=True) == set()
    assert value(told, "phonon_energy") == pytest.approx(29.075663, rel=1e-6)
    energy = result(told, "phonon_energy")
    assert energy.low is not None
    assert energy.high is not None
    assert energy.stderr is not None
    # The true energy is 35 meV: the profile reaches towards it, the covariance alone does not.
    assert energy.stderr > 5.0
    assert abs(35.0 - 29.0757) / energy.stderr < 1.2
    assert result(told, "linewidth_acoustic").note == "at its bound"
    assert "depends on whether" in told.says
    assert {one.name for one in told.alternatives} == {"all parts", "without acoustic phonons"}


def test_exact_widths_come_back_from_electronvolts_too() -> None:
    widths = linewidths_mev(np.array([40.0, 0.02, 60.0, 35.0]), TEMPERATURES_K)

    told = told_by(METHOD, ROLE, points(TEMPERATURES_K, "K", widths / 1e3, "eV"))

    assert [one.value for one in told.results] == pytest.approx([40.0, 0.02, 60.0, 35.0], rel=1e-7)


def test_widths_that_only_grow_straight_show_no_phonon_to_believe_in() -> None:
    widths = 40.0 + 0.05 * TEMPERATURES_K + np.random.default_rng(2).normal(0.0, 0.2, 12)

    told = told_by(METHOD, ROLE, points(TEMPERATURES_K, "K", widths, "meV", 0.2))

    energy = result(told, "phonon_energy")
    is_open = energy.low is None or energy.high is None or energy.high - energy.low > 20.0
    assert is_open or codes(told, is_grave=True)


def test_widths_that_shrink_are_gravely_flagged() -> None:
    told = told_by(METHOD, ROLE, points(TEMPERATURES_K, "K", WIDTHS_MEV[::-1], "meV", 0.3))

    assert "no_phonons" in codes(told, is_grave=True)


@pytest.mark.parametrize(
    ("given", "advice"),
    [
        (points(TEMPERATURES_K, "K", WIDTHS_MEV, ""), "State the unit"),
        (points(TEMPERATURES_K, "°C", WIDTHS_MEV, "meV"), "give them in K"),
        (points(TEMPERATURES_K, "K", -WIDTHS_MEV, "meV"), "another unit"),
        (points(TEMPERATURES_K[:4], "K", WIDTHS_MEV[:4], "meV"), "too few"),
        (points(TEMPERATURES_K, "K", np.full(12, 50.0), "meV"), "All values are equal"),
    ],
)
def test_what_is_no_series_of_widths_is_refused_with_advice(given: Points, advice: str) -> None:
    assert advice in told_by(METHOD, ROLE, given).refused
