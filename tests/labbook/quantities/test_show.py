"""Quantities as people read them."""

from decimal import Decimal

import pytest

from labbook.quantities import (
    QuantityError,
    is_likely_slip,
    parse_amount,
    show,
    show_amount,
    show_difference,
    show_range,
    storage_unit,
    to_storage_amount,
    usual_range_warning,
)


def plain(text: str) -> str:
    """The text with ordinary spaces, so that a test can be read."""
    return text.replace("\u202f", " ")


@pytest.mark.parametrize(
    ("value", "unit", "stderr", "shown"),
    [
        ("2.345", "ns", "0.1", "2.34 ± 0.10 ns"),
        ("2.345", "ns", "0.2", "2.3 ± 0.2 ns"),
        ("2.345", "ns", "0.0962", "2.34 ± 0.10 ns"),
        ("7.9", "ns", "0.25", "7.9 ± 0.2 ns"),
        ("1234567", "", "2300", "1 235 000 ± 2000"),
        ("-25.00", "°C", None, "−25 °C"),
        ("0.65", "ul", None, "0.65 µl"),
        ("7500", "rpm", None, "7500 rpm"),
        ("12345.6", "rpm", None, "12 345.6 rpm"),
        ("-0.0", "", None, "0"),
        ("1", "piece", None, "1 piece"),
        ("3", "piece", None, "3 pieces"),
    ],
)
def test_a_value_and_its_error_are_rounded_together(value: str, unit: str, stderr: str | None, shown: str) -> None:
    assert plain(show(Decimal(value), unit, Decimal(stderr) if stderr else None)) == shown


def test_a_minus_is_true_and_a_unit_never_leaves_its_number() -> None:
    assert show(Decimal("-25"), "°C") == "\u221225\u202f°C"


def test_a_deviation_always_has_a_sign() -> None:
    assert plain(show_difference(Decimal(10), "°C")) == "+10 °C"
    assert plain(show_difference(Decimal("-0.1"), "ml")) == "−0.1 ml"
    assert plain(show_difference(Decimal("0.001"), "ml", 2)) == "±0.00 ml"


def test_a_range_is_joined_by_a_dash_or_by_a_word_when_it_is_negative() -> None:
    assert plain(show_range(Decimal(140), Decimal(220), "°C")) == "140–220 °C"
    assert plain(show_range(Decimal(-25), Decimal(-18), "°C")) == "−25 to −18 °C"
    assert plain(show_range(Decimal(160), Decimal(160), "°C")) == "160 °C"


@pytest.mark.parametrize(
    ("amount", "unit", "shown"),
    [
        ("700.000000", "ul", "0.70 ml"),
        ("335", "ul", "0.335 ml"),
        ("40", "ul", "40 µl"),
        ("14940", "ul", "14.94 ml"),
        ("1000000", "ul", "1000 ml"),
        ("249.7", "mg", "0.2497 g"),
        ("1.7", "mg", "1.7 mg"),
        ("0", "ul", "0 ml"),
        ("2", "piece", "2 pieces"),
    ],
)
def test_an_amount_is_shown_in_the_unit_a_person_would_choose(amount: str, unit: str, shown: str) -> None:
    assert plain(show_amount(Decimal(amount), unit)) == shown


def test_an_amount_is_stored_in_milligrams_microlitres_or_pieces() -> None:
    assert to_storage_amount("0,65", "ml") == (Decimal(650), "ul")
    assert to_storage_amount("0.1996 g", "mg") == (Decimal("199.6"), "mg")
    assert to_storage_amount("3", "piece") == (Decimal(3), "piece")
    assert storage_unit("kg") == "mg"
    with pytest.raises(QuantityError, match="a mass, a volume or a number of pieces"):
        storage_unit("°C")


def test_an_amount_below_zero_is_refused() -> None:
    with pytest.raises(QuantityError, match="below zero"):
        parse_amount("-1 ml", "ul")


def test_a_value_outside_the_usual_range_is_warned_about() -> None:
    warning = usual_range_warning(Decimal(225), "°C", Decimal(140), Decimal(220))

    assert plain(warning) == "225 °C is above the usual 140–220 °C. Saved; add a reason if intended."
    assert usual_range_warning(Decimal(220), "°C", Decimal(140), Decimal(220)) == ""
    assert usual_range_warning(Decimal(220), "°C", None, None) == ""


def test_ten_times_the_usual_value_looks_like_a_slip() -> None:
    low, high = Decimal("0.5"), Decimal(2)

    assert is_likely_slip(Decimal(20), low, high)
    assert is_likely_slip(Decimal("0.05"), low, high)
    assert not is_likely_slip(Decimal(5), low, high)
    assert not is_likely_slip(Decimal(500), None, None)
