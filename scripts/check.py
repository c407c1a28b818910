"""Runs every check and every test and counts them: `make test`."""

import os
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from scripts.chromium import chromium
from scripts.console import ENVIRONMENT, PYTHON, say, succeeds
from scripts.counting import Count, count_of
from scripts.front_end import install_front_end
from scripts.postgresql import postgresql

TYPES = ("-m", "mypy")
CHECKS = {
    "lint": ("-m", "ruff", "check", "--quiet", "."),
    "format": ("-m", "ruff", "format", "--check", "--quiet", "."),
    "migrations": ("manage.py", "makemigrations", "--check", "--dry-run"),
}
# Dozens of processes start in a run, and each would compile all modules anew where none may be kept.
NOT_INHERITED = {"DATABASE_URL", "PYTHONDONTWRITEBYTECODE"}


@dataclass
class Run:
    """One run of `make test`: a folder for what it writes, and what it counted."""

    folder: Path
    counts: dict[str, Count] = field(default_factory=dict)

    def environment(self, **more: str) -> dict[str, str]:
        """Return the environment for a step: data in the temporary folder, no database but the one given."""
        inherited = {name: value for name, value in os.environ.items() if name not in NOT_INHERITED}
        own = {"LABBOOK_DATA_DIR": str(self.folder / "data"), "PYTHONPYCACHEPREFIX": str(ENVIRONMENT / "bytecode")}
        return inherited | own | more

    def check(self, name: str, command: Sequence[str]) -> None:
        """Run a Python program that passes or fails as a whole."""
        started = time.monotonic()
        passed = succeeds([PYTHON, *command], self.environment())
        say(f"── {name}: {'passed' if passed else 'FAILED'} in {time.monotonic() - started:.0f} s")
        self.counts.setdefault("checks", Count()).add(name, passed=passed)

    def tests(self, name: str, *arguments: str, **environment: str) -> None:
        """Run pytest and count what its report tells."""
        started = time.monotonic()
        report = self.folder / f"{name}.xml"
        say(f"── tests on {name}")
        command = [PYTHON, "-m", "pytest", "-n", "2", "--dist", "loadgroup", f"--junit-xml={report}", *arguments]
        passed = succeeds(command, self.environment(**environment))
        self.counts |= count_of(report, name, passed=passed)
        say(f"── tests on {name}: {time.monotonic() - started:.0f} s")


def main() -> None:
    """Install what is missing, run everything, and end with the count; exit 1 unless all passed."""
    started = time.monotonic()
    install_front_end(dev=True)
    browser = chromium()
    with tempfile.TemporaryDirectory(prefix="labbook-test-") as folder:
        run = Run(Path(folder))
        for name, command in CHECKS.items():
            run.check(name, command)
        # A browser waits more than it works, and one of two cores with it: types are read meanwhile.
        with ThreadPoolExecutor(1) as beside:
            types = beside.submit(run.check, "types", TYPES)
            run.tests("SQLite", LABBOOK_CHROMIUM=browser)
            types.result()
        with postgresql() as (address, source):
            say(f"── PostgreSQL: {source}")
            run.tests("PostgreSQL", "-m", "not browser", DATABASE_URL=address)
    conclude(run.counts, time.monotonic() - started)


def conclude(counts: dict[str, Count], seconds: float) -> None:
    """Name what failed and what was left out, then say how many of each kind ran; exit 1 on failures."""
    for kind, count in counts.items():
        for name in count.failures:
            print(f"FAILED ({kind}): {name}")
    for kind, count in counts.items():
        for name in count.left_out:
            print(f"LEFT OUT ({kind}): {name}")
    ran = ", ".join(f"{count.ran} {kind}" for kind, count in counts.items())
    print(f"Ran in {seconds:.0f} s: {ran}")
    if {"SQLite", "PostgreSQL"} <= set(counts):
        once = counts["SQLite"].ran - counts["PostgreSQL"].ran
        print(f"Not again on PostgreSQL: {once} that ask no database")
    passed = sum(count.passed for count in counts.values())
    failed = sum(len(count.failures) for count in counts.values())
    left_out = sum(len(count.left_out) for count in counts.values())
    print(f"{passed} passed, {failed} failed" + (f", {left_out} skipped" if left_out else ""), flush=True)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
