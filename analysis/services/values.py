"""Values in force: per sample, quantity and state one value counts, of a chosen fit or the mean of replicates."""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Q

from analysis.models import Fit, Result, ValueInForce
from analysis.quantities import QUANTITIES
from analysis.services.indexing import index_results, index_values
from analysis.services.rungs import renew_rung
from analysis.services.sizes import SIZES, measure_sizes
from labbook.errors import Refusal
from labbook.journal import Journal
from labbook.services.editing import locked
from samples.models import Sample

IN_FORCE = frozenset(name for name, one in QUANTITIES.items() if one.is_in_force)
ROOM_K = (Decimal(288), Decimal(303))


@dataclass(frozen=True, slots=True)
class State:
    """In which state a sample was looked at; what is as it always is has no word."""

    temperature_k: Decimal | None = None
    pressure_gpa: Decimal | None = None
    age_days: Decimal | None = None
    branch: str = ""

    def __str__(self) -> str:
        """Return the state in words."""
        words = []
        if self.temperature_k is not None:
            words.append(f"{self.temperature_k.normalize():f} K")
        if self.pressure_gpa is not None:
            words.append(f"{self.pressure_gpa.normalize():f} GPa")
        if self.age_days is not None:
            words.append(f"{self.age_days.normalize():f} d")
        return ", ".join([*words, *([self.branch] if self.branch else [])])


def state_of(fit: Fit) -> State:
    """Return the state a fit's sample was in: its rung's, else its measurement's; room temperature is none.

    An age is a state on a ladder of ages only; otherwise every look at a sample would be a state of its own.
    """
    measurement = fit.measurement
    if measurement is None:
        return State()
    temperature, pressure, age, branch = measurement.temperature_k, measurement.pressure_gpa, None, measurement.branch
    rung = measurement.rung
    if rung is not None:
        branch = rung.branch or branch
        temperature = rung.nominal if rung.unit == "K" else temperature
        pressure = rung.nominal if rung.unit == "GPa" else pressure
        age = rung.nominal if rung.unit == "d" else None
    if temperature is not None and ROOM_K[0] <= temperature <= ROOM_K[1] and not (rung and rung.unit == "K"):
        temperature = None
    return State(temperature, pressure, age, branch)


def bring_up_to_date(journal: Journal, fits: Iterable[Fit]) -> None:
    """Let what counts follow fits that came, went, or were judged; call it in the transaction that changed them."""
    several = list(fits)
    touched = {
        (fit.sample_id, state_of(fit)) for fit in several if fit.sample_id is not None and fit.measurement is not None
    }
    for sample_id, state in sorted(touched, key=str):
        renew(journal, sample_id, state)
    measure_sizes(journal, [fit for fit in several if fit.method == SIZES])
    for rung in {fit.measurement.rung for fit in several if fit.measurement and fit.measurement.rung}:
        renew_rung(rung)
    index_values({sample_id for sample_id, _ in touched})
    index_results({fit.measurement_id for fit in several if fit.measurement_id is not None})


def renew(journal: Journal, sample_id: int, state: State) -> None:
    """Bring every quantity of a sample in one state up to date."""
    found = results_in(sample_id, state)
    kept = {one.quantity: one for one in ValueInForce.objects.filter(sample=sample_id, state=str(state))}
    for quantity, results in found.items():
        put_in_force(journal, sample_id, state, quantity, results, kept.pop(quantity, None))
    ValueInForce.objects.filter(pk__in=[one.pk for one in kept.values()]).delete()


def results_in(sample_id: int, state: State) -> dict[str, list[Result]]:
    """Return the results that count of a sample in one state, by quantity."""
    fits = Fit.objects.counting().filter(near(state), sample=sample_id, measurement__is_void=False)
    found = Result.objects.filter(fit__in=fits, name__in=IN_FORCE, value__isnull=False)
    by_quantity: dict[str, list[Result]] = defaultdict(list)
    for result in found.select_related("fit__measurement__rung").order_by("pk"):
        if state_of(result.fit) == state:
            by_quantity[result.name].append(result)
    return by_quantity


def near(state: State) -> Q:
    """Return what the database can tell of a state, so that a sample measured a thousand times is not read whole."""
    pressed = state.pressure_gpa
    if pressed is not None:
        return Q(measurement__rung__nominal=pressed) | Q(measurement__pressure_gpa=pressed)
    if state.age_days is not None:
        return Q(measurement__rung__nominal=state.age_days)
    return Q()


def put_in_force(
    journal: Journal, sample_id: int, state: State, quantity: str, results: Sequence[Result], old: ValueInForce | None
) -> None:
    """Write the value of one quantity: of the chosen fit while it counts, else the mean of all."""
    chosen = old.chosen_id if old else None
    picked = [one for one in results if one.fit_id == chosen] or list(results)
    numbers = mean_of(picked)
    fields: dict[str, Any] = {
        **numbers, "unit": picked[0].unit, "project_id": picked[0].fit.project_id,
        "chosen_id": chosen if picked[0].fit_id == chosen else None, "temperature_k": state.temperature_k,
        "pressure_gpa": state.pressure_gpa, "age_days": state.age_days, "branch": state.branch,
    }  # fmt: skip
    value, _ = ValueInForce.objects.update_or_create(
        sample_id=sample_id, quantity=quantity, state=str(state),
        defaults=fields, create_defaults={**fields, "lab": journal.lab, "created_by": journal.by},
    )  # fmt: skip
    value.results.set(picked)


def mean_of(results: Sequence[Result]) -> dict[str, Any]:
    """Return the mean of replicates, its standard error and the spread between them.

    One result keeps its own error; of several the error of the mean is the larger of what their own errors and
    what their spread leave open.
    """
    values = [one.value for one in results if one.value is not None]
    count, mean = len(values), sum(values) / len(values)
    errors = [one.stderr for one in results if one.stderr is not None]
    of_fits = math.sqrt(sum(one**2 for one in errors)) / count if len(errors) == count else None
    if count == 1:
        return {"value": mean, "stderr": of_fits, "between_std": None, "replicate_count": 1}
    spread = math.sqrt(sum((one - mean) ** 2 for one in values) / (count - 1))
    stderr = max(of_fits or 0.0, spread / math.sqrt(count))
    return {"value": mean, "stderr": stderr, "between_std": spread, "replicate_count": count}


def choose_value(journal: Journal, value: ValueInForce, *, fit: Fit | None, reason: str = "") -> ValueInForce:
    """Let one fit count for a sample, quantity and state, or with none all of them again.

    Raises Refusal for a fit that does not count or is of something else.
    """
    held = locked(value)
    before = held.chosen
    if fit is not None:
        known = results_in(held.sample_id, state_from(held)).get(held.quantity, [])
        if fit.pk not in {one.fit_id for one in known}:
            raise Refusal("This fit does not count for that value.", field="fit")
    held.chosen, held.chosen_by = fit, journal.by if fit else None
    held.version += 1
    held.save()
    journal.changed(held, "chosen", {"fit": (before, fit)}, reason)
    renew(journal, held.sample_id, state_from(held))
    index_values({held.sample_id})
    renewed = ValueInForce.objects.filter(pk=held.pk).first()
    if renewed is None:
        raise Refusal("No fit counts for this value any more; load the page again.")
    return renewed


def state_from(value: ValueInForce) -> State:
    """Return the state a value in force is of."""
    return State(value.temperature_k, value.pressure_gpa, value.age_days, value.branch)


def samples_of(fits: Iterable[Fit]) -> list[Sample]:
    """Return the samples that fits are of."""
    return list(Sample.objects.filter(pk__in={fit.sample_id for fit in fits if fit.sample_id}))
