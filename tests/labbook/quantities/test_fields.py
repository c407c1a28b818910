"""Form fields: what they clean, say, and show again."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django import forms
from django.utils import timezone

from labbook.quantities import Quantity, QuantityRange
from labbook.quantities.fields import MomentField, QuantityField, RangeField


class InjectionForm(forms.Form):
    """A form as the run mode has it."""

    cs_oleate_ul = QuantityField(unit="ul", typed_in="ml", lowest=Decimal(0), required=False)
    injection_temperature_c = QuantityField(unit="°C", usual_low=Decimal(140), usual_high=Decimal(220), required=False)
    growth_s = RangeField(unit="s", required=False)
    injected_at = MomentField(required=False)


def test_typed_texts_become_value_objects() -> None:
    form = InjectionForm(
        {
            "cs_oleate_ul": "0,65",
            "injection_temperature_c": "160 ± 1",
            "growth_s": "5–10 s",
            "injected_at": "2026-02-16",
        }
    )

    assert form.is_valid()
    assert form.cleaned_data["cs_oleate_ul"] == Quantity(Decimal(650), None, "ul", "0,65")
    assert form.cleaned_data["injection_temperature_c"].stderr == 1
    assert form.cleaned_data["growth_s"] == QuantityRange(Decimal(5), Decimal(10), "s", "5–10 s")
    assert form.cleaned_data["injected_at"].precision == "day"


def test_empty_fields_are_none() -> None:
    form = InjectionForm({})

    assert form.is_valid()
    assert set(form.cleaned_data.values()) == {None}


def test_an_error_is_said_at_its_field_and_the_text_stays() -> None:
    form = InjectionForm({"cs_oleate_ul": "5 mn", "growth_s": "10–5", "injected_at": "03/04/2026"})

    assert not form.is_valid()
    assert "is not a unit this notebook knows" in form.errors["cs_oleate_ul"][0]
    assert "starts above its end" in form.errors["growth_s"][0]
    assert "can be 3 April or 4 March" in form.errors["injected_at"][0]
    assert 'value="5 mn"' in str(form["cs_oleate_ul"])


def test_a_negative_amount_is_refused() -> None:
    form = InjectionForm({"cs_oleate_ul": "-1"})

    assert form.errors["cs_oleate_ul"] == ["That is below 0\u202fµl."]


def test_a_required_field_says_so() -> None:
    with pytest.raises(forms.ValidationError, match="required"):
        QuantityField(unit="ul").clean("")


def test_a_value_outside_the_usual_range_is_valid_and_warned_about() -> None:
    field = QuantityField(unit="°C", usual_low=Decimal(140), usual_high=Decimal(220))

    assert "above the usual" in field.warning(field.clean("225"))
    assert field.warning(field.clean("160")) == ""
    assert field.is_slip(field.clean("2200"))
    assert field.warning(None) == ""
    assert not field.is_slip(None)


def test_a_stored_value_is_shown_as_it_was_written_and_not_counted_as_changed() -> None:
    stored = Quantity(Decimal(650), None, "ul", "0,65 ml")
    form = InjectionForm({"cs_oleate_ul": "0,65 ml"}, initial={"cs_oleate_ul": stored})

    assert form.changed_data == []
    assert 'value="0,65 ml"' in str(InjectionForm(initial={"cs_oleate_ul": stored})["cs_oleate_ul"])


@pytest.mark.parametrize("precision", ["day", "minute", "second"])
def test_a_stored_moment_is_shown_so_that_it_parses_back(precision: str) -> None:
    field = MomentField()
    stored = field.clean(
        "2026-02-16" if precision == "day" else "2026-02-16 10:20:00"[: 16 if precision == "minute" else 19]
    )

    assert stored.precision == precision
    assert field.clean(field.prepare_value(stored)) == stored


def test_the_future_is_refused() -> None:
    tomorrow = timezone.now() + timedelta(days=1)

    with pytest.raises(forms.ValidationError, match="is in the future"):
        MomentField().clean(tomorrow.isoformat())


def test_the_box_names_the_unit_that_is_meant() -> None:
    assert QuantityField(unit="ul", typed_in="ml").shown_unit == "ml"
    assert RangeField(unit="ul").shown_unit == "µl"
