"""Instrument sessions: found or begun for a day, and changed so that every moment at them stays true."""

from datetime import date

from labbook.journal import Journal
from labbook.models import Project
from measurements.models import Instrument, InstrumentSession


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
