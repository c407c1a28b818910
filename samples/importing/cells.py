"""Reads the cells of a row as its table's columns say, collecting every problem instead of stopping at the first."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, tzinfo
from decimal import Decimal
from typing import Any, cast

from labbook.quantities import (
    Moment,
    MomentError,
    QuantityError,
    StorageUnit,
    parse_amount,
    parse_moment,
    parse_quantity,
    storage_unit,
)
from samples.importing.columns import CellKind, Column, TableShape
from samples.importing.problems import Problem, Unreadable
from samples.importing.tables import Row, Table

LONGEST_TEXT = {"note": 10_000}


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount in its storage unit and as it was written."""

    value: Decimal
    unit: StorageUnit
    as_written: str


@dataclass(frozen=True, slots=True)
class Record:
    """One readable row: values by column, empty cells left out."""

    table: str
    file: str
    row: int
    cells: dict[str, str]
    values: dict[str, Any] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """Return a text or code, empty when the cell was."""
        return cast(str, self.values.get(name, ""))

    def number(self, name: str) -> Decimal | None:
        """Return a number in its column's unit."""
        return cast("Decimal | None", self.values.get(name))

    def microliters(self, name: str) -> Decimal | None:
        """Return a volume column in ml as µl."""
        value = self.number(name)
        return None if value is None else value * 1000

    def amount(self, name: str) -> Amount | None:
        """Return an amount in its storage unit."""
        return cast("Amount | None", self.values.get(name))

    def moment(self, name: str) -> Moment | None:
        """Return a moment with its precision."""
        return cast("Moment | None", self.values.get(name))

    def when(self, name: str) -> Moment:
        """Return a moment that its column requires."""
        return cast(Moment, self.values[name])

    def day(self, name: str) -> date | None:
        """Return a day."""
        return cast("date | None", self.values.get(name))

    def problem(self, message: str, column: str | None = None) -> Problem:
        """Return a problem at this row."""
        return Problem(self.file, message, self.row, column)


def read_records(table: Table, shape: TableShape, *, zone: tzinfo, now: datetime) -> tuple[list[Record], list[Problem]]:
    """Return the rows that could be read and every problem of those that could not."""
    missing = [column.name for column in shape.columns if column.required and column.name not in table.columns]
    if missing:
        return [], [Problem(table.file, f"the column “{name}” is missing", 1, name) for name in missing]
    known = {column.name for column in shape.columns}
    unknown = [name for name in table.columns if name not in known]
    problems = [Problem(table.file, f"the column “{name[:40]}” is not known here", 1, name[:40]) for name in unknown]
    records: list[Record] = []
    for row in table.rows:
        record, wrong = _read_row(table, shape, row, zone=zone, now=now)
        problems += wrong
        if not wrong:
            records.append(record)
    return records, problems


def _read_row(
    table: Table, shape: TableShape, row: Row, *, zone: tzinfo, now: datetime
) -> tuple[Record, list[Problem]]:
    record = Record(table.name, table.file, row.number, row.cells)
    problems = []
    for column in shape.columns:
        text = row.cells.get(column.name, "")
        if not text and column.required:
            problems.append(record.problem("is empty", column.name))
        if not text:
            continue
        try:
            record.values[column.name] = READERS[column.kind](text, Cell(column, row.cells, zone, now))
        except (Unreadable, QuantityError, MomentError) as error:
            problems.append(record.problem(str(error), column.name))
    return record, problems


@dataclass(frozen=True, slots=True)
class Cell:
    """What reading one cell may need to know besides its text."""

    column: Column
    cells: dict[str, str]
    zone: tzinfo
    now: datetime


def _number(text: str, cell: Cell) -> Decimal:
    value = parse_quantity(text, cell.column.unit).value
    if value < 0 and cell.column.unit != "°C":
        raise Unreadable("cannot be below zero")
    return value


def _amount(text: str, cell: Cell) -> Amount:
    unit = cell.cells.get("unit", "")
    stored = storage_unit(unit)
    return Amount(parse_amount(text, stored, typed_in=unit).value, stored, f"{text} {unit}"[:60])


def _count(text: str, cell: Cell) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 4 or int(text) == 0:
        raise Unreadable(f"“{text[:40]}” is no count")
    return int(text)


def _moment(text: str, cell: Cell) -> Moment:
    moment = parse_moment(text, zone=cell.zone, now=cell.now)
    # A spreadsheet writes :00 whether somebody looked at the seconds or not.
    is_whole = moment.precision == "second" and not moment.at.second and not moment.at.microsecond
    return replace(moment, precision="minute") if is_whole else moment


def _day(text: str, cell: Cell) -> date:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        raise Unreadable(f"“{text[:40]}” is no day; write 2026-02-16") from None


def _choice(text: str, cell: Cell) -> str:
    for choice in cell.column.choices:
        if text.casefold() == choice.casefold():
            return choice
    raise Unreadable(f"“{text[:40]}” is none of {', '.join(cell.column.choices)}")


def _text(text: str, cell: Cell) -> str:
    longest = 60 if cell.column.kind == "code" else LONGEST_TEXT.get(cell.column.name, 200)
    if len(text) > longest:
        raise Unreadable(f"longer than {longest} characters")
    return text


READERS: dict[CellKind, Callable[[str, Cell], Any]] = {
    "code": _text,
    "text": _text,
    "number": _number,
    "count": _count,
    "amount": _amount,
    "moment": _moment,
    "day": _day,
    "choice": _choice,
}
