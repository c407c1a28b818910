"""The form of a place."""

from django import forms

from labbook.quantities.fields import QuantityField
from samples.forms.kept import KeptForm
from samples.models import Place, PlaceKind


class PlaceForm(KeptForm):
    """Somewhere samples are kept."""

    model = Place
    kind = forms.ChoiceField(label="What it is", choices=PlaceKind.choices)
    nominal_temperature_c = QuantityField(
        unit="°C", label="Temperature", required=False, max_length=20, help_text="Empty: not known."
    )
    is_retired = forms.BooleanField(label="No longer used", required=False)
