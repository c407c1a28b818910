"""Forms of the inbox: what a batch shares, and what is set in many lines at once."""

from typing import Any, cast

from django import forms

from labbook.models import Lab, User
from labbook.quantities import Quantity
from labbook.quantities.fields import QuantityField
from measurements.models import Batch, Instrument, InstrumentSession
from measurements.services.inbox_filling import UNITS
from measurements.techniques import Technique
from samples.forms.actions import assert_choice
from samples.forms.codes import SampleCodeField
from samples.models import Sample

MOST_SESSIONS = 60


class SharedForm(forms.Form):
    """The facts that all files of a batch share."""

    sample = SampleCodeField(label="Load or sample", required=False, help_text="For files whose names say no code.")
    instrument = forms.ModelChoiceField(
        Instrument.objects.none(), label="Instrument", required=False, empty_label="as the files say"
    )
    session = forms.ModelChoiceField(
        InstrumentSession.objects.none(), label="Session", required=False, empty_label="new, of the day beside"
    )
    day = forms.DateField(label="Day", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    operator = forms.CharField(label="Operator", required=False, max_length=8)
    excitation = QuantityField(unit="nm", label="Excitation", required=False, max_length=40)

    def __init__(self, *args: Any, batch: Batch, user: User, lab: Lab, **kwargs: Any) -> None:
        kwargs.setdefault("initial", initial_of(batch))
        super().__init__(*args, **kwargs)
        self._ask_for_sample(batch, user, lab)
        instruments = Instrument.objects.visible_to(user).filter(lab=lab, is_retired=False).order_by("title")
        assert_choice(self.fields["instrument"]).queryset = instruments
        sessions = InstrumentSession.objects.visible_to(user).filter(lab=lab).select_related("instrument")
        if batch.instrument_id:
            sessions = sessions.filter(instrument=batch.instrument_id)
        assert_choice(self.fields["session"]).queryset = sessions.order_by("-day", "-pk")

    def _ask_for_sample(self, batch: Batch, user: User, lab: Lab) -> None:
        if batch.sample_id and not Sample.objects.visible_to(user).filter(pk=batch.sample_id).exists():
            # Somebody else's choice in a restricted project: neither told nor taken away here.
            del self.fields["sample"]
            return
        cast(SampleCodeField, self.fields["sample"]).asked_by(user, lab)
        self.fields["sample"].widget.attrs["list"] = "known-codes"

    def facts(self) -> dict[str, Any]:
        """Return the columns of the batch."""
        names = ("sample", "instrument", "session", "day", "operator")
        return {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}

    @property
    def excitation_nm(self) -> str:
        """The excitation as settings keep it, or nothing."""
        given: Quantity | None = self.cleaned_data.get("excitation")
        return f"{given.value.normalize():f}" if given else ""


def initial_of(batch: Batch) -> dict[str, Any]:
    """Return what a batch says now."""
    settings = batch.session.settings if batch.session else {}
    return {
        "sample": batch.sample, "instrument": batch.instrument_id, "session": batch.session_id, "day": batch.day,
        "operator": batch.operator, "excitation": settings.get("excitation_wavelength_nm", ""),
    }  # fmt: skip


class ManyForm(forms.Form):
    """What is set in the ticked lines at once."""

    many_sample = forms.CharField(label="Sample", required=False, max_length=60)
    many_technique = forms.ChoiceField(
        label="Technique", required=False, choices=[("", "as it is"), *Technique.choices]
    )
    many_rung = forms.CharField(label="Rung", required=False, max_length=80)
    rungs = forms.CharField(
        label="Rungs in order", required=False, max_length=8000,
        widget=forms.Textarea(attrs={"rows": 2, "placeholder": "0, 0.13, 0.4, 0.7, 1"}),
    )  # fmt: skip
    unit = forms.ChoiceField(label="Meant in", required=False, choices=[(one, one) for one in UNITS])
    log = forms.CharField(
        label="Log sheet", required=False, max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 4, "placeholder": "file\tsample\trung\ttechnique"}),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["many_sample"].widget.attrs.update(list="known-codes", autocomplete="off", spellcheck="false")
        self.fields["many_rung"].widget.attrs.update(placeholder="0.13 GPa", autocomplete="off")


class DerivedForm(forms.Form):
    """From which file another was made, and how."""

    source = forms.CharField(label="Made from", max_length=255, help_text="The name of a file that was received.")
    program = forms.CharField(label="Program", max_length=120, required=False)
    person = forms.CharField(label="Person", max_length=8, required=False)
