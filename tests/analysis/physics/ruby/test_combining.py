"""Several rubies before and after give one pressure of a rung."""

import numpy as np
import pytest

from analysis.physics.refusing import CannotAnalyse
from analysis.physics.ruby.combining import combine_ruby


def test_before_and_after_give_their_mean_and_half_their_difference() -> None:
    told = combine_ruby(np.array([0.989, 1.011]), np.array([0.006, 0.006]), ["before", "after"], ["", ""])

    assert told.value_gpa == pytest.approx(1.0, rel=1e-12)
    assert told.drift_gpa == pytest.approx(0.011, rel=1e-9)
    assert told.stderr_gpa == pytest.approx(0.006 / 2**0.5, rel=1e-12)
    assert told.spread_gpa is None
    assert told.stderr_with_drift_gpa > told.stderr_gpa


def test_two_spectra_before_do_not_outweigh_one_after() -> None:
    told = combine_ruby(np.array([1.0, 1.0, 1.3]), np.full(3, 0.01), ["before", "before", "after"], ["", "", ""])

    assert told.value_gpa == pytest.approx(1.15, rel=1e-12)


def test_chips_that_disagree_make_the_error() -> None:
    pressures, chips = np.array([5.9, 6.1, 6.3]), ["chip 1", "chip 2", "chip 3"]

    told = combine_ruby(pressures, np.full(3, 0.005), ["", "", ""], chips)

    assert told.spread_gpa == pytest.approx(0.2, rel=1e-9)
    assert told.stderr_gpa == pytest.approx(0.2 / 3**0.5, rel=1e-9)
    assert told.from_values_gpa == pytest.approx(0.005 / 3**0.5, rel=1e-9)
    assert told.p is not None
    assert told.p < 1e-6


def test_chips_that_agree_keep_the_error_of_their_values() -> None:
    told = combine_ruby(np.array([1.0, 1.003]), np.full(2, 0.005), ["", ""], ["a", "b"])

    assert told.stderr_gpa == pytest.approx(0.005 / 2**0.5, rel=1e-9)


def test_one_ruby_has_neither_drift_nor_spread() -> None:
    told = combine_ruby(np.array([2.0]), np.array([0.01]), ["before"], [""])

    assert (told.drift_gpa, told.spread_gpa, told.p) == (None, None, None)


@pytest.mark.parametrize("pressures", [[], [1.0, np.nan]])
def test_no_pressure_and_no_number_are_refused(pressures: list[float]) -> None:
    count = len(pressures)

    with pytest.raises(CannotAnalyse):
        combine_ruby(np.array(pressures), np.full(count, 0.01), [""] * count, [""] * count)
