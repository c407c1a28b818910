"""Editing what was done in a process, value by value, so that nobody overwrites anybody."""

from collections.abc import Callable, Mapping
from decimal import Decimal

from labbook.errors import Refusal
from labbook.journal import Journal
from labbook.quantities import Quantity
from labbook.services.editing import locked
from labbook.services.versions import merged
from samples.models import Process, ProcessInput, Sample
from samples.services.made_amounts import correct_made_amount
from samples.services.used_amounts import dial_input
from samples.services.values import follow_up, forget_value, record_value

REMOVED = "taken out by hand"
# What the history calls an input's amount and the amount made of an output, before their ids.
INPUT, MADE = "input ", "made "

# What a person agreed that a sample really held, in its unit, or nothing.
RecountOf = Callable[[Sample], Decimal | None]


def record_actuals(
    journal: Journal,
    *,
    process: Process,
    wanted: Mapping[str, Quantity | None],
    token: str,
    recount_of: RecountOf = lambda sample: None,
) -> list[str]:
    """Write the values that differ; names are value keys, "input <id>" and "made <id>". Returns those that changed.

    Raises Conflict for numbers that somebody else changed since the token, Refusal at a name that does not
    fit, with the offer of a recount where a bottle had more in it than the book says.
    """
    held = locked(process)
    current = current_numbers(held)
    numbers = {name: quantity.value if quantity else None for name, quantity in wanted.items() if name in current}
    kept = merged(held, current=current, wanted=numbers, token=token)
    for name in kept:
        try:
            _write(journal, held, name, wanted[name], recount_of)
        except Refusal as refusal:
            raise Refusal(refusal.message, field=name, offer=refusal.offer) from refusal
        held.refresh_from_db(fields=["version"])
    return list(kept)


def current_numbers(process: Process) -> dict[str, Decimal | None]:
    """Return every number of a process under the name its history uses."""
    values = {value.key: value.actual for value in process.values.all()}
    inputs = {f"{INPUT}{line.pk}": line.amount for line in process.inputs.all()}
    made = {f"{MADE}{sample.pk}": sample.made_amount for sample in process.outputs.all()}
    return {**values, **inputs, **made}


def _write(journal: Journal, process: Process, name: str, quantity: Quantity | None, recount_of: RecountOf) -> None:
    if name.startswith((INPUT, MADE)) and quantity is None:
        raise Refusal("An amount that was used or made cannot be emptied; correct it.")
    if quantity is None:
        forget_value(journal, process=process, key=name, reason=REMOVED)
    elif name.startswith(INPUT):
        line = process.inputs.select_related("sample", "process").get(pk=int(name.removeprefix(INPUT)))
        _correct_input(journal, line, quantity, recount_of)
    elif name.startswith(MADE):
        _correct_made(journal, process, int(name.removeprefix(MADE)), quantity)
    else:
        record_value(journal, process=process, key=name, actual=quantity)


def _correct_input(journal: Journal, line: ProcessInput, used: Quantity, recount_of: RecountOf) -> None:
    recount = recount_of(line.sample) if line.sample else None
    dial_input(journal, line=line, used=used, recount=recount)


def _correct_made(journal: Journal, process: Process, sample_id: int, made: Quantity) -> None:
    """Correct the amount of an output, told in the history of its process too, where the next conflict is found."""
    sample = process.outputs.get(pk=sample_id)
    before = sample.made_amount
    correct_made_amount(journal, sample=sample, amount=made.value, reason=f"{made.as_written} was made instead")
    process.version += 1
    process.save(update_fields=["version"])
    journal.changed(process, f"amount of {sample.code} made set", {f"{MADE}{sample_id}": (before, made.value)})
    follow_up(journal, process=process)
