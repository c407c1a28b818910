"""What a person sees of a table before choosing its columns, and how it is read by the choice."""

import pytest

from measurements.readers.plain_table import ColumnChoice, columns_in, read, read_columns
from measurements.readers.recording import Channel, Recording
from measurements.readers.refusal import Unread
from measurements.readers.source import Source


def table(text: str, encoding: str = "utf-8") -> Source:
    return Source.of_bytes(text.encode(encoding), "table.csv")


def names_and_units(found: Recording) -> list[tuple[str, str]]:
    return [(one.name, one.unit) for one in found.channels]


def points(channel: Channel) -> list[tuple[float, float]]:
    return list(zip(channel.x.values.tolist(), channel.values.tolist(), strict=True))


def test_a_choice_decides_what_was_left_open() -> None:
    source = table("400,5,12,3\n401,6,13,4\n")

    (as_decimals,) = read_columns(source, ColumnChoice(",", ",", x_unit="nm", y_unit="counts"))
    (as_columns,) = read_columns(source, ColumnChoice(",", ".", x_column=0, y_columns=(3, 1)))

    assert points(as_decimals.channels[0]) == [(400.5, 12.3), (401.6, 13.4)]
    assert (as_decimals.channels[0].x.unit, as_decimals.channels[0].unit) == ("nm", "counts")
    assert [points(one) for one in as_columns.channels] == [[(400.0, 3.0), (401.0, 4.0)], [(400.0, 5.0), (401.0, 6.0)]]


def test_the_guess_shown_to_a_person_reads_as_the_file_is_read() -> None:
    source = table("Sample: 1\nWavelength,S1,R1\nnm,cps,A\n400.5,1,2\n401.5,3,4\n")

    layout = columns_in(source)
    (chosen,) = read_columns(source, layout.guess)

    assert layout.names == ("Wavelength", "S1", "R1")
    assert layout.first_rows == (("400.5", "1", "2"), ("401.5", "3", "4"))
    assert names_and_units(chosen) == names_and_units(read(source)[0]) == [("S1", "counts/s"), ("R1", "A")]
    assert (layout.guess.header_line, layout.question) == (2, "")


def test_a_choice_leaves_words_below_the_table_out_as_the_guess_does() -> None:
    source = table("Wavelength,Abs\n400.5,1\n401.5,3\n\nfilm\nCollection Time: 1:02:03 PM\n")

    (chosen,) = read_columns(source, ColumnChoice(",", ".", header_line=1))

    assert points(chosen.channels[0]) == [(400.5, 1), (401.5, 3)]
    assert "the lines below the table are kept as its header (line 5)" in [str(said) for said in chosen.cautions]


def test_files_of_one_layout_have_one_signature() -> None:
    first = columns_in(table("Sample: 1\nx,y\n1.5,2\n2.5,3\n")).signature

    assert columns_in(table("Sample: 2\nx,y\n7.5,8\n8.5,9\n9.5,3\n")).signature == first
    assert columns_in(table("Sample: 1\nx,z\n1.5,2\n2.5,3\n")).signature != first
    assert columns_in(table("Sample: 1\nx;y\n1,5;2\n2,5;3\n")).signature != first


def test_what_has_to_be_decided_is_asked_with_the_layout() -> None:
    layout = columns_in(table("400,5\n401,6\n"))

    assert layout.question.startswith("A comma may separate columns here")
    assert (layout.guess.delimiter, layout.guess.decimal_mark) == (",", ".")


@pytest.mark.parametrize(
    ("choice", "reason"),
    [
        (ColumnChoice(y_columns=(5,)), "There are 2 columns, and column 6 was chosen"),
        (ColumnChoice(y_columns=()), "No column of y was chosen"),
        (ColumnChoice(y_columns=(-1,)), "No column of y was chosen"),
        (ColumnChoice(sheet=2), "There is no sheet 3"),
        (ColumnChoice(delimiter="x"), "cuts no table"),
        (ColumnChoice(header_line=3), "There are no rows below the header"),
        (ColumnChoice(delimiter=";"), "There are no rows below the header"),
    ],
)
def test_a_choice_that_does_not_fit_is_refused_with_its_reason(choice: ColumnChoice, reason: str) -> None:
    with pytest.raises(Unread, match=reason):
        read_columns(table("x,y\n1.5,2\n2.5,3\n"), choice)


def test_a_choice_that_meets_text_names_its_line() -> None:
    with pytest.raises(Unread, match=r"“off” is not a number \(line 3\)"):
        read_columns(table("x,y\n1.5,2\n2.5,off\n"), ColumnChoice(header_line=1, y_columns=(1,)))
