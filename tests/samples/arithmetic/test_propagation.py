"""Linear propagation of errors against an independent implementation."""

import importlib
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samples.arithmetic.propagation import measured

ufloat: Callable[[float, float], Any] = importlib.import_module("uncertainties").ufloat

values = st.floats(0.01, 1e4)
relative_errors = st.floats(1e-4, 0.1)


@given(values, relative_errors, values, relative_errors)
def test_sums_products_and_quotients_agree_with_the_uncertainties_package(
    x: float, x_error: float, y: float, y_error: float
) -> None:
    ours_x, ours_y = measured(x, x * x_error, "x"), measured(y, y * y_error, "y")
    theirs_x, theirs_y = ufloat(x, x * x_error), ufloat(y, y * y_error)

    ours = (ours_x + ours_y) * ours_x / (ours_y + 2.0)
    theirs = (theirs_x + theirs_y) * theirs_x / (theirs_y + 2.0)

    assert ours.value == pytest.approx(theirs.n, rel=1e-12)
    assert ours.stderr == pytest.approx(theirs.s, rel=1e-9)


def test_a_number_without_error_has_none_rather_than_zero() -> None:
    assert (measured(2.0) * 3.0).stderr is None
