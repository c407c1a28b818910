"""Tables as workbooks."""

import io

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from analysis.publishing.as_xlsx import xlsx_of
from analysis.publishing.sheet import Cell, Column, TableSheet
from tests.analysis.publishing.sheets import empty, lifetimes


def opened(sheet: TableSheet) -> Worksheet:
    """Return the one sheet of a table's workbook."""
    return openpyxl.load_workbook(io.BytesIO(xlsx_of(sheet))).worksheets[0]


def test_numbers_are_numbers_in_the_power_of_their_head() -> None:
    page = opened(lifetimes())

    heads = [cell.value for cell in page[3]]
    place = heads.index("A_TE (10⁻⁴ eV K⁻¹)") + 1
    assert page.cell(4, place).value == 1.97
    assert page.cell(4, place).number_format == "0.0"
    assert page.cell(4, place + 1).value == 0.78


def test_what_is_missing_is_empty() -> None:
    page = opened(lifetimes())

    place = [cell.value for cell in page[3]].index("A_TE (10⁻⁴ eV K⁻¹)") + 1
    assert page.cell(5, place).value is None


def test_a_text_that_looks_like_a_formula_is_text() -> None:
    page = opened(lifetimes())

    found = next(cell for cell in page[5] if str(cell.value).startswith("=SUM"))
    assert found.data_type == "s"


def test_an_uneven_interval_has_columns_of_its_own() -> None:
    page = opened(lifetimes())

    heads = [cell.value for cell in page[3]]
    assert heads[1:5] == ["τ₁ (ns) [a]", "±", "low", "high"]


def test_notes_and_facts_stand_below() -> None:
    page = opened(lifetimes())

    below = [page.cell(row, 1).value for row in range(7, 11)]
    assert below == ["a  bi-exponential", "b  sums to 1.05", "ħω fixed from FWHM fit", "sample: NC-024"]


def test_a_title_with_every_sign_still_names_a_sheet() -> None:
    page = opened(TableSheet("[a]:*?/\\\x01 " + "x" * 60, (Column("a", "A"),), ((Cell(text="\x02y"),),)))

    assert page.title.startswith("a")
    assert len(page.title) == 31
    assert page.cell(4, 1).value == "y"


def test_an_empty_table_has_its_heads() -> None:
    assert opened(empty()).cell(3, 1).value == "τ₁ (ns)"
