"""Settings by key, of an instrument or of one session: merged key by key with what others saved meanwhile."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError

from labbook.errors import Conflict, FieldConflict, Refusal
from labbook.journal import Journal
from labbook.quantities import Quantity
from labbook.services.editing import locked, merged
from labbook.services.versions import changed_since, read_version_token
from measurements.condition_keys import CONDITION_KEYS
from measurements.models import Instrument, InstrumentSession, InstrumentSetting

# Before the key of a setting, where it stands beside a record's own fields.
PREFIX = "settings."
LONGEST = 120
Value = Quantity | Decimal | str | None
Kept = Decimal | str | None


def parted(changes: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return a record's own fields, and its settings under their keys."""
    settings = {name.removeprefix(PREFIX): value for name, value in changes.items() if name.startswith(PREFIX)}
    unknown = sorted(set(settings) - set(CONDITION_KEYS))
    if unknown:
        raise Refusal(f"There is no setting {unknown[0]}.", field=f"{PREFIX}{unknown[0]}")
    return {name: value for name, value in changes.items() if not name.startswith(PREFIX)}, settings


def plain_value(value: Value) -> Kept:
    """Return what of a typed value is kept: a number in the key's unit, or a text."""
    if isinstance(value, Quantity):
        return value.value.normalize() if value.value else Decimal(0)
    return value or None if isinstance(value, str) else value


def edit_settings(
    journal: Journal, record: Instrument, settings: Mapping[str, Value], *, token: str, every_field_is_meant: bool
) -> Instrument:
    """Write the settings of an instrument that differ.

    Raises Conflict on settings that somebody else changed meanwhile.
    """
    held = locked(record)
    rows = {one.key: one for one in held.settings.all()}
    current = {key: kept_of(rows.get(key)) for key in settings}
    kept = differing(held, current, settings, token=token, every_field_is_meant=every_field_is_meant)
    for key in kept:
        write_setting(held, key, settings[key], rows.get(key))
    note_settings(journal, held, current, kept)
    return held


def edit_session_settings(
    journal: Journal, record: InstrumentSession, settings: Mapping[str, Value], *, token: str,
    every_field_is_meant: bool,
) -> InstrumentSession:  # fmt: skip
    """Write the settings of a session that differ, as text, told in its history as one field; see `edit_settings`."""
    held = locked(record)
    base: dict[str, Any] = changed_since(held, read_version_token(held, token)).get("settings", held.settings)
    kept: dict[str, str | None] = {}
    conflicts: list[FieldConflict] = []
    for key, value in settings.items():
        yours, theirs, was = text_kept(value), held.settings.get(key), base.get(key)
        if yours == theirs:
            continue
        if was == theirs:
            kept[key] = yours
        elif every_field_is_meant or yours != was:
            conflicts.append({"field": PREFIX + key, "base": was, "yours": yours, "theirs": theirs})
    if conflicts:
        raise Conflict(conflicts)
    write_session_settings(journal, held, {key: text for key, text in {**held.settings, **kept}.items() if text})
    return held


def write_session_settings(journal: Journal, session: InstrumentSession, after: dict[str, str]) -> None:
    """Write what a session's settings are now, where that is something else."""
    before = session.settings
    if after != before:
        session.settings = after
        session.version += 1
        session.save(update_fields=["settings", "version"])
        journal.changed(session, "changed", {"settings": (before, after)})


def differing(
    record: Instrument, current: Mapping[str, Kept], wanted: Mapping[str, Value], *,
    token: str, every_field_is_meant: bool,
) -> dict[str, Kept]:  # fmt: skip
    """Return the settings to be written, by key."""
    kept = merged(
        record, current={PREFIX + key: value for key, value in current.items()},
        wanted={PREFIX + key: plain_value(value) for key, value in wanted.items()}, token=token,
        every_field_is_meant=every_field_is_meant,
    )  # fmt: skip
    return {name.removeprefix(PREFIX): value for name, value in kept.items()}


def note_settings(journal: Journal, record: Instrument, current: Mapping[str, Kept], kept: Mapping[str, Kept]) -> None:
    """Count a new version and note in the history which settings changed."""
    if kept:
        record.version += 1
        record.save(update_fields=["version"])
        journal.changed(record, "changed", {PREFIX + key: (current[key], value) for key, value in kept.items()})


def write_setting(instrument: Instrument, key: str, value: Value, row: InstrumentSetting | None) -> None:
    """Write one setting of an instrument; emptied it goes, unless the source has something to say about it."""
    plain = plain_value(value)
    row = row or InstrumentSetting(instrument=instrument, key=key)
    if plain is None and not row.source_note:
        if row.pk:
            row.delete()
        return
    row.number = plain if isinstance(plain, Decimal) else None
    row.text = plain[:LONGEST] if isinstance(plain, str) else ""
    row.as_written = value.as_written[:LONGEST] if isinstance(value, Quantity) else row.text
    try:
        row.full_clean(exclude=["instrument"], validate_unique=False)
    except ValidationError as error:
        raise Refusal(" ".join(error.messages), field=f"{PREFIX}{key}") from error
    row.save()


def kept_of(row: InstrumentSetting | None) -> Kept:
    """Return the value of a setting as it is compared."""
    if row is None:
        return None
    return row.number.normalize() if row.number is not None else row.text or None


def text_kept(value: Value) -> str | None:
    """Return a value as a session keeps it."""
    plain = plain_value(value)
    return f"{plain:f}" if isinstance(plain, Decimal) else plain[:LONGEST] if plain else None
