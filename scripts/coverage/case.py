"""One question of the coverage run: a method, data made from known numbers, and those numbers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from analysis.methods.contract import Work


@dataclass(frozen=True, slots=True)
class Case:
    """Work made anew from a generator, and the truth of every result to judge by its name.

    A weak case has so few counts or points that value ± stderr is no interval: its `low` and `high` are judged,
    its pulls only told.
    """

    method: str
    name: str
    simulate: Callable[[np.random.Generator], Work]
    truths: Mapping[str, float]
    is_weak: bool = False
