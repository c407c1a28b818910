"""Rows of numbers in exported text: a value that is no number stays a gap, and a caution counts the gaps."""

from collections.abc import Sequence

import numpy as np

from measurements.readers.parts.text import Text, number, text_of
from measurements.readers.recording import Caution, Numbers
from measurements.readers.refusal import Unread
from measurements.readers.source import Source

Row = tuple[int, Sequence[str]]
MOST_TEXT_BYTES = 12 * 1024 * 1024
GAPS = frozenset({"nan", "-nan", "nan(ind)", "-nan(ind)", "1.#qnan", "-1.#ind", "1.#inf", "-1.#inf"})
GAPS |= {"inf", "+inf", "-inf", "infinity", "-infinity", "∞", "-∞", "--"}


def exported_text(source: Source, most_bytes: int = MOST_TEXT_BYTES) -> Text:
    """Return the text of an export, whose lines and cells take thirty times its size in memory.

    Raises Unread for a file that is larger.
    """
    if source.size_bytes > most_bytes:
        raise Unread(f"The file has {source.size_bytes:,} bytes; exports of up to {most_bytes:,} are read")
    return text_of(source)


def is_gap(cell: str) -> bool:
    """Say whether a cell is how programs write a value they do not have."""
    return cell.strip().lower() in GAPS


def separator_of(line: str) -> str | None:
    """Return what separates the cells of a line; None stands for blanks.

    A comma separates only where no other mark does, because it may be the decimal mark.
    """
    for mark in ("\t", ";"):
        if mark in line:
            return mark
    return "," if "," in line and len(line.split()) == 1 else None


def without_cut_row(
    rows: Sequence[Row], text: Text, width: int, *, has_fixed_decimals: bool = False
) -> tuple[Sequence[Row], tuple[Caution, ...]]:
    """Leave out a last row that the end of the file cuts, and say so when it may have.

    Raises Unread when no whole row is left.
    """
    if not text.lines[-1].strip() or not rows:
        return rows, ()
    line, cells = rows[-1]
    is_short = len(cells) < width
    if is_short or (has_fixed_decimals and len(rows) > 1 and _decimals(cells[-1]) < _decimals(rows[-2][1][-1])):
        if len(rows) == 1:
            raise Unread("The file stops in its first row", line=line)
        return rows[:-1], (Caution("THE FILE STOPS IN THE MIDDLE of a row, which was left out", line=line),)
    return rows, (Caution("the last line has no end; its last number may be cut", line=line),)


def _decimals(cell: str) -> int:
    return len(cell.strip().replace(",", ".").partition(".")[2])


def columns(rows: Sequence[Row], width: int) -> Numbers:
    """Return rows of cells, each with its line number, as float columns of shape (width, rows).

    Raises Unread at the first row that has fewer cells or one that is not a number.
    """
    table = np.empty((len(rows), width))
    for index, (line, cells) in enumerate(rows):
        if len(cells) < width:
            raise Unread(f"{len(cells)} of {width} numbers", line=line)
        for column in range(width):
            table[index, column] = number(cells[column], line=line)
    return table.T.copy()


def columns_with_gaps(rows: Sequence[Row], width: int, *, keys: int = 1) -> tuple[Numbers, tuple[Caution, ...]]:
    """Return rows as float columns and what is missing in them; the first `keys` columns may not have gaps.

    Raises Unread at the first row that is short or long, or that has text or a number beyond all measure.
    """
    for line, cells in rows:
        if len(cells) > width and any(cell.strip() for cell in cells[width:]):
            raise Unread(f"{len(cells)} numbers where {width} are expected", line=line)
    if (quick := _plain_columns(rows, width)) is not None:
        return quick, ()
    missing = [
        (index, column)
        for index, (_, cells) in enumerate(rows)
        for column in range(keys, min(width, len(cells)))
        if is_gap(cells[column])
    ]
    table = columns(_filled(rows, missing) if missing else rows, width)
    beyond = np.argwhere(~np.isfinite(table.T))
    if len(beyond):
        raise Unread("A number is beyond all measure", line=rows[int(beyond[0][0])][0])
    if not missing:
        return table, ()
    for index, column in missing:
        table[column, index] = np.nan
    count = len(missing)
    first = rows[missing[0][0]][0]
    said = "1 value is no number and stays a gap" if count == 1 else f"{count:,} values are no numbers and stay gaps"
    return table, (Caution(said, line=first),)


def axis_above(rows: Sequence[Row]) -> tuple[int, Numbers, Sequence[Row]]:
    """Return how many cells stand before the axis in the first row, the axis, and the rows below it.

    Raises Unread, naming the line, when there are none or one has other than a value for each of the axis.
    """
    (line, top), below = rows[0], rows[1:]
    leading = next((index for index, cell in enumerate(top) if cell.strip()), len(top))
    x = columns_with_gaps([(line, [cell]) for cell in top[leading:]], 1)[0][0]
    if not below:
        raise Unread("There is an axis but no spectrum below it", line=line)
    for number_of_line, cells in below:
        if len(cells) != len(top):
            raise Unread(f"{len(cells) - leading:,} of {len(x):,} values", line=number_of_line)
    return leading, x, below


def _plain_columns(rows: Sequence[Row], width: int) -> Numbers | None:
    """Return columns of nothing but plain numbers; None when a cell needs a closer look."""
    table = np.empty((len(rows), width))
    for index, (_, cells) in enumerate(rows):
        # Python reads 1_0 as ten.
        if len(cells) < width or "_" in "".join(cells):
            return None
        try:
            table[index] = [float(cell) for cell in cells[:width]]
        except ValueError:
            return None
    return table.T.copy() if np.isfinite(table).all() else None


def _filled(rows: Sequence[Row], missing: Sequence[tuple[int, int]]) -> list[Row]:
    filled = [(line, list(cells)) for line, cells in rows]
    for index, column in missing:
        filled[index][1][column] = "0"
    return [(line, cells) for line, cells in filled]
