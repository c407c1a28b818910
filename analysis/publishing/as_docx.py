"""A table for Word: a caption, three rules, symbols with real sub- and superscripts, and notes below."""

import io
from typing import TYPE_CHECKING

from analysis.publishing.rounding import Printed
from analysis.publishing.sheet import Cell, Column, TableSheet
from analysis.publishing.symbols import Run, power_text, runs, sentence_runs, unit_text
from labbook.quantities.show import MINUS

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table
    from docx.table import _Cell as WordCell
    from docx.text.paragraph import Paragraph

TYPE_PT = 9
# Rules in eighths of a point: thick above and below, thin under the heads.
THICK, THIN = "8", "4"
# What an XML document cannot hold.
CONTROLS = dict.fromkeys([*range(9), 11, 12, *range(14, 32)])


def docx_of(sheet: TableSheet) -> bytes:
    """Return a table as a Word document; it can be copied into a paper with its type and rules."""
    from docx import Document

    document = Document()
    document.core_properties.title = clean(sheet.title)[:255]
    document.core_properties.author = ""
    document.core_properties.comments = clean("; ".join(f"{name}: {value}" for name, value in sheet.facts))[:255]
    add_runs(document.add_paragraph(), [Run(sheet.title)], is_bold=True)
    table = document.add_table(rows=1 + len(sheet.rows), cols=len(sheet.columns))
    fill(table, sheet)
    add_notes(document, sheet)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def fill(table: "Table", sheet: TableSheet) -> None:
    """Write heads and cells; the last row of each block carries a rule."""
    last = len(sheet.rows)
    # A table's cells are sought anew at every access: they are listed once.
    rows = [row.cells for row in table.rows]
    for cell, column in zip(rows[0], sheet.columns, strict=True):
        write(cell, [*head(column), *superscript(column.marks)], column)
        rule(cell, top=THICK, bottom=THIN if last else THICK)
    for place, row in enumerate(sheet.rows, start=1):
        for cell, told, column in zip(rows[place], row, sheet.columns, strict=True):
            write(cell, [*cell_runs(told, column), *superscript(told.marks)], column)
            if place == last:
                rule(cell, bottom=THICK)


def head(column: Column) -> list[Run]:
    """Return what stands above a column, its symbol lowered and raised."""
    behind = " ".join(filter(None, (power_text(column.power), unit_text(column.unit))))
    name = runs(column.symbol) if column.symbol else [Run(column.label)]
    return [*name, *(runs(f" ({behind})") if behind else [])]


def cell_runs(cell: Cell, column: Column) -> list[Run]:
    """Return a cell; an uneven interval is raised and lowered behind its value."""
    written: Printed = cell.written(column)
    if written.above:
        return [Run(written.value), Run(f"+{written.above}", "sup"), Run(f" {MINUS}{written.below}", "sub")]
    return [Run(str(written))]


def superscript(marks: tuple[str, ...]) -> list[Run]:
    """Return the marks of footnotes."""
    return [Run(",".join(marks), "sup")] if marks else []


def write(cell: "WordCell", parts: list[Run], column: Column) -> None:
    """Write a cell's text; numbers stand in the middle of their column."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    paragraph = cell.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT if column.is_text else WD_ALIGN_PARAGRAPH.CENTER
    add_runs(paragraph, parts)


def add_runs(paragraph: "Paragraph", parts: list[Run], *, is_bold: bool = False) -> None:
    """Add pieces of text to a paragraph in the type of the table."""
    from docx.shared import Pt

    paragraph.paragraph_format.space_after = Pt(2)
    for part in parts:
        run = paragraph.add_run(clean(part.text))
        run.font.size = Pt(TYPE_PT)
        run.bold = is_bold or None
        # Either of them set to nothing would clear the other.
        if part.place == "sub":
            run.font.subscript = True
        elif part.place == "sup":
            run.font.superscript = True


def add_notes(document: "Document", sheet: TableSheet) -> None:
    """Add the footnotes below the table."""
    for note in sheet.footnotes:
        mark = [Run(note.mark, "sup"), Run(" ")] if note.mark else []
        add_runs(document.add_paragraph(), [*mark, *sentence_runs(note.text)])


def rule(cell: "WordCell", **edges: str) -> None:
    """Draw rules at the edges of a cell, each as thick as its name says."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    borders = OxmlElement("w:tcBorders")
    for edge, size in edges.items():
        drawn = OxmlElement(f"w:{edge}")
        for name, value in (("val", "single"), ("sz", size), ("space", "0"), ("color", "000000")):
            drawn.set(qn(f"w:{name}"), value)
        borders.append(drawn)
    cell._tc.get_or_add_tcPr().append(borders)


def clean(text: str) -> str:
    """Return a text without what an XML document cannot hold."""
    return text.translate(CONTROLS)
