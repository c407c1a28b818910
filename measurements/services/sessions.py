"""Instrument sessions: found or begun for a day, and changed so that every moment at them stays true."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from labbook.journal import Journal, journal_of
from labbook.models import Project, User
from labbook.services.editing import edit, locked, version_token
from measurements.models import Instrument, InstrumentSession, Measurement
from measurements.services.checking import save_fitting
from measurements.services.clocks import offset_of_reading, set_moments_right
from measurements.services.committing_moments import zone_of
from measurements.services.setting_values import edit_session_settings, parted, text_kept


def session_of(
    journal: Journal, *, instrument: Instrument, day: date, operator: str = "", project: Project | None = None
) -> InstrumentSession:
    """Return the session of a person at an instrument on a day; begun when there is none yet.

    Without an operator it is the day's session that names none, or the only one of the day. Sessions of
    other projects are never taken: their name would show at what is measured in them.
    """
    # Two commits of one day's files wait for each other here, so that both find one session.
    Instrument.objects.select_for_update().get(pk=instrument.pk)
    days = InstrumentSession.objects.filter(lab=journal.lab, instrument=instrument, day=day, project=project)
    same = days.filter(operator=operator).order_by("pk").first()
    if same is None and not operator and days.count() == 1:
        same = days.get()
    return same or begin_session(journal, instrument=instrument, day=day, operator=operator, project=project)


def begin_session(
    journal: Journal, *, instrument: Instrument, day: date, operator: str = "", project: Project | None = None
) -> InstrumentSession:
    """Write a new session, also where the day has one already."""
    session = InstrumentSession.objects.create(
        lab=journal.lab, created_by=journal.by, instrument=instrument, day=day, operator=operator, project=project
    )
    journal.created(session, instrument=instrument, day=day, operator=operator, project=project)
    return session


@dataclass(frozen=True, slots=True)
class ChangedSession:
    """A session as saved, and how many measurements have another moment now."""

    session: InstrumentSession
    moment_count: int


def add_session(
    journal: Journal, *, instrument: Instrument, day: date, project: Project | None, facts: Mapping[str, Any]
) -> InstrumentSession:
    """Write a session by hand, with its settings as "settings.bandpass_nm"."""
    own, settings = parted(facts)
    texts = {key: text for key, value in settings.items() if (text := text_kept(value))}
    session = InstrumentSession(
        lab=journal.lab, created_by=journal.by, instrument=instrument, day=day, project=project, settings=texts, **own
    )
    save_fitting(session)
    journal.created(session, instrument=instrument, day=day, project=project, settings=texts, **own)
    return session


def change_session(
    journal: Journal, session: InstrumentSession, changes: Mapping[str, Any], *, token: str, action: str = "changed",
    every_field_is_meant: bool = False,
) -> ChangedSession:  # fmt: skip
    """Change a session, and with what its clock was off that day the moments of what was measured at it.

    Raises Conflict on fields that somebody else changed meanwhile, Refusal on a value that does not fit.
    """
    own, settings = parted(changes)
    before = locked(session)
    saved = edit(journal, session, changes=own, token=token, action=action, every_field_is_meant=every_field_is_meant)
    if settings:
        saved = edit_session_settings(journal, saved, settings, token=token, every_field_is_meant=every_field_is_meant)
    if before.clock_offset_s == saved.clock_offset_s:
        return ChangedSession(saved, 0)
    return ChangedSession(saved, set_moments_right(journal, Measurement.objects.filter(session=saved)))


def edit_session(
    *, record: InstrumentSession, changes: Mapping[str, Any], token: str, by: User, reason: str = "",
    action: str = "changed", every_field_is_meant: bool = False,
) -> InstrumentSession:  # fmt: skip
    """Change a session in a transaction of its own; see `change_session`."""
    with journal_of(record.lab, by=by, reason=reason) as journal:
        changed = change_session(
            journal, record, changes, token=token, action=action, every_field_is_meant=every_field_is_meant
        )
    return changed.session


def measure_session_clock(journal: Journal, session: InstrumentSession, says: str, *, now: datetime) -> ChangedSession:
    """Write how far the clock is ahead in a session that shows a text now; raises Refusal("clock_says")."""
    held = locked(session)
    offset_s = offset_of_reading(says, zone=zone_of(held.instrument, journal.lab), now=now)
    return change_session(journal, held, {"clock_offset_s": offset_s}, token=version_token(held))
