"""Numbers and lines as instruments write them: other encodings and decimal marks, and nothing that is no number."""

import pytest

from measurements.readers.parts.numeric_rows import columns
from measurements.readers.parts.text import number, text_of
from measurements.readers.refusal import Unread
from measurements.readers.source import Source


@pytest.mark.parametrize(
    ("cell", "value"),
    [("1.5", 1.5), ("1,5", 1.5), ("-.5", -0.5), ("18.995E0", 18.995), ("1.5D+02", 150.0), (" 7 ", 7.0), ("5.", 5.0)],
)
def test_a_number_has_a_decimal_point_or_comma(cell: str, value: float) -> None:
    assert number(cell) == value


@pytest.mark.parametrize("cell", ["", "n.d.", "1.2.3", "1_000", "nan", "inf", "0x1", "1e", "1 2"])
def test_what_is_no_number_names_its_line(cell: str) -> None:
    with pytest.raises(Unread, match=r"is not a number \(line 4\)"):
        number(cell, line=4)


def test_a_number_beyond_all_measure_is_never_infinity() -> None:
    with pytest.raises(Unread, match=r"“-1e999” is beyond all measure \(line 4\)"):
        number("-1e999", line=4)


def test_a_short_row_names_its_line() -> None:
    with pytest.raises(Unread, match=r"1 of 2 numbers \(line 9\)"):
        columns([(8, ["1", "2"]), (9, ["3"])], 2)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\n\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_lines_are_the_same_in_every_encoding_with_every_end(encoding: str, end: str) -> None:
    source = Source.of_bytes(f"Größe µm{end}1,5".encode(encoding))

    assert text_of(source).lines == ("Größe µm", "1,5")


def test_an_encoding_that_was_guessed_is_said() -> None:
    text = text_of(Source.of_bytes("Größe".encode("cp1252")))

    assert [str(caution) for caution in text.cautions] == ["the file is not UTF-8; it was read as cp1252"]
