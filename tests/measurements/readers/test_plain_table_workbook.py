"""Excel sheets read as tables, and workbooks that are refused before the library opens them."""

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest

from measurements.readers.plain_table import read, recognises
from measurements.readers.recording import Channel
from measurements.readers.refusal import Unread
from measurements.readers.source import Source


def workbook(*sheets: list[list[object]]) -> Source:
    book = openpyxl.Workbook()
    for number, rows in enumerate(sheets):
        sheet = book.active if number == 0 else book.create_sheet()
        assert sheet is not None
        for row in rows:
            sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    return Source.of_bytes(content.getvalue(), "table.xlsx")


def rezipped(source: Source, **changed: bytes) -> Source:
    content = io.BytesIO()
    with zipfile.ZipFile(source.stream) as old, zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            member = changed.get(Path(name).stem, old.read(name))
            new.writestr(name, member)
    return Source.of_bytes(content.getvalue(), "table.xlsx")


def points(channel: Channel) -> list[tuple[float, float]]:
    return list(zip(channel.x.values.tolist(), channel.values.tolist(), strict=True))


def test_an_excel_sheet_is_read_with_all_digits_and_its_name() -> None:
    source = workbook(
        [["made by hand"], ["Wavelength (nm)", "A"], [400.5, 0.123456789012], [401, 2]], [["nothing here"]]
    )

    (found,) = read(source)

    assert recognises(source)
    assert points(found.channels[0]) == [(400.5, 0.123456789012), (401.0, 2.0)]
    assert (found.label, found.channels[0].x.unit, found.channels[0].unit) == ("Sheet", "nm", "A")


def test_every_sheet_with_a_table_is_a_recording() -> None:
    found = read(workbook([["x", "y"], [1, 2], [3, 4]], [["x", "z"], [5, 6], [7, 8]]))

    assert [(one.label, one.channels[0].name) for one in found] == [("Sheet", "y"), ("Sheet1", "z")]


def test_text_in_a_cell_of_excel_names_its_row() -> None:
    with pytest.raises(Unread, match=r"“n.d.” is not a number \(line 4\)"):
        read(workbook([["x", "y"], [1, 2], [3, 4], [5, "n.d."], [6, 7]]))


def test_a_cell_far_away_is_refused_before_the_library_makes_room_for_it() -> None:
    cells = b'<c r="A1"><v>1</v></c><c r="XFD1048576"><v>2</v></c>'
    far = b'<worksheet><sheetData><row r="1">' + cells + b"</row></sheetData></worksheet>"

    with pytest.raises(Unread, match=r"spans 1,048,576 × 16,384 cells"):
        read(rezipped(workbook([[1, 2]]), sheet1=far))


def test_a_zip_bomb_is_refused() -> None:
    with pytest.raises(Unread, match="unpacks to more than"):
        read(rezipped(workbook([[1, 2]]), sheet1=b" " * 140_000_000))


def test_a_broken_workbook_is_refused() -> None:
    with pytest.raises(Unread, match="broken"):
        read(rezipped(workbook([[1, 2]]), sheet1=b"<worksheet><sheetData><row></worksheet>"))
