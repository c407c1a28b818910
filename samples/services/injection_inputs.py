"""What an injection takes out of its batches: dialed before, debited at the stamp, corrected after."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from labbook.errors import Refusal
from labbook.journal import Journal
from samples.models import EntryKind, ProcessInput, Synthesis
from samples.services.graph import use_input
from samples.services.ledger import change_amount, lock_sample
from samples.services.planning import PB_INPUT, injection_of


@dataclass(frozen=True, slots=True)
class UsedAmount:
    """What was really used of an input, in its unit; null when it was not recorded."""

    amount: Decimal | None
    as_written: str = ""
    recount: Decimal | None = None
    stderr: Decimal | None = None


def use_planned_inputs(journal: Journal, *, synthesis: Synthesis, at: datetime) -> list[Refusal]:
    """Debit what the injection takes, each at its dialed or planned amount; returns what was refused.

    A refusal comes before anything is written, so the other inputs and the stamp stand.
    """
    refused = []
    lines = injection_of(synthesis).inputs.filter(used_at__isnull=True).select_related("sample")
    for line in lines.order_by("sample_id"):
        try:
            use_line(journal, line, synthesis=synthesis, at=at, given=None)
        except Refusal as refusal:
            refused.append(refusal)
    return refused


def settle_input(journal: Journal, *, line: ProcessInput, recount: Decimal | None = None) -> ProcessInput:
    """Debit an input that the injection left open, with a recount of its batch if there was more than the book says."""
    synthesis = line.process.synthesis
    if synthesis is None or synthesis.injected_at is None:
        raise Refusal("Nothing was injected yet.", field="sample")
    given = UsedAmount(planned_use(line), line.as_written, recount)
    return use_line(journal, line, synthesis=synthesis, at=synthesis.injected_at, given=given)


def return_input(journal: Journal, *, line: ProcessInput, reason: str) -> None:
    """Take a use back: its amount returns to the sample as a correction, and the input is planned again."""
    if line.sample is not None and line.amount is not None:
        change_amount(
            journal, sample=line.sample, kind=EntryKind.CORRECTION, amount=line.amount, at=journal.at,
            by=line.process.operator, reason=reason, process=line.process,
        )  # fmt: skip
    name = line.sample.code if line.sample else line.description
    journal.changed(line.process, "use taken back", {name: (line.amount, None)}, reason=reason)
    line.used_at = None
    line.save(update_fields=["used_at"])


def planned_use(line: ProcessInput) -> Decimal | None:
    """Return what an input is going to take: the dialed amount, the whole flask, or the planned amount."""
    if line.amount is not None:
        return line.amount
    if line.key == PB_INPUT and line.sample is not None:
        return lock_sample(line.sample).balance
    return line.planned_amount


def use_line(
    journal: Journal, line: ProcessInput, *, synthesis: Synthesis, at: datetime, given: UsedAmount | None
) -> ProcessInput:
    """Book one line's use at the injection: what was given, else what was planned, else a gap."""
    used = given or UsedAmount(planned_use(line), line.as_written or line.planned_as_written)
    # An empty flask is a gap in the book and no reason to lose the injection's record.
    amount = used.amount if used.amount else None
    return use_input(
        journal, line=line, amount=amount, at=at, by=synthesis.operator, as_written=used.as_written,
        stderr=used.stderr, recount=used.recount,
    )  # fmt: skip
