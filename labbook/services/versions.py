"""Versions: signed tokens of what a person read, and the merge of what they want with what others saved."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer
from django.db import IntegrityError, models, transaction

from labbook.errors import Conflict, FieldConflict, Refusal
from labbook.journal import Recorded, plain, record_type_of
from labbook.models import Revision


def version_token(record: Recorded) -> str:
    """Return the record's version, signed for this record alone, as "7:signature"."""
    return signer_of(record).sign(str(record.version))


def read_version_token(record: Recorded, token: str) -> int:
    """Return the version a token was made from.

    Raises Refusal when the token is missing, forged, or of another record.
    """
    try:
        return int(signer_of(record).unsign(token))
    except (BadSignature, ValueError) as error:
        raise Refusal(f"The version of {record} is missing or not genuine. Open the page again.") from error


def signer_of(record: Recorded) -> Signer:
    """Return the signer of one record's tokens, so that no token fits another record."""
    return Signer(salt=f"labbook.version.{record_type_of(record)}.{record.pk}")


def merged(
    record: Recorded,
    *,
    current: Mapping[str, Any],
    wanted: Mapping[str, Any],
    token: str,
    every_field_is_meant: bool = False,
) -> dict[str, Any]:
    """Return those wanted values that are to be written over `current`, three ways merged.

    `record` is locked; names are those its history uses. A field that the person left as they read it
    keeps what somebody else saved, unless `every_field_is_meant` (an API write names only what it means).
    Raises Conflict for fields that two people changed to different values.
    """
    since = changed_since(record, read_version_token(record, token))
    kept: dict[str, Any] = {}
    conflicts: list[FieldConflict] = []
    for name, value in wanted.items():
        yours, theirs = plain(value), plain(current[name])
        if same(yours, theirs):
            continue
        if name not in since:
            kept[name] = value
        elif every_field_is_meant or not same(yours, since[name]):
            conflicts.append({"field": name, "base": since[name], "yours": yours, "theirs": theirs})
    if conflicts:
        raise Conflict(conflicts)
    return kept


def changed_since(record: Recorded, version: int) -> dict[str, Any]:
    """Return each field changed after a version, with its value at that version."""
    if version > record.version:
        raise Refusal(f"{record} was taken back to an earlier state. Open the page again.")
    base: dict[str, Any] = {}
    later = Revision.objects.filter(
        record_type=record_type_of(record), record_id=record.pk, record_version__gt=version
    ).order_by("sequence")
    for changes in later.values_list("changes", flat=True):
        for name, (before, _after) in changes.items():
            base.setdefault(name, before)
    return base


def check_unchanged(record: Recorded, token: str) -> None:
    """Refuse a write that cannot be merged when anything at all changed since its token."""
    if read_version_token(record, token) != record.version:
        raise Refusal(f"{record} was changed meanwhile. Look at it again, then repeat this.")


def same(one: Any, other: Any) -> bool:
    """Compare two values as the history keeps them: records by id, empty text as nothing."""
    return bool(identity(one) == identity(other))


def identity(value: Any) -> Any:
    """Return what makes a kept value the same as another."""
    if isinstance(value, dict) and "id" in value:
        return value["id"]
    return None if value == "" else value


def save_checked(owner: models.Model, fields: list[str], prefix: str = "") -> None:
    """Save the named fields after the model's own checks; an error is refused at its field."""
    others = {one.name for one in owner._meta.get_fields() if one.name not in fields}
    try:
        owner.full_clean(exclude=others)
    except ValidationError as error:
        name, messages = next(iter(error.message_dict.items()))
        field = f"{prefix}.{name}" if prefix else name
        raise Refusal(" ".join(messages), field=field) from error
    try:
        with transaction.atomic():
            owner.save(update_fields=fields)
    except IntegrityError as error:
        # Somebody took the same name between the check and the save.
        raise Refusal(
            "Somebody else has just taken this.", field=f"{prefix}.{fields[0]}" if prefix else fields[0]
        ) from error
