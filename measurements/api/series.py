"""REST addresses of series and their rungs, and what is done with them."""

from typing import Any

from django import forms
from django.urls import URLPattern, URLResolver

from labbook.api.acts import Act, Call, Edit, EditableView, act_path, creating_paths
from labbook.api.resources import detail_path, list_paths
from labbook.http import LabRequest
from labbook.models import LabRecord
from labbook.services.editing import edit_record
from measurements.api.resources_measurements import RUNGS, SERIES, SERIES_HISTORY
from measurements.forms.series import MergeForm, RungForm, RungsForm, SeriesEditForm, SeriesForm
from measurements.models import Series
from measurements.services.series import add_rungs, change_rung, merge_rungs, start_series

ONE, RUNG = "series/<str:key>", "rungs/<str:key>"


def do_start(call: Call) -> str:
    """Begin a ladder."""
    call.made = start_series(call.journal, **call.data)
    return f"{call.made} is begun."


def do_add(call: Call) -> str:
    """Add rungs to a ladder."""
    return f"{len(add_rungs(call.journal, call.record, **call.data))} rungs added."


def do_change(call: Call) -> str:
    """Correct a rung."""
    change_rung(call.journal, call.record, **{**call.data, "nominal": call.data["nominal"].value})
    return "The rung is saved."


def do_merge(call: Call) -> str:
    """Put a rung's measurements on another and take it away."""
    call.made = merge_rungs(call.journal, call.record, into=call.data["into"], reason=call.data["reason"])
    return f"Its measurements are on {call.made} now."


def edit_form(_asked: LabRequest, series: Series, data: Any) -> forms.BaseForm:
    """Return the page's form of a ladder."""
    return SeriesEditForm(data, initial={"title": series.title, "note": series.note})


def save_series(asked: LabRequest, series: Series, form: Any, token: str) -> LabRecord:
    """Change what is said of a ladder."""
    return edit_record(record=series, changes=form.cleaned_data, token=token, by=asked.user, every_field_is_meant=True)


START = Act(
    "series_start", "Begin a series", do_start, SeriesForm, resource=SERIES,
    make=lambda call, data: SeriesForm(data, request=call.asked),
)  # fmt: skip
ADD = Act(
    "series_rungs_add", "Add rungs", do_add, RungsForm, resource=SERIES,
    make=lambda call, data: RungsForm(data, series=call.record),
)  # fmt: skip
CHANGE = Act(
    "rung_change", "Correct a rung", do_change, RungForm, resource=RUNGS,
    make=lambda call, data: RungForm(data, rung=call.record),
    more_fields={"nominal": {"type": "string", "example": "1.27 GPa"}},
)  # fmt: skip
MERGE = Act(
    "rung_merge", "Put its measurements on another rung", do_merge, MergeForm, resource=RUNGS,
    make=lambda call, data: MergeForm(data, rung=call.record),
)  # fmt: skip
EDIT = Edit(SeriesEditForm, edit_form, save_series)

urlpatterns: list[URLPattern | URLResolver] = [
    *creating_paths(SERIES, START),
    detail_path(SERIES, EditableView, edit=EDIT),
    *list_paths(RUNGS, f"{ONE}/rungs"),
    *list_paths(SERIES_HISTORY, f"{ONE}/history"),
    act_path(f"{ONE}/add-rungs", ADD),
    detail_path(RUNGS),
    act_path(f"{RUNG}/change", CHANGE),
    act_path(f"{RUNG}/merge", MERGE),
]
