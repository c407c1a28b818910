"""REST addresses of instruments, sessions and calibrations: the forms and services of the pages."""

from typing import Any

from django import forms
from django.urls import URLPattern, URLResolver
from django.utils import timezone

from labbook.api.acts import Act, Call, Edit, EditableView, act_path, creating_paths
from labbook.api.errors import ApiError, field_error
from labbook.api.resources import detail_path, list_paths
from labbook.http import LabRequest
from labbook.models import LabRecord
from measurements.api.resources_instruments import CALIBRATIONS, HISTORIES, INSTRUMENTS, SESSIONS, instrument_named
from measurements.forms.calibrations import CalibrationForm
from measurements.forms.instruments import ClockForm, InstrumentForm
from measurements.forms.sessions import NewSessionForm, SessionForm
from measurements.models import Calibration, Instrument, InstrumentSession
from measurements.services.calibrations import add_calibration, edit_calibration
from measurements.services.instruments import add_instrument, edit_instrument, measure_clock
from measurements.services.sessions import add_session, edit_session, measure_session_clock
from measurements.views.instruments import moments_said

# The schema of what the forms add field by field.
SETTINGS: dict[str, dict[str, Any]] = {
    "settings": {
        "type": "object", "additionalProperties": {"type": "string"},
        "description": "Settings by key, such as {\"bandpass_nm\": \"2 nm\"}.",
    }
}  # fmt: skip
IN_PROJECT: dict[str, dict[str, Any]] = {**SETTINGS, "project": {"type": "string", "nullable": True}}
AT = {"instrument": {"type": "string", "description": "The id or the name of an instrument."}}


def instrument_of(call: Call) -> Instrument:
    """Return the instrument that a body names."""
    key = str(call.body.get("instrument") or "")
    found: Instrument | None = instrument_named(INSTRUMENTS.rows(call.asked, {}), key) if key else None
    if found is None:
        message = "Say the id or the name of an instrument of this lab."
        raise ApiError(400, message, [field_error("instrument", message)])
    return found


def do_add_instrument(call: Call) -> str:
    """Add an instrument."""
    call.made = add_instrument(call.journal, call.form.changes())
    return f"{call.made.title} is there."


def do_clock(call: Call) -> str:
    """Take down what an instrument computer's clock says now."""
    changed = measure_clock(call.journal, call.record, call.data["clock_says"], now=timezone.now())
    return f"The clock is taken down.{moments_said(changed.moment_count)}"


def do_add_session(call: Call) -> str:
    """Begin a session."""
    facts = call.form.changes()
    day, project = facts.pop("day"), facts.pop("project", None)
    call.made = add_session(call.journal, instrument=instrument_of(call), day=day, project=project, facts=facts)
    return f"{call.made} is there."


def do_session_clock(call: Call) -> str:
    """Take down what the clock says now, for one session."""
    changed = measure_session_clock(call.journal, call.record, call.data["clock_says"], now=timezone.now())
    return f"The clock is taken down.{moments_said(changed.moment_count)}"


def do_add_calibration(call: Call) -> str:
    """Add a calibration."""
    facts, kind = call.form.changes(), call.data["kind"]
    call.made = add_calibration(call.journal, instrument=instrument_of(call), kind=kind, facts=facts)
    return "The calibration is there."


def save_instrument(asked: LabRequest, record: Instrument, form: Any, token: str) -> LabRecord:
    """Change an instrument and its settings."""
    return edit_instrument(record=record, changes=form.changes(), token=token, by=asked.user, every_field_is_meant=True)


def save_session(asked: LabRequest, record: InstrumentSession, form: Any, token: str) -> LabRecord:
    """Change a session."""
    return edit_session(record=record, changes=form.changes(), token=token, by=asked.user, every_field_is_meant=True)


def save_calibration(asked: LabRequest, record: Calibration, form: Any, token: str) -> LabRecord:
    """Correct or retire a calibration."""
    return edit_calibration(
        record=record, changes=form.changes(), token=token, by=asked.user, every_field_is_meant=True
    )


def calibration_form(asked: LabRequest, record: Calibration, data: Any) -> forms.BaseForm:
    """Return the page's form of a calibration."""
    return CalibrationForm(data, lab=asked.lab, user=asked.user, record=record)


ADD_INSTRUMENT = Act(
    "instrument_add", "Add an instrument", do_add_instrument, InstrumentForm, resource=INSTRUMENTS, least="manage",
    make=lambda call, data: InstrumentForm(data, lab=call.asked.lab), more_fields=SETTINGS,
)  # fmt: skip
CLOCK = Act(
    "instrument_clock", "Say what its clock shows now", do_clock, ClockForm, resource=INSTRUMENTS, least="manage"
)
ADD_SESSION = Act(
    "session_add", "Begin a session", do_add_session, NewSessionForm, resource=SESSIONS, extras=AT,
    make=lambda call, data: NewSessionForm(data, request=call.asked), more_fields=IN_PROJECT,
)  # fmt: skip
SESSION_CLOCK = Act("session_clock", "Say what the clock shows now", do_session_clock, ClockForm, resource=SESSIONS)
ADD_CALIBRATION = Act(
    "calibration_add", "Add a calibration", do_add_calibration, CalibrationForm, resource=CALIBRATIONS, extras=AT,
    make=lambda call, data: CalibrationForm(data, lab=call.asked.lab, user=call.asked.user),
)  # fmt: skip
EDIT_INSTRUMENT = Edit(
    InstrumentForm, lambda asked, record, data: InstrumentForm(data, lab=asked.lab, record=record), save_instrument,
    SETTINGS,
)  # fmt: skip
EDIT_SESSION = Edit(
    SessionForm, lambda asked, record, data: SessionForm(data, request=asked, record=record), save_session, IN_PROJECT
)
EDIT_CALIBRATION = Edit(CalibrationForm, calibration_form, save_calibration)

urlpatterns: list[URLPattern | URLResolver] = [
    *creating_paths(INSTRUMENTS, ADD_INSTRUMENT),
    *creating_paths(SESSIONS, ADD_SESSION),
    *creating_paths(CALIBRATIONS, ADD_CALIBRATION),
    detail_path(INSTRUMENTS, EditableView, edit=EDIT_INSTRUMENT, writes="manage"),
    detail_path(SESSIONS, EditableView, edit=EDIT_SESSION),
    detail_path(CALIBRATIONS, EditableView, edit=EDIT_CALIBRATION),
    *(one for resource, told in HISTORIES for one in list_paths(told, f"{resource.name}/<str:key>/history")),
    act_path("instruments/<str:key>/clock", CLOCK),
    act_path("sessions/<str:key>/clock", SESSION_CLOCK),
]
