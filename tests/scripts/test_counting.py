"""What the test command counts: nothing that failed or was left out goes missing."""

from pathlib import Path

import pytest

from scripts.check import conclude
from scripts.counting import Count, count_of

REPORT = """<testsuites><testsuite name="pytest">
<testcase classname="tests.samples.test_graph" name="test_passes"/>
<testcase classname="tests.samples.test_graph" name="test_fails"><failure message="1 != 2"/></testcase>
<testcase classname="tests.samples.test_graph" name="test_breaks"><error message="no fixture"/></testcase>
<testcase classname="tests.samples.test_files" name="test_waits"><skipped message="no ../shared/data"/></testcase>
<testcase classname="tests.browser.test_journeys" name="test_walks"/>
</testsuite></testsuites>"""


def test_a_report_is_counted_with_the_browsers_tests_apart(tmp_path: Path) -> None:
    report = tmp_path / "SQLite.xml"
    report.write_text(REPORT)

    counts = count_of(report, "SQLite", passed=False)

    assert counts["browser"] == Count(passed=1)
    assert counts["SQLite"].passed == 1
    assert counts["SQLite"].failures == ["tests.samples.test_graph.test_fails", "tests.samples.test_graph.test_breaks"]
    assert counts["SQLite"].left_out == ["tests.samples.test_files.test_waits: no ../shared/data"]


def test_a_run_that_broke_before_any_test_counts_as_a_failure(tmp_path: Path) -> None:
    counts = count_of(tmp_path / "never-written.xml", "PostgreSQL", passed=False)

    assert counts["PostgreSQL"].failures == ["pytest itself; see its output above"]


def test_the_last_line_is_the_count_and_left_out_tests_are_named_above_it(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        conclude({"SQLite": Count(3, left_out=["test_waits: no data"]), "browser": Count(1)}, 61.0)

    lines = capsys.readouterr().out.splitlines()
    assert lines == [
        "LEFT OUT (SQLite): test_waits: no data",
        "Ran in 61 s: 3 SQLite, 1 browser",
        "4 passed, 0 failed, 1 skipped",
    ]
    assert ended.value.code == 0


def test_one_failure_makes_the_command_fail(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        conclude({"checks": Count(3, failures=["lint"])}, 1.0)

    assert capsys.readouterr().out.splitlines()[-1] == "3 passed, 1 failed"
    assert ended.value.code == 1


def test_what_ran_on_one_database_only_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        conclude({"SQLite": Count(30, failures=["one"]), "browser": Count(2), "PostgreSQL": Count(20)}, 1.0)

    assert "Not again on PostgreSQL: 11 that ask no database" in capsys.readouterr().out.splitlines()
