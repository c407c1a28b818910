"""The ledger: every change of an amount is a new row, and no balance goes below zero."""

from datetime import datetime
from decimal import Decimal

from labbook.errors import Refusal
from labbook.journal import Journal
from samples.models import EntryKind, LedgerEntry, Process, Sample, SampleStatus
from samples.services.indexing import index_sample

# What a lab weighs and pipettes is never finer than this; it is also the column's last digit.
SMALLEST_AMOUNT = Decimal("0.000001")


def lock_sample(sample: Sample) -> Sample:
    """Return the sample as the database has it now, locked until the transaction ends."""
    return Sample.objects.select_for_update().get(pk=sample.pk)


def debit(
    journal: Journal,
    *,
    sample: Sample,
    amount: Decimal | None,
    process: Process,
    at: datetime,
    by: str = "",
    as_written: str = "",
    recount: Decimal | None = None,
) -> LedgerEntry:
    """Take an amount, in the sample's unit, out of a sample; null when it was not recorded.

    With `recount` (what was really there before the use) the correction and the use are written together.
    Raises Refusal("amount") with an offer of that recount when the use goes beyond the book balance.
    """
    held = lock_sample(sample)
    if held.status == SampleStatus.DISCARDED:
        raise Refusal(f"{held.code} was discarded; it cannot be used.", field="sample")
    if held.status == SampleStatus.PLANNED:
        raise Refusal(f"{held.code} is planned and not made yet.", field="sample")
    if amount is not None and amount <= 0:
        raise Refusal("The amount must be more than zero.", field="amount")
    if recount is not None:
        recount_locked(journal, sample=held, counted=recount, at=at, by=by, reason="recount at the use")
    if amount is not None and held.balance is not None and amount > held.balance:
        raise Refusal(
            f"{held.code} has {said(held.balance, held.unit)} left by the book and {said(amount, held.unit)} is used. "
            "Recount what is there to use it all the same.",
            field="amount",
            offer={"sample": held.code, "recount": plain_number(amount), "unit": held.unit},
        )
    change = None if amount is None else -amount
    return _write(journal, held, EntryKind.USE, change, process, at=at, by=by, as_written=as_written)


def credit_made(
    journal: Journal, *, sample: Sample, amount: Decimal | None, process: Process, at: datetime, by: str, text: str
) -> LedgerEntry:
    """Write the first entry of a sample that this transaction made: its amount, or null when not recorded."""
    if amount is not None and amount < 0:
        raise Refusal("The amount cannot be negative.", field="amount")
    return _write(journal, sample, EntryKind.MADE, amount, process, at=at, by=by, as_written=text)


def recount_sample(
    journal: Journal, *, sample: Sample, counted: Decimal, at: datetime, by: str, reason: str
) -> LedgerEntry:
    """Set the book to what was counted; the difference becomes a row with its reason."""
    return recount_locked(journal, sample=lock_sample(sample), counted=counted, at=at, by=by, reason=reason)


def recount_locked(
    journal: Journal, *, sample: Sample, counted: Decimal, at: datetime, by: str, reason: str
) -> LedgerEntry:
    """Recount a sample whose row this transaction already holds."""
    if counted < 0:
        raise Refusal("A count cannot be negative.", field="recount")
    difference = None if sample.balance is None else counted - sample.balance
    return _write(journal, sample, EntryKind.RECOUNT, difference, None, at=at, by=by, reason=reason, balance=counted)


def change_amount(
    journal: Journal,
    *,
    sample: Sample,
    kind: EntryKind,
    amount: Decimal,
    at: datetime,
    by: str,
    reason: str,
    process: Process | None = None,
) -> LedgerEntry:
    """Write a loss, a credit or a correction, signed and in the sample's unit.

    Raises Refusal("amount") when the balance would go below zero, Refusal("reason") without a reason.
    """
    held = lock_sample(sample)
    if not reason.strip():
        raise Refusal("Say why the amount changes.", field="reason")
    if held.balance is not None and held.balance + amount < 0:
        raise Refusal(
            f"{held.code} has {said(held.balance, held.unit)} left; the balance cannot go below zero.", field="amount"
        )
    return _write(journal, held, kind, amount, process, at=at, by=by, reason=reason)


def _write(
    journal: Journal,
    sample: Sample,
    kind: EntryKind,
    amount: Decimal | None,
    process: Process | None,
    *,
    at: datetime,
    by: str = "",
    as_written: str = "",
    reason: str = "",
    balance: Decimal | None = None,
) -> LedgerEntry:
    """Append an entry and carry the sample's balance and status along."""
    before, status_before = sample.balance, sample.status
    if kind == EntryKind.RECOUNT:
        sample.balance = balance
    elif kind == EntryKind.MADE:
        sample.balance = amount
    else:
        sample.balance = None if amount is None or before is None else before + amount
    if status_before in (SampleStatus.IN_USE, SampleStatus.EMPTY):
        sample.status = SampleStatus.EMPTY if sample.balance == 0 else SampleStatus.IN_USE
    sample.version += 1
    sample.save(update_fields=["balance", "status", "version"])
    entry = LedgerEntry.objects.create(
        sample=sample, kind=kind, amount=amount, balance=sample.balance, process=process,
        at=at, by=by, as_written=as_written[:60], reason=reason[:300],
    )  # fmt: skip
    journal.changed(
        sample,
        EntryKind(kind).label,
        {"balance": (before, sample.balance), "status": (status_before, sample.status)},
        reason=reason,
    )
    if status_before != sample.status:
        index_sample(sample)
    return entry


def said(amount: Decimal, unit: str) -> str:
    """Return an amount in words for a message: 12.5 ml, 200 mg, 3 pieces."""
    shown = {"ul": "µl", "piece": "pieces"}.get(unit, unit)
    if unit in ("ul", "mg") and abs(amount) >= 1000:
        amount, shown = amount / 1000, {"ul": "ml", "mg": "g"}[unit]
    return f"{plain_number(amount)} {shown}"


def plain_number(amount: Decimal) -> str:
    """Return a decimal without trailing zeros or exponent."""
    return format(amount.normalize(), "f") if amount else "0"
