"""Typed quantities: what is understood, what is asked about, and that nothing is guessed."""

import subprocess
import sys
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labbook.quantities import QuantityError, UnknownUnit, WrongDimension, parse_quantity, parse_range, show, show_range
from labbook.quantities.unit_table import UNITS
from labbook.quantities.units import convert

decimals = st.decimals("-9999999", "9999999", places=6)


@pytest.mark.parametrize(
    ("text", "unit", "value", "stderr"),
    [
        ("0,65 ml", "ul", "650", None),
        ("0.65 mL", "ul", "650", None),
        ("650 \u00b5l", "ul", "650", None),
        ("650 \u03bcl", "ul", "650", None),
        ("650ul", "ml", "0.65", None),
        ("2.3 ± 0.1 ns", "ns", "2.3", "0.1"),
        ("2.3 +/- 0.1 ns", "ns", "2.3", "0.1"),
        ("2.3 +- 0.1", "ns", "2.3", "0.1"),
        ("(2.3 ± 0.1) ns", "ns", "2.3", "0.1"),
        ("2.3 ns ± 100 ps", "ns", "2.3", "0.1"),
        ("2,3(1) ns", "ns", "2.3", "0.1"),
        ("2.30(15) ns", "ns", "2.30", "0.15"),
        ("23(2)e-1 ns", "ns", "2.3", "0.2"),
        ("1.2e-3 g", "mg", "1.2", None),
        ("1.2 × 10⁻³ g", "mg", "1.2", None),
        ("1 234,5 mg", "mg", "1234.5", None),
        ("1\u202f234,5 mg", "mg", "1234.5", None),
        ("1\u00a0234.5\u2009mg", "mg", "1234.5", None),
        ("1,234.5 mg", "mg", "1234.5", None),
        ("1.234,5 mg", "mg", "1234.5", None),
        ("1,234,567 mg", "mg", "1234567", None),
        ("1,234 mg", "mg", "1.234", None),
        (".5", "mg", "0.5", None),
        ("\u221225 °C", "°C", "-25", None),
        ("433.15 K", "°C", "160", None),
        ("160.0 °C", "K", "433.15", None),
        ("433.15 ± 0.5 K", "°C", "160", "0.5"),
        ("160 ± 2 C", "K", "433.15", "2"),
        ("1 h 30 min", "s", "5400", None),
        ("1 h 30 min", "min", "90", None),
        ("25 %", "", "0.25", None),
        ("25", "%", "25", None),
        ("5000 × g", "xg", "5000", None),
        ("5000 g", "xg", "5000", None),
        ("75 nJ cm⁻²", "uJ/cm2", "0.075", None),
        ("3 pieces", "piece", "3", None),
        ("760 torr", "mbar", "1013.25", None),
        ("212 degF", "°C", "100", None),
    ],
)
def test_what_people_write_is_understood_exactly(text: str, unit: str, value: str, stderr: str | None) -> None:
    quantity = parse_quantity(text, unit)

    assert quantity.value == Decimal(value)
    assert quantity.stderr == (Decimal(stderr) if stderr else None)
    assert quantity.unit == unit
    assert quantity.as_written == " ".join(text.split())


def test_a_number_without_a_unit_is_in_the_unit_beside_the_box() -> None:
    assert parse_quantity("0.65", "ul", typed_in="ml").value == 650
    assert parse_quantity("0.65", "ul").value == Decimal("0.65")


def test_an_unknown_unit_is_asked_about() -> None:
    with pytest.raises(UnknownUnit) as question:
        parse_quantity("450 mn", "nm")

    assert str(question.value) == "“mn” is not a unit this notebook knows. Did you mean nm, mm or min?"
    assert question.value.suggestions == ("nm", "mm", "min")


@pytest.mark.parametrize(
    ("text", "unit", "meant"), [("5 Ml", "ul", "ml"), ("2 MIN", "s", "min"), ("5 gpa", "GPa", "GPa")]
)
def test_a_unit_in_the_wrong_case_is_asked_about_and_never_taken_for_another(text: str, unit: str, meant: str) -> None:
    with pytest.raises(UnknownUnit) as question:
        parse_quantity(text, unit)

    assert question.value.suggestions[0] == meant


def test_a_unit_of_another_dimension_says_what_is_expected() -> None:
    with pytest.raises(WrongDimension) as refusal:
        parse_quantity("5 m", "s")

    assert str(refusal.value) == "“m” is a length; a time is expected here, such as s or min."


def test_a_mass_is_a_volume_only_with_a_density() -> None:
    with pytest.raises(WrongDimension, match="density that would convert it is not known"):
        parse_quantity("0.895 g", "ul")

    assert parse_quantity("0.895 ± 0.0895 g", "ul", density_g_per_ml=Decimal("0.895")).value == 1000
    assert parse_quantity("0.895 ± 0.0895 g", "ul", density_g_per_ml=Decimal("0.895")).stderr == 100
    assert parse_quantity("1 ml", "mg", density_g_per_ml=Decimal("0.895")).value == 895
    with pytest.raises(QuantityError, match="above zero"):
        parse_quantity("1 ml", "mg", density_g_per_ml=Decimal(0))


@pytest.mark.parametrize(
    "text",
    [
        "", "   ", "nan", "inf", "-inf", "Infinity ml", "abc", "~5", "<5", "5 5", "1 2 ml", "1.2.3", "1,23,4",
        "1,234,5.6", "5 ml ml", "2-3 ml", "5 ± ml", "5 ± -1 ml", "+0.1/-0.2", "1e400", "1e12", "9" * 30, "1e-30",
        "1e-12 ml", "0x10", "12½", "<script>alert(1)</script>", "5; DROP TABLE", "5 " + "m" * 50, "1" * 10**6,
        "x" * 10**6, "5 \x00",
    ],
)  # fmt: skip
def test_what_is_no_volume_is_refused_with_a_short_sentence(text: str) -> None:
    with pytest.raises(QuantityError) as refusal:
        parse_quantity(text, "ml")

    assert len(str(refusal.value)) < 180
    assert text[:41] not in str(refusal.value) or len(text) <= 40


def test_a_range_in_a_box_for_one_value_is_named() -> None:
    with pytest.raises(QuantityError, match=r"is a range\. Type one value"):
        parse_quantity("2–3 ml", "ml")


def test_pieces_are_whole_and_nothing_is_below_absolute_zero() -> None:
    with pytest.raises(QuantityError, match="whole number"):
        parse_quantity("2.5", "piece")
    with pytest.raises(QuantityError, match="absolute zero"):
        parse_quantity("−300 °C", "°C")
    with pytest.raises(QuantityError, match="absolute zero"):
        parse_quantity("-1 K", "°C")


@pytest.mark.parametrize(
    ("text", "unit", "low", "high"),
    [
        ("140–220 °C", "°C", "140", "220"),
        ("140-220", "°C", "140", "220"),
        ("140..220", "°C", "140", "220"),
        ("5 to 10 min", "s", "300", "600"),
        ("30 s – 2 min", "s", "30", "120"),
        ("−25…−18 °C", "°C", "-25", "-18"),
        ("120 ± 10 °C", "°C", "110", "130"),
        ("0,5–2 ml", "ul", "500", "2000"),
        ("160", "°C", "160", "160"),
    ],
)
def test_a_plan_may_be_a_range(text: str, unit: str, low: str, high: str) -> None:
    plan = parse_range(text, unit)

    assert (plan.low, plan.high, plan.as_written) == (Decimal(low), Decimal(high), text)
    assert plan.is_single == (low == high)


@pytest.mark.parametrize("text", ["220–140 °C", "140–", "–", "140–220–300", "5 g – 10 °C", "", "140–220 mn"])
def test_a_range_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(QuantityError):
        parse_range(text, "°C")


@given(decimals)
def test_a_decimal_comma_and_a_decimal_point_agree(value: Decimal) -> None:
    written = f"{value:f}"

    assert parse_quantity(written, "mg").value == parse_quantity(written.replace(".", ","), "mg").value == value


@given(decimals, st.sampled_from(["ul", "mg", "nm", "ns", "rpm", "%", "", "GPa", "eV"]))
def test_what_is_shown_parses_back_to_the_same_value(value: Decimal, unit: str) -> None:
    assert parse_quantity(show(value, unit), unit).value == value


@given(decimals, st.decimals("0.001", "1000", places=3))
def test_a_shown_error_parses_back_to_within_its_rounding(value: Decimal, stderr: Decimal) -> None:
    parsed = parse_quantity(show(value, "ns", stderr), "ns")

    assert parsed.stderr is not None
    assert abs(parsed.value - value) <= stderr / 2
    assert abs(parsed.stderr - stderr) <= stderr / 2


@given(st.decimals("0", "9999", places=3), st.decimals("0", "9999", places=3))
def test_a_shown_range_parses_back(first: Decimal, second: Decimal) -> None:
    low, high = sorted((first, second))

    plan = parse_range(show_range(low, high, "ml"), "ml")

    assert (plan.low, plan.high) == (low, high)


@given(st.decimals("-99999", "99999", places=6), st.sampled_from(["volume", "mass", "pressure", "length"]), st.data())
def test_conversion_there_and_back_is_exact(value: Decimal, dimension: str, data: st.DataObject) -> None:
    names = [row.name for row in UNITS if row.dimension == dimension]
    first, second = data.draw(st.sampled_from(names)), data.draw(st.sampled_from(names))

    assert convert(convert(value, first, second), second, first) == value


@given(st.text(max_size=80))
def test_any_text_is_a_quantity_or_a_sentence(text: str) -> None:
    try:
        said = str(parse_quantity(text, "ml").value)
    except QuantityError as refusal:
        said = str(refusal)

    assert 0 < len(said) < 180


def test_common_units_need_neither_pint_nor_django() -> None:
    code = (
        "import sys; from labbook.quantities import parse_quantity;"
        "parse_quantity('0,65 ml', 'ul'); parse_quantity('433 K', '°C');"
        "sys.exit('pint' in sys.modules or 'django' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
