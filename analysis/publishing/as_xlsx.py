"""A table as a workbook: numbers as numbers in the units of their heads, errors beside them, text that stays text."""

import io
from typing import TYPE_CHECKING

from analysis.publishing.rounding import Number
from analysis.publishing.sheet import Cell, Column, TableSheet
from analysis.publishing.symbols import head

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

MOST_TITLE = 31
NOT_IN_TITLES = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
# What a workbook cannot hold: control characters other than tab and line breaks.
CONTROLS = dict.fromkeys([*range(9), 11, 12, *range(14, 32)])
LOW, HIGH = "low", "high"
WIDEST = 40.0


def xlsx_of(sheet: TableSheet) -> bytes:
    """Return a table as a workbook of one sheet: title, heads, rows, notes and facts."""
    from openpyxl import Workbook

    book = Workbook()
    page = book.worksheets[0]
    page.title = sheet.title.translate(NOT_IN_TITLES).translate(CONTROLS).strip()[:MOST_TITLE] or "Table"
    write_text(page, 1, 1, sheet.title, is_bold=True)
    parts = [parts_of(sheet, index) for index in range(len(sheet.columns))]
    write_heads(page, sheet, parts)
    for place, row in enumerate(sheet.rows, start=4):
        write_row(page, place, sheet, row, parts)
    write_below(page, len(sheet.rows) + 5, sheet)
    page.freeze_panes = "A4"
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def parts_of(sheet: TableSheet, index: int) -> tuple[str, ...]:
    """Return what stands beside the values of a column: errors, and intervals where one is uneven."""
    if sheet.columns[index].is_text:
        return ()
    numbers = [cell.number for cell in sheet.cells_of(index)]
    has_errors = any(one.stderr is not None for one in numbers)
    has_arms = any(one.arms for one in numbers)
    return ("±",) * has_errors + (LOW, HIGH) * has_arms


def write_heads(page: "Worksheet", sheet: TableSheet, parts: list[tuple[str, ...]]) -> None:
    """Write the names of the columns and, behind each, those of its parts."""
    from openpyxl.utils import get_column_letter

    place = 1
    for column, told in zip(sheet.columns, parts, strict=True):
        name = f"{head(column)}{marked(column.marks)}"
        for word in (name, *told):
            write_text(page, 3, place, word, is_bold=True)
            page.column_dimensions[get_column_letter(place)].width = min(max(9.0, len(word) + 2.0), WIDEST)
            place += 1
    write_text(page, 3, place, "Notes", is_bold=True)


def write_row(
    page: "Worksheet", place: int, sheet: TableSheet, row: tuple[Cell, ...], parts: list[tuple[str, ...]]
) -> None:
    """Write the cells of a row and what is to be known of them."""
    column_place = 1
    for cell, column, told in zip(row, sheet.columns, parts, strict=True):
        if column.is_text or cell.text:
            write_text(page, place, column_place, cell.text)
        else:
            write_numbers(page, place, column_place, cell.number.scaled(column.power), column, told)
        column_place += 1 + len(told)
    marks = dict.fromkeys(mark for cell in row for mark in cell.marks)
    words = ["stale"] * any(cell.is_stale for cell in row) + ["flagged"] * any(cell.is_flagged for cell in row)
    write_text(page, place, column_place, ", ".join([*marks, *words]))


def write_numbers(
    page: "Worksheet", place: int, column_place: int, number: Number, column: Column, parts: tuple[str, ...]
) -> None:
    """Write a value and its parts as numbers with the column's decimals; what is missing stays empty."""
    told = {"±": number.stderr, LOW: number.low, HIGH: number.high}
    for offset, value in enumerate([number.value, *(told[part] for part in parts)]):
        if value is not None:
            cell = page.cell(place, column_place + offset)
            cell.value = value
            cell.number_format = number_format(column.decimals)


def number_format(decimals: int | None) -> str:
    """Return how a spreadsheet shows a number."""
    if decimals is None:
        return "General"
    return f"0.{'0' * decimals}" if decimals > 0 else "0"


def write_text(page: "Worksheet", row: int, column: int, text: str, *, is_bold: bool = False) -> None:
    """Write a text; one that begins like a formula is still a text."""
    from openpyxl.styles import Font

    if not text:
        return
    cell = page.cell(row, column)
    cell.value = text.translate(CONTROLS)
    cell.data_type = "s"
    if is_bold:
        cell.font = Font(bold=True)


def write_below(page: "Worksheet", first: int, sheet: TableSheet) -> None:
    """Write footnotes, and where the table is from."""
    notes = [f"{note.mark}  {note.text}".strip() for note in sheet.footnotes]
    facts = [f"{name}: {value}" for name, value in sheet.facts]
    for offset, line in enumerate([*notes, *facts]):
        write_text(page, first + offset, 1, line)


def marked(marks: tuple[str, ...]) -> str:
    """Return the marks of footnotes behind a name."""
    return f" [{','.join(marks)}]" if marks else ""
