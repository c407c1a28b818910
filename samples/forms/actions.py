"""Forms of what people do with one sample."""

from typing import TYPE_CHECKING, Any

from django import forms

from labbook.models import User
from labbook.quantities.fields import QuantityField
from labbook.quantities.show import show
from samples.forms.amounts import NowField, amount_field, reason_field
from samples.kinds import TREATMENT_KINDS, ProcessKind, SampleKind
from samples.models import Place, Sample


class SampleForm(forms.Form):
    """A form about one sample, as one person sees it."""

    def __init__(self, *args: Any, sample: Sample, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sample, self.user = sample, user
        self.prepare()

    def prepare(self) -> None:
        """Add the fields that depend on the sample."""


class UseForm(SampleForm):
    """Use some of a sample for something that leaves no sample."""

    purpose = forms.CharField(label="What for", max_length=120)
    at = NowField()

    def prepare(self) -> None:
        self.fields["amount"] = amount_field(self.sample.unit)
        self.order_fields(["amount", "purpose", "at"])


class TreatForm(SampleForm):
    """Treat a sample in place."""

    kind = forms.ChoiceField(
        label="Treatment", choices=[(kind.value, kind.label) for kind in TREATMENT_KINDS], widget=forms.RadioSelect
    )
    at = NowField()
    phase_kept = forms.CharField(label="Phase kept", max_length=60, required=False, help_text="As it was done.")
    phase_discarded = forms.CharField(label="Phase discarded", max_length=60, required=False)
    look = forms.CharField(label="Look afterwards", max_length=200, required=False)
    note = forms.CharField(label="Note", max_length=5000, required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def prepare(self) -> None:
        self.fields["amount_after"] = amount_field(
            self.sample.unit, label="Amount afterwards", help_text="Empty: the amount was not looked at."
        )
        self.order_fields(["kind", "amount_after", "phase_kept", "phase_discarded", "look", "at", "note"])
        self.initial.setdefault("kind", ProcessKind.FILTERING)


class RecountForm(SampleForm):
    """Write what is really there."""

    reason = forms.CharField(label="Reason", max_length=300, required=False, help_text="Such as: weighed again.")

    def prepare(self) -> None:
        self.fields["counted"] = amount_field(self.sample.unit, label="What is there", required=True)
        self.order_fields(["counted", "reason"])


class DiscardForm(SampleForm):
    """Discard a sample."""

    reason = reason_field()
    at = NowField()


class KeepForm(SampleForm):
    """Take a discarding back."""

    reason = forms.CharField(
        label="Why it is kept after all",
        max_length=300,
        required=False,
        help_text="Empty: it was discarded by mistake.",
    )


if TYPE_CHECKING:
    PlaceChoice = forms.ModelChoiceField[Place]
else:
    # Django's own class takes no type argument at run time.
    PlaceChoice = forms.ModelChoiceField


class PlaceField(PlaceChoice):
    """A place, with the temperature it is meant to have."""

    def label_from_instance(self, obj: Place) -> str:
        """Return such as "Fridge 1, 5 °C"."""
        known = obj.nominal_temperature_c
        return obj.title if known is None else f"{obj.title}, {show(known, '°C')}"


class MoveForm(SampleForm):
    """Move a sample to a place."""

    place = PlaceField(Place.objects.none(), label="Place", empty_label=None, widget=forms.RadioSelect)
    at = NowField()

    def prepare(self) -> None:
        places = Place.objects.visible_to(self.user).filter(lab=self.sample.lab_id, is_retired=False)
        assert_choice(self.fields["place"]).queryset = places.order_by("title")


class AliasForm(SampleForm):
    """Give a sample another name."""

    text = forms.CharField(label="Other name", max_length=120, help_text="Search and file names find it by this too.")


class SizeForm(SampleForm):
    """Assign a size class."""

    edge_length_nm = QuantityField(
        unit="nm", label="Size class", max_length=20, help_text="Edge length; assigned by a person, not measured."
    )


class PourBackForm(SampleForm):
    """Pour a cuvette back into the vial it was filled from."""

    vial = forms.ModelChoiceField(Sample.objects.none(), label="Into", empty_label=None)
    reason = forms.CharField(label="Reason", max_length=300, required=False)

    def prepare(self) -> None:
        parents = Sample.objects.visible_to(self.user).filter(
            uses__process=self.sample.origin_id, kind__in=(SampleKind.VIAL, SampleKind.FRACTION)
        )
        assert_choice(self.fields["vial"]).queryset = parents
        self.fields["amount"] = amount_field("ul", label="Amount poured back", required=True)
        self.order_fields(["vial", "amount", "reason"])


class SplitForm(SampleForm):
    """Split a sample into equal parts."""

    count = forms.IntegerField(label="How many parts", min_value=2, max_value=26, initial=2)
    at = NowField()

    def prepare(self) -> None:
        self.fields["amount"] = amount_field(self.sample.unit, label="Each part")
        self.order_fields(["count", "amount", "at"])


class DiluteForm(SampleForm):
    """Dilute part of a sample into a new one."""

    solvent = forms.ModelChoiceField(
        Sample.objects.none(), label="Solvent", required=False, empty_label="lot not recorded"
    )
    solvent_name = forms.CharField(label="Solvent, in words", max_length=60, required=False, initial="n-hexane")
    at = NowField()

    def prepare(self) -> None:
        bottles = Sample.objects.visible_to(self.user).filter(lab=self.sample.lab_id).of_kind(SampleKind.BOTTLE)
        assert_choice(self.fields["solvent"]).queryset = bottles.usable().filter(unit="ul").order_by("code")
        self.fields["amount"] = amount_field(self.sample.unit, label="Of this sample")
        self.fields["solvent_amount"] = amount_field("ul", label="Solvent added")
        self.order_fields(["amount", "solvent", "solvent_name", "solvent_amount", "at"])


class UnloadForm(SampleForm):
    """Take a load out of its cell."""

    at = NowField()


def assert_choice(field: forms.Field) -> "forms.ModelChoiceField[Any]":
    """Return a field as the choice of a record that it is declared to be."""
    if not isinstance(field, forms.ModelChoiceField):
        raise TypeError("no choice of a record")
    return field
