"""A field for every setting of the table of condition keys, under the name "settings.bandpass_nm"."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.forms import BoundField

from labbook.quantities import Quantity
from labbook.quantities.fields import QuantityField
from measurements.condition_keys import CONDITION_KEYS, ConditionKey
from measurements.services.setting_values import LONGEST, PREFIX


def setting_field(row: ConditionKey) -> forms.Field:
    """Return the field of one key: a quantity in its unit that warns outside the usual range, or words."""
    if row.is_text:
        return forms.CharField(label=row.label, max_length=LONGEST, required=False)
    low, high = (Decimal(str(end)) for end in row.usual) if row.usual else (None, None)
    return QuantityField(
        unit=row.typed_unit, label=row.label, required=False, max_length=40, lowest=Decimal(0), usual_low=low,
        usual_high=high,
    )  # fmt: skip


class SettingsForm(forms.Form):
    """A form with a field for every setting, those that have a value first."""

    def add_settings(self, values: Mapping[str, Any]) -> None:
        """Add the fields, filled with what is set already."""
        self.set_keys = [key for key in CONDITION_KEYS if key in values]
        for key, row in CONDITION_KEYS.items():
            self.fields[PREFIX + key] = setting_field(row)
            self.initial.setdefault(PREFIX + key, values.get(key, ""))

    def filled_settings(self) -> Iterator[BoundField]:
        """Return the fields of what is set already."""
        yield from (self[PREFIX + key] for key in self.set_keys)

    def other_settings(self) -> Iterator[BoundField]:
        """Return the fields of everything else."""
        yield from (self[PREFIX + key] for key in CONDITION_KEYS if key not in self.set_keys)

    def own_fields(self) -> Iterator[BoundField]:
        """Return the fields that are no settings."""
        yield from (self[name] for name in self.fields if not name.startswith(PREFIX))

    def changes(self) -> dict[str, Any]:
        """Return what is wanted under the columns' names, numbers in their stored unit; settings as typed."""
        return {
            name: given.value if isinstance(given, Quantity) and not name.startswith(PREFIX) else given
            for name, given in self.cleaned_data.items()
        }
