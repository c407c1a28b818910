"""Editing records so that nobody overwrites anybody: fields are merged with what others saved meanwhile."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db import models

from labbook.errors import Refusal
from labbook.journal import Change, Journal, journal_of
from labbook.models import Lab, LabRecord, User
from labbook.services.projects import place_in_project
from labbook.services.versions import check_unchanged, merged, read_version_token, save_checked, version_token

__all__ = ["check_unchanged", "edit", "edit_record", "locked", "merged", "read_version_token", "version_token"]

AnyRecord = TypeVar("AnyRecord", bound=LabRecord)


def locked(record: AnyRecord) -> AnyRecord:
    """Return the record as it is now, its row locked until the transaction ends."""
    return type(record)._base_manager.select_for_update().get(pk=record.pk)


def edit_record(
    *,
    record: LabRecord,
    changes: Mapping[str, Any],
    token: str,
    by: User,
    reason: str = "",
    action: str = "changed",
    every_field_is_meant: bool = False,
) -> LabRecord:
    """Change a record's own fields, and those of its detail row as "bottle.lot", and return it as saved.

    Raises Conflict on fields that somebody else changed meanwhile, Refusal on a value that does not fit.
    """
    with journal_of(record.lab, by=by, reason=reason) as journal:
        return edit(
            journal, record, changes=changes, token=token, action=action, every_field_is_meant=every_field_is_meant
        )


def edit(
    journal: Journal,
    record: AnyRecord,
    *,
    changes: Mapping[str, Any],
    token: str,
    action: str = "changed",
    every_field_is_meant: bool = False,
) -> AnyRecord:
    """Change a record's fields inside a bigger transaction; see `edit_record`."""
    record = locked(record)
    current = {name: current_value(record, name) for name in changes}
    kept = merged(record, current=current, wanted=changes, token=token, every_field_is_meant=every_field_is_meant)
    if kept:
        apply(journal, record, kept)
        record.version += 1
        record.save(update_fields=["version"])
        told: dict[str, Change] = {name: (current[name], value) for name, value in kept.items()}
        journal.changed(record, action, told)
    return record


def apply(journal: Journal, record: LabRecord, kept: Mapping[str, Any]) -> None:
    """Write the values into the record and its detail rows, each checked as its model checks it."""
    owners: dict[str, list[str]] = {}
    for name, value in kept.items():
        owner, field = owner_of(record, name)
        check_same_lab(journal.lab, name, value)
        if name == "project":
            place_in_project(journal, record, project=value)
        setattr(owner, field, value)
        owners.setdefault(name.rpartition(".")[0], []).append(field)
    for prefix, fields in owners.items():
        save_checked(getattr(record, prefix) if prefix else record, fields, prefix)


def owner_of(record: LabRecord, name: str) -> tuple[models.Model, str]:
    """Return the row and the field that a name such as "title" or "bottle.lot" means.

    Raises Refusal for a field that nobody may edit.
    """
    prefix, _, field = name.rpartition(".")
    owner: Any = getattr(record, prefix, None) if prefix.isidentifier() else record
    if field not in getattr(owner, "EDITABLE", ()):
        raise Refusal(f"{name} cannot be edited here.", field=name)
    return owner, field


def current_value(record: LabRecord, name: str) -> Any:
    """Return the present value of an editable field."""
    owner, field = owner_of(record, name)
    return getattr(owner, field)


def check_same_lab(lab: Lab, name: str, value: Any) -> None:
    """Refuse a link to another lab's record, in the words used for one that does not exist."""
    if isinstance(value, models.Model) and getattr(value, "lab_id", lab.pk) != lab.pk:
        raise Refusal("There is no such record in this lab.", field=name)
