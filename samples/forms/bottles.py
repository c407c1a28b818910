"""Forms of a bottle: received, and its label corrected."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NoReturn

from django import forms

from labbook.models import Lab, User
from labbook.quantities import Quantity, QuantityError, WrongDimension, parse_amount, storage_unit
from labbook.quantities.fields import QuantityField, TypedField
from samples.forms.actions import assert_choice
from samples.forms.amounts import NowField
from samples.forms.editing import SampleEditForm, as_typed
from samples.kinds import Unit
from samples.models import Place, Sample

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class StockAmount:
    """An amount in mg, µl or pieces."""

    quantity: Quantity
    unit: Unit


class StockAmountField(TypedField):
    """An amount whose written unit says whether it is weighed, measured or counted; without one it is asked."""

    def parsed(self, text: str) -> StockAmount:
        """Return the amount in the unit it is stored in."""
        written = re.sub(r"^[\s\d.,±()+\-−]+", "", text).strip()
        if not written:
            raise QuantityError("Say the unit too, such as 25 g, 500 ml or 10 pieces.")
        try:
            unit = storage_unit(written.split("±")[0].split()[0])
        except QuantityError as error:
            self._say_why(text, error)
        return StockAmount(parse_amount(text, unit), Unit(unit))

    def _say_why(self, text: str, error: QuantityError) -> NoReturn:
        """Raise what is wrong with the text itself, or that its unit measures something else."""
        try:
            parse_amount(text, "mg")
        except WrongDimension:
            raise error from None
        raise error

    def prepare_value(self, value: Any) -> Any:
        """Show a stored amount as it was written."""
        return value.quantity.as_written if isinstance(value, StockAmount) else value


def day_field(label: str) -> forms.DateField:
    """Return a field for a day, picked or typed as 2026-02-16."""
    return forms.DateField(
        label=label, required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )


def text_field(label: str, length: int, *, required: bool = False, help_text: str = "") -> forms.CharField:
    """Return a one-line text."""
    return forms.CharField(label=label, max_length=length, required=required, help_text=help_text)


def number_field(label: str, unit: str) -> QuantityField:
    """Return a field for a positive number in a unit."""
    return QuantityField(unit=unit, label=label, required=False, max_length=40, lowest=ZERO)


class PurityField(QuantityField):
    """A percentage of at most 100."""

    def parsed(self, text: str) -> Quantity:
        """Return the typed purity."""
        given = super().parsed(text)
        if given.value > 100:
            raise QuantityError("A purity is at most 100 %.")
        return given


class BottleLabel(forms.Form):
    """What a bottle's label says."""

    chemical = text_field("Chemical", 120, required=True)
    short = text_field("Short name", 30, required=True, help_text="As recipes name it: PbI2, ODE, OA, OAm.")
    formula = text_field("Formula", 60)
    cas = text_field("CAS number", 20)
    supplier = text_field("Supplier", 120)
    lot = text_field("Lot", 60)
    purity_percent = PurityField(unit="%", label="Purity", required=False, max_length=40, lowest=ZERO)
    molar_mass_g_per_mol = number_field("Molar mass", "g/mol")
    density_g_per_ml = number_field("Density", "g/ml")
    opened_on = day_field("Opened")
    expires_on = day_field("Expires")
    hazards = text_field("Hazards", 120, help_text="Such as GHS07, GHS09.")

    def facts(self) -> dict[str, str | Decimal | date | None]:
        """Return the columns of a bottle's detail row, numbers in their stored unit."""
        return {
            name: given.value if isinstance(given := self.cleaned_data[name], Quantity) else given
            for name in BottleLabel.base_fields
        }


class BottleForm(BottleLabel):
    """A bottle that arrived."""

    amount = StockAmountField(
        label="Amount", max_length=60, required=False, help_text="With its unit, such as 25 g. Empty: not recorded."
    )
    at = NowField(label="Received", help_text="A day is enough. Empty means now.")
    place = forms.ModelChoiceField(Place.objects.none(), label="Place", required=False, empty_label="not stated")
    code = text_field("Code", 60, help_text="Empty: the next free one.")
    note = forms.CharField(label="Note", max_length=5000, required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, lab: Lab, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = Place.objects.visible_to(user).filter(lab=lab, is_retired=False)
        assert_choice(self.fields["place"]).queryset = places.order_by("title")
        self.order_fields(["chemical", "short", "lot", "amount", "opened_on", "expires_on", "place"])


class BottleEditForm(SampleEditForm):
    """A bottle's label, note and project, under the names its history uses: "bottle.lot"."""

    own = ("note",)

    def _add_details(self, sample: Sample) -> None:
        for name, field in BottleLabel.base_fields.items():
            self._add(f"bottle.{name}", field, getattr(sample.bottle, name))


def label_of(bottle: Sample) -> dict[str, object]:
    """Return a form's first values for another bottle of the same lot; it is not opened yet."""
    kept = {name: as_typed(getattr(bottle.bottle, name)) for name in BottleLabel.base_fields if name != "opened_on"}
    return {**kept, "place": bottle.place_id}
