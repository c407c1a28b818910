"""Tables before they are exported."""

from analysis.publishing.sheet import Notes, letter
from tests.analysis.publishing.sheets import empty, lifetimes


def test_a_column_of_small_numbers_is_read_in_a_power_of_ten() -> None:
    sheet = lifetimes()

    column = sheet.columns[2]

    assert column.power == -4
    assert [str(cell.written(column)) for cell in sheet.cells_of(2)] == ["2.0 ± 0.8", "–"]


def test_every_row_of_a_column_has_the_same_decimals() -> None:
    sheet = lifetimes()

    told = [str(cell.written(sheet.columns[1])) for cell in sheet.cells_of(1)]

    assert told == ["2.31 ± 0.03", "−2.28 +0.08 −0.12"]


def test_without_alignment_each_cell_follows_its_own_error() -> None:
    sheet = lifetimes().rounded(is_aligned=False)

    assert sheet.columns[1].decimals is None


def test_a_table_names_the_fits_that_its_numbers_are_from() -> None:
    assert lifetimes().fit_ids() == [7, 9, 8]
    assert empty().fit_ids() == []


def test_the_same_sentence_has_one_mark() -> None:
    notes = Notes()

    marks = [notes.mark(one) for one in ("fixed", "at its bound", "fixed")]

    assert marks == ["a", "b", "a"]
    assert [(one.mark, one.text) for one in notes.footnotes()] == [("a", "fixed"), ("b", "at its bound")]


def test_after_z_marks_have_two_letters() -> None:
    assert [letter(index) for index in (0, 25, 26, 27, 52)] == ["a", "z", "aa", "ab", "ba"]
