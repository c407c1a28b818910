"""The form of an injection that is written down afterwards, from a paper notebook."""

from decimal import Decimal
from typing import Any

from django import forms

from labbook.quantities import Quantity, show_number
from labbook.quantities.fields import MomentField, QuantityField
from samples.models import Synthesis
from samples.value_keys import VALUE_KEYS

TEMPERATURE, GROWTH = VALUE_KEYS["injection_temperature_c"], VALUE_KEYS["growth_s"]


class RecordForm(forms.Form):
    """What is known of an injection that nobody stamped; the day alone is enough."""

    injected_at = MomentField(
        label="Injected", max_length=40,
        help_text="Date and time, to the second if you have it. The date alone if that is all there is.",
    )  # fmt: skip
    ice_bath_at = MomentField(label="Ice bath", required=False, max_length=40, help_text="Date and time.")
    growth = QuantityField(
        unit="s", label="Or the growth time", required=False, max_length=40, lowest=Decimal(0),
        usual_low=GROWTH.usual_low, usual_high=GROWTH.usual_high, help_text="Where the two moments were not written.",
    )  # fmt: skip
    temperature = QuantityField(
        unit="°C", label="Injection temperature", required=False, max_length=40,
        usual_low=TEMPERATURE.usual_low, usual_high=TEMPERATURE.usual_high,
    )  # fmt: skip
    cs_oleate = QuantityField(
        unit="ul", typed_in="ml", label="Cs-oleate injected", required=False, max_length=40, lowest=Decimal(0),
        usual_low=Decimal(500), usual_high=Decimal(2000),
    )  # fmt: skip
    crude = QuantityField(
        unit="ul", typed_in="ml", label="Volume of the crude", required=False, max_length=40, lowest=Decimal(0),
        help_text="Empty: computed from what was put together.",
    )  # fmt: skip
    look = forms.CharField(label="Look", max_length=200, required=False, help_text="Such as: turbid red.")

    def __init__(self, *args: Any, synthesis: Synthesis, planned_ul: Decimal | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if planned_ul is not None:
            self.initial.setdefault("cs_oleate", show_number(planned_ul.scaleb(-3), 2))
        self.initial.setdefault("look", synthesis.look)

    def clean(self) -> dict[str, Any]:
        """Refuse what says the growth time twice, or to the second of a day."""
        data = super().clean() or {}
        injected, ice_bath, growth = data.get("injected_at"), data.get("ice_bath_at"), data.get("growth")
        if ice_bath and "day" in (ice_bath.precision, injected.precision if injected else ""):
            self.add_error("ice_bath_at", "A date alone gives no growth time: type the times, or the growth time.")
        elif isinstance(growth, Quantity) and ice_bath:
            self.add_error("growth", "The growth time follows from the two moments; leave this empty.")
        return data
