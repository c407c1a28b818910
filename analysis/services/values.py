"""Values in force: per sample, quantity and state one value counts, of a chosen fit or the mean of replicates."""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from analysis.models import Fit, Result, ValueInForce
from analysis.services.counting import Counted, counted_in, results_in
from analysis.services.holding import hold_samples
from analysis.services.indexing import index_results, index_values
from analysis.services.rungs import RUBY, renew_rung
from analysis.services.sizes import SIZES, measure_sizes
from analysis.services.states import State, state_from, state_of
from labbook.errors import Refusal
from labbook.journal import Journal
from labbook.services.editing import locked

# What of a value in force follows its results.
FIELDS = (
    "value", "stderr", "between_std", "replicate_count", "unit", "project", "chosen", "temperature_k",
    "pressure_gpa", "age_days", "branch",
)  # fmt: skip


def bring_up_to_date(journal: Journal, fits: Iterable[Fit]) -> None:
    """Let what counts follow fits that came, went, or were judged; call it in the transaction that changed them."""
    several = list(fits)
    touched = {
        (fit.sample_id, state_of(fit)) for fit in several if fit.sample_id is not None and fit.measurement is not None
    }
    hold_samples({sample_id for sample_id, _ in touched})
    for sample_id, state in sorted(touched, key=str):
        renew(journal, sample_id, state)
    measure_sizes(journal, [fit for fit in several if fit.method == SIZES])
    rubies = (fit.measurement for fit in several if fit.measurement and fit.method == RUBY)
    rungs = {one.rung.pk: one.rung for one in rubies if one.rung}
    for pk in sorted(rungs):
        renew_rung(rungs[pk])
    index_values({sample_id for sample_id, _ in touched})
    index_results({fit.measurement_id for fit in several if fit.measurement_id is not None})


def renew(journal: Journal, sample_id: int, state: State) -> None:
    """Bring every quantity of a sample in one state up to date; the sample is held."""
    found = counted_in(sample_id, state)
    kept = {one.quantity: one for one in ValueInForce.objects.filter(sample=sample_id, state=str(state))}
    picked: dict[int, set[int]] = {}
    for quantity, results in found.items():
        value = kept.pop(quantity, None) or ValueInForce(
            lab=journal.lab, created_by=journal.by, sample_id=sample_id, quantity=quantity, state=str(state)
        )
        picked |= put_in_force(value, state, results)
    link(picked)
    ValueInForce.objects.filter(pk__in=[one.pk for one in kept.values()]).delete()


def put_in_force(value: ValueInForce, state: State, results: Sequence[Counted]) -> dict[int, set[int]]:
    """Write one value: of the chosen fit while it counts, else the mean of all. Returns its results by its id."""
    chosen = [one for one in results if one.fit_id == value.chosen_id]
    picked = chosen or results
    numbers: dict[str, Any] = {
        **mean_of(picked), "unit": picked[0].unit, "project_id": picked[0].project_id,
        "chosen_id": value.chosen_id if chosen else None, "temperature_k": state.temperature_k,
        "pressure_gpa": state.pressure_gpa, "age_days": state.age_days, "branch": state.branch,
    }  # fmt: skip
    for name, number in numbers.items():
        setattr(value, name, number)
    value.save(update_fields=None if value.pk is None else FIELDS)
    return {value.pk: {one.result_id for one in picked}}


def link(picked: Mapping[int, set[int]]) -> None:
    """Let values in force be made of exactly these results."""
    links = ValueInForce.results.through.objects
    stored: dict[int, set[int]] = {value: set() for value in picked}
    for value, result in links.filter(valueinforce__in=picked).values_list("valueinforce_id", "result_id"):
        stored[value].add(result)
    fresh = [(value, result) for value, results in picked.items() for result in sorted(results - stored[value])]
    links.bulk_create([links.model(valueinforce_id=value, result_id=result) for value, result in fresh])
    for value, results in picked.items():
        if stored[value] - results:
            links.filter(valueinforce=value, result__in=stored[value] - results).delete()


def mean_of(results: Sequence[Result | Counted]) -> dict[str, Any]:
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
    hold_samples({value.sample_id})
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
