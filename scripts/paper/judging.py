"""Whether a campaign's numbers are as far from the truth as chance allows, and no farther."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.stats import chi2, norm, t

from analysis.methods.table import METHODS
from scripts.paper.numbers import Number
from scripts.paper.truths import Truth

# Of true numbers with true errors, one run in a thousand may fail.
ALPHA = 0.001


@dataclass(frozen=True, slots=True)
class Judgement:
    """What became of all numbers together."""

    judged: int
    limit_sigma: float
    beyond: list[Number]
    flagged_good: list[Number]
    silently_fitted: list[Number]
    by_what: dict[str, dict[str, Any]]

    @property
    def holds(self) -> bool:
        """Whether chance allows what was found; without a key nothing is judged."""
        return not self.beyond and not self.silently_fitted and not self.flagged_good


def judge(numbers: Sequence[Number], truth: Truth) -> Judgement:
    """Judge numbers together: each may lie as far off as the largest of so many may."""
    told = [one for one in numbers if one.sigma is not None and one.counts]
    flagged = [one for one in numbers if is_wronged(one, truth)]
    silent = [one for one in numbers if one.counts and any(truth.is_bad(file) for file in one.source["files"])]
    beyond = [one for one in told if abs(one.sigma or 0.0) > limit_for(len(told), one.freedom)]
    return Judgement(len(told), limit_for(len(told)), beyond, flagged, silent, spreads(told))


def is_wronged(number: Number, truth: Truth) -> bool:
    """Say whether a fit that ran by itself does not count although its file is good and holds a signal."""
    if number.counts or number.method not in METHODS or not METHODS[number.method].is_automatic:
        return False
    return any(truth.is_good(file) and truth.has_signal(file) for file in number.source["files"])


def limit_for(count: int, freedom: int | None = None) -> float:
    """Return how many standard errors the farthest of so many independent numbers may lie off.

    An error that few points tell is Student's: in halves of its 68.3 % interval chance reaches farther.
    """
    chance = ALPHA / 2 / max(count, 1)
    if not freedom or freedom < 1:
        return float(norm.isf(chance))
    return float(t.isf(chance, freedom) / t.isf(norm.sf(1.0), freedom))


def spreads(told: Sequence[Number]) -> dict[str, dict[str, Any]]:
    """Return the mean and the width of the pulls of each kind of number, and whether chance allows the width."""
    by_what: dict[str, list[float]] = defaultdict(list)
    for one in told:
        by_what[f"{one.method} {one.what}"].append(one.sigma or 0.0)
    return {
        what: {
            "count": len(pulls), "mean": round(float(np.mean(pulls)), 3),
            "rms": round(float(np.sqrt(np.mean(np.square(pulls)))), 3),
            "p": float(chi2.sf(float(np.sum(np.square(pulls))), len(pulls))),
        }
        for what, pulls in sorted(by_what.items())
    }  # fmt: skip
