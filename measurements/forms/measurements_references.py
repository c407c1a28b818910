"""The form of a measurement that another is read against."""

from typing import Any

from django import forms
from django.db.models import Case, IntegerField, Q, When

from labbook.http import LabRequest
from measurements.models import Measurement, ReferenceUse

MOST_OFFERED = 100


class ReferenceForm(forms.Form):
    """Which measurement, and what it is to this one."""

    part = forms.ChoiceField(label="What it is", choices=ReferenceUse.Part.choices)
    reference = forms.ModelChoiceField(
        Measurement.objects.none(), label="Measurement", empty_label=None, required=False
    )
    number = forms.IntegerField(
        label="Or by its number", min_value=1, max_value=10**15, required=False,
        help_text="The number on its page, for one that is not in the list.",
    )  # fmt: skip

    def __init__(self, *args: Any, request: LabRequest, record: Measurement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seen = Measurement.objects.visible_to(request.user).filter(lab=request.lab, is_void=False)
        self.seen = seen.exclude(pk=record.pk)
        # Looks at references of the same instrument stand first.
        near = Case(When(Q(instrument=record.instrument_id), then=0), default=1, output_field=IntegerField())
        offered = self.seen.exclude(reference_kind="").order_by(near, "-pk")
        newest = list(offered.values_list("pk", flat=True)[:MOST_OFFERED])
        field = self.fields["reference"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = self.seen.filter(pk__in=newest).order_by(near, "-pk")
            field.empty_label = "choose one"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        number = cleaned.get("number")
        if number:
            cleaned["reference"] = self.seen.filter(pk=number).first()
            if cleaned["reference"] is None:
                self.add_error("number", f"There is no measurement {number} here.")
        elif not cleaned.get("reference") and not self.errors:
            self.add_error("reference", "Choose a measurement, or write its number.")
        return cleaned
