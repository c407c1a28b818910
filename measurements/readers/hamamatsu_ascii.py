"""Streak images saved as text: a bare matrix of counts, or one with wavelengths above and times beside it."""

import re
from collections.abc import Sequence

import numpy as np

from measurements.readers.parts.text import Text, text_of
from measurements.readers.recording import Axis, Caution, Channel, Numbers, Recording, Technique, ascending
from measurements.readers.refusal import Unread
from measurements.readers.source import Source

MARKS = ("\t", ";", ",")
WHOLE = re.compile(r"\s*\d{1,10}\s*$")
# What HPD-TA writes into the last cell of every line: the number between spaces.
PADDED = re.compile(r"\t {1,12}\d{1,10} {1,12}$")
FEWEST_COLUMNS, FEWEST_ROWS = 16, 8
# A table that nothing marks as a streak image must be of a size that no other table has.
FEWEST_UNMARKED_COLUMNS = 64
LEAST_NM, MOST_NM = 150.0, 2_500.0
TIME = re.compile(r"time|zeit|delay|\b[nµup]s\b", re.IGNORECASE)
UNIT = re.compile(r"\b(ps|ns|us|µs|ms)\b")
MOST_BYTES = 64 * 1024 * 1024


def recognises(source: Source) -> bool:
    """Look for many columns of whole numbers, or for wavelengths in the first line and times in the first column."""
    if source.size_bytes > MOST_BYTES:
        return False
    lines = source.head_lines
    if not lines or len(lines[0]) > 40_000:
        return False
    rows = [line for line in lines[: 8 * FEWEST_ROWS] if line.strip()][: 4 * FEWEST_ROWS]
    return _is_bare(rows) or _has_axes(rows)


def read(source: Source) -> tuple[Recording, ...]:
    """Return the counts over time and wavelength, or over pixels when the text has no axes.

    Raises Unread at the first line with a cell that is no number, or with another count of cells.
    """
    if source.size_bytes > MOST_BYTES:
        raise Unread(f"The text has {source.size_bytes:,} bytes; matrices up to {MOST_BYTES:,} are read")
    text = text_of(source)
    lines = [line for line in text.lines if line.strip()]
    if _has_axes(lines[: 4 * FEWEST_ROWS]):
        return _with_axes(text)
    rows = _rows_of(text)
    table = _table(text, "\t", rows)
    if PADDED.search(rows[0][1]) and not PADDED.search(rows[-1][1]):
        raise Unread("The last line is cut off", line=rows[-1][0])
    axes = tuple(Axis(name, "px", np.arange(size, dtype=float)) for name, size in zip("yx", table.shape, strict=True))
    said = Caution("the text has no axes; they must come from the .img of the same name")
    return (_recording(_counts(table), axes, (*text.cautions, said)),)


def _is_bare(lines: Sequence[str]) -> bool:
    if not lines or "\t" not in lines[0]:
        return False
    cells = [line.split("\t") for line in lines]
    columns = len(cells[0])
    if columns < FEWEST_COLUMNS or not all(WHOLE.match(cell) for row in cells[:2] for cell in row):
        return False
    if PADDED.search(lines[0]):
        return True
    return columns >= FEWEST_UNMARKED_COLUMNS and len(lines) >= FEWEST_ROWS and len(cells[1]) == columns


def _has_axes(lines: Sequence[str]) -> bool:
    if len(lines) < 3:
        return False
    mark = _mark(lines[0])
    titles, *rows = (line.split(mark) for line in lines[: 1 + FEWEST_ROWS])
    if len(titles) < FEWEST_COLUMNS or len(rows[0]) != len(titles) or not _is_corner(titles[0]):
        return False
    wavelengths = _floats(titles[1:], mark)
    times = _floats([row[0] for row in rows], mark)
    if wavelengths is None or times is None:
        return False
    # A series over temperature looks alike, with wavelengths beside it instead of times.
    if len(wavelengths) < FEWEST_UNMARKED_COLUMNS and times[0] >= LEAST_NM and not TIME.search(titles[0]):
        return False
    steps = np.diff(wavelengths)
    in_range = wavelengths.min() >= LEAST_NM and wavelengths.max() <= MOST_NM
    return bool(in_range and (np.all(steps > 0) or np.all(steps < 0)) and np.all(np.diff(times) > 0))


def _mark(line: str) -> str:
    return max(MARKS, key=line.count)


def _is_corner(cell: str) -> bool:
    """Say whether a cell can stand where the axes meet: empty, nought, or a word for time."""
    text = cell.strip().strip('"')
    return text in {"", "0", "0.0"} or bool(TIME.search(text) and not text.startswith(("#", "%")))


def _floats(cells: Sequence[str], mark: str) -> Numbers | None:
    try:
        values = np.array([float(cell if mark == "," else cell.replace(",", ".")) for cell in cells])
    except ValueError:
        return None
    return values if len(values) and np.all(np.isfinite(values)) else None


def _rows_of(text: Text) -> list[tuple[int, str]]:
    return [(line, written) for line, written in enumerate(text.lines, start=1) if written.strip()]


def _with_axes(text: Text) -> tuple[Recording, ...]:
    (first_line, titles), *rows = _rows_of(text)
    mark = _mark(titles)
    corner, *cells = titles.split(mark)
    wavelengths = _floats(cells, mark)
    if wavelengths is None:
        raise Unread("The wavelengths in the first line are not all numbers", line=first_line)
    table = _table(text, mark, rows, columns=len(cells) + 1)
    unit = UNIT.search(corner)
    said = [Caution("the first line was read as wavelengths in nm", line=first_line)]
    if unit is None:
        said.append(Caution("the unit of the times is not stated; it must come from the .img of the same name"))
    time_unit = {"µs": "us"}.get(unit[1], unit[1]) if unit else ""
    axes = (Axis("time", time_unit, table[:, 0].copy()), Axis("wavelength", "nm", wavelengths))
    return (_recording(_counts(table[:, 1:]), axes, (*text.cautions, *said)),)


def _table(text: Text, mark: str, rows: list[tuple[int, str]], columns: int = 0) -> Numbers:
    if not rows:
        raise Unread("The matrix has no lines of counts", line=len(text.lines))
    columns = columns or len(rows[0][1].split(mark))
    table = np.empty((len(rows), columns))
    for place, (line, written) in enumerate(rows):
        cells = written.split(mark)
        if len(cells) != columns:
            raise Unread(f"The line has {len(cells):,} cells where {columns:,} are expected", line=line)
        values = _floats(cells, mark)
        if values is None or "_" in written:
            wrong = next((cell.strip() for cell in cells if _floats([cell], mark) is None or "_" in cell), "")
            raise Unread(f"“{wrong[:40]}” is not a number", line=line)
        table[place] = values
    return table


def _counts(table: Numbers) -> Numbers:
    """Return whole numbers as such; exports that divided or subtracted keep their fractions."""
    if np.all(np.abs(table) < 2**62) and np.all(table == np.rint(table)):
        return table.astype(np.int64)
    return table.copy()


def _recording(counts: Numbers, axes: tuple[Axis, ...], said: tuple[Caution, ...]) -> Recording:
    values, turned, turnings = ascending(counts, *axes)
    return Recording(
        technique=Technique.TRPL,
        channels=(Channel("intensity", "counts", values, turned),),
        instrument="Hamamatsu",
        cautions=(*said, *turnings),
    )
