"""The numbers of a table's columns: all at once where every cell is plain, cell by cell where some are not."""

from collections.abc import Sequence

import numpy as np

from measurements.readers.plain_table.dialect import Dialect, is_gap
from measurements.readers.plain_table.fit import Row
from measurements.readers.recording import Numbers
from measurements.readers.refusal import Unread

# Of what numpy also takes for a number, such as “nan” and “infinity”, nothing is written with these alone.
PLAIN = b"0123456789.eE+- \t\r\n"


def plain_numbers(lines: Sequence[str], dialect: Dialect, width: int) -> Numbers | None:
    """Return lines as columns of numbers, or None when a cell of them needs a closer look."""
    body = "\n".join(lines)
    if dialect.decimal_mark == ",":
        if "." in body:
            return None
        body = body.replace(",", ".")
    delimiter = None if dialect.delimiter == " " else dialect.delimiter
    if not body.isascii() or body.encode().translate(None, PLAIN + dialect.delimiter.encode()):
        return None
    try:
        numbers = np.loadtxt(body.split("\n"), delimiter=delimiter, comments=None, ndmin=2)
    except ValueError:
        return None
    return numbers.T.copy() if numbers.shape[1] == width and np.isfinite(numbers).all() else None


def numbers_of(rows: Sequence[Row], column: int, dialect: Dialect) -> Numbers:
    """Return a column's numbers, gaps as NaN.

    Raises Unread at the first cell that is text or a number beyond all measure.
    """
    return np.array([number_of(cells[column], dialect, line) for line, cells in rows])


def number_of(cell: str, dialect: Dialect, line: int) -> float:
    """Return a cell's number, or NaN for a gap; raises Unread."""
    if is_gap(cell):
        return float("nan")
    if not dialect.is_number(cell):
        raise Unread(f"“{cell[:40]}” is not a number", line=line)
    value = float(cell.replace(",", ".").replace("D", "e").replace("d", "e"))
    if not np.isfinite(value):
        raise Unread(f"“{cell[:40]}” is beyond all measure", line=line)
    return value
