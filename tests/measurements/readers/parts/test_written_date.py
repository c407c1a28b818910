"""Dates in numbers: read where they have one meaning, said where they have two."""

from datetime import date

import pytest

from measurements.readers.parts.written_date import clock_of, day_of, moment_of


@pytest.mark.parametrize("written", ["20/01/2023", "20.01.2023", "20-01-2023", "1/20/2023", "2023-01-20", "20.1.23"])
def test_a_date_with_one_meaning_is_read(written: str) -> None:
    read = day_of(written)

    assert (read.day, read.doubt) == (date(2023, 1, 20), "")


@pytest.mark.parametrize("written", ["8/3/2026", "10/12/2026", "03-08-2026"])
def test_a_date_with_two_meanings_is_none_and_says_why(written: str) -> None:
    read = day_of(written)

    assert read.day is None
    assert "may have the day or the month first" in read.doubt


def test_what_a_program_is_known_to_write_first_is_read_and_said() -> None:
    read = day_of("03-08-2026", month_first="-")

    assert read.day == date(2026, 3, 8)
    assert "month first" in read.doubt


@pytest.mark.parametrize("written", ["31.02.2020", "01/01/1601", "1.1.116", "32/32/2020", "yesterday", ""])
def test_an_impossible_date_is_missing(written: str) -> None:
    read = day_of(written)

    assert read.day is None
    assert "kept as written" in read.doubt


@pytest.mark.parametrize(
    ("written", "clock"),
    [
        ("11:34:55.147", "11:34:55.147000"),
        ("3:53:20 PM.977", "15:53:20.977000"),
        ("12:01 am", "00:01:00"),
        ("10:01", "10:01:00"),
    ],
)
def test_clocks_are_read(written: str, clock: str) -> None:
    read = clock_of(written)

    assert read is not None
    assert read.isoformat() == clock


def test_a_clock_that_cannot_be_is_none_and_makes_no_moment() -> None:
    assert clock_of("25:61:00") is None
    assert clock_of("noon") is None
    assert moment_of(date(2026, 3, 8), None) is None
