"""Writes the rows of syntheses, precipitation rounds with their fractions, and vials."""

import re
from decimal import Decimal

from labbook.errors import Refusal
from labbook.quantities import Quantity, QuantityRange, StorageUnit
from samples.importing.cells import Record
from samples.importing.context import Writing, same, shortfall, use_amount
from samples.kinds import Precision, ProcessKind, SampleKind, Unit
from samples.models import Process, Sample, Synthesis, SynthesisStatus
from samples.services.dispensing import VialPlan, dispense
from samples.services.endings import end_synthesis
from samples.services.ledger import said
from samples.services.rounds import (
    RoundRow,
    SpinRow,
    UseLine,
    ValueLine,
    record_clean_up_spin,
    record_round,
    record_stop,
)
from samples.services.sizes import assign_size
from samples.services.syntheses import CS_INPUT, PB_INPUT, UsedAmount, crude_of, plan_synthesis, record_injection
from samples.services.treatments import treat

# Two clocks that were read off the same seconds.
GROWTH_TOLERANCE_S = Decimal("0.1")


def write_synthesis(writing: Writing, record: Record) -> None:
    """Plan a synthesis, and record its injection when it has one."""
    cs, pb = (writing.sample(record.text(name)) if record.text(name) else None for name in ("cs_batch", "pb_batch"))
    planned_c = record.number("injection_planned_C")
    synthesis = plan_synthesis(
        writing.journal,
        recipe=writing.recipe(ProcessKind.HOT_INJECTION),
        operator=record.text("operator"),
        code=record.text("code"),
        planned_temperature=_range(planned_c, "°C", record, "injection_planned_C"),
        cs_batch=cs,
        pb_batch=pb,
        cs_oleate=_volume(record, "cs_oleate_planned_ml"),
        note=record.text("note"),
    )
    if record.moment("injected_at") is not None:
        _inject(writing, record, synthesis, cs, pb)


def _inject(writing: Writing, record: Record, synthesis: Synthesis, cs: Sample | None, pb: Sample | None) -> None:
    ice_bath = record.moment("ice_bath_at")
    temperature, growth = record.number("injection_actual_C"), record.number("growth_s")
    used = {
        CS_INPUT: _used(writing, record, cs, record.microliters("cs_oleate_actual_ml")),
        PB_INPUT: _used(writing, record, pb, pb.balance if pb else None),
    }
    record_injection(
        writing.journal,
        synthesis=synthesis,
        injected_at=record.when("injected_at").at,
        # Two moments seconds apart were read to the second, also when one of them falls on :00.
        precision=Precision.DAY if record.when("injected_at").precision == "day" else Precision.SECOND,
        ice_bath_at=ice_bath.at if ice_bath else None,
        temperature=_quantity(temperature, "°C", record, "injection_actual_C"),
        growth=_quantity(growth, "s", record, "growth_s"),
        used=used,
        crude_ul=record.microliters("crude_ml"),
        crude_as_written=f"{record.cells['crude_ml']} ml" if record.cells.get("crude_ml") else "",
        look=record.text("look"),
    )
    if ice_bath is not None and growth is not None:
        seconds = Decimal(str((ice_bath.at - record.when("injected_at").at).total_seconds()))
        if abs(seconds - growth) > GROWTH_TOLERANCE_S:
            writing.warn(record, f"the two moments are {seconds} s apart; the moments count", "growth_s")


def _used(writing: Writing, record: Record, batch: Sample | None, told: Decimal | None) -> UsedAmount:
    """Return what the injection took of a batch: as the uses say, else as the synthesis says."""
    uses = writing.claim(record.text("code"), source=batch.code) if batch else []
    if batch is None or not uses:
        return UsedAmount(told, recount=shortfall(batch, told) if batch else None)
    amount = use_amount(uses[0], batch)
    if not same(amount, told) and batch.kind == SampleKind.PRECURSOR and told != batch.balance:
        writing.warn(record, f"line {uses[0].row} of {uses[0].file} says {uses[0].cells.get('amount')}")
    return UsedAmount(amount, f"{uses[0].cells.get('amount', '')} {uses[0].text('unit')}".strip())


def write_round(writing: Writing, record: Record) -> None:
    """Write a precipitation round, a clean-up spin or a stop."""
    kind = record.text("kind")
    if kind == "clean-up spin":
        _spin(writing, record)
    elif kind == "stop":
        _stop(writing, record)
    else:
        _precipitate(writing, record)


def _precipitate(writing: Writing, record: Record) -> None:
    synthesis = writing.synthesis(record.text("synthesis"))
    number = record.values["round"]
    fraction = next(iter(writing.of("fractions", "code", record.text("fraction"))), None)
    row = RoundRow(
        at=record.when("at").at,
        precision=Precision(record.when("at").precision),
        in_ul=record.microliters("in_ml"),
        in_as_written=f"{record.cells['in_ml']} ml" if record.cells.get("in_ml") else "",
        meoac=_solvent(writing, record, synthesis.code, "meoac_actual_ml", purpose=f"precipitation {number}"),
        hexane=_solvent(writing, record, record.text("fraction"), "pellet_hexane_ml"),
        values=_spin_values(record),
        fraction_code=record.text("fraction"),
        fraction_ul=fraction.microliters("volume_ml") if fraction else None,
        supernatant_ul=record.microliters("supernatant_ml"),
        look=record.text("look"),
    )
    made = record_round(
        writing.journal,
        synthesis=synthesis,
        round_number=number,
        source=_source(synthesis, number),
        row=row,
        operator=record.text("operator"),
        recipe=writing.recipe(ProcessKind.PRECIPITATION),
    )
    if fraction is not None:
        _finish_fraction(writing, fraction, made.fraction)


def _finish_fraction(writing: Writing, record: Record, fraction: Sample) -> None:
    """Write the filter a fraction went through and the size class a person gave it."""
    if record.text("filter"):
        collected = record.moment("collected_at")
        treat(
            writing.journal, sample=fraction, kind=ProcessKind.FILTERING, note=record.text("filter"),
            at=collected.at if collected else fraction.made_at, operator=fraction.made_by,
        )  # fmt: skip
    size = record.number("size_class_nm")
    if size is not None:
        assign_size(
            writing.journal, sample=fraction, edge_length_nm=size, at=fraction.made_at, by=fraction.made_by,
            as_written=f"{record.cells['size_class_nm']} nm",
        )  # fmt: skip


def _solvent(writing: Writing, record: Record, target: str, column: str, *, purpose: str = "") -> UseLine:
    """Return the solvent of a round: from its bottle when a use says so, else as a gap."""
    told = record.microliters(column)
    uses = writing.claim(target, purpose=purpose)
    planned = record.microliters("meoac_planned_ml") if column == "meoac_actual_ml" else None
    written = f"{record.cells[column]} ml" if record.cells.get(column) else ""
    if not uses:
        return UseLine(told, as_written=written, planned_ul=planned)
    bottle = writing.sample(uses[0].text("source"))
    amount = use_amount(uses[0], bottle)
    if not same(amount, told) and bottle.unit == Unit.UL:
        writing.warn(record, f"line {uses[0].row} of {uses[0].file} says {uses[0].cells.get('amount')}", column)
    return UseLine(amount, bottle, as_written=written, planned_ul=planned)


def _source(synthesis: Synthesis, number: int) -> Sample:
    """Return what a round starts from: the crude, or the supernatant of the round before."""
    if number == 1:
        crude = crude_of(synthesis)
        if crude is None:
            raise Refusal(f"{synthesis.code} was not injected; there is no crude.", field="synthesis")
        return crude
    before = Process.objects.filter(synthesis=synthesis, kind=ProcessKind.PRECIPITATION, round_number=number - 1)
    supernatant = Sample.objects.filter(origin__in=before, kind=SampleKind.SUPERNATANT).first()
    if supernatant is None:
        raise Refusal(f"Round {number - 1} left no supernatant for round {number}.", field="round")
    return supernatant


def _spin(writing: Writing, record: Record) -> None:
    if not record.text("fraction"):
        raise Refusal("A clean-up spin names the fraction it cleans.", field="fraction")
    spin = SpinRow(
        at=record.when("at").at,
        precision=Precision(record.when("at").precision),
        outcome=record.text("outcome"),
        look=record.text("look"),
        values=_spin_values(record),
    )
    record_clean_up_spin(
        writing.journal, fraction=writing.sample(record.text("fraction")), spin=spin, operator=record.text("operator")
    )


def _stop(writing: Writing, record: Record) -> None:
    """Write the stop; a synthesis that was stopped for want of a precipitate is finished."""
    synthesis = writing.synthesis(record.text("synthesis"))
    moment = record.when("at")
    record_stop(
        writing.journal, synthesis=synthesis, round_number=record.values["round"], at=moment.at,
        precision=Precision(moment.precision), reason=record.text("outcome") or "no reason recorded",
        operator=record.text("operator"),
    )  # fmt: skip
    try:
        end_synthesis(writing.journal, synthesis=synthesis, outcome=SynthesisStatus.FINISHED, at=moment.at)
    except Refusal as refusal:
        writing.warn(record, f"{synthesis.code} stays open: {refusal.message}")


def _spin_values(record: Record) -> tuple[ValueLine, ...]:
    columns = (("spin_speed_rpm", "rpm", "rpm"), ("spin_time_min", "min", "minutes"))
    return tuple(
        ValueLine(key, actual=_quantity(record.number(column), unit, record, column))
        for key, unit, column in columns
        if record.number(column) is not None
    )


def write_vials(writing: Writing, record: Record) -> None:
    """Dispense a fraction into all its vials of this import; the first one's row speaks for them."""
    fraction = writing.sample(record.text("fraction"))
    rows = writing.of("vials", "fraction", fraction.code)
    moment = min((row.when("filled_at") for row in rows), key=lambda one: one.at)
    book = fraction.balance
    vials = dispense(
        writing.journal,
        fraction=fraction,
        vials=[_vial(fraction, row) for row in rows],
        at=moment.at,
        precision=Precision(moment.precision),
        operator=fraction.made_by,
        with_labels=False,
        share_rest=False,
    )
    _pair(rows, vials)
    filled = [vial.made_amount for vial in vials]
    total = sum((one for one in filled if one is not None), Decimal(0))
    if book is not None and None not in filled and total > book:
        more = said(total - book, fraction.unit)
        writing.warn(record, f"the vials of {fraction.code} hold {more} more than the fraction: recounted", "volume_ml")


def _vial(fraction: Sample, row: Record) -> VialPlan:
    letter = row.text("code").removeprefix(f"{fraction.code}-")
    if not re.fullmatch(r"[a-z]{1,2}", letter):
        raise Refusal(
            f"{row.text('code')} is no vial code of {fraction.code}; write {fraction.code}-a, -b and so on.",
            field="code",
        )
    volume = row.microliters("volume_ml")
    written = f"{row.cells['volume_ml']} ml" if row.cells.get("volume_ml") else ""
    return VialPlan(volume, letter, arm=row.text("arm"), solvent=row.text("solvent"), as_written=written)


def _pair(rows: list[Record], vials: list[Sample]) -> None:
    """Make siblings of the vials whose rows name each other."""
    by_code = {vial.code: vial for vial in vials}
    for row in rows:
        sibling = by_code.get(row.text("sibling"))
        if sibling is not None:
            by_code[row.text("code")].vial.siblings.add(sibling.vial)


def _range(value: Decimal | None, unit: str, record: Record, column: str) -> QuantityRange | None:
    return None if value is None else QuantityRange(value, value, unit, record.cells[column])


def _quantity(value: Decimal | None, unit: str, record: Record, column: str) -> Quantity | None:
    return None if value is None else Quantity(value, None, unit, record.cells[column])


def _volume(record: Record, column: str) -> Quantity | None:
    unit: StorageUnit = "ul"
    value = record.microliters(column)
    return None if value is None else Quantity(value, None, unit, f"{record.cells[column]} ml")
