"""The answer to a write that somebody else's write came before: both values, and a choice field by field."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import models
from django.forms import BaseForm, Field
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from labbook.errors import Conflict, FieldConflict, Refusal
from labbook.http import SAFETY_FIELDS, attach_refusal
from labbook.journal import Recorded
from labbook.quantities import show
from labbook.quantities.fields import QuantityField
from labbook.queries.history import shown


@dataclass(frozen=True, slots=True)
class Choice:
    """One conflicting field as the panel shows it: three texts to read and the values to send."""

    name: str
    label: str
    base: str
    yours: str
    theirs: str
    yours_sent: str
    theirs_sent: str
    # Both texts one after the other; None where that makes no sense, as for a number.
    both: str | None


def refusal_page(
    request: HttpRequest,
    refusal: Refusal,
    form: BaseForm,
    record: Recorded,
    page: Callable[[int], HttpResponse],
    *,
    names: Mapping[str, str] | None = None,
) -> HttpResponse:
    """Answer a refused edit: the conflict panel for a conflict, else the form with the reason at its field.

    `names` says which form field stands for which field of the history, where more than the detail's
    name ("bottle.lot", "lot") differs.
    """
    if isinstance(refusal, Conflict):
        return conflict_page(request, refusal, record, names=names, form=form)
    attach_refusal(form, refusal)
    return page(422)


def conflict_page(
    request: HttpRequest,
    conflict: Conflict,
    record: Recorded,
    *,
    names: Mapping[str, str] | None = None,
    form: BaseForm | None = None,
) -> HttpResponse:
    """Answer 409 with the panel; it sends the same form again with the choices and the new version.

    With the form the panel calls each field what the form called it.
    """
    choices = [choice_of(one, request, record, names or {}, form) for one in conflict.conflicts]
    chosen = {choice.name for choice in choices} | SAFETY_FIELDS | {"version"}
    kept = [(name, value) for name, values in request.POST.lists() if name not in chosen for value in values]
    record.refresh_from_db()
    context = {"choices": choices, "kept": kept, "record": record}
    return render(request, "labbook/conflict.html", context, status=409)


def choice_of(
    one: FieldConflict, request: HttpRequest, record: Recorded, names: Mapping[str, str], form: BaseForm | None
) -> Choice:
    """Return a conflict as the panel shows it."""
    name = names.get(one["field"]) or field_of(one["field"], request)
    field = form.fields.get(name) if form is not None else None
    typed = request.POST.get(name, sent(one["yours"]))
    return Choice(
        name=name,
        label=str((field and field.label) or name.rpartition(".")[2].replace("_", " ")),
        base=said(one["base"], field) or "empty",
        yours=said(one["yours"], field) or "empty",
        theirs=said(one["theirs"], field) or "empty",
        yours_sent=typed,
        theirs_sent=said(one["theirs"], field) if is_typed(one["theirs"], field) else sent(one["theirs"]),
        both=f"{one['theirs']}\n\n{typed}" if is_long_text(record, one["field"]) else None,
    )


def field_of(name: str, request: HttpRequest) -> str:
    """Return the form's name of a field of the history: its own, or without the detail it lies in."""
    return name if name in request.POST else name.rpartition(".")[2]


def is_long_text(record: Recorded, name: str) -> bool:
    """Say whether a field of the history holds prose, of which both versions can be kept."""
    texts = {one.name for one in record._meta.get_fields() if isinstance(one, models.TextField)}
    return name in texts


def is_typed(value: Any, field: Field | None) -> bool:
    """Say whether a box takes a value as it is said: a quantity, or several named values in one text."""
    return isinstance(field, QuantityField) or (field is not None and isinstance(value, dict) and "id" not in value)


def said(value: Any, field: Field | None) -> str:
    """Return a value of the history as a person reads it; a quantity with its stored unit, as its box takes it too."""
    if field is not None and isinstance(value, dict) and "id" not in value:
        return str(field.prepare_value(value))
    if isinstance(field, QuantityField) and value is not None:
        return show(Decimal(value), field.unit)
    return shown(value)


def sent(value: Any) -> str:
    """Return a value of the history as a form sends it; an unticked box sends nothing."""
    if isinstance(value, dict):
        return str(value.get("id", ""))
    return "" if value is None or value is False else str(value)
