"""The form of a piece of equipment; what its kind does not have stays empty."""

from decimal import Decimal

from django import forms

from labbook.quantities.fields import QuantityField
from samples.forms.kept import KeptForm
from samples.models import Equipment, EquipmentKind


def _size(label: str, unit: str, help_text: str = "") -> QuantityField:
    return QuantityField(unit=unit, label=label, required=False, max_length=30, lowest=Decimal(0), help_text=help_text)


class EquipmentForm(KeptForm):
    """A flask, centrifuge, rotor, cuvette or cell."""

    model = Equipment
    kind = forms.ChoiceField(label="What it is", choices=EquipmentKind.choices)
    rotor_radius_mm = _size("Rotor radius", "mm", "From the axis to the bottom of the tube; the force follows from it.")
    tube_volume_ml = _size("Tube volume", "ml")
    flask_volume_ml = _size("Flask volume", "ml")
    path_length_mm = _size("Path length", "mm")
    culet_diameter_mm = _size("Culet", "mm")
    anvil_type = forms.CharField(label="Anvil type", max_length=30, required=False, help_text="Such as Ia.")
    note = forms.CharField(label="Note", max_length=5000, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    is_retired = forms.BooleanField(label="No longer used", required=False)
