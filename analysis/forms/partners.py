"""The form of the measurements that stand beside one in a method with several inputs."""

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import QuerySet

from analysis.methods.contract import Input
from measurements.models import Measurement
from measurements.queries.measurements_conditions import place_words

if TYPE_CHECKING:
    Choice = forms.ModelChoiceField[Measurement]
else:
    Choice = forms.ModelChoiceField

PREFIX = "partner_"


class PartnerChoice(Choice):
    """A measurement by its technique, sample, place and number; a sample that is hidden is not named."""

    hidden: Collection[int] = ()

    def label_from_instance(self, obj: Any) -> str:
        return words_of(obj, self.hidden)


class PartnersForm(forms.Form):
    """One measurement for each further input; what is left empty is looked for as in the queue."""

    def __init__(
        self,
        *args: Any,
        inputs: Iterable[Input],
        offered: QuerySet[Measurement],
        hidden: Collection[int],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.inputs = list(inputs)
        for one in self.inputs:
            field = PartnerChoice(
                offered, label=one.label[:1].upper() + one.label[1:], required=False,
                empty_label="this one, or found by itself",
            )  # fmt: skip
            field.hidden = hidden
            self.fields[f"{PREFIX}{one.role}"] = field

    @property
    def partners(self) -> dict[str, list[Measurement]]:
        """The chosen measurements by role."""
        chosen = {one.role: self.cleaned_data.get(f"{PREFIX}{one.role}") for one in self.inputs}
        return {role: [one] for role, one in chosen.items() if one is not None}


def words_of(measurement: Measurement, hidden: Collection[int]) -> str:
    """Return a measurement in a line of a list."""
    sample = measurement.sample
    seen = sample.code if sample is not None and sample.project_id not in hidden else ""
    reference = measurement.get_reference_kind_display() if measurement.reference_kind else ""
    place, number = place_words(measurement), f"no. {measurement.pk}"
    told = (measurement.technique, seen or reference, place, measurement.title, number)
    return " · ".join(filter(None, told))
