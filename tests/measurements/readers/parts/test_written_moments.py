"""Dates in digits: all stamps of a file tell together which number is the month."""

from datetime import datetime

import pytest

from measurements.readers.parts.written_moments import american_moment, naive_moment, numeric_moments


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
