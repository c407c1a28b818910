"""Instruments: added, and changed so that the moments of what they measured follow their clock."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from labbook.errors import Refusal
from labbook.journal import Journal, journal_of
from labbook.models import User
from labbook.services.editing import edit, locked, version_token
from measurements.models import Instrument, Measurement
from measurements.services.clocks import offset_of_reading, set_moments_right
from measurements.services.committing_moments import zone_of
from measurements.services.setting_values import Value, edit_settings, parted, plain_value, text_kept, write_setting


@dataclass(frozen=True, slots=True)
class ChangedInstrument:
    """An instrument as saved, and how many measurements have another moment now."""

    instrument: Instrument
    moment_count: int


def add_instrument(journal: Journal, facts: Mapping[str, Any]) -> Instrument:
    """Write a new instrument, settings as "settings.bandpass_nm"; raises Refusal("title") when the name is taken."""
    own, settings = parted(facts)
    made = Instrument(lab=journal.lab, created_by=journal.by, **own)
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError as error:
        raise Refusal(f"This lab already has an instrument called {made.title}.", field="title") from error
    given: dict[str, Value] = {key: value for key, value in settings.items() if plain_value(value) is not None}
    for key, value in given.items():
        write_setting(made, key, value, None)
    told = {key: text_kept(value) for key, value in given.items()}
    journal.created(made, title=made.title, technique=made.technique, settings=told)
    return made


def change_instrument(
    journal: Journal, instrument: Instrument, changes: Mapping[str, Any], *, token: str, action: str = "changed",
    every_field_is_meant: bool = False,
) -> ChangedInstrument:  # fmt: skip
    """Change an instrument, its settings, and with its clock or zone the moments of all it measured.

    Raises Conflict on fields that somebody else changed meanwhile, Refusal on a value that does not fit.
    """
    own, settings = parted(changes)
    before = locked(instrument)
    saved = edit(
        journal, instrument, changes=own, token=token, action=action, every_field_is_meant=every_field_is_meant
    )
    clock = affected(before, saved)
    if settings:
        saved = edit_settings(journal, saved, settings, token=token, every_field_is_meant=every_field_is_meant)
    return ChangedInstrument(saved, set_moments_right(journal, clock) if clock is not None else 0)


def affected(before: Instrument, after: Instrument) -> QuerySet[Measurement] | None:
    """Return the measurements whose moment depends on what changed; a day's own offset stands before the usual one."""
    measured = Measurement.objects.filter(instrument=after)
    if before.time_zone != after.time_zone:
        return measured
    if before.clock_offset_s != after.clock_offset_s:
        return measured.exclude(session__clock_offset_s__isnull=False)
    return None


def edit_instrument(
    *, record: Instrument, changes: Mapping[str, Any], token: str, by: User, reason: str = "", action: str = "changed",
    every_field_is_meant: bool = False,
) -> Instrument:  # fmt: skip
    """Change an instrument in a transaction of its own; see `change_instrument`."""
    with journal_of(record.lab, by=by, reason=reason) as journal:
        changed = change_instrument(
            journal, record, changes, token=token, action=action, every_field_is_meant=every_field_is_meant
        )
    return changed.instrument


def measure_clock(journal: Journal, instrument: Instrument, says: str, *, now: datetime) -> ChangedInstrument:
    """Write how far an instrument's clock is ahead that shows a text now; raises Refusal("clock_says")."""
    held = locked(instrument)
    offset_s = offset_of_reading(says, zone=zone_of(held, journal.lab), now=now)
    return change_instrument(journal, held, {"clock_offset_s": offset_s}, token=version_token(held))
