"""Reads CSV, TSV and Excel files into tables of named text columns, without judging what they say."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import IO
from zipfile import BadZipFile

from samples.importing.problems import Problem

TABLE_SUFFIXES = (".csv", ".tsv", ".xlsx")
# A notebook's table; beyond this somebody has taken the wrong file.
LARGEST_FILE_BYTES = 32 * 1024 * 1024
LARGEST_ROW_COUNT = 100_000
LONGEST_CELL = 10_000


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: its number in the sheet and its cells by column name, as text."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """A file's columns and lines."""

    name: str
    file: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read, by name and bytes."""

    file: str
    content: bytes


def sources_in(folder: Path) -> list[Source]:
    """Return the tables of a folder in the order of their names."""
    paths = sorted(path for path in folder.iterdir() if path.suffix.lower() in TABLE_SUFFIXES)
    return [Source(path.name, path.read_bytes()) for path in paths]


def read_table(source: Source) -> Table | Problem:
    """Return the table in a file, or the problem that keeps it from being one."""
    if len(source.content) > LARGEST_FILE_BYTES:
        return Problem(source.file, f"larger than {LARGEST_FILE_BYTES // 1024 // 1024} MB; this is no table of records")
    if not source.content.strip():
        return Problem(source.file, "the file is empty")
    suffix = Path(source.file).suffix.lower()
    lines = _excel_lines(source) if suffix == ".xlsx" else _text_lines(source)
    return lines if isinstance(lines, Problem) else _table(source, lines)


def _table(source: Source, lines: Sequence[Sequence[str]]) -> Table | Problem:
    columns = tuple(cell.strip() for cell in lines[0]) if lines else ()
    while columns and not columns[-1]:
        columns = columns[:-1]
    if not columns:
        return Problem(source.file, "the first line does not name the columns", row=1)
    twice = next((name for name in columns if columns.count(name) > 1), None)
    if twice is not None:
        return Problem(source.file, f"the column “{twice[:40]}” stands there twice", row=1, column=twice[:40])
    if len(lines) > LARGEST_ROW_COUNT:
        return Problem(source.file, f"more than {LARGEST_ROW_COUNT} lines; split the table")
    rows = []
    for number, line in enumerate(lines[1:], start=2):
        row = _row(source, columns, number, [cell.strip() for cell in line])
        if isinstance(row, Problem):
            return row
        if any(row.cells.values()):
            rows.append(row)
    return Table(Path(source.file).stem.lower(), source.file, columns, tuple(rows))


def _row(source: Source, columns: tuple[str, ...], number: int, cells: list[str]) -> Row | Problem:
    if any(cells[len(columns) :]):
        return Problem(source.file, f"has {len(cells)} cells for {len(columns)} columns", row=number)
    cells += [""] * (len(columns) - len(cells))
    long = next((name for name, cell in zip(columns, cells, strict=False) if len(cell) > LONGEST_CELL), None)
    if long is not None:
        return Problem(source.file, f"longer than {LONGEST_CELL} characters", row=number, column=long)
    return Row(number, dict(zip(columns, cells, strict=False)))


def _text_lines(source: Source) -> list[list[str]] | Problem:
    if b"\0" in source.content[:4096]:
        return Problem(source.file, "is no table: it holds binary data")
    try:
        text = source.content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = source.content[: error.start].count(b"\n") + 1
        return Problem(source.file, "is not UTF-8 text; save the table as “CSV UTF-8”", row=line)
    first_line = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first_line.count)
    csv.field_size_limit(LARGEST_FILE_BYTES)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        return Problem(source.file, f"is no table: {error}")


def _excel_lines(source: Source) -> list[list[str]] | Problem:
    import openpyxl

    try:
        book = openpyxl.load_workbook(_stream(source.content), read_only=True, data_only=True)
    except (BadZipFile, KeyError, ValueError, OSError):
        return Problem(source.file, "is no Excel workbook")
    sheet = book.worksheets[0] if book.worksheets else None
    if sheet is None:
        return Problem(source.file, "has no sheet")
    return [[_text_of(cell) for cell in line] for line in _limited(sheet.iter_rows(values_only=True))]


def _limited(lines: Iterable[Sequence[object]]) -> Iterable[Sequence[object]]:
    for number, line in enumerate(lines):
        if number > LARGEST_ROW_COUNT + 1:
            return
        yield line


def _stream(content: bytes) -> IO[bytes]:
    return io.BytesIO(content)


def _text_of(cell: object) -> str:
    """Return what a cell says as it would stand in a CSV file."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        is_day = (cell.hour, cell.minute, cell.second, cell.microsecond) == (0, 0, 0, 0)
        return cell.date().isoformat() if is_day else cell.isoformat(sep=" ")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
