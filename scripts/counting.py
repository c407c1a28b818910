"""Counts what a pytest report says ran, failed and was left out."""

from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

BROWSER = "tests.browser."


@dataclass
class Count:
    """How many of one kind passed, and the names of the others."""

    passed: int = 0
    failures: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)

    @property
    def ran(self) -> int:
        """Return how many ran, passed or not."""
        return self.passed + len(self.failures)

    def add(self, name: str, *, passed: bool) -> None:
        """Count one that ran."""
        if passed:
            self.passed += 1
        else:
            self.failures.append(name)


def count_of(report: Path, name: str, *, passed: bool) -> dict[str, Count]:
    """Count a report's tests, the browser's apart; `passed` is what pytest's exit code said.

    A run that failed without naming a test (a collection error, a crash, no tests) counts as one failure.
    """
    counts = {name: Count()}
    cases = ElementTree.parse(report).iter("testcase") if report.exists() else ()
    for case in cases:
        kind = "browser" if case.get("classname", "").startswith(BROWSER) else name
        count_case(case, counts.setdefault(kind, Count()))
    if not passed and not any(count.failures for count in counts.values()):
        counts[name].failures.append("pytest itself; see its output above")
    return counts


def count_case(case: ElementTree.Element, count: Count) -> None:
    """Count one test case; one that failed and then failed to clean up is reported twice and counts twice."""
    title = f"{case.get('classname')}.{case.get('name')}"
    skipped = case.find("skipped")
    if skipped is not None:
        count.left_out.append(f"{title}: {skipped.get('message', '')}")
    else:
        count.add(title, passed=case.find("failure") is None and case.find("error") is None)
