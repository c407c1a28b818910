"""The precipitation table: one form per round, one for what the rounds share, and the clean-up spin."""

from decimal import Decimal
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory

from labbook.models import Lab, User
from labbook.quantities.fields import MomentField, QuantityField
from samples.forms.actions import assert_choice
from samples.forms.amounts import NowField
from samples.models import Equipment, Place, Sample
from samples.queries.precipitation import rotors_of, solvent_bottles
from samples.value_keys import VALUE_KEYS

ZERO = Decimal(0)
ROWS = 5
MOST_ROWS = 20
NO_PRECIPITATE = "no obvious precipitate"


def volume_field(label: str, **kwargs: Any) -> QuantityField:
    """Return a short field for a volume in ml."""
    return QuantityField(
        unit="ul", typed_in="ml", label=label, required=False, max_length=40, lowest=ZERO,
        widget=forms.TextInput(attrs={"size": 5}), **kwargs,
    )  # fmt: skip


def value_field(key: str) -> QuantityField:
    """Return a short field for a process value, which warns outside its usual range."""
    row = VALUE_KEYS[key]
    return QuantityField(
        unit=row.unit, label=row.label, required=False, max_length=40, lowest=ZERO,
        usual_low=row.usual_low, usual_high=row.usual_high, widget=forms.TextInput(attrs={"size": 5}),
    )  # fmt: skip


class RoundForm(forms.Form):
    """One round; a row that nobody ticked or filled in is no round."""

    in_ml = volume_field("In, ml")
    meoac_ml = volume_field("MeOAc, ml")
    as_planned = forms.BooleanField(label="As planned", required=False)
    rpm = value_field("spin_speed_rpm")
    minutes = value_field("spin_time_min")
    hexane_ml = volume_field("Hexane, ml", usual_low=Decimal(1000), usual_high=Decimal(5000))
    fraction_ml = volume_field("Volume after filtering, ml")
    look = forms.CharField(label="Look", max_length=200, required=False, widget=forms.TextInput(attrs={"size": 9}))
    vials = forms.IntegerField(
        label="Vials", min_value=0, max_value=26, required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 2}),
    )  # fmt: skip
    place = forms.ModelChoiceField(Place.objects.none(), label="Place", required=False, empty_label="no place yet")
    split = forms.BooleanField(label="Split fridge/freezer", required=False)
    filtered = forms.BooleanField(label="Filtered, 0.22 µm PVDF", required=False)
    spin = forms.BooleanField(label="Clean-up spin", required=False)
    phase_kept = forms.CharField(label="Phase kept", max_length=60, required=False)
    phase_discarded = forms.CharField(label="Phase discarded", max_length=60, required=False)
    at = MomentField(label="Time", required=False, max_length=40)

    def __init__(self, *args: Any, places: list[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = assert_choice(self.fields["place"])
        field.queryset = Place.objects.filter(pk__in=[place.pk for place in places]).order_by("title")
        field.choices = [("", "no place yet"), *((place.pk, place.title) for place in places)]
        for one in self.fields.values():
            if not isinstance(one, forms.BooleanField):
                one.widget.attrs["aria-label"] = one.label

    @property
    def is_recorded(self) -> bool:
        """Say whether the row is a round that was done."""
        data = getattr(self, "cleaned_data", {})
        return bool(data.get("as_planned") or data.get("meoac_ml") is not None)

    def clean(self) -> dict[str, Any]:
        """Ask for the methyl acetate of a row that was begun."""
        data = super().clean() or {}
        begun = set(self.changed_data) - {"at"}
        if begun and not self.is_recorded and not self.errors:
            self.add_error("meoac_ml", "Give the MeOAc that was added, or tick as planned.")
        if data.get("split") and (data.get("vials") or 0) < 2:
            data["vials"] = 2
        return data


RoundFormSet = formset_factory(
    RoundForm, extra=ROWS, max_num=MOST_ROWS, absolute_max=MOST_ROWS, formset=BaseFormSet
)  # fmt: skip


class SharedForm(forms.Form):
    """What the rounds of one save share."""

    meoac = forms.ModelChoiceField(
        Sample.objects.none(), label="MeOAc bottle", required=False, empty_label="lot not recorded"
    )
    hexane = forms.ModelChoiceField(
        Sample.objects.none(), label="Hexane bottle", required=False, empty_label="lot not recorded"
    )
    rotor = forms.ModelChoiceField(Equipment.objects.none(), required=False, empty_label="not recorded")
    operator = forms.CharField(label="Operator", max_length=8)
    stop = forms.BooleanField(label="Stop: no precipitate", required=False)
    stop_reason = forms.CharField(label="Why", max_length=200, required=False, initial=NO_PRECIPITATE)

    def __init__(self, *args: Any, lab: Lab, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, bottles in solvent_bottles(lab, user).items():
            field = assert_choice(self.fields[key])
            field.queryset = Sample.objects.filter(pk__in=[bottle.pk for bottle in bottles])
            offered = [(bottle.pk, said_bottle(bottle)) for bottle in bottles]
            field.choices = [("", "lot not recorded"), *offered]
            if offered:
                self.initial.setdefault(key, offered[0][0])
        self.rotors = list(rotors_of(lab, user))
        rotor = assert_choice(self.fields["rotor"])
        rotor.queryset = Equipment.objects.filter(pk__in=[one.pk for one in self.rotors])
        rotor.choices = [("", "not recorded"), *((one.pk, str(one)) for one in self.rotors)]
        if self.rotors:
            self.initial.setdefault("rotor", self.rotors[0].pk)


class CleanUpForm(forms.Form):
    """A clean-up spin of a fraction that was recorded earlier."""

    fraction = forms.ModelChoiceField(Sample.objects.none(), empty_label=None)
    rpm = value_field("spin_speed_rpm")
    minutes = value_field("spin_time_min")
    phase_kept = forms.CharField(label="Phase kept", max_length=60, required=False, help_text="As it was done.")
    phase_discarded = forms.CharField(label="Phase discarded", max_length=60, required=False)
    amount_after = volume_field("Volume afterwards", help_text="Empty: it was not looked at.")
    outcome = forms.CharField(
        label="Outcome", max_length=200, required=False, help_text="Such as: agglomerates discarded."
    )
    at = NowField()

    def __init__(self, *args: Any, fractions: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        assert_choice(self.fields["fraction"]).queryset = fractions


def said_bottle(bottle: Sample) -> str:
    """Return a bottle as an option says it, with its lot."""
    lot = f", lot {bottle.bottle.lot}" if bottle.bottle.lot else ""
    return f"{bottle.code} · {bottle.bottle.short}{lot}"
