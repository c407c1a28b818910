"""Dates in numbers: read where they have one meaning, said where they have two; several stamps tell together."""

from datetime import date, datetime

import pytest

from measurements.readers.parts.written_date import (
    american_moment,
    clock_of,
    day_of,
    moment_of,
    naive_moment,
    numeric_moments,
)


@pytest.mark.parametrize("written", ["20/01/2023", "20.01.2023", "20-01-2023", "1/20/2023", "2023-01-20", "20.1.23"])
def test_a_date_with_one_meaning_is_read(written: str) -> None:
    read = day_of(written)

    assert (read.day, read.doubt) == (date(2023, 1, 20), "")


@pytest.mark.parametrize(("written", "year"), [("31.12.79", 2079), ("31.12.80", 1980), ("31.12.99", 1999)])
def test_two_digits_of_a_year_are_of_the_century_that_had_instruments(written: str, year: int) -> None:
    assert day_of(written).day == date(year, 12, 31)


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


def test_one_stamp_that_is_certain_tells_the_order_of_all() -> None:
    found = numeric_moments(["05/12/2017 17:24:47", "13/12/2017 17:25:30"])

    assert found == [datetime.fromisoformat("2017-12-05T17:24:47"), datetime.fromisoformat("2017-12-13T17:25:30")]


def test_the_same_number_twice_needs_no_order() -> None:
    assert numeric_moments(["05.05.2017 08:00"]) == [datetime.fromisoformat("2017-05-05T08:00:00")]


@pytest.mark.parametrize("text", ["05/12/2017 17:24:47", "31/31/2017 10:00:00", "yesterday", "01/13/1601 00:00:00"])
def test_what_is_not_certain_gives_no_moment(text: str) -> None:
    assert numeric_moments([text]) == [None]


def test_half_days_are_counted_as_americans_do() -> None:
    assert american_moment("5/1/2025 12:27:28 PM") == datetime.fromisoformat("2025-05-01T12:27:28")
    assert american_moment("5/1/2025 12:27:28 AM") == datetime.fromisoformat("2025-05-01T00:27:28")


def test_the_first_order_that_fits_is_taken_and_an_impossible_year_is_none() -> None:
    assert naive_moment("16.12.2019 09:57", "%Y-%m-%d", "%d.%m.%Y %H:%M") == datetime.fromisoformat("2019-12-16T09:57")
    assert naive_moment("16.12.0116 09:57", "%d.%m.%Y %H:%M") is None
