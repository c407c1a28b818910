"""The amount of one input: set before it is used, corrected after, with the ledger following."""

from decimal import Decimal

from labbook.errors import Refusal
from labbook.journal import Journal
from labbook.quantities import Quantity
from samples.models import EntryKind, ProcessInput, Sample
from samples.services.crude import follow_crude
from samples.services.ledger import change_amount, lock_sample, plain_number, recount_locked, said
from samples.services.values import follow_up


def dial_input(journal: Journal, *, line: ProcessInput, used: Quantity, recount: Decimal | None = None) -> ProcessInput:
    """Set the amount of an input: before its process what will be used, after it as a correction of what was.

    `recount` is what the sample really held before the correction, in its unit. Raises Refusal("amount")
    with an offer of that recount when the correction goes beyond the book balance.
    """
    if used.value <= 0:
        raise Refusal("The amount must be more than zero.", field="amount")
    name = line.sample.code if line.sample else line.description
    process, before = line.process, line.amount
    if before == used.value:
        return line
    if line.used_at is not None and line.sample is not None and before is not None:
        more = used.value - before
        _check_book(journal, line.sample, more=more, recount=recount, by=process.operator)
        change_amount(
            journal, sample=line.sample, kind=EntryKind.CORRECTION, amount=-more, at=journal.at,
            by=process.operator, reason=f"{used.as_written} was used instead", process=process,
        )  # fmt: skip
    line.amount, line.amount_stderr, line.as_written = used.value, used.stderr, used.as_written[:60]
    line.save(update_fields=["amount", "amount_stderr", "as_written"])
    process.version += 1
    process.save(update_fields=["version"])
    journal.changed(process, f"amount of {name} set", {f"input {line.pk}": (before, used.value)})
    if line.used_at is not None:
        follow_crude(journal, process)
        follow_up(journal, process=process)
    return line


def _check_book(journal: Journal, sample: Sample, *, more: Decimal, recount: Decimal | None, by: str) -> None:
    """Recount a sample as agreed, and refuse to take more than it then has, offering the recount."""
    held = lock_sample(sample)
    if recount is not None:
        recount_locked(journal, sample=held, counted=recount, at=journal.at, by=by, reason="recount at the correction")
    if held.balance is not None and more > held.balance:
        raise Refusal(
            f"{held.code} has {said(held.balance, held.unit)} left by the book and {said(more, held.unit)} more was "
            "used. Recount what is there to correct it all the same.",
            field="amount",
            offer={"sample": held.code, "recount": plain_number(more), "unit": held.unit},
        )
