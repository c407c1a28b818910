"""What a sheet most likely is: its table, the names above it, and what a person would have to decide."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

from measurements.readers.plain_table.choice import ColumnChoice
from measurements.readers.plain_table.dialect import Dialect
from measurements.readers.plain_table.evidence import SAMPLE_LINES, best_fit, question, rows_of
from measurements.readers.plain_table.fit import Fit, Row
from measurements.readers.plain_table.lines import Line, Sheet
from measurements.readers.plain_table.naming import Column, columns_of, header_cells, is_unit_row
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
    def first_line(self) -> int:
        """The line on which the numbers begin."""
        return self.sheet.lines[self.fit.first].number

    @property
    def groups(self) -> list[tuple[int, list[int]]]:
        """Every column of x with the columns over it; a name that comes again begins the next pair."""
        x, *others = self.fit.number_columns
        groups: list[tuple[int, list[int]]] = [(x, [])]
        for column in others:
            is_next_x = self.names.header_line and self.names.columns[column] == self.names.columns[x]
            if is_next_x and groups[-1][1]:
                groups.append((column, []))
            else:
                groups[-1][1].append(column)
        return [group for group in groups if group[1]]

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
        header = [line.text.strip() for line in self.sheet.every if line.number in self.names.lines]
        facts = [self.fit.dialect.delimiter, self.fit.width, self.names.header_line, self.sheet.name, *header]
        return hashlib.sha256("\0".join(map(str, facts)).encode()).hexdigest()


def guess_of(sheet: Sheet) -> Guess | None:
    """Return what a sheet most likely is, or None when it has no table."""
    fit = best_fit(sheet)
    if fit is None:
        return None
    lines = sheet.lines
    names = names_above(sheet, lines[fit.first].number, fit.dialect, fit.width)
    rows = [cells for _, cells in rows_of(lines[fit.first : SAMPLE_LINES], fit.dialect) if len(cells) == fit.width]
    return Guess(sheet, fit, names, question(rows, fit, is_named=names.header_line is not None))


def names_above(sheet: Sheet, first_line: int, dialect: Dialect, width: int) -> Names:
    """Return the columns named by the one or two lines above the numbers, remarks included."""
    above = [line for line in sheet.every if line.number < first_line][-2:]
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

    Raises Unread at the first row that is cut into another number of cells.
    """
    fit = guess.fit
    rows = [even(row, fit.width) for row in rows_of(guess.sheet.lines[fit.first :], fit.dialect)]
    cautions = [*guess.sheet.cautions, *left_out(guess, rows)]
    if guess.names.header_line is None:
        cautions.append(Caution("the columns have no names; the first is taken as x", line=rows[0][0]))
    header = preamble(guess.sheet, guess.names.lines, rows)
    return Table(fit.dialect, rows, guess.names.columns, header, tuple(cautions))


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


def preamble(sheet: Sheet, named: frozenset[int], rows: Sequence[Row]) -> dict[str, tuple[str, ...]]:
    """Return every line that is no row and no name, by its key where it has one."""
    taken = named | {line for line, _ in rows}
    header: dict[str, tuple[str, ...]] = {}
    for line in sheet.every:
        if line.number not in taken:
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
