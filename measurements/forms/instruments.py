"""The forms of an instrument: what it is, its usual settings, and what its computer's clock says."""

from decimal import Decimal
from typing import Any
from zoneinfo import available_timezones

from django import forms

from labbook.models import Lab
from labbook.quantities.fields import QuantityField
from measurements.forms.setting_fields import SettingsForm
from measurements.models import Instrument
from measurements.services.setting_values import kept_of
from measurements.techniques import Technique
from samples.services.ledger import plain_number


def lines(label: str, rows: int, help_text: str) -> forms.CharField:
    """Return a field of several lines."""
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=5000, required=False, widget=area, help_text=help_text)


def offset_field(label: str, help_text: str) -> QuantityField:
    """Return a field for how far a clock is ahead, in seconds."""
    return QuantityField(unit="s", label=label, required=False, max_length=30, help_text=help_text)


class InstrumentForm(SettingsForm):
    """An instrument, new or changed."""

    title = forms.CharField(label="Name", max_length=120)
    technique = forms.ChoiceField(label="Technique", choices=Technique.choices)
    maker = forms.CharField(label="Maker", max_length=80, required=False)
    model = forms.CharField(label="Model", max_length=80, required=False)
    serial_number = forms.CharField(label="Serial number", max_length=60, required=False)
    room = forms.CharField(label="Room", max_length=60, required=False)
    names_in_files = lines(
        "Names in its files", 3, "One a line: a model, a serial number or a camera, as files say it."
    )
    time_zone = forms.CharField(
        label="Time zone of its computer", max_length=60, required=False, help_text="Empty means the lab's own."
    )
    clock_offset_s = offset_field("Its clock is ahead by", "Such as 3 min; −40 s when it is behind.")
    note = lines("Note", 3, "Markdown: **bold**, lists and links.")
    is_retired = forms.BooleanField(label="No longer used", required=False)

    def __init__(self, *args: Any, lab: Lab, record: Instrument | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lab, self.record = lab, record
        values: dict[str, Any] = {}
        if record is None:
            del self.fields["is_retired"]
        else:
            kept = {name: getattr(record, name) for name in self.fields}
            kept["clock_offset_s"] = plain_number(record.clock_offset_s)
            self.initial = {**kept, **self.initial}
            rows = {one.key: kept_of(one) for one in record.settings.all()}
            values = {key: f"{value:f}" if isinstance(value, Decimal) else value or "" for key, value in rows.items()}
        self.add_settings(values)

    def clean_title(self) -> str:
        title: str = self.cleaned_data["title"].strip()
        others = Instrument.objects.filter(lab=self.lab, title__iexact=title)
        if self.record is not None:
            others = others.exclude(pk=self.record.pk)
        if others.exists():
            raise forms.ValidationError(f"This lab already has an instrument called {title}.")
        return title

    def clean_time_zone(self) -> str:
        zone: str = self.cleaned_data["time_zone"].strip()
        if zone and zone not in available_timezones():
            raise forms.ValidationError("There is no such time zone. Write it as Europe/Rome.")
        return zone

    def clean_names_in_files(self) -> str:
        names = [line.strip() for line in str(self.cleaned_data["names_in_files"]).splitlines() if line.strip()]
        return "\n".join(dict.fromkeys(names))

    def changes(self) -> dict[str, Any]:
        """Return what is wanted; an emptied offset means a clock that goes right."""
        wanted = super().changes()
        if "clock_offset_s" in wanted and wanted["clock_offset_s"] is None:
            wanted["clock_offset_s"] = Decimal(0)
        return wanted


class ClockForm(forms.Form):
    """What an instrument computer's clock says at this moment."""

    clock_says = forms.CharField(
        label="What does its clock say now?", max_length=30,
        help_text="Such as 14:03:20. For whole minutes press the button when the clock reaches them.",
    )  # fmt: skip
