"""Writes the rows of specimens, of uses that nothing else claims, and of vials that were discarded or emptied."""

import re
from decimal import Decimal

from labbook.errors import Refusal
from samples.importing.cells import Record
from samples.importing.context import Writing, use_amount
from samples.kinds import Precision, SampleKind, Unit
from samples.models import Process, Sample
from samples.services.graph import use
from samples.services.pieces import consume, discard_sample
from samples.services.specimens import Ingredient, SpecimenPlan, make_specimen, specimen_form

SPECIMEN_KINDS = {
    "film": SampleKind.FILM,
    "XRD film": SampleKind.XRD_FILM,
    "TEM grid": SampleKind.TEM_GRID,
    "cuvette": SampleKind.CUVETTE,
    "diamond-anvil load": SampleKind.LOAD,
}


def write_specimen(writing: Writing, record: Record) -> None:
    """Make a specimen of its vial; further uses that name it are its other ingredients."""
    source, made = writing.sample(record.text("source_vial")), record.when("made_at")
    uses = writing.claim(record.text("code"))
    from_source = [one for one in uses if one.text("source") == source.code]
    if len(from_source) > 1:
        raise Refusal(f"{source.code} is used twice for {record.text('code')}", field="source_vial")
    others = [one for one in uses if one.text("source") != source.code]
    amount = use_amount(from_source[0], source) if from_source else None
    form = specimen_form(kind=SPECIMEN_KINDS[record.text("kind")], substrate=record.text("substrate"))
    make_specimen(
        writing.journal,
        source=source,
        at=made.at,
        precision=Precision(made.precision),
        operator=record.text("operator"),
        plan=SpecimenPlan(
            prefix=form.code_prefix,
            code=record.text("code"),
            amount=amount,
            as_written=_written(from_source[0]) if from_source else "",
            ingredients=tuple(_ingredient(writing, one) for one in others),
            detail={
                "substrate": record.text("substrate"),
                "detail": record.text("detail"),
                "culet_diameter_mm": record.number("culet_mm"),
                "dilution_as_written": _dilution(record.text("detail")),
            },
        ),
    )
    if not from_source:
        writing.warn(record, f"how much of {source.code} it took is not recorded", "source_vial")


def write_use(writing: Writing, record: Record) -> None:
    """Write a use that nothing claimed: one more input of what it names, or a consumption that made no record."""
    source = writing.sample(record.text("source"))
    amount = use_amount(record, source)
    process = _process_of(writing, record.text("target"))
    if process is not None:
        use(
            writing.journal, process=process, sample=source, amount=amount, at=record.when("at").at,
            by=record.text("operator"), as_written=_written(record), description=record.text("purpose")[:120],
        )  # fmt: skip
        return
    purpose = record.text("purpose")
    target = record.text("target")
    consume(
        writing.journal,
        sample=source,
        amount=amount,
        at=record.when("at").at,
        precision=Precision(record.when("at").precision),
        operator=record.text("operator"),
        purpose=f"{purpose}: {target}" if purpose and target else purpose or target,
        as_written=_written(record),
    )


def write_end(writing: Writing, record: Record) -> None:
    """Discard a vial when its row says so."""
    ended = record.when("ended_at")
    reason = record.text("reason") or "no reason recorded"
    vial = writing.sample(record.text("code"))
    discard_sample(writing.journal, sample=vial, at=ended.at, by="", reason=reason)


def _ingredient(writing: Writing, record: Record) -> Ingredient:
    sample = writing.sample(record.text("source"))
    return Ingredient(
        description=record.text("purpose") or sample.title,
        unit=Unit(sample.unit),
        sample=sample,
        amount=use_amount(record, sample),
        as_written=_written(record),
        is_solvent="solvent" in record.text("purpose").casefold(),
    )


def _process_of(writing: Writing, target: str) -> Process | None:
    """Return the process that made what a use names; a vial is made by its dispensing, which takes nothing more."""
    found = Sample.objects.in_lab(writing.journal.lab).filter(code=target).select_related("origin").first()
    return found.origin if found is not None and found.kind != SampleKind.VIAL else None


def _written(record: Record) -> str:
    return f"{record.cells['amount']} {record.text('unit')}" if record.cells.get("amount") else ""


def _dilution(detail: str) -> str:
    """Return a dilution such as 1:10 as it stands in the text; what the colon means is not guessed."""
    match = re.search(r"\b\d+ ?: ?\d+\b", detail)
    return match[0] if match else ""


def known_sum(amounts: list[Decimal | None]) -> Decimal | None:
    """Return the sum of amounts, or nothing when one was not recorded."""
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if len(known) == len(amounts) else None
