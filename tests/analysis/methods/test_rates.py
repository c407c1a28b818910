"""Rates: which lifetime, and whether it is of the same sample, is asked before anything is told."""

import pytest

from analysis.methods.contract import Outcome, SettingValue, Work
from analysis.methods.running import run_method

STATED: dict[str, SettingValue] = {
    "plqy_percent": 60.0, "plqy_stderr_percent": 5.0, "lifetime_ns": 20.0, "lifetime_stderr_ns": 0.5,
    "lifetime_kind": "mono-exponential", "is_same_sample_and_state": True,
}  # fmt: skip


def told(**changes: SettingValue) -> Outcome:
    return run_method("rates", Work(settings={**STATED, **changes}))


def test_the_worked_check_through_the_method() -> None:
    outcome = told()

    values = {one.name: (one.value, one.stderr) for one in outcome.results}
    assert values["rate_radiative"] == pytest.approx((0.03, 0.0026100766272276377), rel=1e-9)
    assert values["rate_nonradiative"] == pytest.approx((0.02, 0.0025495097567963926), rel=1e-9)
    assert values["rate_total"] == pytest.approx((0.05, 0.00125), rel=1e-9)
    assert outcome.statistics["covariance_radiative_nonradiative_per_ns2"] == pytest.approx(-5.875e-06, rel=1e-9)
    assert outcome.statistics["rate_total_per_s"] == pytest.approx(5e7)
    assert outcome.flags == ()


@pytest.mark.parametrize("name", sorted(STATED))
def test_nothing_is_assumed(name: str) -> None:
    assert name in told(**{name: None}).refused


def test_another_sample_or_state_is_refused() -> None:
    assert "same sample" in told(is_same_sample_and_state=False).refused


def test_trap_15_the_intensity_weighted_lifetime_is_flagged() -> None:
    assert [one.code for one in told(lifetime_kind="intensity-weighted").flags] == ["lifetime_kind"]


def test_several_components_carry_their_condition() -> None:
    assert [one.code for one in told(lifetime_kind="amplitude-weighted").flags] == ["several_components"]


def test_a_yield_less_certain_than_its_size_is_told_by_intervals_above_zero() -> None:
    outcome = told(plqy_percent=2.0, plqy_stderr_percent=3.0)

    radiative = next(one for one in outcome.results if one.name == "rate_radiative")
    assert radiative.low is not None
    assert 0 < radiative.low < (radiative.value or 0)
    assert [one.code for one in outcome.flags] == ["uncertain_yield"]


@pytest.mark.parametrize(
    ("plqy", "bounded", "is_grave"),
    [
        (101.0, "rate_nonradiative", False), (130.0, "rate_nonradiative", True), (-1.0, "rate_radiative", False),
        (-30.0, "rate_radiative", True),
    ],
)  # fmt: skip
def test_a_yield_outside_its_range_gives_bounds(plqy: float, bounded: str, *, is_grave: bool) -> None:
    outcome = told(plqy_percent=plqy)

    found = next(one for one in outcome.results if one.name == bounded)
    assert (found.value, found.low) == (None, 0.0)
    assert found.high == pytest.approx(0.0025)
    assert [(one.code, one.is_grave) for one in outcome.flags] == [("bound", is_grave)]
