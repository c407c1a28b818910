"""Which dialect a text is written in: the one that fits, unless two fit and mean different numbers."""

import re
from collections.abc import Iterable, Sequence
from itertools import islice

from measurements.readers.plain_table.dialect import Dialect
from measurements.readers.plain_table.fit import Fit, Row, fit_of
from measurements.readers.plain_table.lines import Line, Sheet

SAMPLE_LINES = 600
WHOLE_NUMBER = re.compile(r"[+-]?\d+")
GROUPED = {mark: re.compile(rf"[+-]?[1-9]\d{{0,2}}({re.escape(mark)}\d{{3}})+") for mark in (".", ",")}

BY_COMMA = "A comma may separate columns here or be the decimal mark: choose which"
BY_GROUP = "“{}” may be a decimal number, or have a mark between its thousands: choose which"


def best_fit(sheet: Sheet) -> Fit | None:
    """Return the table that the first lines of a sheet hold, in the dialect that fits best."""
    lines = list(islice(sheet.rows(), SAMPLE_LINES))
    fits = [fit_of(rows_of(lines, dialect), dialect) for dialect in sheet.dialects]
    return min((fit for fit in fits if fit), key=lambda fit: fit.rank, default=None)


def rows_of(lines: Iterable[Line], dialect: Dialect) -> list[Row]:
    """Return lines as cells."""
    return [(line.number, dialect.cells(line.text)) for line in lines]


def question(rows: Sequence[Sequence[str]], fit: Fit, *, is_named: bool) -> str:
    """Return what a person has to decide about the marks in rows of numbers, or nothing.

    A comma that cuts whole numbers may as well be decimal when the cells pair up to decimals that a program
    could have written, and no header with as many names says otherwise. A mark that only ever stands before three
    digits, in a column that has smaller whole numbers without it, may be one between thousands.
    """
    if fit.dialect == Dialect(",", ".") and not is_named and pairs_up(rows):
        return BY_COMMA
    for column in fit.number_columns:
        grouped = one_grouped([cells[column] for cells in rows], fit.dialect.decimal_mark)
        if grouped:
            return BY_GROUP.format(grouped)
    return ""


def pairs_up(rows: Sequence[Sequence[str]]) -> bool:
    """Say whether cells two by two could be decimal numbers, all the way down."""
    wholes = [[cells[index] for cells in rows] for index in range(0, len(rows[0]), 2)]
    fractions = [[cells[index] for cells in rows] for index in range(1, len(rows[0]), 2)]
    return (
        len(wholes) == len(fractions)
        and all(WHOLE_NUMBER.fullmatch(cell) for cells in wholes for cell in cells)
        and all(map(are_fractions, fractions))
    )


def are_fractions(cells: Sequence[str]) -> bool:
    """Say whether a program could have written these digits behind decimal marks.

    They have no sign, and a program writes always as many digits or leaves the zeros at the end out.
    """
    if not all(cell.isdecimal() for cell in cells):
        return False
    differ = len({len(cell) for cell in cells}) > 1
    return not (differ and any(len(cell) > 1 and cell.endswith("0") for cell in cells))


def one_grouped(cells: Sequence[str], mark: str) -> str:
    """Return a cell of a column whose marks may be between thousands, or nothing."""
    marked = [cell for cell in cells if mark in cell]
    bare = [cell for cell in cells if WHOLE_NUMBER.fullmatch(cell)]
    is_doubtful = marked and bare and all(GROUPED[mark].fullmatch(cell) for cell in marked)
    return marked[0] if is_doubtful and all(len(cell.lstrip("+-")) <= 3 for cell in bare) else ""
