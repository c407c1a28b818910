"""The worksheet of a FluorEssence export: rows that describe the columns, then rows of numbers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from measurements.readers.parts.numeric_rows import is_gap
from measurements.readers.parts.text import Text, is_number, number
from measurements.readers.recording import Caution, Numbers
from measurements.readers.refusal import Unread

MARKS = ("\t", ";", ",")
ROW_NAMES = ("short name", "long name", "units")
X_UNITS = {
    "nm",
    "ev",
    "cm-1",
    "1/cm",
    "s",
    "sec",
    "ms",
    "us",
    "µs",
    "ns",
    "ps",
    "min",
    "k",
    "c",
    "°c",
    "deg",
    "degrees",
}
COUNTS = re.compile(r"\b(cps|microamps|counts?|cnts?)\b|[µμ]a\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: what stands above it, and its values down to the last one."""

    short_name: str
    long_name: str
    unit: str
    extra: dict[str, str]
    values: Numbers


@dataclass(frozen=True, slots=True)
class Worksheet:
    """All columns of a file, without the column of row labels."""

    columns: tuple[Column, ...]
    header: dict[str, tuple[str, ...]]
    cautions: tuple[Caution, ...]


def is_worksheet(lines: Sequence[str]) -> bool:
    """Say whether lines begin with names and units of curves over a common kind of x, and numbers below them."""
    mark = _mark(lines)
    rows = [_cells(line, mark) for line in lines]
    top = _height(rows)
    if top is None or top < 2 or top == len(rows):
        return False
    units = _units(rows[:top], is_labelled=_is_labelled(rows[:top]))
    return bool(units) and _is_x_unit(units[0]) and any(COUNTS.search(unit) for unit in units[1:])


def worksheet_of(text: Text) -> Worksheet:
    """Return the columns of a file.

    Raises Unread for text among the numbers, for columns with holes, and for a file without numbers.
    """
    mark = _mark(text.lines)
    rows = [(number, _cells(line, mark)) for number, line in enumerate(text.lines, start=1) if line.strip()]
    top = _height([cells for _, cells in rows])
    if top is None or top < 2:
        raise Unread("The rows with names and units are missing", line=1)
    named = _described([cells for _, cells in rows[:top]])
    below = rows[top:]
    if not below:
        raise Unread("There are no data below the header", line=rows[-1][0])
    skipped = 1 if _is_labelled([cells for _, cells in rows[:top]]) else 0
    width = len(named["units"])
    for line, cells in below:
        if any(cells[width + skipped :]):
            raise Unread(f"{len(cells)} cells under {width + skipped} columns", line=line)
    said = _open_end(text, below, width + skipped)
    columns = []
    for index in range(width):
        about = {name: cells[index] for name, cells in named.items() if index < len(cells)}
        values, gaps = _values(below, index + skipped)
        said += gaps
        short, long, unit = (about.pop(name, "") for name in ROW_NAMES)
        columns.append(Column(short, long, unit, about, values))
    return Worksheet(tuple(columns), {name: tuple(cells) for name, cells in named.items()}, text.cautions + said)


def _mark(lines: Sequence[str]) -> str:
    return next((mark for mark in MARKS if any(mark in line for line in lines[:3])), "\t")


def _cells(line: str, mark: str) -> list[str]:
    """Return a line's cells, without the quotes that some programs put around text."""
    return [cell.strip().strip('"') for cell in line.split(mark)]


def _height(rows: Sequence[Sequence[str]]) -> int | None:
    """Return how many rows stand above the first one whose cells are all numbers, at least two of them."""
    for index, cells in enumerate(rows[:12]):
        filled = [cell for cell in cells if cell.strip()]
        if len(filled) > 1 and all(is_number(cell) or is_gap(cell) for cell in filled):
            return index
    return None


def _is_labelled(head: Sequence[Sequence[str]]) -> bool:
    """Say whether the first column names the rows instead of holding numbers."""
    return any(cells[0].strip().lower() in ROW_NAMES for cells in head)


def _units(head: Sequence[Sequence[str]], *, is_labelled: bool) -> list[str]:
    if is_labelled:
        rows = [cells[1:] for cells in head if cells[0].strip().lower() == "units"]
        return [cell.strip() for cell in rows[0]] if rows else []
    found = [cells for cells in head if _is_x_unit(cells[0])]
    return [cell.strip() for cell in found[0]] if found else []


def _is_x_unit(cell: str) -> bool:
    return cell.strip().lower() in X_UNITS


def _described(head: Sequence[Sequence[str]]) -> dict[str, list[str]]:
    """Return the rows above the numbers by their names; without names, units are known and names stand above them."""
    if _is_labelled(head):
        rows = {cells[0].strip(): [cell.strip() for cell in cells[1:]] for cells in head}
        named = {(name.lower() if name.lower() in ROW_NAMES else name): cells for name, cells in rows.items()}
    else:
        place = next((index for index, cells in enumerate(head) if _is_x_unit(cells[0])), None)
        if place is None:
            raise Unread("The row with units is missing", line=len(head))
        stripped = [[cell.strip() for cell in cells] for cells in head]
        above = dict(zip(("long name", "short name"), reversed(stripped[:place]), strict=False))
        named = {**above, "units": stripped[place]}
        named |= {f"row {index + 1}": stripped[index] for index in range(place + 1, len(stripped))}
    if not named.get("units"):
        raise Unread("The row with units is missing", line=len(head))
    while named["units"] and not named["units"][-1]:
        named["units"].pop()
    return named


def _open_end(text: Text, below: Sequence[tuple[int, list[str]]], width: int) -> tuple[Caution, ...]:
    if not text.lines[-1].strip():
        return ()
    line, cells = below[-1]
    if len(cells) < width:
        raise Unread(f"The file stops in the middle of a row: {len(cells)} of {width} cells", line=line)
    return (Caution("the last line has no end; its last number may be cut", line=line),)


def _values(rows: Sequence[tuple[int, list[str]]], index: int) -> tuple[Numbers, tuple[Caution, ...]]:
    """Return a column down to its last filled cell; a missing value above it stays a gap and is counted."""
    cells = [(line, row[index] if index < len(row) else "") for line, row in rows]
    while cells and not cells[-1][1].strip():
        cells.pop()
    if (quick := _plain([cell for _, cell in cells])) is not None:
        return quick, ()
    gaps = [line for line, cell in cells if is_gap(cell) or not cell.strip()]
    values = np.array([np.nan if is_gap(cell) or not cell.strip() else number(cell, line=line) for line, cell in cells])
    counted = (
        "1 value is missing and stays a gap" if len(gaps) == 1 else f"{len(gaps):,} values are missing and stay gaps"
    )
    said = (Caution(counted, line=gaps[0]),) if gaps else ()
    return values, said


def _plain(cells: Sequence[str]) -> Numbers | None:
    """Return nothing but plain numbers; None when a cell needs a closer look."""
    if any("_" in cell for cell in cells):
        return None
    try:
        values = np.array([float(cell) for cell in cells])
    except ValueError:
        return None
    return values if np.isfinite(values).all() else None
