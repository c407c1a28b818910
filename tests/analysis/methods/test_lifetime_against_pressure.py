"""A pressure series of lifetimes becomes a change, a minimum and a word about its windows."""

import numpy as np
import pytest

from analysis.methods.contract import Outcome, Points, Work
from analysis.methods.running import run_method
from tests.analysis.methods.ladders_making import codes, points, result, told_by, value

PRESSURES_GPA = np.array([0, 0.13, 0.4, 0.7, 1.0, 1.27, 1.65, 2.0])
TABLE_S2_NS = np.array([5.94, 4.535238095, 3.3025, 3.753944954, 3.0675, 5.125, 3.3, 5.789])
WINDOWS = ("50 ns",) * 5 + ("100 ns",) * 3


def lifetimes(given: Points) -> Outcome:
    return told_by("lifetime_against_pressure", "lifetimes", given)


def test_table_s2_is_told_with_its_window_switch() -> None:
    told = lifetimes(points(PRESSURES_GPA, "GPa", TABLE_S2_NS, "ns", 0.15, labels=WINDOWS))

    assert value(told, "lifetime_log_change") == pytest.approx(np.log(5.789 / 5.94), rel=1e-9)
    assert value(told, "lifetime_minimum") == 3.0675
    assert value(told, "lifetime_minimum_pressure") == 1.0
    assert codes(told) == {"window_switched"}
    assert "50 ns to 100 ns at 1.27 GPa" in told.flags[0].text
    assert told.statistics["trend"] == "not monotone"
    assert len(told.tables[0].rows) == 8


def test_trap_40_rows_in_any_order_give_the_same() -> None:
    order = np.array([3, 0, 7, 1, 6, 2, 5, 4])
    labels = tuple(WINDOWS[index] for index in order)

    told = lifetimes(points(PRESSURES_GPA[order], "GPa", TABLE_S2_NS[order], "ns", 0.15, labels=labels))

    assert value(told, "lifetime_log_change") == pytest.approx(np.log(5.789 / 5.94), rel=1e-9)
    assert "at 1.27 GPa" in told.flags[0].text


def test_lifetimes_of_one_window_that_fall_are_told_so_without_a_flag() -> None:
    told = lifetimes(points(PRESSURES_GPA[:4], "GPa", np.array([6.0, 5.0, 4.0, 3.0]), "ns", 0.1, labels=("50 ns",) * 4))

    assert told.flags == ()
    assert "falls" in told.says


def test_picoseconds_are_converted() -> None:
    told = lifetimes(points(PRESSURES_GPA[:2], "GPa", np.array([6000.0, 3000.0]), "ps", 100.0))

    assert value(told, "lifetime_minimum") == pytest.approx(3.0, rel=1e-12)


def test_lifetimes_without_errors_have_a_change_without_one() -> None:
    told = lifetimes(points(PRESSURES_GPA[:3], "GPa", np.array([6.0, 5.0, 4.0]), "ns"))

    assert result(told, "lifetime_log_change").stderr is None
    assert told.statistics["trend_holds"] == "by the values alone"


@pytest.mark.parametrize(
    ("given", "advice"),
    [
        (points(PRESSURES_GPA[:1], "GPa", TABLE_S2_NS[:1], "ns"), "too few"),
        (points(PRESSURES_GPA, "GPa", np.append(TABLE_S2_NS[:-1], 0.0), "ns"), "zero or below"),
        (points(PRESSURES_GPA, "atm", TABLE_S2_NS, "ns"), "cannot be read"),
        (points(PRESSURES_GPA, "GPa", TABLE_S2_NS, "eV"), "ns or ps"),
    ],
)
def test_what_is_no_series_of_lifetimes_is_refused_with_advice(given: Points, advice: str) -> None:
    assert advice in lifetimes(given).refused


@pytest.mark.parametrize(("shares", "is_told"), [((0.17, 0.17, 0.17, 0.17), False), ((0.17, 0.1, 0.08, 0.05), True)])
def test_a_band_that_sees_another_part_of_the_line_is_told(shares: tuple[float, ...], *, is_told: bool) -> None:
    pressures, unknown = np.array([0.0, 0.4, 1.0, 1.6]), np.full(4, np.nan)
    seen = Points(pressures, unknown, "GPa", np.array([6.0, 4.0, 3.0, 3.5]), np.full(4, 0.1), "ns")
    bands = Points(pressures, unknown, "GPa", np.array(shares), unknown, "")

    told = run_method("lifetime_against_pressure", Work(points={"lifetimes": seen, "bands": bands}))

    assert ("band_clipped" in {flag.code for flag in told.flags}) == is_told
