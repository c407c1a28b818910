"""Fields for an amount of a sample and for the moment something happened."""

from decimal import Decimal
from typing import Any

from django import forms

from labbook.quantities.fields import MomentField, QuantityField
from samples.kinds import Unit

# People type the larger unit; what is stored is the smaller one.
TYPED_IN = {Unit.UL: "ml", Unit.MG: "g", Unit.PIECE: "piece"}


def amount_field(unit: str, *, label: str = "Amount", required: bool = False, help_text: str = "") -> QuantityField:
    """Return a field for an amount in a sample's unit; empty means not recorded unless it is required."""
    return QuantityField(
        unit=unit,
        typed_in=TYPED_IN[Unit(unit)],
        lowest=Decimal(0),
        label=label,
        required=required,
        max_length=60,
        help_text=help_text or ("" if required else "Empty means not recorded."),
    )


class NowField(MomentField):
    """A moment that starts as now."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            **{"label": "When", "initial": "", "required": False, "help_text": "Empty means now.", **kwargs},
            max_length=40,
        )


def reason_field(label: str = "Reason") -> forms.CharField:
    """Return a one-line text that says why."""
    return forms.CharField(label=label, max_length=300)
