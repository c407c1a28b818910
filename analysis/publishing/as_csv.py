"""A table as CSV: facts and notes as comment lines, names, a row of units, and every number with all its digits."""

import csv
import io
from collections.abc import Iterator

from analysis.publishing.sheet import Cell, Column, TableSheet
from labbook.marks.cells import safe_cell

# The parts of a number that have a column of their own when any cell of the column has them.
PARTS = ("stderr", "low", "high")


def csv_of(sheet: TableSheet) -> str:
    """Return a table as CSV text in the units of its columns, without powers of ten, without rounding."""
    written = io.StringIO()
    rows = csv.writer(written, lineterminator="\n")
    rows.writerows([f"# {line}"] for line in comments(sheet))
    parts = [parts_of(sheet, index) for index in range(len(sheet.columns))]
    pairs = list(zip(sheet.columns, parts, strict=True))
    rows.writerow([*(name for column, told in pairs for name in names(column, told)), "fits", "notes"])
    rows.writerow([*(unit for column, told in pairs for unit in [column.unit] * (1 + len(told))), "", ""])
    for row in sheet.rows:
        cells = (value for cell, (column, told) in zip(row, pairs, strict=True) for value in values(cell, column, told))
        rows.writerow([*cells, fits_of(row), safe_cell(notes_of(row))])
    return written.getvalue()


def comments(sheet: TableSheet) -> Iterator[str]:
    """Yield the title, where the table is from, and its footnotes, each on one line."""
    yield one_line(sheet.title)
    for name, value in sheet.facts:
        yield one_line(f"{name}: {value}")
    for note in sheet.footnotes:
        yield one_line(f"{note.mark}: {note.text}" if note.mark else note.text)


def one_line(text: str) -> str:
    """Return a text without line breaks, so that a comment cannot become a row."""
    return " ".join(text.split())


def parts_of(sheet: TableSheet, index: int) -> tuple[str, ...]:
    """Return which parts beside the value any number of a column has."""
    if sheet.columns[index].is_text:
        return ()
    numbers = [cell.number for cell in sheet.cells_of(index)]
    return tuple(part for part in PARTS if any(getattr(one, part) is not None for one in numbers))


def names(column: Column, parts: tuple[str, ...]) -> list[str]:
    """Return the names of a column and of its parts: "tau1", "tau1_stderr"."""
    return [safe_cell(column.key), *(safe_cell(f"{column.key}_{part}") for part in parts)]


def values(cell: Cell, column: Column, parts: tuple[str, ...]) -> list[str]:
    """Return a cell and its parts; what is not there is empty, never zero."""
    if column.is_text or (cell.text and cell.number.value is None):
        return [safe_cell(cell.text), *("" for _ in parts)]
    return [digits(getattr(cell.number, part)) for part in ("value", *parts)]


def digits(value: float | None) -> str:
    """Return every digit of a number."""
    return "" if value is None else repr(float(value))


def fits_of(row: tuple[Cell, ...]) -> str:
    """Return the fits that a row's numbers are from."""
    return " ".join(dict.fromkeys(str(cell.fit_id) for cell in row if cell.fit_id is not None))


def notes_of(row: tuple[Cell, ...]) -> str:
    """Return the marks of a row, and what is to be known of its numbers."""
    marks = dict.fromkeys(mark for cell in row for mark in cell.marks)
    words = ["stale"] * any(cell.is_stale for cell in row) + ["flagged"] * any(cell.is_flagged for cell in row)
    return " ".join([*marks, *words])
