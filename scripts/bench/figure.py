"""One measured figure, and how it is printed."""

import json
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """A value with its unit, the floor it is held against, and the ratio of the two where that says something."""

    what: str
    value: float
    unit: str
    against: str = ""
    ratio: float | None = None
    # What the figure must not exceed (`most`) for the bench to hold; nothing where it only informs.
    most: float | None = None
    measured: str = "value"

    @property
    def holds(self) -> bool:
        """Whether the figure is within its limit."""
        number = self.ratio if self.measured == "ratio" else self.value
        return self.most is None or (number is not None and number <= self.most)

    def as_json(self) -> str:
        """Return the figure as its one line."""
        ratio = None if self.ratio is None else round(self.ratio, 3)
        line = {
            "what": self.what, "value": round(self.value, 4), "unit": self.unit, "against": self.against,
            "ratio": ratio,
        }  # fmt: skip
        if self.most is not None:
            line |= {"most": self.most, "limit_on": self.measured, "holds": self.holds}
        return json.dumps(line, ensure_ascii=False)


def seconds_of(
    act: Callable[[], object],
    *,
    least_s: float = 0.15,
    rounds: int = 5,
    clock: Callable[[], float] = time.perf_counter,
) -> float:
    """Return the median time of an act over several rounds, each repeated until it lasts long enough to be timed."""
    act()
    repeats = 1
    while True:
        taken = timed(act, repeats, clock)
        if taken * repeats >= least_s / rounds or repeats >= 1_000:
            break
        repeats *= 2
    return statistics.median([taken, *(timed(act, repeats, clock) for _ in range(rounds - 1))])


def computing_s(act: Callable[[], object], *, rounds: int = 5) -> float:
    """Return the time of an act that only computes, as its processor counts it: what else runs does not matter."""
    return seconds_of(act, rounds=rounds, clock=time.process_time)


def timed(act: Callable[[], object], repeats: int, clock: Callable[[], float]) -> float:
    """Return the mean time of one act in seconds."""
    started = clock()
    for _ in range(repeats):
        act()
    return (clock() - started) / repeats
