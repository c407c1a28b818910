"""Pooling, splitting, diluting and receiving: how samples come about outside a synthesis."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from labbook.errors import Refusal
from labbook.journal import Journal
from labbook.models import Project
from labbook.services.codes import next_code, next_number
from samples.kinds import Precision, ProcessKind, SampleKind, Unit
from samples.models import Process, Sample
from samples.services.graph import Made, make_process, make_sample, use
from samples.services.ledger import lock_sample
from samples.services.names import give_alias
from samples.services.specimens import Ingredient, use_ingredient


@dataclass(frozen=True, slots=True)
class Share:
    """How much of a sample goes into something; null when it was not recorded."""

    sample: Sample
    amount: Decimal | None
    as_written: str = ""
    recount: Decimal | None = None


def pool(
    journal: Journal,
    *,
    shares: Sequence[Share],
    at: datetime,
    operator: str,
    precision: Precision = Precision.MINUTE,
    title: str = "",
    code: str = "",
) -> Sample:
    """Pool samples of one unit into a new fraction with a code of its own (MX-001)."""
    if len({share.sample.pk for share in shares}) < 2:
        raise Refusal("Pooling needs at least two different samples.", field="samples")
    units = {share.sample.unit for share in shares}
    if len(units) > 1:
        raise Refusal("Liquids and solids cannot be pooled into one amount.", field="samples")
    process = make_process(journal, kind=ProcessKind.POOLING, at=at, precision=precision, operator=operator)
    _use_shares(journal, process, shares)
    return make_sample(
        journal,
        process=process,
        made=Made(
            kind=SampleKind.FRACTION, code=code or next_code(lab=journal.lab, prefix="MX"), unit=Unit(units.pop()),
            amount=total(shares), title=title, solvent=_common_solvent(shares),
        ),
    )  # fmt: skip


def split(
    journal: Journal,
    *,
    source: Sample,
    parts: Sequence[Decimal | None],
    at: datetime,
    operator: str,
    precision: Precision = Precision.MINUTE,
    recount: Decimal | None = None,
) -> list[Sample]:
    """Split a sample into parts of its own kind; a vial's parts are further vials of its fraction."""
    if not parts:
        raise Refusal("Say how large the parts are.", field="parts")
    process = make_process(journal, kind=ProcessKind.SPLITTING, at=at, precision=precision, operator=operator)
    known = [part for part in parts if part is not None]
    amount = sum(known, Decimal(0)) if len(known) == len(parts) else None
    use(journal, process=process, sample=source, amount=amount, recount=recount)
    return [make_sample(journal, process=process, made=_part_of(source, part)) for part in parts]


def dilute(
    journal: Journal,
    *,
    share: Share,
    solvent: Ingredient,
    at: datetime,
    operator: str,
    precision: Precision = Precision.MINUTE,
    as_written: str = "",
) -> Sample:
    """Dilute part of a sample into a new one of its kind; the volumes are taken to add up."""
    process = make_process(
        journal, kind=ProcessKind.DILUTION, at=at, precision=precision, operator=operator, purpose=as_written[:120],
    )  # fmt: skip
    _use_shares(journal, process, [share])
    use_ingredient(journal, process=process, ingredient=solvent)
    known = share.amount is not None and solvent.amount is not None
    amount = (share.amount or Decimal(0)) + (solvent.amount or Decimal(0)) if known else None
    return make_sample(journal, process=process, made=_part_of(share.sample, amount))


def receive_sample(
    journal: Journal,
    *,
    kind: SampleKind,
    unit: Unit,
    amount: Decimal | None,
    at: datetime,
    precision: Precision,
    operator: str,
    code: str = "",
    title: str = "",
    origin_note: str = "",
    aliases: Sequence[str] = (),
    project: Project | None = None,
) -> Sample:
    """Receive a sample whose parents are not recorded: a gift, or one from before the notebook."""
    process = make_process(
        journal, kind=ProcessKind.RECEIVED, at=at, precision=precision, operator=operator, project=project,
        note=origin_note,
    )  # fmt: skip
    sample = make_sample(
        journal,
        process=process,
        made=Made(
            kind=kind, code=code or next_code(lab=journal.lab, prefix="RX"), unit=unit, amount=amount, title=title
        ),
    )
    for alias in aliases:
        give_alias(journal, sample=sample, text=alias)
    return sample


def total(shares: Sequence[Share]) -> Decimal | None:
    """Return the sum of the shares, or nothing when one was not recorded."""
    amounts = [share.amount for share in shares if share.amount is not None]
    return sum(amounts, Decimal(0)) if len(amounts) == len(shares) else None


def _use_shares(journal: Journal, process: Process, shares: Sequence[Share]) -> None:
    # In the order of their ids, so that two poolings of the same vials cannot wait for each other.
    for share in sorted(shares, key=lambda one: one.sample.pk):
        use(
            journal, process=process, sample=share.sample, amount=share.amount, as_written=share.as_written,
            recount=share.recount,
        )  # fmt: skip


def _common_solvent(shares: Sequence[Share]) -> str:
    solvents = {share.sample.solvent for share in shares}
    return solvents.pop() if len(solvents) == 1 else ""


def _part_of(source: Sample, amount: Decimal | None) -> Made:
    code, details = _part_code(source)
    return Made(
        kind=SampleKind(source.kind), code=code, unit=Unit(source.unit), amount=amount, fraction=source.fraction,
        solvent=source.solvent, details=details,
    )  # fmt: skip


def _part_code(source: Sample) -> tuple[str, dict[str, dict[str, object]]]:
    if source.kind == SampleKind.VIAL and source.fraction is not None:
        # Held while its next letter is taken, so that two people splitting sister vials wait for each other.
        letter = next_vial_letter(lock_sample(source.fraction))
        return f"{source.fraction.code}-{letter}", {"vial": {"letter": letter}}
    series = f"{source.code}-P"
    return f"{series}{next_number(lab=source.lab, prefix=series)}", {}


def next_vial_letter(fraction: Sample) -> str:
    """Return the letter of a fraction's next vial: a to z, then aa, ab and so on."""
    return vial_letter(Sample.objects.filter(fraction=fraction, kind=SampleKind.VIAL).count())


def vial_letter(index: int) -> str:
    """Return the letter of the vial at an index counted from zero."""
    return chr(ord("a") + index) if index < 26 else vial_letter(index // 26 - 1) + vial_letter(index % 26)
