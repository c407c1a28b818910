"""Forms that make samples outside a synthesis: specimens, pooled and received samples."""

from typing import Any, cast

from django import forms

from labbook.models import Lab, User
from labbook.quantities.fields import QuantityField
from samples.forms.actions import assert_choice
from samples.forms.amounts import NowField, amount_field
from samples.forms.codes import SampleCodeField
from samples.kinds import SPECIMEN_FORMS, SampleKind, Unit
from samples.models import Equipment, EquipmentKind, Sample

MOST_AT_ONCE = 24
DILUTION_CONVENTIONS = (
    ("", "no dilution, or not stated"),
    ("parts", "1 part of it and so many parts of solvent (1+9 makes ten)"),
    ("total", "1 part of it in so many parts altogether"),
)
SUBSTRATES = {
    "FL": "glass",
    "QF": "quartz",
    "XF": "Si wafer",
    "TG": "ultra-thin carbon film on Cu grid",
    "CV": "quartz cuvette",
    "DAC": "type Ia",
}


class SpecimenForm(forms.Form):
    """Several specimens of one kind out of one vial."""

    source = SampleCodeField(kinds=(SampleKind.VIAL, SampleKind.FRACTION), label="From", help_text="Code or tag.")
    series = forms.ChoiceField(
        label="Kind",
        choices=[(form.code_prefix, form.plural) for form in SPECIMEN_FORMS],
        widget=forms.RadioSelect,
    )
    count = forms.IntegerField(label="How many", min_value=1, max_value=MOST_AT_ONCE, initial=1)
    amount = amount_field(Unit.UL, label="Taken for each")
    substrate = forms.CharField(label="Substrate", max_length=120, required=False)
    substrate_lot = forms.CharField(label="Substrate lot", max_length=60, required=False)
    substrate_cleaning = forms.CharField(label="Cleaning", max_length=200, required=False)
    detail = forms.CharField(
        label="How it is made", max_length=300, required=False, help_text="Such as: spin coated 3 times, dried under N2"
    )
    dilution = forms.CharField(label="Dilution", max_length=60, required=False, help_text="Such as 1:10")
    convention = forms.ChoiceField(label="What the dilution means", choices=DILUTION_CONVENTIONS, required=False)
    culet = QuantityField(unit="mm", label="Culet", required=False, max_length=20)
    cell = forms.ModelChoiceField(Equipment.objects.none(), label="Cell", required=False, empty_label="not stated")
    ruby = forms.ModelChoiceField(Sample.objects.none(), label="Ruby", required=False, empty_label="lot not recorded")
    oil = forms.ModelChoiceField(
        Sample.objects.none(), label="Pressure medium", required=False, empty_label="lot not recorded"
    )
    at = NowField()
    note = forms.CharField(label="Note", max_length=5000, required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, user: User, lab: Lab, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        samples = Sample.objects.visible_to(user).filter(lab=lab)
        self.base_source.asked_by(user, lab)
        bottles = samples.of_kind(SampleKind.BOTTLE).usable().order_by("code")
        assert_choice(self.fields["ruby"]).queryset = bottles.filter(bottle__short="ruby")
        assert_choice(self.fields["oil"]).queryset = bottles.filter(bottle__short="oil")
        cells = Equipment.objects.visible_to(user).filter(lab=lab, kind=EquipmentKind.ANVIL_CELL, is_retired=False)
        assert_choice(self.fields["cell"]).queryset = cells.order_by("title")

    @property
    def base_source(self) -> SampleCodeField:
        """Return the field of the source."""
        return cast(SampleCodeField, self.fields["source"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("dilution") and not cleaned.get("convention"):
            self.add_error("convention", f"Say what {cleaned['dilution']} means; it is not guessed.")
        return cleaned


class ReceiveForm(forms.Form):
    """A sample whose parents are not recorded."""

    kind = forms.ChoiceField(
        label="What it is",
        choices=[(kind.value, kind.label) for kind in SampleKind if kind != SampleKind.BOTTLE],
    )
    code = forms.CharField(label="Code", max_length=60, required=False, help_text="Empty: the next free one.")
    title = forms.CharField(label="Title", max_length=200, required=False)
    amount = forms.CharField(
        label="Amount", max_length=60, required=False, help_text="With its unit, such as 2 ml. Empty: not recorded."
    )
    origin_note = forms.CharField(
        label="Where it comes from", max_length=5000, widget=forms.Textarea(attrs={"rows": 2})
    )
    aliases = forms.CharField(
        label="Other names", max_length=500, required=False, help_text="Separated by commas; search finds it by them."
    )
    at = NowField(label="Received", help_text="A day is enough. Empty means now.")


class PoolForm(forms.Form):
    """Which samples are pooled, one per line, with what is taken of each."""

    shares = forms.CharField(
        label="Samples",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false"}),
        help_text="One a line: code and amount, such as NC-024-F2-a 0.5 ml. Without an amount it is not recorded.",
    )
    title = forms.CharField(label="Title", max_length=200, required=False)
    at = NowField()
