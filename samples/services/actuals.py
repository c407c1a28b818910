"""Editing what was done in a process, value by value, so that nobody overwrites anybody."""

from collections.abc import Mapping
from decimal import Decimal

from labbook.errors import Refusal
from labbook.journal import Journal
from labbook.quantities import Quantity
from labbook.services.editing import locked
from labbook.services.versions import merged
from samples.models import Process
from samples.services.injection_inputs import dial_input
from samples.services.values import forget_value, record_value

REMOVED = "taken out by hand"


def record_actuals(
    journal: Journal, *, process: Process, wanted: Mapping[str, Quantity | None], token: str
) -> list[str]:
    """Write the values that differ; names are value keys and "input <id>". Returns the names that changed.

    Raises Conflict for numbers that somebody else changed since the token, Refusal at a name that does not fit.
    """
    held = locked(process)
    current = current_numbers(held)
    numbers = {name: quantity.value if quantity else None for name, quantity in wanted.items() if name in current}
    kept = merged(held, current=current, wanted=numbers, token=token)
    for name in kept:
        _write(journal, held, name, wanted[name])
    return list(kept)


def current_numbers(process: Process) -> dict[str, Decimal | None]:
    """Return every number of a process under the name its history uses."""
    values = {value.key: value.actual for value in process.values.all()}
    inputs = {f"input {line.pk}": line.amount for line in process.inputs.all()}
    return {**values, **inputs}


def _write(journal: Journal, process: Process, name: str, quantity: Quantity | None) -> None:
    if not name.startswith("input "):
        if quantity is None:
            forget_value(journal, process=process, key=name, reason=REMOVED)
        else:
            record_value(journal, process=process, key=name, actual=quantity)
    elif quantity is None:
        raise Refusal("An amount that was used cannot be emptied; correct it.", field=name)
    else:
        line = process.inputs.select_related("sample", "process").get(pk=int(name.removeprefix("input ")))
        dial_input(journal, line=line, used=quantity)
    process.refresh_from_db(fields=["version"])
