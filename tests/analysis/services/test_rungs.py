"""The pressure of a rung: chips count once, before and after make a drift, and the error holds both."""

import pytest

from analysis.models import Fit, Result
from analysis.services.rungs import combined
from measurements.models import Measurement


def look(value_gpa: float, *, part: str = "", spot: str = "", stderr_gpa: float = 0.004) -> Result:
    """Return what one ruby fit says."""
    fit = Fit(measurement=Measurement(part=part, spot=spot))
    return Result(fit=fit, name="pressure", value=value_gpa, stderr=stderr_gpa)


def test_one_look_keeps_its_own_error() -> None:
    told = combined([look(1.0)])

    assert told == {"value_gpa": 1.0, "stderr_gpa": 0.004, "drift_gpa": None, "spread_std_gpa": None}


def test_before_and_after_make_a_mean_and_half_their_difference() -> None:
    told = combined([look(0.98, part="before"), look(1.04, part="after")])

    assert told["value_gpa"] == pytest.approx(1.01)
    assert told["drift_gpa"] == pytest.approx(0.03)
    assert told["stderr_gpa"] == pytest.approx(0.03)


def test_a_chip_looked_at_twice_counts_once() -> None:
    chips = [look(1.0, spot="chip 1"), look(1.0, spot="chip 1"), look(1.3, spot="chip 2")]

    told = combined(chips)

    assert told["value_gpa"] == pytest.approx(1.15)
    assert told["spread_std_gpa"] == pytest.approx(0.3 / 2**0.5)
