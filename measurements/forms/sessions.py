"""The form of an instrument session: whose day it was, what its measurements share, and what the clock was off."""

from typing import Any

from django import forms

from labbook.http import LabRequest
from labbook.models import Project
from measurements.forms.instruments import lines, offset_field
from measurements.forms.setting_fields import SettingsForm
from measurements.models import InstrumentSession
from samples.services.ledger import plain_number


class SessionForm(SettingsForm):
    """What a day's measurements at one instrument share."""

    title = forms.CharField(
        label="Title", max_length=120, required=False, help_text="Instrument and day where it is empty."
    )
    operator = forms.CharField(label="Operator", max_length=8, required=False, help_text="Initials.")
    clock_offset_s = offset_field(
        "That day its clock was ahead by", "Such as 3 min; 0 when it was right. Empty means the usual offset."
    )
    note = lines("Note", 4, "Markdown: **bold**, lists and links.")

    def __init__(self, *args: Any, request: LabRequest, record: InstrumentSession | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        projects = Project.objects.visible_to(request.user).filter(lab=request.lab).order_by("name")
        if projects:
            choice = forms.ModelChoiceField(projects, label="Project", required=False, empty_label="no project")
            self.fields["project"] = choice
        if record is None:
            self.initial.setdefault("operator", request.membership.initials)
        else:
            kept = {name: getattr(record, name) for name in self.fields}
            if record.clock_offset_s is not None:
                kept["clock_offset_s"] = plain_number(record.clock_offset_s)
            self.initial = {**kept, **self.initial}
        self.add_settings(record.settings if record else {})


class NewSessionForm(SessionForm):
    """A session that is begun by hand."""

    day = forms.DateField(label="Day", widget=forms.DateInput(attrs={"type": "date"}))
    field_order = ("day",)
