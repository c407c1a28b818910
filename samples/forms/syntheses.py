"""Forms of a synthesis: planned, edited, ended."""

from decimal import Decimal
from typing import Any

from django import forms

from labbook.models import Lab, Project, User
from labbook.quantities import show_number
from labbook.quantities.fields import QuantityField, RangeField
from samples.forms.actions import assert_choice
from samples.models import ProcessInput, Sample, Synthesis, SynthesisStatus
from samples.queries.syntheses import BATCHES, batches_for, said_batch
from samples.value_keys import VALUE_KEYS

TEMPERATURE = VALUE_KEYS["injection_temperature_c"]
BATCH_LABELS = {"pb_batch": "PbI₂ solution (this flask)", "cs_batch": "Cs-oleate batch"}


class SynthesisForm(forms.Form):
    """What a synthesis is planned with; the newest usable batches are chosen already."""

    pb_batch = forms.ModelChoiceField(Sample.objects.none(), required=False, empty_label="not known yet")
    cs_batch = forms.ModelChoiceField(Sample.objects.none(), required=False, empty_label="not known yet")
    temperature = RangeField(unit="°C", label="Planned injection temperature", required=False, max_length=40)
    cs_oleate = QuantityField(
        unit="ul", typed_in="ml", label="Cs-oleate to inject", required=False, max_length=40, lowest=Decimal(0),
        usual_low=Decimal(500), usual_high=Decimal(2000),
    )  # fmt: skip
    operator = forms.CharField(label="Operator", max_length=8)
    planned_for = forms.DateField(
        label="Planned for", required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    title = forms.CharField(label="Title", max_length=200, required=False)
    project = forms.ModelChoiceField(Project.objects.none(), required=False, empty_label="no project")

    def __init__(self, *args: Any, lab: Lab, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key in BATCHES:
            field = assert_choice(self.fields[key])
            field.label = BATCH_LABELS[key]
            offered = batches_for(lab, user, key)
            # Any batch of the lab is accepted; the offered ones stand in the list.
            wanted = str((self.data.get(key) if self.is_bound else self.initial.get(key)) or "")
            is_number = wanted.isascii() and wanted.isdigit() and len(wanted) < 19
            ids = {batch.pk for batch in offered} | ({int(wanted)} if is_number else set())
            seen = Sample.objects.visible_to(user).filter(lab=lab, kind="precursor")
            field.queryset = seen.filter(pk__in=ids).order_by("-made_at", "-pk")
            field.choices = [("", "not known yet"), *((one.pk, said_batch(one)) for one in field.queryset)]
            if offered and not wanted:
                self.initial[key] = offered[0].pk
        projects = Project.objects.visible_to(user).filter(lab=lab).order_by("name")
        assert_choice(self.fields["project"]).queryset = projects
        if not projects.exists():
            del self.fields["project"]


class SynthesisEditForm(forms.Form):
    """What a person may say about a synthesis in words."""

    title = forms.CharField(label="Title", max_length=200, required=False)
    operator = forms.CharField(label="Operator", max_length=8, required=False)
    look = forms.CharField(label="Look of the crude", max_length=200, required=False, help_text="Such as: turbid red.")
    note = forms.CharField(
        label="Notes", max_length=100_000, required=False, widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Markdown.",
    )  # fmt: skip


class EndForm(forms.Form):
    """How a synthesis ended."""

    outcome = forms.ChoiceField(
        label="How did it end?",
        choices=[
            (SynthesisStatus.FINISHED.value, "finished"),
            (SynthesisStatus.ABORTED.value, "aborted: stopped on purpose"),
            (SynthesisStatus.FAILED.value, "failed: it did not work"),
        ],
        widget=forms.RadioSelect,
    )
    temperature = QuantityField(
        unit="°C", label="Injection temperature", required=False, max_length=40,
        usual_low=TEMPERATURE.usual_low, usual_high=TEMPERATURE.usual_high,
    )  # fmt: skip
    temperature_reason = forms.CharField(
        label="Or why it was not recorded", max_length=200, required=False, help_text="Such as: probe not connected."
    )
    reason = forms.CharField(label="Reason", max_length=300, required=False, help_text="Needed for aborted and failed.")
    look = forms.CharField(label="Look", max_length=200, required=False, help_text="Such as: turbid red.")
    used = forms.ModelMultipleChoiceField(
        ProcessInput.objects.none(), label="Which of these were used all the same?", required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, *args: Any, synthesis: Synthesis, lines: list[ProcessInput], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        used = self.fields["used"]
        if synthesis.injected_at or not lines:
            del self.fields["used"]
        elif isinstance(used, forms.ModelMultipleChoiceField):
            used.queryset = ProcessInput.objects.filter(pk__in=[line.pk for line in lines])
            used.choices = [(line.pk, said_line(line)) for line in lines]
        if synthesis.injection_temperature_c is not None:
            del self.fields["temperature"], self.fields["temperature_reason"]
        self.initial.setdefault("outcome", SynthesisStatus.FINISHED)
        self.initial.setdefault("look", synthesis.look)


def said_line(line: ProcessInput) -> str:
    """Return a planned input as a box says it."""
    name = line.sample.code if line.sample else line.description
    amount = line.planned_amount
    return name if amount is None else f"{name}, {show_number(amount.scaleb(-3), 2)} ml planned"
