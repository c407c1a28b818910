"""Lifetimes along pressure change in logarithms, and a new window is no rise by itself."""

import numpy as np
import pytest

from analysis.physics.pressure.lifetimes import FALLS, RISES, TURNS, UNCLEAR, lifetime_change
from analysis.physics.refusing import CannotAnalyse

# Amplitude-weighted lifetimes of Table S2 and their errors, 0 to 2 GPa.
TABLE_S2_NS = np.array([5.94, 4.535238095, 3.3025, 3.753944954, 3.0675, 5.125, 3.3, 5.789])
STDERRS_NS = np.array([
    0.157992025, 0.106400550, 0.055172967, 0.108285516, 0.095755026, 0.207056755, 0.258920837, 0.500117584,
])  # fmt: skip
WINDOWS = ("50 ns",) * 5 + ("100 ns",) * 3


def test_table_s2_turns_and_its_window_switch_is_found() -> None:
    told = lifetime_change(TABLE_S2_NS, STDERRS_NS, WINDOWS)

    assert told.change == pytest.approx(np.log(5.789 / 5.94), rel=1e-9)
    assert told.change_stderr == pytest.approx(np.hypot(0.157992025 / 5.94, 0.500117584 / 5.789), rel=1e-9)
    assert told.lowest == 4
    assert told.trend == TURNS
    assert told.switches == (5,)
    assert told.is_rise_across_switch


def test_a_rise_within_one_window_does_not_hang_on_it() -> None:
    told = lifetime_change(np.array([6.0, 3.0, 5.0, 5.2]), np.full(4, 0.1), ("50 ns", "50 ns", "50 ns", "100 ns"))

    assert told.switches == (3,)
    assert not told.is_rise_across_switch


@pytest.mark.parametrize(
    ("lifetimes", "trend"),
    [([6.0, 5.0, 4.0], FALLS), ([4.0, 5.0, 6.0], RISES), ([5.0, 5.1, 5.0], UNCLEAR), ([6.0, 4.0, 6.0], TURNS)],
)
def test_a_trend_is_told_by_changes_beyond_three_errors(lifetimes: list[float], trend: str) -> None:
    assert lifetime_change(np.array(lifetimes), np.full(3, 0.1), ()).trend == trend


def test_without_errors_the_values_alone_decide() -> None:
    told = lifetime_change(np.array([6.0, 5.9, 5.8]), np.full(3, np.nan), ())

    assert told.trend == FALLS
    assert np.isnan(told.change_stderr)


@pytest.mark.parametrize("lifetimes", [[5.0], [5.0, 0.0], [5.0, -1.0]])
def test_one_lifetime_and_those_not_detected_are_refused(lifetimes: list[float]) -> None:
    with pytest.raises(CannotAnalyse):
        lifetime_change(np.array(lifetimes), np.full(len(lifetimes), 0.1), ())
