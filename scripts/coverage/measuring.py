"""Counts how often the intervals that a method tells hold the truth, and how its pulls lie."""

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from analysis.methods.contract import Outcome, Result
from analysis.methods.running import run_method
from scripts.coverage.case import Case

ONE_SIGMA_PERCENT = 68.3
COVERAGE_ROOM_PERCENT = 4.0
PULL_ROOM = 0.1
# What chance moves in a shorter run is no fault of the method; with 2,000 runs the room above is the wider one.
CHANCE_SIGMAS = 3.5
# A method that refuses more of the data it is made for, or tells no interval for them, is not judged right.
LEAST_TOLD_FRACTION = 0.95


@dataclass(frozen=True, slots=True)
class Told:
    """One run: which results hold the truth, their pulls, and what was refused or gravely flagged."""

    is_inside: dict[str, bool] = field(default_factory=dict)
    pulls: dict[str, float] = field(default_factory=dict)
    refused: str = ""
    grave_flags: tuple[str, ...] = ()
    seconds: float = 0.0


def told_by(case: Case, seed: int) -> Told:
    """Return what one run of a case told; the seed makes its data."""
    outcome = run_method(case.method, case.simulate(np.random.default_rng(seed)))
    if outcome.refused:
        return Told(refused=outcome.refused, seconds=outcome.seconds)
    return compared(case, outcome)


def compared(case: Case, outcome: Outcome) -> Told:
    """Return an outcome beside the truth."""
    told = Told(grave_flags=tuple(one.code for one in outcome.flags if one.is_grave), seconds=outcome.seconds)
    for result in outcome.results:
        truth, ends = case.truths.get(result.name), interval_of(result)
        if truth is None or result.value is None or ends is None:
            continue
        told.is_inside[result.name] = ends[0] <= truth <= ends[1]
        if result.stderr is not None and result.stderr > 0 and math.isfinite(result.stderr):
            told.pulls[result.name] = (result.value - truth) / result.stderr
    return told


def interval_of(result: Result) -> tuple[float, float] | None:
    """Return the interval a result tells: low to high where given, else value ± stderr."""
    if result.low is not None or result.high is not None:
        low = -math.inf if result.low is None else result.low
        return low, math.inf if result.high is None else result.high
    if result.value is None or result.stderr is None or not result.stderr > 0:
        return None
    return result.value - result.stderr, result.value + result.stderr


@dataclass(frozen=True, slots=True)
class Row:
    """How one result of a case did over all runs."""

    case: Case
    result: str
    count: int
    is_inside: tuple[bool, ...]
    pulls: tuple[float, ...]

    @property
    def coverage_percent(self) -> float | None:
        """How often the interval held the truth."""
        return 100.0 * sum(self.is_inside) / len(self.is_inside) if self.is_inside else None

    @property
    def pull_mean(self) -> float | None:
        """Mean of the pulls."""
        return float(np.mean(self.pulls)) if self.pulls else None

    @property
    def pull_width(self) -> float | None:
        """Standard deviation of the pulls."""
        return float(np.std(self.pulls, ddof=1)) if len(self.pulls) > 1 else None

    @property
    def faults(self) -> list[str]:
        """What keeps the row from holding."""
        coverage, mean, width = self.coverage_percent, self.pull_mean, self.pull_width
        faults = [] if len(self.is_inside) >= LEAST_TOLD_FRACTION * self.count else ["told"]
        share = ONE_SIGMA_PERCENT / 100
        room = widened(COVERAGE_ROOM_PERCENT, 100 * math.sqrt(share * (1 - share)), self.count)
        if coverage is None or abs(coverage - ONE_SIGMA_PERCENT) > room:
            faults.append("coverage")
        if self.case.is_weak:
            return faults
        if mean is None or abs(mean) > widened(PULL_ROOM, 1.0, self.count):
            faults.append("pull_mean")
        if width is None or abs(width - 1) > widened(PULL_ROOM, math.sqrt(0.5), self.count):
            faults.append("pull_width")
        return faults

    def as_line(self) -> dict[str, object]:
        """Return the row for its JSON line."""
        return {
            "result": self.result, "truth": self.case.truths[self.result], "told_count": len(self.is_inside),
            "coverage_percent": rounded(self.coverage_percent), "pull_mean": rounded(self.pull_mean),
            "pull_width": rounded(self.pull_width), "is_weak": self.case.is_weak, "holds": not self.faults,
            "faults": self.faults,
        }  # fmt: skip


def widened(room: float, spread: float, count: int) -> float:
    """Return the room around a number, wider where chance alone moves a mean over `count` runs further."""
    return max(room, CHANCE_SIGMAS * spread / math.sqrt(count))


def rounded(value: float | None) -> float | None:
    """Return a number as it is printed."""
    return None if value is None else round(value, 3)


def rows_of(case: Case, runs: Iterable[Told]) -> list[Row]:
    """Return one row for every truth of a case."""
    every = list(runs)
    return [
        Row(
            case, name, len(every),
            tuple(one.is_inside[name] for one in every if name in one.is_inside),
            tuple(one.pulls[name] for one in every if name in one.pulls),
        )
        for name in case.truths
    ]  # fmt: skip


def counts_of(runs: Iterable[Told]) -> dict[str, object]:
    """Return how many runs were refused or gravely flagged, with the commonest reasons, and what one run took."""
    every = list(runs)
    refusals = Counter(one.refused for one in every if one.refused)
    flags = Counter(code for one in every for code in one.grave_flags)
    counts: dict[str, object] = {
        "count": len(every),
        "refused_count": refusals.total(),
        "grave_count": sum(bool(one.grave_flags) for one in every),
        "ms_each": round(1000 * sum(one.seconds for one in every) / max(len(every), 1), 2),
    }
    if refusals:
        counts["refusal"] = refusals.most_common(1)[0][0]
    return counts | ({"grave_flags": dict(flags.most_common())} if flags else {})
