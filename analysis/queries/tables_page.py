"""A filled table as its page shows it: heads and cells in pieces, each number with the way to its fit."""

from dataclasses import dataclass

from analysis.publishing.rounding import Printed
from analysis.publishing.sheet import Cell, Column
from analysis.publishing.symbols import Run, head, power_text, runs, sentence_runs, unit_text
from analysis.queries.tables import FilledTable


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above a column."""

    name: tuple[Run, ...]
    behind: tuple[Run, ...]
    label: str
    marks: str
    is_text: bool
    # All of it as one text, for cards on a phone.
    plain: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One cell: as printed, and where its number is from."""

    head: Head
    written: Printed
    cell: Cell
    marks: str


@dataclass(frozen=True, slots=True)
class PageTable:
    """A table for a page."""

    heads: tuple[Head, ...]
    rows: tuple[tuple[tuple[Shown, ...], tuple[Shown, ...]], ...]
    # Each with its mark and its sentence in pieces.
    footnotes: tuple[tuple[str, tuple[Run, ...]], ...]
    is_stale: bool


def page_table(filled: FilledTable) -> PageTable:
    """Return a table for its page; each row is parted into what says what it is, and its numbers."""
    sheet = filled.sheet
    heads = tuple(head_of(column) for column in sheet.columns)
    rows = []
    for row in sheet.rows:
        cells = tuple(
            Shown(above, cell.written(column), cell, ", ".join(cell.marks))
            for above, cell, column in zip(heads, row, sheet.columns, strict=True)
        )
        rows.append((cells[: filled.head_count], cells[filled.head_count :]))
    is_stale = any(cell.is_stale for row in sheet.rows for cell in row)
    footnotes = tuple((note.mark, tuple(sentence_runs(note.text))) for note in sheet.footnotes)
    return PageTable(heads, tuple(rows), footnotes, is_stale)


def head_of(column: Column) -> Head:
    """Return what stands above a column, in pieces on their heights."""
    behind = " ".join(filter(None, (power_text(column.power), unit_text(column.unit))))
    name = runs(column.symbol) if column.symbol else [Run(column.label)]
    return Head(tuple(name), tuple(runs(behind)), column.label, ", ".join(column.marks), column.is_text, head(column))
