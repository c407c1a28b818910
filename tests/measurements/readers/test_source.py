"""The beginning of a file is decoded once, in whole lines, and is empty for a binary file."""

import pytest

from measurements.readers.source import HEAD_BYTES, Source, decoded


def test_a_line_that_the_beginning_cuts_is_left_out() -> None:
    source = Source.of_bytes(b"12.5\t100\n" * HEAD_BYTES)

    assert set(source.head_lines) == {"12.5\t100"}
    assert len(source.head_text) <= HEAD_BYTES


def test_a_last_line_without_an_end_is_kept_where_the_file_ends() -> None:
    assert Source.of_bytes(b"first\r\nlast").head_lines == ("first", "last")


def test_one_line_that_is_longer_than_the_beginning_is_no_line() -> None:
    assert Source.of_bytes(b"x" * (HEAD_BYTES + 1)).head_lines == ()


def test_a_binary_file_has_no_text_to_be_recognised_by() -> None:
    assert Source.of_bytes(b"RAW1.01\0\0\0").head_text == ""


@pytest.mark.parametrize(
    ("content", "text", "encoding"),
    [
        ("µm".encode(), "µm", "utf-8"),
        ("µm".encode("utf-8-sig"), "µm", "utf-8-sig"),
        ("µm".encode("utf-16"), "µm", "utf-16"),
        ("µm €".encode("cp1252"), "µm €", "cp1252"),
        (b"\xb5m \x81", "µm \x81", "latin-1"),
    ],
)
def test_text_is_read_in_the_encoding_it_has(content: bytes, text: str, encoding: str) -> None:
    assert decoded(content) == (text, encoding)
    assert Source.of_bytes(content).head_text == text
