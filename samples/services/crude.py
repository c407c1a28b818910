"""The crude: made at the ice bath, its volume computed from what was put together unless it was read."""

from decimal import Decimal

from labbook.errors import Refusal
from labbook.journal import Journal
from labbook.quantities import Quantity
from labbook.services.editing import locked
from samples.kinds import Precision, SampleKind, Unit
from samples.models import EntryKind, Process, Sample, SampleStatus, Synthesis
from samples.services.graph import Made, make_sample
from samples.services.indexing import index_sample, index_synthesis
from samples.services.ledger import change_amount, credit_made, lock_sample
from samples.services.made_amounts import correct_made_amount
from samples.services.planning import injection_of


def make_crude(
    journal: Journal, *, synthesis: Synthesis, crude_ul: Decimal | None = None, as_written: str = ""
) -> Sample:
    """Make the crude, or make it again after its stamp was taken back; its volume is computed unless given."""
    process = injection_of(synthesis)
    at = synthesis.ice_bath_at or synthesis.injected_at or process.started_at
    precision = Precision.SECOND if synthesis.ice_bath_at else Precision(process.started_at_precision)
    amount = crude_ul if crude_ul is not None else computed_crude_ul(process)
    crude = crude_of(synthesis)
    if crude is None:
        made = Made(
            kind=SampleKind.CRUDE, code=f"{synthesis.code}-C", unit=Unit.UL, amount=amount, as_written=as_written,
            at=at, precision=precision, look=synthesis.look,
        )  # fmt: skip
        return make_sample(journal, process=process, made=made)
    if crude.status != SampleStatus.PLANNED:
        return crude
    crude.status, crude.made_at, crude.made_amount = SampleStatus.IN_USE, at, amount
    crude.save(update_fields=["status", "made_at", "made_amount"])
    credit_made(journal, sample=crude, amount=amount, process=process, at=at, by=process.operator, text=as_written)
    crude.refresh_from_db()
    index_sample(crude)
    return crude


def set_crude_volume(journal: Journal, *, synthesis: Synthesis, volume: Quantity, reason: str = "") -> Sample:
    """Write the volume of the crude as it was read, instead of the computed one; the difference is a correction."""
    crude = crude_of(synthesis)
    if crude is None or crude.status == SampleStatus.PLANNED:
        raise Refusal("There is no crude yet; it is made at the ice bath.", field="crude_ml")
    return correct_made_amount(
        journal, sample=crude, amount=volume.value, reason=reason or f"measured as {volume.as_written}"
    )


def look_at_crude(journal: Journal, *, synthesis: Synthesis, look: str) -> None:
    """Write what the crude looks like, on the synthesis and on the crude itself."""
    held, crude = locked(synthesis), crude_of(synthesis)
    _write_look(journal, held, look)
    index_synthesis(held)
    if crude is not None:
        crude = lock_sample(crude)
        _write_look(journal, crude, look)
        index_sample(crude)


def crude_of(synthesis: Synthesis) -> Sample | None:
    """Return the crude of a synthesis, or nothing before the ice bath."""
    return Sample.objects.filter(origin__synthesis=synthesis, kind=SampleKind.CRUDE).first()


def computed_crude_ul(process: Process) -> Decimal | None:
    """Return the sum of the volumes that were put together, in µl; null when one of them is not known."""
    amounts = [line.amount for line in process.inputs.all() if line.used_at is not None and line.unit == Unit.UL]
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if known and len(known) == len(amounts) else None


def unmake_crude(journal: Journal, synthesis: Synthesis) -> None:
    """Make the crude planned again when its ice-bath stamp is taken back; refused once it was used."""
    crude = crude_of(synthesis)
    if crude is None or crude.status == SampleStatus.PLANNED:
        return
    if crude.uses.filter(used_at__isnull=False).exists():
        raise Refusal(f"{crude.code} was already used; its stamp stays.", field="ice_bath")
    held = lock_sample(crude)
    held.status = SampleStatus.PLANNED
    held.save(update_fields=["status"])
    if held.balance:
        change_amount(
            journal, sample=held, kind=EntryKind.CORRECTION, amount=-held.balance, at=journal.at,
            by=synthesis.operator, reason="the ice-bath stamp was taken back",
        )  # fmt: skip
    held.refresh_from_db()
    index_sample(held)


def follow_crude(journal: Journal, process: Process) -> None:
    """Let a computed and still whole crude follow a corrected input; a typed volume stays as typed."""
    crude = crude_of(process.synthesis) if process.synthesis else None
    if crude is None or crude.status != SampleStatus.IN_USE or crude.uses.exists():
        return
    entries = list(crude.ledger.all())
    is_computed = all(not entry.as_written and not entry.reason.startswith("measured") for entry in entries)
    amount = computed_crude_ul(process)
    if is_computed and amount is not None and amount != crude.made_amount:
        correct_made_amount(journal, sample=crude, amount=amount, reason="computed from the corrected volumes")


def _write_look(journal: Journal, record: Synthesis | Sample, look: str) -> None:
    before, record.look = record.look, look.strip()[:200]
    if before != record.look:
        record.version += 1
        record.save(update_fields=["look", "version"])
        journal.changed(record, "look written down", {"look": (before, record.look)})
