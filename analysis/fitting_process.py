"""Methods run apart from the web process, in a child that stays warm: a page shows a fit while it is edited."""

import threading
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from analysis.methods.contract import Outcome, Work

if TYPE_CHECKING:
    from measurements.reading.sandbox import ReaderProcess

MOST_SECONDS = 20.0
# The libraries that fits compute with alone reserve more than a file may.
SPARE_BYTES = 2 * 1024 * 1024 * 1024
ANSWERS = ("analysis.methods.", "analysis.physics.", "measurements.reading.")
UNFINISHED = "is_unfinished"
HEAVY = ("numpy", "scipy.optimize", "scipy.special", "scipy.stats", "analysis.physics.fitting.solve")


@dataclass(frozen=True, slots=True, eq=False)
class FitRequest:
    """One run of a method, with everything that it works on."""

    method: str
    work: Work

    def answer(self) -> Outcome:
        """Run it."""
        from analysis.methods.running import run_method

        return run_method(self.method, self.work)

    def failed(self, what: str) -> Outcome:
        """Return why there is no fit."""
        return Outcome(refused=f"The run {what}.", statistics={UNFINISHED: True})


@dataclass(frozen=True, slots=True)
class WarmRequest:
    """Nothing but the libraries, so that the first fit need not wait for them."""

    def answer(self) -> bool:
        """Load them."""
        for name in HEAVY:
            import_module(name)
        return True

    def failed(self, what: str) -> bool:
        """Say that they are not there yet."""
        return not what


def is_unfinished(outcome: Outcome) -> bool:
    """Say whether a run was stopped before it could answer, so that its refusal says nothing of the data."""
    return bool(outcome.statistics.get(UNFINISHED))


@cache
def fitting_process() -> "ReaderProcess":
    """Return the one process of this process that fits; readers and figures have their own."""
    from measurements.reading.sandbox import ReaderProcess

    return ReaderProcess(spare_bytes=SPARE_BYTES, modules=ANSWERS)


def outcome_aside(method: str, work: Work) -> Outcome:
    """Return what a method answers, computed in the process beside."""
    outcome: Outcome = fitting_process().answered(FitRequest(method, work), MOST_SECONDS)
    return outcome


def warm_up() -> None:
    """Start the process beside and return at once."""
    threading.Thread(target=lambda: fitting_process().answered(WarmRequest(), MOST_SECONDS), daemon=True).start()
