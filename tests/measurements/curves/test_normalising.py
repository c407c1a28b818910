"""Normalising divides by what was asked for, or says why it cannot."""

import numpy as np
import pytest

from measurements.curves.normalising import NoScale, scale_of

X = np.linspace(0, 10, 11)


@pytest.mark.parametrize(
    ("how", "at", "scale"), [("", None, 1.0), ("max", None, 20.0), ("area", None, 100.0), ("at", 2.5, 5.0)]
)
def test_a_curve_is_divided_by_what_was_asked_for(how: str, at: float | None, scale: float) -> None:
    assert scale_of(X, X * 2, how, at) == pytest.approx(scale)


def test_gaps_do_not_count() -> None:
    y = np.where(X == 10, np.nan, X)

    assert scale_of(X, y, "max") == 9.0


def test_a_curve_that_is_nowhere_positive_is_not_normalised() -> None:
    with pytest.raises(NoScale):
        scale_of(X, -X, "max")


def test_a_place_outside_the_curve_has_no_value() -> None:
    with pytest.raises(NoScale):
        scale_of(X, X, "at", 11.0)
