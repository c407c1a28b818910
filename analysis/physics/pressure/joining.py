"""Rows of two pressure tables that belong together: by pressure within a tolerance, never by their order."""

from dataclasses import dataclass

import numpy as np

from analysis.physics.fitting.problem import Floats


@dataclass(frozen=True, slots=True)
class Joined:
    """Pairs of rows, and the rows of either table that have no partner."""

    pairs: tuple[tuple[int, int], ...]
    left_alone: tuple[int, ...]
    right_alone: tuple[int, ...]


def join_by_pressure(left_gpa: Floats, right_gpa: Floats, tolerance_gpa: float) -> Joined:
    """Return which rows were measured at one pressure: each other's nearest, and within the tolerance."""
    if not len(left_gpa) or not len(right_gpa):
        return Joined((), tuple(range(len(left_gpa))), tuple(range(len(right_gpa))))
    apart = np.abs(np.subtract.outer(left_gpa, right_gpa))
    nearest_right, nearest_left = apart.argmin(axis=1), apart.argmin(axis=0)
    pairs = tuple(
        (left, int(right))
        for left, right in enumerate(nearest_right)
        if nearest_left[right] == left and apart[left, right] <= tolerance_gpa
    )
    lefts, rights = {left for left, _ in pairs}, {right for _, right in pairs}
    return Joined(
        pairs,
        tuple(index for index in range(len(left_gpa)) if index not in lefts),
        tuple(index for index in range(len(right_gpa)) if index not in rights),
    )
