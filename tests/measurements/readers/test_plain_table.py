"""What is read from tables that no other reader knows, and what a person has to decide first."""

import struct
from pathlib import Path

import numpy as np
import pytest

from measurements.readers.plain_table import read, recognises
from measurements.readers.recording import Channel, Recording, Technique
from measurements.readers.refusal import Unread
from measurements.readers.source import Source


def table(text: str, encoding: str = "utf-8") -> Source:
    return Source.of_bytes(text.encode(encoding), "table.csv")


def recording(text: str, encoding: str = "utf-8") -> Recording:
    (found,) = read(table(text, encoding))
    return found


def names_and_units(found: Recording) -> list[tuple[str, str]]:
    return [(one.name, one.unit) for one in found.channels]


def points(channel: Channel) -> list[tuple[float, float]]:
    return list(zip(channel.x.values.tolist(), channel.values.tolist(), strict=True))


@pytest.mark.parametrize(
    "text",
    [
        "400.5,12.25\n401,13\n",
        "400,5;12,25\n401;13\n",
        "400.5\t12.25\n401.0\t13.0\n",
        "400,5\t12,25\n401,0\t13,0\n",
        "400,50 12,25\n401,00 13,00\n",
        "  400.5   12.25\n  401.0   13.0\n",
        '"400,5","12,25"\n"401,0","13,0"\n',
        "400.5, 12.25,\n401, 13,\n",
        "4.005e2;1225E-2\r\n401;1.3D+01\r\n",
    ],
)
def test_every_delimiter_and_decimal_mark_gives_the_same_numbers(text: str) -> None:
    found = recording(text)

    assert points(found.channels[0]) == [(400.5, 12.25), (401.0, 13.0)]
    assert found.technique == Technique.TABLE


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_names_and_units_are_read_in_every_usual_encoding(encoding: str) -> None:
    text = "Wellenlänge (nm);Intensität [counts];Größe / µm\n400,5;12,5;1\n401,5;13,5;2\n"

    found = recording(text, encoding)

    assert (found.channels[0].x.name, found.channels[0].x.unit) == ("Wellenlänge", "nm")
    assert names_and_units(found) == [("Intensität", "counts"), ("Größe", "µm")]


def test_a_row_of_units_below_the_names_is_read_as_units() -> None:
    found = recording("Wavelength\tSignal\tReference\nnm\tcps\t\n400\t1\t2\n401\t3\t4\n")

    assert found.channels[0].x.unit == "nm"
    assert names_and_units(found) == [("Signal", "counts/s"), ("Reference", "")]


def test_numbers_may_be_the_names_of_a_series() -> None:
    found = recording("nm,100,120\n400,1,2\n401,3,4\n")

    assert names_and_units(found) == [("100", ""), ("120", "")]
    assert points(found.channels[1]) == [(400.0, 2.0), (401.0, 4.0)]


def test_a_name_of_x_that_comes_again_begins_another_pair() -> None:
    found = recording("nm,S1,nm,R1\n400,1,500,7\n401,2,501,8\n402,3,,\n")

    assert [points(one) for one in found.channels] == [
        [(400.0, 1.0), (401.0, 2.0), (402.0, 3.0)],
        [(500.0, 7.0), (501.0, 8.0)],
    ]


def test_lines_around_the_table_are_kept_as_its_header() -> None:
    found = recording("Sample: NC-1\n# lamp on\n# x, y\n1.5,2\n2.5,3\n# the end\n")

    assert dict(found.header) == {"Sample": ("NC-1",), "remark": ("lamp on", "the end")}
    assert names_and_units(found) == [("y", "")]


LONG = "Wavelength (nm),Abs\n" + "".join(f"{400 + row}.5,{row}.25\n" for row in range(20))


def test_words_below_an_empty_line_are_no_rows() -> None:
    found = recording(LONG + "\nfilm\nCollection Time: 6/3/2020 1:02:03 PM\n")

    assert points(found.channels[0]) == [(400.5 + row, row + 0.25) for row in range(20)]
    assert found.header["Collection Time"] == ("6/3/2020 1:02:03 PM",)
    assert "the lines below the table are kept as its header (line 23)" in [str(said) for said in found.cautions]


@pytest.mark.parametrize("below", ["film\n", "\nfilm\n420.5,14.5\n", "\nfilm\n420.5,14.5,1\n"])
def test_words_among_the_rows_are_refused(below: str) -> None:
    with pytest.raises(Unread, match="cells"):
        recording(LONG + below)


def test_a_table_without_names_says_what_was_taken_as_x() -> None:
    found = recording("1.5 2\n2.5 3\n")

    assert [str(one) for one in found.cautions] == ["the columns have no names; the first is taken as x (line 1)"]
    assert names_and_units(found) == [("column 2", "")]


def test_a_column_that_numbers_the_rows_is_not_x_where_the_next_is_called_so() -> None:
    found = recording(",2Theta (deg),Intensity (counts)\n0,5.015,823.0\n1,5.032,720.0\n2,5.049,701.0\n")

    assert [(one.name, one.x.name, one.x.unit) for one in found.channels] == [("Intensity", "2theta", "deg")]
    assert points(found.channels[0]) == [(5.015, 823), (5.032, 720), (5.049, 701)]
    assert "column 1 only numbers the rows; 2theta is taken as x (line 1)" in [str(one) for one in found.cautions]


@pytest.mark.parametrize(
    "text",
    [
        "Number,Time,Dose\n0,5.5,1.5\n2,6.5,2.5\n4,7.5,3.5\n",
        "Number,Gain,Dose\n1,5.5,1.5\n2,6.5,2.5\n3,7.5,3.5\n",
        "Number,Wavelength\n1,400.5\n2,401.5\n3,402.5\n",
    ],
)
def test_other_first_columns_stay_x(text: str) -> None:
    found = recording(text)

    assert {one.x.name for one in found.channels} == {"Number"}


def test_degrees_of_2_theta_are_called_so() -> None:
    found = recording("2Theta (°),I (cts)\n10.5,3\n10.6,4\n")

    assert (found.channels[0].x.name, found.channels[0].x.unit) == ("2theta", "deg")


def test_a_descending_axis_is_turned_and_said() -> None:
    found = recording("nm,A\n500.5,1\n400.5,2\n300.5,3\n")

    assert points(found.channels[0]) == [(300.5, 3.0), (400.5, 2.0), (500.5, 1.0)]
    assert "nm runs downwards in the file and was turned" in map(str, found.cautions)


def test_a_curve_that_steps_back_here_and_there_is_turned_as_a_whole() -> None:
    rows = [f"{500 - step:.1f};{step}" for step in range(40)]
    rows[20] = "481.5;20"

    found = recording("\n".join(rows))

    assert found.channels[0].x.values[[0, -1]].tolist() == [461.0, 500.0]
    assert "column 1 runs downwards in the file, with 1 steps back, and was turned" in map(str, found.cautions)


def test_an_axis_without_order_is_kept_as_written() -> None:
    found = recording("p,nm\n0.5,600\n1.5,610\n0.7,603\n")

    assert found.channels[0].x.values.tolist() == [0.5, 1.5, 0.7]
    assert "p does not rise all the way; it is kept as written" in map(str, found.cautions)


@pytest.mark.parametrize(
    "text",
    [
        "400,5\n401,6\n402,5\n",
        "400,5,12,3\n401,6,13,4\n",
        "Wavelength,Intensity\n400,5,12,3\n401,6,13,4\n",
    ],
)
def test_whole_numbers_between_commas_are_not_guessed(text: str) -> None:
    with pytest.raises(Unread, match=r"A comma may separate columns here or be the decimal mark.*\(line \d\)"):
        read(table(text))


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("x,y\n400,5\n401,6\n", 2),
        ("1,-2\n3,4\n", 2),
        ("400,5\n401,10\n402,120\n", 2),
        ("400,5.0\n401,6.5\n", 2),
        ("1,2,3\n4,5,6\n", 3),
    ],
)
def test_a_header_a_sign_a_point_or_uneven_digits_show_that_commas_separate(text: str, width: int) -> None:
    found = recording(text)

    assert len(found.channels) == width - 1


@pytest.mark.parametrize("text", ["400;987\n401;1,234\n402;2,345\n", "400\t987\n401\t1.234\n402\t2.345\n"])
def test_marks_that_may_be_between_thousands_are_not_guessed(text: str) -> None:
    with pytest.raises(Unread, match="may be a decimal number, or have a mark between its thousands"):
        read(table(text))


def test_three_decimals_in_every_row_are_decimals() -> None:
    found = recording("400,125;12,500\n400,250;12,125\n")

    assert points(found.channels[0]) == [(400.125, 12.5), (400.25, 12.125)]


def test_a_comma_and_a_point_in_one_number_are_refused() -> None:
    with pytest.raises(Unread, match=r"“1,234\.5” is not a number \(line 3\)"):
        read(table("400.5;1.5\n401.5;2.5\n402.5;1,234.5\n403.5;3\n404.5;4\n"))


@pytest.mark.parametrize("cell", ["n.d.", "about 9", "9.33?", "1_000", "0x10", "1e", "٣"])
def test_text_among_the_numbers_names_its_line(cell: str) -> None:
    with pytest.raises(Unread, match=r"is not a number \(line 4\)"):
        read(table(f"x,y\n1.5,2\n2.5,3\n3.5,{cell}\n4.5,5\n5.5,6\n"))


def test_gaps_are_kept_counted_and_never_numbers() -> None:
    found = recording("x,y\n1.5,2\n2.5,NaN\n3.5,\n4.5,-inf\n5.5,6\n,7\n")

    np.testing.assert_array_equal(found.channels[0].values, [2, np.nan, np.nan, np.nan, 6])
    assert [str(one) for one in found.cautions] == [
        "1 row with no x and left out (line 7)",
        "3 rows with gaps, which are kept (line 3)",
    ]


def test_a_number_beyond_all_measure_is_refused() -> None:
    with pytest.raises(Unread, match=r"“1e999” is beyond all measure \(line 2\)"):
        read(table("1.5,2\n2.5,1e999\n3.5,2\n"))


def test_a_row_cut_off_names_its_line() -> None:
    with pytest.raises(Unread, match=r"1 of 2 cells \(line 12\)"):
        read(table("x;y\n" + "1.5;2\n" * 10 + "2.5\n"))


def test_a_column_of_text_is_left_out_and_said() -> None:
    found = recording("sample,T,nm\nNC-1,100,650.5\nNC-2,120,651.5\n")

    assert names_and_units(found) == [("nm", "nm")]
    assert found.channels[0].x.name == "T"
    assert "sample is not numbers and is left out (line 2)" in map(str, found.cautions)


@pytest.mark.parametrize(
    "text",
    [
        "Dear all,\nwe measured 3 samples on 4 May, 5 more follow.\nYours\n",
        "Wavelength nm.,Abs.\n",
        "1.5\n2.5\n3.5\n",
        "Step 1 of 5 took 3.2 s\nStep 2 of 5 took 3.4 s\nStep 3 of 5 took 3.9 s\n",
        "1 2\n",
        "",
    ],
)
def test_prose_and_what_has_no_rows_is_not_recognised(text: str) -> None:
    assert not recognises(table(text))


def test_a_binary_file_is_not_recognised() -> None:
    assert not recognises(Source.of_bytes(struct.pack("<200d", *range(200))))


def test_real_tables_give_their_values(shared_data: Path) -> None:
    folder = shared_data / "instruments"
    expected = {
        "generic_table/simple.csv": (2, 1.0, 4.0, 5.0),
        "generic_table/Simple_semicolon.csv": (250, 800.1449519678987, 1797.5978840844016, 0.7807335426673454),
        "generic_table/simple.xlsx": (4, 1.0, 4.0, 4.0),
        "ruby/test_data1.txt": (3648, 680.1, 779.48, 8970.42),
    }

    for name, (count, first, last, highest) in expected.items():
        with Source.of_path(folder / name) as source:
            channel = read(source)[0].channels[0]
            assert (len(channel.values), channel.x.values[0], channel.x.values[-1]) == (count, first, last)
            assert channel.values.max() == highest
