"""Writes the rows of bottles and precursor batches."""

from collections.abc import Sequence
from datetime import datetime, time
from decimal import Decimal

from django.db import transaction

from labbook.errors import Refusal
from labbook.quantities import Quantity, QuantityRange
from samples.importing.cells import Amount, Record
from samples.importing.context import Writing, in_unit_of, same
from samples.kinds import Precision, ProcessKind, Unit
from samples.models import RecipeVersion, Sample
from samples.recipes.contents import RecipeContent
from samples.services.deliveries import Delivery, receive_bottles
from samples.services.precursors import InputLine, ValueLine, prepare
from samples.services.stock import receive_bottle

# A value's key and unit, and the columns of its plan and its actual.
VALUE_COLUMNS = (
    ("degas_temperature_c", "°C", "degas_planned_C", "degas_actual_C"),
    ("degas_time_min", "min", "vacuum_planned_min", "vacuum_actual_min"),
)


def write_bottle(writing: Writing, record: Record) -> None:
    """Receive a bottle on the day it was opened, or on the day it was first used."""
    one = delivery_of(writing, record)
    receive_bottle(
        writing.journal,
        code=one.code,
        chemical=one.chemical,
        short=one.short,
        amount=one.amount,
        unit=one.unit,
        at=one.at,
        precision=one.precision,
        place=writing.places.get(record.text("place").casefold()),
        as_written=one.as_written,
        note=one.note,
        **one.facts,
    )


def write_plain_bottles(writing: Writing, records: Sequence[Record]) -> set[int]:
    """Receive at once every bottle about which nothing can be refused; returns the ids of their rows.

    When one of their codes turns out to be taken none is received, and each is tried by itself.
    """
    plain = [
        (id(record), one)
        for record in records
        if record.table == "bottles"
        and writing.places.get(record.text("place").casefold()) is None
        and (one := delivery_of(writing, record)).is_plain(now=writing.journal.at)
    ]
    try:
        with transaction.atomic():
            noted = len(writing.journal.entries)
            receive_bottles(writing.journal, [one for _, one in plain])
    except Refusal:
        del writing.journal.entries[noted:]
        return set()
    return {row for row, _ in plain}


def delivery_of(writing: Writing, record: Record) -> Delivery:
    """Return the bottle of a row; a place the lab does not have stays in its note."""
    amount, place = record.amount("amount"), record.text("place")
    is_known = place.casefold() in writing.places
    return Delivery(
        code=record.text("code"),
        chemical=record.text("chemical"),
        short=record.text("short"),
        amount=amount.value if amount else None,
        unit=Unit(amount.unit if amount else Unit.PIECE),
        at=bottle_moment(writing, record),
        as_written=amount.as_written if amount else "",
        note=f"Place as written: {place}" if place and not is_known else "",
        facts={
            "formula": record.text("formula"),
            "cas": record.text("cas"),
            "supplier": record.text("supplier"),
            "lot": record.text("lot"),
            "purity_percent": record.number("purity_percent"),
            "molar_mass_g_per_mol": record.number("molar_mass_g_per_mol"),
            "density_g_per_ml": record.number("density_g_per_ml"),
            "opened_on": record.day("opened"),
            "expires_on": record.day("expiry"),
        },
    )


def bottle_moment(writing: Writing, record: Record) -> datetime:
    """Return the first minute of the day a bottle was opened; without one, of its first use or of today."""
    opened = record.day("opened")
    if opened is not None:
        return datetime.combine(opened, time(), writing.zone)
    uses = [use.moment("at") for use in writing.of("uses", "source", record.text("code"))]
    first = min((use.at for use in uses if use), default=writing.journal.at)
    return first.astimezone(writing.zone).replace(hour=0, minute=0, second=0, microsecond=0)


def write_precursor(writing: Writing, record: Record) -> None:
    """Prepare a batch from its inputs; uses that name the batch only confirm them."""
    code, made = record.text("code"), record.when("made_at")
    recipe = _recipe_of(writing, record.text("kind"))
    lines = [_line(writing, row, recipe) for row in writing.of("precursor_inputs", "precursor", code)]
    lines += [_extra_line(writing, use) for use in writing.claim(code)]
    prepare(
        writing.journal,
        recipe_version=recipe,
        code=code,
        title=record.text("kind"),
        at=made.at,
        precision=Precision(made.precision),
        operator=record.text("operator"),
        lines=lines,
        values=_values(record),
        volume_ul=record.microliters("volume_ml"),
        as_written=f"{record.cells['volume_ml']} ml" if record.cells.get("volume_ml") else "",
        note=record.text("note"),
    )


def _line(writing: Writing, row: Record, recipe: RecipeVersion | None) -> InputLine:
    bottle = writing.sample(row.text("bottle")) if row.text("bottle") else None
    planned, actual = row.amount("planned"), row.amount("actual")
    if bottle is not None:
        for use in writing.claim(row.text("precursor"), source=bottle.code):
            _compare(writing, row, use, actual)
    fallback = actual or planned
    unit = Unit(bottle.unit) if bottle else Unit(fallback.unit if fallback else Unit.UL)
    chemical = row.text("chemical") or (bottle.bottle.short if bottle else "")
    key = _input_key(writing.content(recipe), chemical)
    return InputLine(
        key=key,
        unit=unit,
        sample=bottle,
        amount=_amount(actual, bottle),
        as_written=row.text("as_written") or (actual.as_written if actual else ""),
        planned_amount=_amount(planned, bottle),
        planned_as_written=planned.as_written if planned else "",
        description=chemical,
        is_solvent=_is_solvent(writing.content(recipe), key),
    )


def _amount(amount: Amount | None, bottle: Sample | None) -> Decimal | None:
    if bottle is None:
        return amount.value if amount else None
    return in_unit_of(amount, bottle)


def _compare(writing: Writing, row: Record, use: Record, actual: Amount | None) -> None:
    told = use.amount("amount")
    if not same(told.value if told else None, actual.value if actual else None):
        writing.warn(row, f"line {use.row} of {use.file} says {use.cells['amount']} {use.text('unit')}", "actual")


def _extra_line(writing: Writing, use: Record) -> InputLine:
    """Return a use that the batch's inputs do not name as one more input."""
    sample = writing.sample(use.text("source"))
    amount = use.amount("amount")
    return InputLine(
        key=f"use_{use.row}",
        unit=Unit(sample.unit),
        sample=sample,
        amount=in_unit_of(amount, sample),
        as_written=amount.as_written if amount else "",
        description=use.text("purpose"),
    )


def _values(record: Record) -> list[ValueLine]:
    lines = []
    for key, unit, planned_column, actual_column in VALUE_COLUMNS:
        planned, actual = record.number(planned_column), record.number(actual_column)
        lines.append(
            ValueLine(
                key,
                QuantityRange(planned, planned, unit, record.cells[planned_column]) if planned is not None else None,
                Quantity(actual, None, unit, record.cells[actual_column]) if actual is not None else None,
            )
        )
    return [line for line in lines if line.planned or line.actual]


def _recipe_of(writing: Writing, kind: str) -> RecipeVersion | None:
    """Return the recipe that makes this kind of precursor, such as Cs-oleate."""
    return writing.recipes.get(f"{ProcessKind.PREPARATION}:{kind.casefold()}")


def _input_key(recipe: RecipeContent | None, chemical: str) -> str:
    """Return the recipe's name for a chemical, or the chemical's own name when the recipe does not ask for it."""
    if recipe is not None:
        for wanted in recipe.inputs:
            if wanted.chemical.casefold() == chemical.casefold():
                return wanted.key
    return chemical[:40]


def _is_solvent(recipe: RecipeContent | None, key: str) -> bool:
    return any(one.key == key and one.is_solvent for one in (recipe.inputs if recipe else ()))
