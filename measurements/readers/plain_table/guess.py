"""What a sheet most likely is: its table, the names above it, and what a person would have to decide."""

import hashlib
from collections.abc import Sequence, Set
from dataclasses import dataclass, field, replace
from itertools import islice, takewhile

import numpy as np

from measurements.readers.plain_table.choice import ColumnChoice
from measurements.readers.plain_table.dialect import Dialect
from measurements.readers.plain_table.evidence import SAMPLE_LINES, best_fit, question, rows_of
from measurements.readers.plain_table.fit import Fit, Row
from measurements.readers.plain_table.lines import Line, Sheet
from measurements.readers.plain_table.naming import Column, columns_of, header_cells, is_unit_row, names_an_x
from measurements.readers.plain_table.numbers import numbers_of, plain_numbers
from measurements.readers.plain_table.table import Table
from measurements.readers.recording import Caution
from measurements.readers.refusal import Unread


@dataclass(frozen=True, slots=True)
class Names:
    """The columns' names and units, and the lines they are on."""

    columns: list[Column]
    header_line: int | None = None
    lines: frozenset[int] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Guess:
    """The table of one sheet, as far as the first lines show it."""

    sheet: Sheet
    fit: Fit
    names: Names
    question: str

    @property
    def groups(self) -> list[tuple[int, list[int]]]:
        """Every column of x with the columns over it; a name that comes again begins the next pair."""
        x, *others = self.fit.number_columns if self.row_numbers is None else self.fit.number_columns[1:]
        groups: list[tuple[int, list[int]]] = [(x, [])]
        for column in others:
            is_next_x = self.names.header_line and self.names.columns[column] == self.names.columns[x]
            if is_next_x and groups[-1][1]:
                groups.append((column, []))
            else:
                groups[-1][1].append(column)
        return [group for group in groups if group[1]]

    @property
    def row_numbers(self) -> int | None:
        """The first column when it only numbers the rows and the next one is called like an x, else None."""
        first, *others = self.fit.number_columns
        if len(others) < 2 or not self.names.header_line or not names_an_x(self.names.columns[others[0]]):
            return None
        counted = [cells[first].strip() for _, cells in self.first_rows(SAMPLE_LINES) if len(cells) == self.fit.width]
        start = 1 if counted[:1] == ["1"] else 0
        return first if counted == [str(number) for number in range(start, start + len(counted))] else None

    def choice(self, sheet: int) -> ColumnChoice:
        """Return the guess as a choice that a person may change."""
        dialect, (x, ys) = self.fit.dialect, self.groups[0]
        return ColumnChoice(
            dialect.delimiter,
            dialect.decimal_mark,
            self.names.header_line,
            sheet,
            x,
            tuple(ys),
            self.names.columns[x].unit,
        )

    def signature(self) -> str:
        """Return a hash of how the table is written and what its columns are called."""
        header = [self.sheet.texts[line - 1].strip() for line in sorted(self.names.lines)]
        facts = [self.fit.dialect.delimiter, self.fit.width, self.names.header_line, self.sheet.name, *header]
        return hashlib.sha256("\0".join(map(str, facts)).encode()).hexdigest()

    def first_rows(self, count: int) -> list[Row]:
        """Return the first rows of numbers."""
        return rows_of(islice(self.sheet.rows(self.fit.first_line), count), self.fit.dialect)


def guess_of(sheet: Sheet) -> Guess | None:
    """Return what a sheet most likely is, or None when it has no table."""
    fit = best_fit(sheet)
    if fit is None:
        return None
    names = names_above(sheet, fit.first_line, fit.dialect, fit.width)
    guess = Guess(sheet, fit, names, "")
    rows = [cells for _, cells in guess.first_rows(SAMPLE_LINES) if len(cells) == fit.width]
    return replace(guess, question=question(rows, fit, is_named=names.header_line is not None))


def names_above(sheet: Sheet, first_line: int, dialect: Dialect, width: int) -> Names:
    """Return the columns named by the one or two lines above the numbers, remarks included."""
    above = list(takewhile(lambda line: line.number < first_line, sheet.lines()))[-2:]
    found = [(line, header_cells(line.text, dialect, width)) for line in reversed(above)]
    lowest = found[0][1] if found else None
    if lowest is None:
        return Names([Column(f"column {number}") for number in range(1, width + 1)])
    upper = found[1][1] if len(found) > 1 and is_unit_row(lowest) else None
    names, units = (upper, lowest) if upper else (lowest, None)
    lines = frozenset(line.number for line, _ in (found[:2] if upper else found[:1]))
    return Names(called(columns_of(names, units)), min(lines), lines)


def called(columns: Sequence[Column]) -> list[Column]:
    """Return columns with a name each; one without is called by its place."""
    return [
        column if column.name else Column(f"column {number}", column.unit)
        for number, column in enumerate(columns, start=1)
    ]


def table_of(guess: Guess) -> Table:
    """Return the whole table.

    Raises Unread at the first row that is cut into another number of cells, or has text among the numbers.
    """
    fit, sheet, cautions = guess.fit, guess.sheet, list(guess.sheet.cautions)
    if guess.names.header_line is None:
        cautions.append(Caution("the columns have no names; the first is taken as x", line=fit.first_line))
    if guess.row_numbers is not None:
        counted, x = guess.names.columns[guess.row_numbers].name, guess.names.columns[guess.groups[0][0]].name
        cautions.append(Caution(f"{counted} only numbers the rows; {x} is taken as x", line=guess.names.header_line))
    plain = plain_numbers(sheet.texts[fit.first_line - 1 :], fit.dialect, fit.width)
    if plain is not None:
        lines = np.arange(fit.first_line, fit.first_line + plain.shape[1])
        header = preamble(sheet, guess.names.lines, set(range(fit.first_line, len(sheet.texts) + 1)))
        return Table(guess.names.columns, dict(enumerate(plain)), lines, header, tuple(cautions))
    rows, said = above_remarks(sheet, rows_of(sheet.rows(fit.first_line), fit.dialect), fit.dialect)
    cautions += said
    rows = [even(row, fit.width) for row in rows]
    numbers = {column: numbers_of(rows, column, fit.dialect) for column in fit.number_columns}
    lines = np.array([line for line, _ in rows])
    header = preamble(sheet, guess.names.lines, set(lines.tolist()))
    return Table(guess.names.columns, numbers, lines, header, (*cautions, *left_out(guess, rows)))


def above_remarks(sheet: Sheet, rows: list[Row], dialect: Dialect) -> tuple[list[Row], list[Caution]]:
    """Return the rows without the words that stand below an empty line at their end."""
    last = max((line for line, cells in rows if len(cells) > 1 and dialect.is_number(cells[0])), default=rows[-1][0])
    if last >= rows[-1][0] or sheet.texts[last].strip():
        return rows, []
    below = next(line for line, _ in rows if line > last)
    said = Caution("the lines below the table are kept as its header", line=below)
    return [row for row in rows if row[0] <= last], [said]


def even(row: Row, width: int) -> Row:
    """Return a row of the table's width; empty cells beyond it do not count."""
    line, cells = row
    if len(cells) == width or (len(cells) > width and not any(cells[width:])):
        return line, cells[:width]
    raise Unread(f"{len(cells)} of {width} cells", line=line)


def left_out(guess: Guess, rows: Sequence[Row]) -> list[Caution]:
    """Return a caution for every column of text that has something."""
    others = set(range(guess.fit.width)) - set(guess.fit.number_columns)
    return [
        Caution(f"{guess.names.columns[column].name} is not numbers and is left out", line=first)
        for column in sorted(others)
        if (first := next((line for line, cells in rows if cells[column]), None))
    ]


def preamble(sheet: Sheet, named: Set[int], taken: Set[int]) -> dict[str, tuple[str, ...]]:
    """Return every line that is no row and no name, by its key where it has one."""
    header: dict[str, tuple[str, ...]] = {}
    for line in sheet.lines():
        if line.number not in taken and line.number not in named:
            key, value = key_and_value(line)
            header[key] = (*header.get(key, ()), value)
    return header


def key_and_value(line: Line) -> tuple[str, str]:
    """Return a line as a key and a value; one without a key is a remark."""
    text = line.text.strip().lstrip("#%!").strip()
    for mark in (":", "=", "\t", ";"):
        key, found, value = text.partition(mark)
        if found and key.strip() and len(key) < 60:
            return key.strip(), value.strip()
    return "remark", text
