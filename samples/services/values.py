"""Planned and actual values of a process, and what follows from them on its synthesis."""

from decimal import Decimal

from labbook.errors import Refusal
from labbook.journal import Change, Journal
from labbook.quantities import Quantity, QuantityRange, convert
from samples.kinds import ProcessKind
from samples.models import Process, ProcessValue, Step, Synthesis
from samples.queries.deviations import recount_notable
from samples.services.indexing import index_synthesis, reindex_after_injection_change
from samples.value_keys import VALUE_KEYS, ValueKey


def record_value(
    journal: Journal,
    *,
    process: Process,
    key: str,
    planned: QuantityRange | None = None,
    actual: Quantity | None = None,
    step: Step | None = None,
    reason: str = "",
) -> ProcessValue:
    """Write the planned range, the actual value or both of one quantity; what is null stays as it is.

    The unit of the key counts; other units of the same quantity are converted. Raises Refusal at the key
    for an unknown quantity, a negative one, or a growth time typed beside its two stamps.
    """
    row = _known(key)
    value = _found(process, key) or ProcessValue(process=process, key=key, unit=row.unit, step=step)
    before = _told(value)
    if planned is not None:
        value.planned_low = _stored(planned.low, planned.unit, row)
        value.planned_high = _stored(planned.high, planned.unit, row)
        value.planned_as_written = planned.as_written[:60]
    if actual is not None:
        _refuse_typed_growth(process, key)
        _set_actual(value, actual, row)
    value.reason = (reason or value.reason)[:200]
    value.step = value.step or step
    return _saved(journal, process, value, before, "value recorded", reason)


def forget_value(journal: Journal, *, process: Process, key: str, reason: str) -> ProcessValue:
    """Take an actual value back, or say that it was not recorded, with the reason."""
    row = _known(key)
    if not reason.strip():
        raise Refusal(f"Say why the {row.label.lower()} was not recorded.", field=key)
    value = _found(process, key) or ProcessValue(process=process, key=key, unit=row.unit)
    before = _told(value)
    value.actual, value.actual_stderr, value.actual_as_written = None, None, ""
    value.reason = reason.strip()[:200]
    return _saved(journal, process, value, before, "value not recorded", reason)


def write_growth(journal: Journal, *, synthesis: Synthesis, process: Process) -> None:
    """Compute the growth time from the two stamps, or take it away when one of them is gone."""
    value = _found(process, "growth_s") or ProcessValue(process=process, key="growth_s", unit="s")
    before = _told(value)
    if synthesis.injected_at and synthesis.ice_bath_at:
        seconds = (synthesis.ice_bath_at - synthesis.injected_at).total_seconds()
        value.actual, value.actual_as_written = Decimal(str(seconds)).quantize(Decimal("0.001")), ""
    else:
        value.actual, value.actual_as_written = None, ""
    if value.pk or value.actual is not None:
        _saved(journal, process, value, before, "growth time computed", "")


def accept_plan(journal: Journal, *, process: Process, values: list[ProcessValue]) -> int:
    """Write the plan as the actual where one value was planned and none recorded; returns how many."""
    accepted = [one for one in values if can_accept(one)]
    for value in accepted:
        actual = Quantity(value.planned_low or Decimal(0), None, value.unit, "as planned")
        record_value(journal, process=process, key=value.key, actual=actual)
    return len(accepted)


def can_accept(value: ProcessValue) -> bool:
    """Say whether "as planned" means one number: a single planned value without an actual one."""
    is_single = value.planned_low is not None and value.planned_low == value.planned_high
    return is_single and value.actual is None and value.key != "growth_s"


def follow_up(journal: Journal, *, process: Process) -> None:
    """Carry values over to the synthesis: its temperature, its growth time and its count of deviations."""
    if process.kind == ProcessKind.HOT_INJECTION and process.synthesis_id:
        _copy_to_synthesis(process)
    for synthesis in syntheses_touched_by(process):
        recount_notable(synthesis)
        index_synthesis(synthesis)


def syntheses_touched_by(process: Process) -> list[Synthesis]:
    """Return the syntheses whose plan and actual show this process: their own, or one that used its batch."""
    own = Synthesis.objects.filter(processes=process)
    used = Synthesis.objects.filter(
        processes__kind=ProcessKind.HOT_INJECTION, processes__inputs__sample__origin=process
    )
    return list((own | used).distinct()) if process.synthesis_id is None else list(own)


def _copy_to_synthesis(process: Process) -> None:
    """Copy injection temperature and growth time; the process values stay the source."""
    found = {
        value.key: value.actual for value in process.values.filter(key__in=["injection_temperature_c", "growth_s"])
    }
    synthesis = Synthesis.objects.get(processes=process)
    before = synthesis.injection_temperature_c, synthesis.growth_s
    synthesis.injection_temperature_c = found.get("injection_temperature_c")
    synthesis.growth_s = found.get("growth_s")
    if before != (synthesis.injection_temperature_c, synthesis.growth_s):
        synthesis.save(update_fields=["injection_temperature_c", "growth_s"])
        reindex_after_injection_change(synthesis)


def _saved(
    journal: Journal, process: Process, value: ProcessValue, before: dict[str, object], action: str, reason: str
) -> ProcessValue:
    after = _told(value)
    if value.pk and before == after:
        return value
    value.save()
    process.version += 1
    process.save(update_fields=["version"])
    changes: dict[str, Change] = {name: (before[name], told) for name, told in after.items()}
    journal.changed(process, action, changes, reason=reason)
    follow_up(journal, process=process)
    return value


def _told(value: ProcessValue) -> dict[str, object]:
    """Return what the history says of a value, under the names a form uses for it."""
    planned = value.planned_as_written
    if not planned and value.planned_low is not None:
        planned = f"{value.planned_low}–{value.planned_high}"
    return {value.key: value.actual, f"{value.key}.planned": planned, f"{value.key}.reason": value.reason}


def _set_actual(value: ProcessValue, actual: Quantity, row: ValueKey) -> None:
    value.actual = _stored(actual.value, actual.unit, row)
    value.actual_stderr = actual.stderr
    value.actual_as_written = actual.as_written[:60]


def _stored(number: Decimal, unit: str, row: ValueKey) -> Decimal:
    stored = number if unit == row.unit else convert(number, unit, row.unit)
    if stored < 0 and row.unit != "°C":
        raise Refusal(f"{row.label} cannot be negative.", field=row.key)
    return stored


def _known(key: str) -> ValueKey:
    row = VALUE_KEYS.get(key)
    if row is None:
        raise Refusal(f"“{key}” is not a quantity this notebook knows.", field=key)
    return row


def _found(process: Process, key: str) -> ProcessValue | None:
    return ProcessValue.objects.filter(process=process, key=key).first()


def _refuse_typed_growth(process: Process, key: str) -> None:
    stamped = Synthesis.objects.filter(processes=process, injected_at__isnull=False, ice_bath_at__isnull=False)
    if key == "growth_s" and stamped.exists():
        raise Refusal("Growth time is computed from the two stamps; correct those instead.", field=key)
