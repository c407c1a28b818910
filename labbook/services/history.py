"""Putting an earlier value or an earlier state of a record back, as an edit like any other."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.module_loading import import_string

from labbook.errors import Refusal
from labbook.models import LabRecord, User
from labbook.queries.history import state_at
from labbook.services.editing import owner_of

DEFAULT_EDIT = "labbook.services.editing.edit_record"


def restore(*, record: LabRecord, sequence: int, token: str, by: User, field: str = "", reason: str = "") -> None:
    """Put a record back to how it was after a revision of its lab, or one field of it only.

    Raises Refusal when nothing differs or the field cannot be edited, Conflict when somebody changed it meanwhile.
    """
    record_type = record._meta.model_name or ""
    state = state_at(record.lab, record_type, record.pk, sequence)
    wanted = {name: value for name, value in state.items() if is_editable(record, name) and field in {"", name}}
    if not wanted:
        raise Refusal("There is nothing to put back: what changed since cannot be edited here.", field=field or None)
    changes = {name: kept_value(record, name, value, by) for name, value in wanted.items()}
    edit = import_string(settings.EDIT_SERVICES.get(record_type, DEFAULT_EDIT))
    edit(
        record=record, changes=changes, token=token, by=by, reason=reason, action="restored", every_field_is_meant=True
    )


def is_editable(record: LabRecord, name: str) -> bool:
    """Say whether a name of the history is a field that a person may edit."""
    try:
        owner_of(record, name)
    except Refusal:
        return False
    return True


def kept_value(record: LabRecord, name: str, value: Any, by: User) -> Any:
    """Return a value of the history as its model field holds it; a linked record that is gone is refused."""
    owner, field_name = owner_of(record, name)
    field = owner._meta.get_field(field_name)
    if isinstance(field, models.ForeignKey) and value is not None:
        linked = field.related_model._base_manager.filter(pk=value["id"]).first()
        if linked is None:
            raise Refusal(f"{value['name']} does not exist any more.", field=name)
        return linked
    if value is None:
        return "" if isinstance(field, models.CharField | models.TextField) and not field.null else None
    try:
        return field.to_python(value) if isinstance(field, models.Field) else value
    except ValidationError as error:
        raise Refusal(" ".join(error.messages), field=name) from error


def model_of(record_type: str) -> type[LabRecord] | None:
    """Return the model behind a record type, whatever floor it lives on."""
    models_by_name = {one._meta.model_name: one for one in apps.get_models() if issubclass(one, LabRecord)}
    return models_by_name.get(record_type)
