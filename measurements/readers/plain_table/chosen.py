"""A table read by the columns that a person chose, for a file or for every file of the same layout."""

from collections.abc import Sequence

import numpy as np

from measurements.readers.plain_table.choice import ColumnChoice
from measurements.readers.plain_table.dialect import DELIMITERS, NUMBERS, Dialect
from measurements.readers.plain_table.evidence import rows_of
from measurements.readers.plain_table.fit import Row, has_numbers
from measurements.readers.plain_table.guess import above_remarks, called, preamble
from measurements.readers.plain_table.lines import Sheet, sheets_in
from measurements.readers.plain_table.naming import Column, columns_of, header_cells, is_unit_row
from measurements.readers.plain_table.numbers import numbers_of
from measurements.readers.plain_table.table import Table, recording_of
from measurements.readers.recording import Recording
from measurements.readers.refusal import Unread
from measurements.readers.source import Source


def read_columns(source: Source, choice: ColumnChoice) -> tuple[Recording, ...]:
    """Return the chosen columns as one recording.

    Raises Unread when the file has no such columns, or text among their numbers.
    """
    sheets = sheets_in(source)
    if not 0 <= choice.sheet < len(sheets):
        raise Unread(f"There is no sheet {choice.sheet + 1}", line=1)
    sheet = sheets[choice.sheet]
    rows, said = above_remarks(sheet, chosen_rows(sheet, choice), dialect_of(choice))
    width = width_of(rows, choice)
    units = rows.pop(0)[1] if is_unit_row(rows[0][1]) and choice.header_line else None
    header_text = sheet.texts[choice.header_line - 1] if choice.header_line else ""
    names = header_cells(header_text, dialect_of(choice), width)
    columns = called(columns_of(names or [""] * width, units[:width] if units else None))
    wanted = {choice.x_column, *choice.y_columns}
    numbers = {column: numbers_of(rows, column, dialect_of(choice)) for column in wanted}
    lines = np.array([line for line, _ in rows])
    remarks = preamble(sheet, {choice.header_line or 0}, set(lines.tolist()))
    table = Table(with_units(columns, choice), numbers, lines, remarks, (*sheet.cautions, *said))
    groups = [(choice.x_column, choice.y_columns)]
    return (recording_of(table, groups, technique=choice.technique, label=sheet.name),)


def dialect_of(choice: ColumnChoice) -> Dialect:
    """Return the marks that were chosen.

    Raises Unread for marks that no table has.
    """
    if choice.delimiter not in DELIMITERS or choice.decimal_mark not in NUMBERS:
        raise Unread(f"“{choice.delimiter}” with “{choice.decimal_mark}” cuts no table", line=1)
    return Dialect(choice.delimiter, choice.decimal_mark)


def chosen_rows(sheet: Sheet, choice: ColumnChoice) -> list[Row]:
    """Return the rows below the header, or from the first row of numbers on.

    Raises Unread when there are none.
    """
    dialect = dialect_of(choice)
    rows = rows_of(sheet.rows((choice.header_line or 0) + 1), dialect)
    if choice.delimiter == choice.decimal_mark:
        rows = [(line, paired(cells, choice.decimal_mark)) for line, cells in rows]
    if choice.header_line is None:
        first = next((index for index, (_, cells) in enumerate(rows) if has_numbers(cells, dialect)), len(rows))
        rows = rows[first:]
    if not rows:
        raise Unread("There are no rows below the header", line=choice.header_line or 1)
    return rows


def paired(cells: Sequence[str], mark: str) -> list[str]:
    """Return cells of whole and fractional digits, cut by the same comma, as the decimals they are."""
    if any(mark in cell for cell in cells):
        return list(cells)
    return [mark.join(cells[left : left + 2]) for left in range(0, len(cells), 2)]


def width_of(rows: Sequence[Row], choice: ColumnChoice) -> int:
    """Return how many columns every row has at least.

    Raises Unread when a chosen column is not among them.
    """
    last = max(choice.x_column, *choice.y_columns, 0)
    if min(choice.x_column, *choice.y_columns, 0) < 0 or not choice.y_columns:
        raise Unread("No column of y was chosen", line=rows[0][0])
    for line, cells in rows:
        if len(cells) <= last:
            raise Unread(f"There are {len(cells)} columns, and column {last + 1} was chosen", line=line)
    return min(len(cells) for _, cells in rows)


def with_units(columns: Sequence[Column], choice: ColumnChoice) -> list[Column]:
    """Return the columns with the chosen units where any were chosen."""
    units = dict.fromkeys(choice.y_columns, choice.y_unit) | {choice.x_column: choice.x_unit}
    return [Column(column.name, units.get(index) or column.unit) for index, column in enumerate(columns)]
