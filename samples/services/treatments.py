"""Treatments: what is done to one sample in place, with the amount before and after."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from labbook.errors import Refusal
from labbook.journal import Journal
from samples.kinds import TREATMENT_KINDS, Precision, ProcessKind
from samples.models import EntryKind, Process, Sample, SampleStatus
from samples.services.graph import check_order, make_process
from samples.services.ledger import change_amount, lock_sample, recount_locked


def treat(
    journal: Journal,
    *,
    sample: Sample,
    kind: ProcessKind,
    at: datetime,
    precision: Precision = Precision.MINUTE,
    operator: str = "",
    amount_after: Decimal | None = None,
    **facts: Any,
) -> Process:
    """Treat a sample in place: clean-up spin, filtering, drying or reheating.

    `amount_after`, in the sample's unit, becomes a loss in the ledger; null means the amount was not looked at.
    `facts` are columns of the process: phase_kept, phase_discarded, look, outcome, note.
    """
    if kind not in TREATMENT_KINDS:
        raise Refusal(f"{ProcessKind(kind).label} is not a treatment in place.", field="kind")
    held = lock_sample(sample)
    if held.status in (SampleStatus.DISCARDED, SampleStatus.PLANNED):
        raise Refusal(f"{held.code} is {held.get_status_display()}; it cannot be treated.", field="sample")
    process = make_process(
        journal, kind=kind, at=at, precision=precision, operator=operator, treats=held, **facts,
    )  # fmt: skip
    check_order(process, held, at=at)
    if amount_after is not None:
        _write_difference(journal, held, process, amount_after)
    return process


def _write_difference(journal: Journal, sample: Sample, process: Process, amount_after: Decimal) -> None:
    what = process.get_kind_display()
    if amount_after < 0:
        raise Refusal("An amount cannot be negative.", field="amount_after")
    if sample.balance is None:
        recount_locked(
            journal, sample=sample, counted=amount_after, at=process.started_at, by=process.operator,
            reason=f"measured after {what}",
        )  # fmt: skip
        return
    difference = amount_after - sample.balance
    if difference == 0:
        return
    change_amount(
        journal, sample=sample, kind=EntryKind.LOSS if difference < 0 else EntryKind.CORRECTION, amount=difference,
        at=process.started_at, by=process.operator, reason=f"lost in {what}" if difference < 0 else f"after {what}",
        process=process,
    )  # fmt: skip
