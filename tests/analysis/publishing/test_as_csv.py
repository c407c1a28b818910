"""Tables as CSV."""

import csv
import io

from analysis.publishing.as_csv import csv_of
from analysis.publishing.sheet import Cell, Column, Footnote, TableSheet
from tests.analysis.publishing.sheets import empty, lifetimes


def read(sheet: TableSheet) -> tuple[list[str], list[list[str]]]:
    """Return the comments and the rows of a table's CSV."""
    rows = list(csv.reader(io.StringIO(csv_of(sheet))))
    comments = [row[0] for row in rows if row[0].startswith("#")]
    return comments, [row for row in rows if not row[0].startswith("#")]


def test_names_are_followed_by_a_row_of_units() -> None:
    _, (names, units, *_) = read(lifetimes())

    told = dict(zip(names, units, strict=True))
    assert (told["pressure"], told["tau1"], told["tau1_stderr"], told["A_TE"]) == ("GPa", "ns", "ns", "eV/K")


def test_numbers_have_every_digit_in_the_unit_of_the_column() -> None:
    _, (names, _, first, second) = read(lifetimes())

    told, other = dict(zip(names, first, strict=True)), dict(zip(names, second, strict=True))
    assert (float(told["tau1"]), float(told["A_TE"])) == (2.3094, 1.97e-4)
    assert (other["A_TE"], other["A_TE_stderr"]) == ("", "")


def test_a_negative_number_stays_a_number_and_a_formula_becomes_text() -> None:
    _, (names, _, _, row) = read(lifetimes())

    told = dict(zip(names, row, strict=True))
    assert float(told["tau1"]) == -2.2785
    assert told["note"].startswith("'=SUM")


def test_every_row_names_its_fits_and_what_is_to_be_known() -> None:
    _, (names, _, _, row) = read(lifetimes())

    told = dict(zip(names, row, strict=True))
    assert (told["fits"], told["notes"]) == ("8", "b stale")


def test_title_facts_and_footnotes_are_comments_that_cannot_become_rows() -> None:
    sheet = TableSheet("Two\nlines", (Column("a", "A"),), ((Cell(text="x"),),), (Footnote("=1\n+2", "a"),))

    comments, rows = read(sheet)

    assert comments == ["# Two lines", "# a: =1 +2"]
    assert len(rows) == 3


def test_an_empty_table_has_names_and_units_only() -> None:
    _, rows = read(empty())

    assert rows == [["tau1", "fits", "notes"], ["ns", "", ""]]
