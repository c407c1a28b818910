"""What is said about a sample, corrected under the names its history uses: "title", "specimen.substrate"."""

from copy import deepcopy
from decimal import Decimal
from typing import Any, ClassVar

from django import forms

from labbook.models import Project, User
from labbook.quantities import Quantity
from labbook.quantities.fields import QuantityField
from samples.kinds import SPECIMEN_KINDS, SampleKind
from samples.models import Sample
from samples.services.ledger import plain_number

# What a specimen of each kind lies on or in; a filled field is asked for whatever the kind.
ASKED_OF = {
    SampleKind.LOAD: ("substrate", "gasket", "culet_diameter_mm", "detail"),
    SampleKind.CUVETTE: ("substrate", "detail"),
}
ASKED_OF_OTHERS = ("substrate", "substrate_lot", "substrate_cleaning", "detail")


class OwnWords(forms.Form):
    """What is said about any sample."""

    title = forms.CharField(label="Title", max_length=200, required=False)
    solvent = forms.CharField(label="Solvent", max_length=60, required=False)
    look = forms.CharField(label="Look", max_length=200, required=False, help_text="Color and clarity, as seen.")
    note = forms.CharField(
        label="Note", max_length=5000, required=False, widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Markdown: **bold**, lists and links.",
    )  # fmt: skip


class SpecimenWords(forms.Form):
    """What a specimen lies on or in."""

    substrate = forms.CharField(label="Substrate", max_length=120, required=False)
    substrate_lot = forms.CharField(label="Lot of the substrate", max_length=60, required=False)
    substrate_cleaning = forms.CharField(label="Cleaning", max_length=200, required=False)
    gasket = forms.CharField(label="Gasket", max_length=120, required=False)
    culet_diameter_mm = QuantityField(
        unit="mm", label="Culet diameter", required=False, max_length=40, lowest=Decimal(0)
    )
    detail = forms.CharField(label="How it was made, in words", max_length=300, required=False)


class SampleEditForm(forms.Form):
    """A sample's words, its project and, for a specimen, its detail row."""

    own: ClassVar[tuple[str, ...]] = tuple(OwnWords.base_fields)

    def __init__(self, *args: Any, sample: Sample, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._add_details(sample)
        for name in self.own:
            self._add(name, OwnWords.base_fields[name], getattr(sample, name))
        projects = Project.objects.visible_to(user).filter(lab=sample.lab_id).order_by("name")
        if projects:
            choice = forms.ModelChoiceField(projects, label="Project", required=False, empty_label="no project")
            self._add("project", choice, sample.project_id)

    def _add_details(self, sample: Sample) -> None:
        """Add the fields of the sample's detail row."""
        if sample.kind not in SPECIMEN_KINDS:
            return
        asked = ASKED_OF.get(SampleKind(sample.kind), ASKED_OF_OTHERS)
        for name, field in SpecimenWords.base_fields.items():
            value = getattr(sample.specimen, name)
            if name in asked or value:
                self._add(f"specimen.{name}", field, value)

    def _add(self, name: str, field: forms.Field, value: object) -> None:
        # A copy: the declared field belongs to every form of this process.
        self.fields[name] = deepcopy(field)
        self.initial[name] = as_typed(value)

    def changes(self) -> dict[str, object]:
        """Return what is wanted, numbers in their stored unit."""
        return {
            name: given.value if isinstance(given, Quantity) else given for name, given in self.cleaned_data.items()
        }


def as_typed(value: object) -> object:
    """Return a stored number as a person would type it, without the column's trailing zeros."""
    return plain_number(value) if isinstance(value, Decimal) else value
