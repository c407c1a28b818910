"""REST addresses of measurements, and what is done with them: the forms and services of the pages."""

from typing import Any

from django import forms
from django.urls import URLPattern, URLResolver

from labbook.api.acts import Act, Call, Edit, EditableView, act_path, creating_paths
from labbook.api.resources import detail_path, list_paths
from labbook.http import LabRequest
from labbook.models import LabRecord
from labbook.services.versions import version_token
from measurements.api.resources_measurements import MEASUREMENT_HISTORY, MEASUREMENTS
from measurements.forms.measurements import MeasurementForm, NewMeasurementForm, VoidForm, WrongSampleForm
from measurements.forms.measurements_references import ReferenceForm
from measurements.models import Measurement
from measurements.services.measurements import (
    edit_measurement,
    move_measurement,
    restore_measurement,
    void_measurement,
)
from measurements.services.references import add_reference
from measurements.views.measurements_edit import added

ONE = "measurements/<str:key>"


def do_add(call: Call) -> str:
    """Keep a measurement that has no file yet."""
    call.made = added(call.journal, call.form)
    return f"{call.made} is kept."


def do_move(call: Call) -> str:
    """Give a measurement to the sample it really is of."""
    sample = call.data["sample"]
    move_measurement(
        call.journal, call.record, sample=sample, reason=call.data["reason"], token=version_token(call.record)
    )
    return f"{call.record} is now of {sample.code}."


def do_void(call: Call) -> str:
    """Let a measurement no longer count."""
    void_measurement(call.journal, call.record, reason=call.data["reason"])
    return f"{call.record} is void; its files stay."


def do_restore(call: Call) -> str:
    """Let a void measurement count again."""
    restore_measurement(call.journal, call.record)
    return f"{call.record} counts again."


def do_refer(call: Call) -> str:
    """Name another measurement that this one is read against."""
    chosen = call.data
    add_reference(call.journal, call.record, reference=chosen["reference"], part=chosen["part"])
    return f"{chosen['reference']} is named."


def edit_form(asked: LabRequest, measurement: Measurement, data: Any) -> forms.BaseForm:
    """Return the page's form of a measurement."""
    return MeasurementForm(data, request=asked, record=measurement)


def save_measurement(asked: LabRequest, measurement: Measurement, form: Any, token: str) -> LabRecord:
    """Change what is said of a measurement."""
    return edit_measurement(
        record=measurement, changes=form.changes(), token=token, by=asked.user, every_field_is_meant=True
    )


ADD = Act(
    "measurement_add", "Keep a measurement that has no file yet", do_add, NewMeasurementForm, resource=MEASUREMENTS,
    make=lambda call, data: NewMeasurementForm(data, request=call.asked), defaults={"replicate": 1},
)  # fmt: skip
MOVE = Act(
    "measurement_move", "Give it to the sample it really is of", do_move, WrongSampleForm, resource=MEASUREMENTS,
    make=lambda call, data: WrongSampleForm(data, request=call.asked), needs_match=True,
)  # fmt: skip
VOID = Act("measurement_void", "Let it no longer count", do_void, VoidForm, resource=MEASUREMENTS)
RESTORE = Act("measurement_restore", "Let it count again", do_restore, resource=MEASUREMENTS)
REFER = Act(
    "measurement_refer", "Name its blank, dark or the like", do_refer, ReferenceForm, resource=MEASUREMENTS,
    make=lambda call, data: ReferenceForm(data, request=call.asked, record=call.record),
)  # fmt: skip
EDIT = Edit(MeasurementForm, edit_form, save_measurement, {"project": {"type": "string", "nullable": True}})
ACTS = {"move": MOVE, "void": VOID, "restore": RESTORE, "references": REFER}

urlpatterns: list[URLPattern | URLResolver] = [
    *creating_paths(MEASUREMENTS, ADD),
    detail_path(MEASUREMENTS, EditableView, edit=EDIT),
    *list_paths(MEASUREMENT_HISTORY, f"{ONE}/history"),
    *(act_path(f"{ONE}/{name}", act) for name, act in ACTS.items()),
]
