"""What happens to the amount of a single sample: consumed, discarded, counted, poured back."""

from datetime import datetime
from decimal import Decimal

from labbook.errors import Refusal
from labbook.journal import Journal
from samples.kinds import Precision, ProcessKind, SampleKind, Unit
from samples.models import EntryKind, Process, Sample, SampleStatus
from samples.services.graph import make_process, use
from samples.services.indexing import index_sample
from samples.services.ledger import change_amount, lock_sample, plain_number, recount_sample


def consume(
    journal: Journal,
    *,
    sample: Sample,
    amount: Decimal | None,
    at: datetime,
    precision: Precision = Precision.MINUTE,
    operator: str = "",
    purpose: str = "",
    as_written: str = "",
    recount: Decimal | None = None,
) -> Process:
    """Use an amount of a sample for something that leaves no sample behind, such as a stability cuvette."""
    process = make_process(
        journal, kind=ProcessKind.CONSUMPTION, at=at, precision=precision, operator=operator, purpose=purpose[:120],
    )  # fmt: skip
    use(journal, process=process, sample=sample, amount=amount, as_written=as_written, recount=recount)
    return process


def discard_sample(journal: Journal, *, sample: Sample, at: datetime, by: str, reason: str) -> Sample:
    """Discard a sample: what is left becomes a loss with the reason, and it can no longer be used."""
    held = lock_sample(sample)
    if held.status == SampleStatus.DISCARDED:
        raise Refusal(f"{held.code} was already discarded.", field="sample")
    if not reason.strip():
        raise Refusal("Say why it is discarded.", field="reason")
    if held.balance:
        change_amount(journal, sample=held, kind=EntryKind.LOSS, amount=-held.balance, at=at, by=by, reason=reason)
        held = lock_sample(held)
    return _set_status(journal, held, SampleStatus.DISCARDED, reason=reason, at=at, action="discarded")


def keep_after_all(journal: Journal, *, sample: Sample, at: datetime, by: str, reason: str) -> Sample:
    """Take back a discarding: the sample is in use again with the amount it had."""
    held = lock_sample(sample)
    if held.status != SampleStatus.DISCARDED:
        raise Refusal(f"{held.code} was not discarded.", field="sample")
    lost = held.ledger.filter(kind=EntryKind.LOSS).last() if held.balance == 0 else None
    held = _set_status(journal, held, SampleStatus.IN_USE, reason="", at=None, action="kept after all")
    if lost is not None and lost.amount is not None:
        change_amount(journal, sample=held, kind=EntryKind.CORRECTION, amount=-lost.amount, at=at, by=by, reason=reason)
        held = lock_sample(held)
    return held


def _set_status(
    journal: Journal, sample: Sample, status: SampleStatus, *, reason: str, at: datetime | None, action: str
) -> Sample:
    before = sample.status
    sample.status, sample.status_reason, sample.ended_at = status, reason[:300], at
    sample.version += 1
    sample.save(update_fields=["status", "status_reason", "ended_at", "version"])
    journal.changed(sample, action, {"status": (before, status)}, reason=reason)
    index_sample(sample)
    return sample


def count_sample(journal: Journal, *, sample: Sample, counted: Decimal, at: datetime, by: str, reason: str) -> None:
    """Write what was counted or measured to be there."""
    recount_sample(journal, sample=sample, counted=counted, at=at, by=by, reason=reason or "recount")


def pour_back(
    journal: Journal, *, cuvette: Sample, vial: Sample, amount: Decimal, at: datetime, by: str, reason: str = ""
) -> None:
    """Pour a cuvette back into its vial: a flagged credit in the ledger, not an edge of the graph."""
    if cuvette.kind != SampleKind.CUVETTE:
        raise Refusal(f"{cuvette.code} is no cuvette.", field="sample")
    if not cuvette.origin.inputs.filter(sample=vial).exists():
        raise Refusal(f"{cuvette.code} was not filled from {vial.code}.", field="vial")
    if amount <= 0:
        raise Refusal("The amount must be more than zero.", field="amount")
    change_amount(
        journal, sample=vial, kind=EntryKind.CREDIT, amount=amount, at=at, by=by,
        reason=reason or f"poured back from {cuvette.code}",
    )  # fmt: skip
    if cuvette.unit == Unit.PIECE and cuvette.balance:
        change_amount(
            journal, sample=cuvette, kind=EntryKind.LOSS, amount=-cuvette.balance, at=at, by=by,
            reason=f"{plain_number(amount)} {vial.unit} poured back into {vial.code}",
        )  # fmt: skip
