"""Fields of a binary file: what lies beyond its end, texts of any code page, and records of any size."""

import struct

import pytest

from measurements.readers.parts.binary_fields import Fields
from measurements.readers.refusal import Unread


def test_numbers_and_texts_are_read_at_their_places() -> None:
    fields = Fields(struct.pack("<HIfd8s", 1, 2, 0.5, 0.25, b"ab\0cd"))

    assert (fields.u16(0), fields.u32(2), fields.f32(6), fields.f64(10)) == (1, 2, 0.5, 0.25)
    assert fields.text(18, 8) == "ab"


@pytest.mark.parametrize("text", ["Müller µm", "°2θ"])
def test_texts_are_utf_8_where_they_are_that(text: str) -> None:
    assert Fields(text.encode()).text(0, 40) == text


def test_texts_are_what_windows_wrote_where_they_are_not_utf_8() -> None:
    assert Fields("Müller µm".encode("cp1252")).text(0, 40) == "Müller µm"


def test_a_field_beyond_the_end_is_refused_with_the_byte() -> None:
    with pytest.raises(Unread, match=r"ends inside a header \(byte 1\)"):
        Fields(b"abcd").u32(1)


def test_records_of_any_size_give_one_number_each() -> None:
    fields = Fields(struct.pack("<fdfd", 1.0, 9.0, 2.0, 10.0))

    assert fields.numbers(0, 2, record_bytes=12).tolist() == [1.0, 2.0]
    assert fields.numbers(0, 2, record_bytes=12, kind="<f8", within=4).tolist() == [9.0, 10.0]


def test_more_records_than_there_are_are_refused_before_memory_is_taken() -> None:
    with pytest.raises(Unread, match=r"4,294,967,295 counts are stated and 2 are there \(byte 0\)"):
        Fields(bytes(8)).numbers(0, 2**32 - 1, record_bytes=4)


def test_no_records_beyond_the_end_are_refused_too() -> None:
    with pytest.raises(Unread, match=r"0 counts are stated and 0 are there \(byte 9\)"):
        Fields(bytes(8)).numbers(9, 0, record_bytes=4)
