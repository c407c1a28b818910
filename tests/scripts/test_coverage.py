"""The coverage run believes errors that are true, and none that are half as large."""

from dataclasses import replace

import numpy as np
import pytest

from analysis.methods.contract import Flag, Method, Outcome, Result, Signal, Work
from analysis.methods.table import METHODS
from analysis.physics.refusing import CannotAnalyse
from scripts.coverage import places
from scripts.coverage.__main__ import asked_for, summary
from scripts.coverage.case import Case
from scripts.coverage.measuring import Told, counts_of, rows_of, told_by
from scripts.coverage.places import names_of, placed_cases, untested_methods

TRUTH, SPREAD, POINT_COUNT = 5.0, 2.0, 25
COUNT = 2000


def simulated(rng: np.random.Generator) -> Work:
    values = rng.normal(TRUTH, SPREAD, POINT_COUNT)
    return Work(signals={"curve": (Signal(values, "", np.arange(float(POINT_COUNT)), ""),)})


def answer(work: Work, stderr: float) -> Outcome:
    value = float(work.signals["curve"][0].values.mean())
    return Outcome(results=(Result("mean", value, stderr),))


def right(work: Work) -> Outcome:
    return answer(work, SPREAD / POINT_COUNT**0.5)


def half(work: Work) -> Outcome:
    return answer(work, SPREAD / POINT_COUNT**0.5 / 2)


def shifted(work: Work) -> Outcome:
    outcome = right(work)
    result = outcome.results[0]
    assert result.value is not None
    return replace(outcome, results=(replace(result, value=result.value + 0.1),))


def timid(work: Work) -> Outcome:
    if work.signals["curve"][0].values[0] > TRUTH + SPREAD:
        raise CannotAnalyse("The first value is too large.")
    return replace(right(work), flags=(Flag("odd", "Something is odd.", is_grave=True),))


def by_ends(work: Work) -> Outcome:
    result = right(work).results[0]
    assert result.value is not None
    return Outcome(results=(replace(result, stderr=1.0, low=result.value - 0.4, high=result.value + 0.4),))


def runs_of(name: str, monkeypatch: pytest.MonkeyPatch, *, is_weak: bool = False) -> tuple[Case, list[Told]]:
    method = Method(name, name, (), (), (), ("mean",), 1, f"{__name__}.{name}")
    monkeypatch.setitem(METHODS, name, method)
    case = Case(name, "mean of a sample", simulated, {"mean": TRUTH}, is_weak=is_weak)
    return case, [told_by(case, seed) for seed in range(COUNT)]


def test_a_method_with_right_errors_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    case, runs = runs_of("right", monkeypatch)

    (row,) = rows_of(case, runs)

    assert row.faults == []
    assert row.coverage_percent == pytest.approx(68.3, abs=4)
    assert row.pull_width == pytest.approx(1, abs=0.1)
    assert len(row.is_inside) == COUNT


def test_errors_half_as_large_do_not_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    case, runs = runs_of("half", monkeypatch)

    (row,) = rows_of(case, runs)

    assert row.faults == ["coverage", "pull_width"]
    assert row.pull_width == pytest.approx(2, abs=0.2)


def test_a_value_a_quarter_of_its_error_off_does_not_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    case, runs = runs_of("shifted", monkeypatch)

    (row,) = rows_of(case, runs)

    assert "pull_mean" in row.faults


def test_a_weak_case_is_judged_by_its_interval_and_not_by_its_pulls(monkeypatch: pytest.MonkeyPatch) -> None:
    weak_case, runs = runs_of("by_ends", monkeypatch, is_weak=True)

    (weak,) = rows_of(weak_case, runs)
    (strong,) = rows_of(replace(weak_case, is_weak=False), runs)

    assert weak.faults == []
    assert strong.faults == ["pull_width"]


def test_refusals_and_grave_flags_are_counted_and_too_many_refusals_do_not_hold(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    case, runs = runs_of("timid", monkeypatch)

    counts = counts_of(runs)
    (row,) = rows_of(case, runs)

    refused = counts["refused_count"]
    assert isinstance(refused, int)
    assert 0.12 * COUNT < refused < 0.2 * COUNT
    assert counts["grave_count"] == COUNT - refused
    assert counts["refusal"] == "The first value is too large."
    assert counts["grave_flags"] == {"odd": COUNT - refused}
    assert "told" in row.faults


def test_a_short_run_allows_for_chance(monkeypatch: pytest.MonkeyPatch) -> None:
    case, runs = runs_of("right", monkeypatch)

    faults = [rows_of(case, runs[start : start + 100])[0].faults for start in range(0, COUNT, 100)]

    assert faults == [[]] * 20


def test_every_case_asks_for_results_that_its_method_tells_and_has_a_name_of_its_own() -> None:
    found = [case for _, case in placed_cases()]

    unknown = [
        (case.method, case.name, name)
        for case in found
        for name in case.truths
        if case.method not in METHODS or name not in METHODS[case.method].results
    ]
    assert unknown == []
    assert len({(case.method, case.name) for case in found}) == len(found)


def test_a_case_is_found_again_by_its_topic_its_method_and_its_name() -> None:
    case = Case("ruby", "bright", simulated, {"pressure": 1.0})

    assert names_of(("pressure", 0), case) == {"pressure", "ruby", "bright"}


class Ended:
    """A parent that has ended."""

    def join(self) -> None:
        """Return at once."""


def test_a_process_ends_with_the_run_that_started_it(monkeypatch: pytest.MonkeyPatch) -> None:
    codes: list[int] = []
    monkeypatch.setattr(places, "parent_process", Ended)
    monkeypatch.setattr("scripts.coverage.places.os._exit", codes.append)

    places.wait_for_parent()

    assert codes == [1]


def test_every_method_that_tells_errors_has_a_case() -> None:
    assert untested_methods() == []


def test_a_name_that_no_case_has_is_not_passed_over(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        asked_for("decays, no such thing")

    assert ended.value.code == 1
    assert "no such thing" in capsys.readouterr().err


def test_every_case_can_be_asked_for_by_its_name() -> None:
    assert [case.name for _, case in placed_cases() if not asked_for(case.name)] == []
    assert {case.method for _, case in asked_for("ruby, rates")} == {"ruby", "rates"}


def test_the_summary_names_what_does_not_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    good, bad = (rows_of(*runs_of(name, monkeypatch))[0] for name in ("right", "half"))

    told = summary([good, bad], ["rates"], COUNT)

    assert (told["rows"], told["held"], told["cases"]) == (2, 1, 2)
    assert told["failed"] == ["half, mean of a sample: mean"]
    assert told["methods_without_case"] == ["rates"]
