"""Tables for Word."""

import io

from docx import Document
from docx.document import Document as WordDocument

from analysis.publishing.as_docx import docx_of
from analysis.publishing.sheet import Cell, Column, TableSheet
from tests.analysis.publishing.sheets import empty, lifetimes


def opened(sheet: TableSheet) -> WordDocument:
    """Return a table's Word document."""
    return Document(io.BytesIO(docx_of(sheet)))


def test_cells_read_as_printed() -> None:
    table = opened(lifetimes()).tables[0]

    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[0][:3] == ["P (GPa)", "τ1 (ns)a", "ATE (10−4 eV K−1)"]
    assert rows[1] == ["0", "2.31 ± 0.03", "2.0 ± 0.8", "50 ns"]
    assert rows[2][1] == "−2.28+0.08 −0.12b"
    assert rows[2][2] == "–"


def test_lowered_and_raised_parts_are_real_ones() -> None:
    head = opened(lifetimes()).tables[0].rows[0].cells[2].paragraphs[0]

    heights = [(run.text, bool(run.font.subscript), bool(run.font.superscript)) for run in head.runs]
    assert ("TE", True, False) in heights
    assert ("−4", False, True) in heights


def test_the_table_has_three_rules() -> None:
    table = opened(lifetimes()).tables[0]

    def edges(row: int) -> list[str]:
        borders = table.rows[row].cells[0]._tc.xpath("./w:tcPr/w:tcBorders/*")
        return [one.tag.rpartition("}")[2] for one in borders]

    assert [edges(row) for row in range(3)] == [["top", "bottom"], [], ["bottom"]]


def test_title_and_notes_stand_around_the_table() -> None:
    paragraphs = [one.text for one in opened(lifetimes()).paragraphs]

    assert paragraphs == [
        "Table S2. Lifetimes of NC-024", "a bi-exponential", "b sums to 1.05", "ħω fixed from FWHM fit",
    ]  # fmt: skip


def test_where_it_is_from_is_in_its_properties() -> None:
    properties = opened(lifetimes()).core_properties

    assert (properties.title, properties.author) == ("Table S2. Lifetimes of NC-024", "")
    assert properties.comments == "sample: NC-024"


def test_control_characters_do_not_break_the_document() -> None:
    sheet = TableSheet("a\x00b", (Column("a", "A\x01"),), ((Cell(text="\x02y"),),))

    assert [row.cells[0].text for row in opened(sheet).tables[0].rows] == ["A", "y"]


def test_an_empty_table_has_its_heads() -> None:
    assert opened(empty()).tables[0].rows[0].cells[0].text == "τ1 (ns)"
