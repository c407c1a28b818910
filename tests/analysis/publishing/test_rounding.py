"""Value and error as papers print them."""

import math

import pytest

from analysis.publishing.rounding import Number, as_it_stands, column_decimals, common_power, decimals_of, printed


@pytest.mark.parametrize(
    ("value", "stderr", "shown"),
    [
        (2.2834, 0.0832, "2.28 ± 0.08"),
        (16.4242, 1.8031, "16.4 ± 1.8"),
        (7.9, 0.25, "7.9 ± 0.2"),
        (-0.0664, 0.0412, "−0.07 ± 0.04"),
        (0.350844, 0.00331, "0.351 ± 0.003"),
        (1234.7, 19.8, "1235 ± 20"),
        (123456.0, 230.0, "123\u202f500 ± 200"),
    ],
)
def test_value_and_error_end_at_the_errors_first_digit_or_its_second_from_a_one(
    value: float, stderr: float, shown: str
) -> None:
    assert str(printed(Number(value, stderr))) == shown


@pytest.mark.parametrize(
    ("value", "stderr", "shown"),
    [
        (9.995, 0.0096, "9.995 ± 0.010"),
        (0.996, 0.095, "1.00 ± 0.10"),
        (9.97, 0.95, "10.0 ± 1.0"),
        (99.6, 9.5, "100 ± 10"),
    ],
)
def test_an_error_that_carries_into_the_next_digit_keeps_both_numbers_in_step(
    value: float, stderr: float, shown: str
) -> None:
    assert str(printed(Number(value, stderr))) == shown


@pytest.mark.parametrize("stderr", [None, 0.0, math.nan, math.inf])
def test_an_error_that_says_nothing_is_not_printed(stderr: float | None) -> None:
    assert str(printed(Number(1.85634, stderr))) == "1.856"


@pytest.mark.parametrize("value", [None, math.nan, math.inf])
def test_what_is_missing_is_a_dash_and_never_zero(value: float | None) -> None:
    assert str(printed(Number(value, 0.1))) == "–"


def test_a_negative_value_has_a_true_minus_and_a_rounded_zero_has_none() -> None:
    assert printed(Number(-2.345, 0.3)).value == "−2.3"
    assert printed(Number(-0.004, 0.3)).value == "0.0"


def test_an_uneven_interval_is_told_by_its_two_sides() -> None:
    assert str(printed(Number(29.1, 1.9, low=27.04, high=33.42))) == "29 +4 −2"


def test_an_interval_that_rounds_to_the_same_on_both_sides_is_one_error() -> None:
    assert str(printed(Number(2.30, 0.1, low=2.2, high=2.4))) == "2.30 ± 0.10"


def test_an_open_end_of_an_interval_is_said() -> None:
    assert str(printed(Number(35.0, None, low=None, high=43.0))) == "35 +8 −∞"
    assert str(printed(Number(35.0, None, low=31.0, high=math.inf))) == "35 +∞ −4"


def test_a_column_keeps_the_decimals_that_most_of_its_errors_ask_for() -> None:
    numbers = [
        Number(2.3, 0.1),
        Number(2.28, 0.08),
        Number(12.1, 0.5),
        Number(2.0094, 0.02),
        Number(None),
        Number(3.14159),
    ]

    decimals = column_decimals(numbers)

    assert decimals == 2
    told = [str(printed(one, decimals)) for one in numbers]
    assert told == ["2.30 ± 0.10", "2.28 ± 0.08", "12.10 ± 0.50", "2.01 ± 0.02", "–", "3.14"]


def test_no_error_of_a_column_becomes_zero() -> None:
    numbers = [Number(4.0, 2.0), Number(5.0, 3.0), Number(1.0016, 0.0016)]

    decimals = column_decimals(numbers)

    assert [printed(one, decimals).stderr for one in numbers] == ["2.000", "3.000", "0.002"]


def test_a_column_of_nothing_has_no_decimals() -> None:
    assert column_decimals([Number(None), Number(math.nan)]) is None


def test_a_power_of_ten_goes_to_the_head_where_numbers_are_small_or_huge() -> None:
    assert common_power([1.97e-4, 2.29e-4, 5.01e-4, None]) == -4
    assert common_power([2.3e7, 1.2e5]) == 7
    assert common_power([0.066, 0.050]) == 0
    assert common_power([9999.0]) == 0
    assert common_power([None, 0.0, math.nan]) == 0


def test_a_power_of_ten_moves_value_error_and_interval_without_noise() -> None:
    scaled = Number(1.97e-4, 7.8e-5, low=1.19e-4, high=2.75e-4).scaled(-4)

    assert (scaled.value, scaled.stderr, scaled.low, scaled.high) == (1.97, 0.78, 1.19, 2.75)


@pytest.mark.parametrize("value", [1.5e300, -1.5e300, 1.5e-300, 5e-324])
def test_no_size_of_a_number_is_too_much(value: float) -> None:
    assert printed(Number(value, abs(value) / 100), 12).value.strip("−0123456789.\u202f") == ""


def test_tiny_errors_keep_their_digits() -> None:
    assert decimals_of(Number(0.000466, 0.00000352)) == 6


def test_a_number_that_was_set_is_printed_as_it_stands() -> None:
    assert [as_it_stands(one) for one in (0.0, 0.13, -21.0, 300.0, None)] == ["0", "0.13", "−21", "300", "–"]
