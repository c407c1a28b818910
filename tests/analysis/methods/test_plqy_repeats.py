"""Repeated yields: their mean, their spread, and whether counting explains it."""

import numpy as np
import pytest

from analysis.methods.contract import Outcome, Points, Work
from analysis.methods.running import run_method


def told(yields: list[float], stderr: float = np.nan, unit: str = "%") -> Outcome:
    count = len(yields)
    runs = np.arange(1.0, count + 1)
    points = Points(runs, np.full(count, np.nan), "", np.array(yields), np.full(count, stderr), unit)
    return run_method("plqy_repeats", Work(points={"runs": points}))


def test_mean_and_spread_of_runs_are_two_results() -> None:
    outcome = told([60.0, 61.0, 62.0])

    mean, spread = outcome.results
    assert (mean.value, spread.value) == (61.0, 1.0)
    assert mean.stderr == pytest.approx(1 / np.sqrt(3))
    assert mean.high == pytest.approx(61 + 1.3213 / np.sqrt(3), rel=1e-4)
    assert (spread.low, spread.high) == pytest.approx((np.sqrt(2 / 3.6817), np.sqrt(2 / 0.3455)), rel=1e-3)
    assert outcome.flags == ()
    assert outcome.statistics["p"] is None


def test_runs_that_counting_does_not_explain_are_flagged() -> None:
    assert [one.code for one in told([60.0, 61.0, 62.0], 0.1).flags] == ["runs_differ"]
    assert told([60.0, 61.0, 62.0], 1.0).flags == ()


@pytest.mark.parametrize(
    ("yields", "unit", "said"),
    [([60.0, 61.0], "%", "at least 3"), ([60.0, np.nan, 61.0], "%", "no value"), ([0.6, 0.61, 0.62], "", "in %")],
)
def test_runs_that_tell_nothing_are_refused(yields: list[float], unit: str, said: str) -> None:
    assert said in told(yields, unit=unit).refused
