"""Several ruby pressures become that of their rung."""

import numpy as np
import pytest

from analysis.methods.contract import Outcome
from tests.analysis.methods.ladders_making import codes, points, result, told_by, value


def rung(pressures: list[float], stderr: float, labels: tuple[str, ...], unit: str = "GPa") -> Outcome:
    given = points(np.full(len(pressures), np.nan), "", np.array(pressures), unit, stderr, labels=labels)
    return told_by("rung_pressure", "rubies", given)


def test_before_and_after_give_mean_and_drift() -> None:
    told = rung([0.989, 1.011], 0.006, ("before", "after"))

    assert value(told, "pressure") == pytest.approx(1.0, rel=1e-12)
    assert value(told, "pressure_drift") == pytest.approx(0.011, rel=1e-9)
    assert result(told, "pressure_spread").value is None
    assert result(told, "pressure_spread").note == "needs several chips"
    assert told.flags == ()


def test_a_clear_drift_and_chips_that_differ_are_told() -> None:
    told = rung(
        [5.8, 6.0, 6.2, 6.4], 0.005, ("chip 1, before", "chip 1, after", "chip 2, before", "chip 2, after")
    )  # fmt: skip

    assert codes(told) == {"drift", "chips_differ"}
    assert codes(told, is_grave=True) == set()
    assert value(told, "pressure_spread") == pytest.approx(0.4 / 2**0.5, rel=1e-9)


def test_kbar_is_converted() -> None:
    assert value(rung([10.0], 0.1, ("before",), unit="kbar"), "pressure") == pytest.approx(1.0, rel=1e-12)


def test_a_unit_that_is_not_stated_is_asked_for() -> None:
    assert "state one of" in rung([1.0], 0.1, ("before",), unit="").refused


def test_a_pressure_that_is_no_number_is_refused() -> None:
    assert "no number" in rung([1.0, float("nan")], 0.1, ("before", "after")).refused


def test_a_rung_without_rubies_is_refused() -> None:
    assert "needs" in told_by("rung_pressure", "rubies", None).refused
