"""What is said of a measurement: added by hand or corrected, under the names its history uses."""

from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Q

from labbook.http import LabRequest
from labbook.models import Project
from labbook.quantities import Moment, Quantity
from labbook.quantities.fields import MomentField, QuantityField
from labbook.quantities.values import MomentPrecision
from measurements.forms.measurements_conditions import EXAMPLE, ConditionsField
from measurements.models import Instrument, InstrumentSession, Measurement, Rung, Series
from measurements.techniques import Branch, ReferenceKind, Technique
from samples.models import Sample
from samples.services.ledger import plain_number

MOST_SESSIONS = 100
ORIGIN_PERSON = "person"


def _quantity(label: str, unit: str, *, usual: tuple[str, str] | None = None, help_text: str = "") -> QuantityField:
    low, high = (Decimal(one) for one in usual) if usual else (None, None)
    return QuantityField(
        unit=unit, label=label, required=False, max_length=40, lowest=Decimal(0), usual_low=low, usual_high=high,
        help_text=help_text,
    )  # fmt: skip


def _choices(words: type[Technique] | type[Branch], empty: str) -> list[tuple[str, str]]:
    return [("", empty), *((str(one.value), str(one.label)) for one in words)]


class MeasurementForm(forms.Form):
    """The facts of a measurement; what it looks at is chosen elsewhere."""

    technique = forms.ChoiceField(label="Technique", choices=Technique.choices)
    title = forms.CharField(label="Title", max_length=200, required=False)
    measured_at = MomentField(label="Measured", required=False, max_length=40, help_text="Such as 2026-03-12 14:05.")
    operator = forms.CharField(label="Operator", max_length=8, required=False)
    instrument = forms.ModelChoiceField(Instrument.objects.none(), required=False, empty_label="not stated")
    session = forms.ModelChoiceField(InstrumentSession.objects.none(), required=False, empty_label="none")
    rung = forms.ModelChoiceField(Rung.objects.none(), required=False, empty_label="on no ladder")
    pressure_gpa = _quantity("Pressure", "GPa", usual=("0", "20"))
    temperature_k = _quantity("Temperature", "K", usual=("3", "500"), help_text="80, or 25 °C.")
    age_days = _quantity("Age of the sample", "d")
    branch = forms.ChoiceField(label="Way along the ladder", required=False, choices=_choices(Branch, "not stated"))
    atmosphere = forms.CharField(label="Atmosphere", max_length=60, required=False)
    vacuum_mbar = _quantity("Vacuum", "mbar")
    excitation_wavelength_nm = _quantity("Excitation", "nm", usual=("200", "1100"))
    excitation_power_mw = _quantity("Excitation power", "mW", help_text="650 µW is understood.")
    pulse_rate_mhz = _quantity("Pulse rate", "MHz")
    objective = forms.CharField(label="Objective", max_length=60, required=False)
    spot = forms.CharField(label="Spot", max_length=60, required=False, help_text="Such as spot 2 or ruby chip 1.")
    replicate = forms.IntegerField(label="Replicate", min_value=1, max_value=1000, initial=1)
    part = forms.CharField(
        label="Part of a set", max_length=20, required=False, help_text="Such as direct or empty; before or after."
    )
    conditions = ConditionsField(label="Other conditions", required=False, help_text=f"One a line, such as {EXAMPLE}.")
    note = forms.CharField(
        label="Note", max_length=5000, required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Markdown: **bold**, lists and links.",
    )  # fmt: skip

    def __init__(
        self, *args: Any, request: LabRequest, record: Measurement | None = None, sample: Sample | None = None,
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.record = record
        its = record.sample if record else sample
        self._offer_instruments(request, record)
        rungs = Rung.objects.filter(series__sample=its).select_related("series") if its else Rung.objects.none()
        self._offer("rung", rungs.filter(series__in=seen_series(request, its)) if its else rungs)
        projects = Project.objects.visible_to(request.user).filter(lab=request.lab).order_by("name")
        if projects and record is not None:
            choice = forms.ModelChoiceField(projects, label="Project", required=False, empty_label="no project")
            self.fields["project"] = choice
        if record is not None:
            self.initial = {**stored(record, self.fields), **self.initial}
            conditions = self.fields["conditions"]
            if isinstance(conditions, ConditionsField):
                conditions.kept = record.conditions

    def _offer_instruments(self, request: LabRequest, record: Measurement | None) -> None:
        """Offer the instruments in use and the newest sessions, and those the record has already."""
        kept = Q(pk=record.instrument_id) if record else Q()
        instruments = Instrument.objects.visible_to(request.user).filter(lab=request.lab)
        self._offer("instrument", instruments.filter(Q(is_retired=False) | kept).order_by("title"))
        sessions = InstrumentSession.objects.visible_to(request.user).filter(lab=request.lab)
        newest = sessions.order_by("-day", "-pk").values_list("pk", flat=True)[:MOST_SESSIONS]
        chosen = [*newest, *([record.session_id] if record and record.session_id else [])]
        self._offer("session", sessions.filter(pk__in=chosen).select_related("instrument").order_by("-day"))

    def _offer(self, name: str, records: Any) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = records

    def changes(self) -> dict[str, Any]:
        """Return what is wanted under the columns' names, numbers in their stored unit.

        A moment that was left as it was shown is not touched: its seconds may be finer than the box.
        """
        wanted: dict[str, Any] = {
            name: kept_number(name, given) if isinstance(given, Quantity) else given
            for name, given in self.cleaned_data.items()
        }
        if "measured_at" in wanted:
            moment: Moment | None = wanted.pop("measured_at")
            if self.record is None or "measured_at" in self.changed_data:
                wanted |= moment_facts(moment)
        return wanted


class NewMeasurementForm(MeasurementForm):
    """A measurement that is added by hand, of a sample or of a reference."""

    sample = forms.CharField(label="Sample", max_length=60, required=False, help_text="Its code.")
    reference_kind = forms.ChoiceField(
        label="Or a reference", required=False, choices=[("", "no reference"), *ReferenceKind.choices]
    )

    def __init__(self, *args: Any, request: LabRequest, sample: Sample | None = None, **kwargs: Any) -> None:
        super().__init__(*args, request=request, sample=sample, **kwargs)
        self.request = request
        self.order_fields(["sample", "reference_kind"])

    def clean_sample(self) -> Sample | None:
        return sample_called(self.request, self.cleaned_data["sample"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        has_sample, has_reference = bool(cleaned.get("sample")), bool(cleaned.get("reference_kind"))
        if has_sample == has_reference and "sample" not in self.errors:
            self.add_error("sample", "Name one sample, or choose one reference.")
        return cleaned


class WrongSampleForm(forms.Form):
    """The sample a measurement really is of, and how that was found out."""

    sample = forms.CharField(label="Right sample", max_length=60, help_text="Its code.")
    reason = forms.CharField(label="How it was found out", max_length=300)

    def __init__(self, *args: Any, request: LabRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request

    def clean_sample(self) -> Sample | None:
        return sample_called(self.request, self.cleaned_data["sample"])


class VoidForm(forms.Form):
    """Why a measurement does not count."""

    reason = forms.CharField(label="Why it does not count", max_length=200)


def sample_called(request: LabRequest, code: str) -> Sample | None:
    """Return the sample of a code as the person sees it; raises ValidationError when there is none."""
    if not code.strip():
        return None
    found = Sample.objects.visible_to(request.user).filter(lab=request.lab, code__iexact=code.strip()).first()
    if found is None:
        raise forms.ValidationError(f"There is no sample {code.strip()[:40]} here.")
    return found


def seen_series(request: LabRequest, sample: Sample | None) -> Any:
    """Return the ladders of a sample that the person may see."""
    return Series.objects.visible_to(request.user).filter(lab=request.lab, sample=sample)


def kept_number(name: str, given: Quantity) -> Decimal:
    """Return a quantity with as many digits as its column holds; converting a unit can leave more."""
    return round(given.value, getattr(Measurement._meta.get_field(name), "decimal_places", 0))


def moment_facts(moment: Moment | None) -> dict[str, Any]:
    """Return when it was measured as a person said it."""
    if moment is None:
        return {"measured_at": None, "measured_at_origin": ""}
    return {
        "measured_at": moment.at, "measured_at_precision": moment.precision, "measured_at_origin": ORIGIN_PERSON,
    }  # fmt: skip


def stored(record: Measurement, names: Any) -> dict[str, Any]:
    """Return what a measurement says as its form shows it."""
    found = {name: getattr(record, name) for name in names if hasattr(record, name)}
    shown = {name: plain_number(value) if isinstance(value, Decimal) else value for name, value in found.items()}
    if record.measured_at is not None:
        shown["measured_at"] = Moment(record.measured_at, precision_of(record))
    return shown


def precision_of(record: Measurement) -> MomentPrecision:
    """Return how finely a measurement's moment is known."""
    known: dict[str, MomentPrecision] = {"day": "day", "minute": "minute"}
    return known.get(record.measured_at_precision, "second")
