"""Rows of numbers: gaps are counted, cut rows are told, and nothing becomes a wrong number."""

import numpy as np
import pytest

from measurements.readers.parts.numeric_rows import (
    MOST_TEXT_BYTES,
    columns_with_gaps,
    exported_text,
    separator_of,
    without_cut_row,
)
from measurements.readers.parts.text import Text
from measurements.readers.refusal import Unread
from measurements.readers.source import Source


@pytest.mark.parametrize(
    ("line", "separator"),
    [("1,5\t2,5", "\t"), ("1,5;2,5", ";"), ("1.5,2.5", ","), ("1,5 2,5", None), ("1.5 2.5", None)],
)
def test_a_comma_separates_only_where_nothing_else_does(line: str, separator: str | None) -> None:
    assert separator_of(line) == separator


@pytest.mark.parametrize("cell", ["NaN", "-1.#IND", "--", "∞", "inf"])
def test_a_value_that_programs_do_not_have_is_a_gap(cell: str) -> None:
    table, said = columns_with_gaps([(3, ["1", "2"]), (4, ["2", cell])], 2)

    assert table[0].tolist() == [1, 2]
    assert table[1][0] == 2
    assert np.isnan(table[1][1])
    assert [str(one) for one in said] == ["1 value is no number and stays a gap (line 4)"]


def test_an_x_may_not_be_a_gap() -> None:
    with pytest.raises(Unread, match=r"“nan” is not a number \(line 4\)"):
        columns_with_gaps([(3, ["1", "2"]), (4, ["nan", "2"])], 2)


def test_a_number_beyond_all_measure_is_refused() -> None:
    with pytest.raises(Unread, match=r"beyond all measure \(line 3\)"):
        columns_with_gaps([(3, ["1", "1e400"])], 2)


def test_an_underscore_makes_no_number() -> None:
    with pytest.raises(Unread, match=r"“1_0” is not a number \(line 3\)"):
        columns_with_gaps([(3, ["400", "1_0"])], 2)


def test_an_export_that_would_fill_the_memory_is_refused() -> None:
    with pytest.raises(Unread, match="exports of up to 12,582,912 are read"):
        exported_text(Source.of_bytes(bytes(MOST_TEXT_BYTES + 1)))


def test_two_rows_that_ran_together_are_refused() -> None:
    with pytest.raises(Unread, match=r"4 numbers where 2 are expected \(line 3\)"):
        columns_with_gaps([(3, ["400", "1", "401", "2"])], 2)


def test_only_a_file_without_a_last_line_end_can_be_cut() -> None:
    rows = [(1, ["1", "2.50"]), (2, ["2", "3.5"])]

    assert without_cut_row(rows, Text(("1 2.50", "2 3.5", ""), "utf-8"), 2, has_fixed_decimals=True) == (rows, ())
    kept, said = without_cut_row(rows, Text(("1 2.50", "2 3.5"), "utf-8"), 2, has_fixed_decimals=True)
    assert kept == rows[:1]
    assert "STOPS IN THE MIDDLE" in str(said[0])


def test_a_file_that_stops_in_its_first_row_is_refused() -> None:
    with pytest.raises(Unread, match="stops in its first row"):
        without_cut_row([(1, ["1"])], Text(("1",), "utf-8"), 2)
