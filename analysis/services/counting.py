"""Results that count of a sample in one state: as records for a person, and light for a mean over a thousand."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from analysis.models import Fit, Result
from analysis.quantities import QUANTITIES
from analysis.services.states import Conditions, State, near, state_of, state_under

IN_FORCE = frozenset(name for name, one in QUANTITIES.items() if one.is_in_force)
FACTS = ("name", "pk", "value", "stderr", "unit", "fit_id", "fit__project_id")
CONDITIONS = (
    "fit__measurement__temperature_k", "fit__measurement__pressure_gpa", "fit__measurement__branch",
    "fit__measurement__rung__nominal", "fit__measurement__rung__unit", "fit__measurement__rung__branch",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Counted:
    """One result that counts, without the records around it."""

    result_id: int
    value: float
    stderr: float | None
    unit: str
    fit_id: int
    project_id: int | None


def counting(sample_id: int, state: State) -> "QuerySet[Result]":
    """Return the results that count of a sample, narrowed down to a state as far as the database can."""
    fits = Fit.objects.counting().filter(near(state), sample=sample_id, measurement__is_void=False)
    return Result.objects.filter(fit__in=fits, name__in=IN_FORCE, value__isnull=False).order_by("pk")


def results_in(sample_id: int, state: State) -> dict[str, list[Result]]:
    """Return the results that count of a sample in one state, by quantity."""
    by_quantity: dict[str, list[Result]] = defaultdict(list)
    for result in counting(sample_id, state).select_related("fit__measurement__rung"):
        if state_of(result.fit) == state:
            by_quantity[result.name].append(result)
    return by_quantity


def counted_in(sample_id: int, state: State) -> dict[str, list[Counted]]:
    """Return the same results without their records."""
    by_quantity: dict[str, list[Counted]] = defaultdict(list)
    is_same: dict[tuple[Any, ...], bool] = {}
    for name, *facts in counting(sample_id, state).values_list(*FACTS, *CONDITIONS):
        told = tuple(facts[len(FACTS) - 1 :])
        if told not in is_same:
            is_same[told] = state_under(conditions_of(told)) == state
        if is_same[told]:
            by_quantity[name].append(Counted(*facts[: len(FACTS) - 1]))
    return by_quantity


def conditions_of(told: tuple[Any, ...]) -> Conditions:
    """Return conditions as the columns tell them; without a rung its columns are empty."""
    temperature_k, pressure_gpa, own_branch, nominal, unit, branch = told
    return Conditions(temperature_k, pressure_gpa, own_branch, nominal, unit or "", branch or "")
