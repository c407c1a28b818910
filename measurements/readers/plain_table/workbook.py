"""Excel files, measured before they are opened: a bomb or a sheet with far-away cells is refused."""

import io
import re
import struct
from typing import Any

from measurements.readers.parts.archive import Archive
from measurements.readers.refusal import Unread
from measurements.readers.source import Source

ZIP_MAGIC, OLE_MAGIC = b"PK\x03\x04", bytes.fromhex("d0cf11e0a1b11ae1")
OLE_STREAMS = ("Workbook", "Book")
SHEET_MEMBER = re.compile(r"xl/worksheets/[^/]+\.xml")
CELL_PLACE = re.compile(rb"""\br\s*=\s*["']\s*\$?([A-Za-z]{0,9})\$?(\d{1,19})\s*["']""")
# A sheet is laid out as a full rectangle from its first to its last cell, whatever lies between.
MOST_CELLS = 2_000_000
# BIFF records that place a cell: the row and the column are their first two numbers.
BIFF_CELLS = frozenset({0x06, 0xBD, 0xBE, 0xFD, 0x201, 0x203, 0x204, 0x205, 0x27E, 0x0001, 0x0002, 0x0003, 0x0004})
BIFF_SEVERAL_CELLS = frozenset({0xBD, 0xBE})
BIFF_BEGIN = 0x809


def is_workbook(source: Source) -> bool:
    """Say whether a file is an Excel workbook, old or new."""
    if source.head.startswith(ZIP_MAGIC):
        return "xl/workbook.xml" in Archive(source).names
    return source.head.startswith(OLE_MAGIC) and biff_of(source) is not None


def sheets_of(source: Source) -> list[tuple[str, list[str]]]:
    """Return the names and rows of the sheets that can be seen, the cells joined by tabs.

    Raises Unread for broken workbooks and for those that would not fit in memory.
    """
    if source.head.startswith(ZIP_MAGIC):
        measure_archive(source)
    else:
        measure_biff(biff_of(source) or b"")
    try:
        return opened(source)
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    # A panic inside the library is a BaseException and no Exception.
    except BaseException as error:
        raise Unread(f"The workbook is broken: {str(error)[:120] or type(error).__name__}") from error


def opened(source: Source) -> list[tuple[str, list[str]]]:
    """Return the visible sheets through the library."""
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    book = CalamineWorkbook.from_filelike(io.BytesIO(source.content))
    sheets = []
    for index, sheet in enumerate(book.sheets_metadata):
        if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible:
            rows = book.get_sheet_by_index(index).to_python(skip_empty_area=False)
            sheets.append((sheet.name, ["\t".join(map(cell_text, row)) for row in rows]))
    return sheets


def cell_text(cell: Any) -> str:
    """Return a cell as text; a number keeps all its digits."""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    return " ".join(str(cell).replace('"', "”").split())


def measure_archive(source: Source) -> None:
    """Refuse a workbook that unpacks to too much or whose sheets reach too far."""
    archive = Archive(source)
    for name in archive.names:
        # Unpacked here once, with the limit of the container, so that no size that it states is believed.
        content = archive.read(name) if not name.endswith("/") else b""
        if SHEET_MEMBER.fullmatch(name):
            check_extent(*extent_of_xml(content), where=name)


def extent_of_xml(content: bytes) -> tuple[int, int]:
    """Return the last row and the last column that a sheet's cells name."""
    rows, columns = 0, {b""}
    for place in CELL_PLACE.finditer(content):
        rows = max(rows, int(place[2]))
        columns.add(place[1].upper())
    return rows, max(map(column_number, columns))


def column_number(letters: bytes) -> int:
    """Return the number of a column called by letters, A being 1."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def check_extent(rows: int, columns: int, *, where: str) -> None:
    """Refuse a sheet whose cells span too large a rectangle."""
    if rows * columns > MOST_CELLS:
        raise Unread(f"{where} spans {rows:,} × {columns:,} cells; up to {MOST_CELLS:,} are read")


def biff_of(source: Source) -> bytes | None:
    """Return the stream of an old workbook, or None for another compound file."""
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(source.content)) as container:
            stream = next((name for name in OLE_STREAMS if container.exists(name)), None)
            return container.openstream(stream).read() if stream else None
    except (OSError, ValueError, IndexError, struct.error):
        return None


def measure_biff(stream: bytes) -> None:
    """Refuse an old workbook one of whose sheets reaches too far."""
    at, rows, columns = 0, 0, 0
    while at + 8 <= len(stream):
        kind, length, row, column = struct.unpack_from("<HHHH", stream, at)
        if kind == BIFF_BEGIN:
            rows, columns = 0, 0
        elif kind in BIFF_CELLS:
            rows, columns = max(rows, row + 1), max(columns, last_column(stream, at, length, column) + 1)
            check_extent(rows, columns, where="A sheet")
        at += 4 + length


def last_column(stream: bytes, at: int, length: int, column: int) -> int:
    """Return the last column of a record; one of several cells ends with it."""
    is_several = struct.unpack_from("<H", stream, at)[0] in BIFF_SEVERAL_CELLS
    if not is_several or length < 6 or at + 4 + length > len(stream):
        return column
    return max(column, int(struct.unpack_from("<H", stream, at + 2 + length)[0]))
