"""Ticks stand at round numbers inside the range."""

import pytest

from measurements.curves.ticks import decades_between, ticks_between


@pytest.mark.parametrize(
    ("low", "high", "labels"),
    [
        (0, 10, ["0", "2", "4", "6", "8", "10"]),
        (1.61, 2.1, ["1.7", "1.8", "1.9", "2.0", "2.1"]),
        (-1, 1, ["−1.0", "−0.5", "0.0", "0.5", "1.0"]),
        (0, 1.2, ["0.00", "0.25", "0.50", "0.75", "1.00"]),
    ],
)
def test_ticks_are_round(low: float, high: float, labels: list[str]) -> None:
    assert [tick.label for tick in ticks_between(low, high, 5)] == labels


def test_a_range_that_is_none_has_no_ticks() -> None:
    assert ticks_between(1, 1) == ticks_between(float("nan"), 2) == decades_between(-1, 10) == []


def test_decades_are_powers_of_ten() -> None:
    assert [tick.value for tick in decades_between(0.5, 2000)] == [1.0, 10.0, 100.0, 1000.0]
