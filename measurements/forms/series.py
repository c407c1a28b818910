"""Forms of series and their rungs."""

from decimal import Decimal
from typing import Any

from django import forms

from labbook.http import LabRequest
from labbook.quantities import QuantityError, parse_quantity
from labbook.quantities.fields import QuantityField
from measurements.forms.measurements import sample_called
from measurements.models import Rung, Series
from measurements.techniques import UNIT_OF, Along, Branch
from samples.models import Sample
from samples.services.ledger import plain_number

BRANCHES = [("", "not stated"), *((str(one.value), str(one.label)) for one in Branch)]
MOST_VALUES = 100


class RungValues(forms.CharField):
    """Values of several rungs in order, such as “0, 0.13, 0.4”; each may carry its unit."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=1000, widget=forms.Textarea(attrs={"rows": 2}), **kwargs)

    def split(self, text: str) -> list[str]:
        """Return the parts of what was typed: by semicolons and lines, else by commas and spaces between numbers."""
        separators = ";\n" if any(one in text for one in ";\n") else ","
        for one in separators:
            text = text.replace(one, "\n")
        return [part.strip() for part in text.split("\n") if part.strip()][: MOST_VALUES + 1]


def values_in(field: RungValues, text: str, unit: str) -> list[Decimal]:
    """Return the values of rungs in a unit; raises ValidationError with a sentence."""
    try:
        return [parse_quantity(part, unit).value for part in field.split(text)]
    except QuantityError as error:
        raise forms.ValidationError(str(error)) from error


class SeriesForm(forms.Form):
    """A new ladder, with its rungs as far as they are planned."""

    sample = forms.CharField(label="Sample", max_length=60, help_text="Its code; a load for a pressure series.")
    along = forms.ChoiceField(label="Along", choices=Along.choices)
    title = forms.CharField(label="Title", max_length=120, required=False)
    values = RungValues(label="Rungs", required=False, help_text="In order, such as 0, 0.13, 0.4; or 0; 0,13.")
    branch = forms.ChoiceField(label="Way", choices=BRANCHES, required=False)
    note = forms.CharField(label="Note", max_length=5000, required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, request: LabRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request

    def clean_sample(self) -> Sample | None:
        return sample_called(self.request, self.cleaned_data["sample"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        cleaned["values"] = read_values(self, cleaned.get("values", ""), cleaned.get("along", ""))
        return cleaned


class SeriesEditForm(forms.Form):
    """What is said of a ladder."""

    title = forms.CharField(label="Title", max_length=120, required=False)
    note = forms.CharField(label="Note", max_length=5000, required=False, widget=forms.Textarea(attrs={"rows": 3}))


class RungsForm(forms.Form):
    """More steps of a ladder, all of one way."""

    values = RungValues(label="Values, in order", help_text="Such as 0, 0.13, 0.4.")
    branch = forms.ChoiceField(label="Way", choices=BRANCHES, required=False)
    note = forms.CharField(label="Note", max_length=300, required=False)

    def __init__(self, *args: Any, series: Series, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.series = series

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        cleaned["values"] = read_values(self, cleaned.get("values", ""), self.series.along)
        return cleaned


class RungForm(forms.Form):
    """One step, corrected."""

    branch = forms.ChoiceField(label="Way", choices=BRANCHES, required=False)
    note = forms.CharField(label="Note", max_length=300, required=False)
    reason = forms.CharField(
        label="Reason", max_length=300, required=False, help_text="Needed for another value or way."
    )

    def __init__(self, *args: Any, rung: Rung, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"nominal": plain_number(rung.nominal), "branch": rung.branch, "note": rung.note, **self.initial}
        self.fields["nominal"] = QuantityField(unit=rung.unit, label="Value", max_length=30, lowest=Decimal(0))
        self.order_fields(["nominal", "branch", "note", "reason"])


class MergeForm(forms.Form):
    """Which other step a step really is."""

    into = forms.ModelChoiceField(Rung.objects.none(), label="It is the same as", empty_label=None)
    reason = forms.CharField(label="Reason", max_length=300)

    def __init__(self, *args: Any, rung: Rung, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["into"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = Rung.objects.filter(series=rung.series_id).exclude(pk=rung.pk)


def read_values(form: forms.Form, text: str, along: str) -> list[Decimal]:
    """Return the values of rungs that were typed; what is wrong with them is said at their field."""
    field = form.fields["values"]
    if not text or along not in Along.values or not isinstance(field, RungValues):
        return []
    try:
        return values_in(field, text, UNIT_OF[Along(along)])
    except forms.ValidationError as error:
        form.add_error("values", error)
        return []
