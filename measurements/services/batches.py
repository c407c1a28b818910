"""Batches: files that come together; one from a computer without a person collects a day."""

from labbook.journal import Journal, journal_of
from labbook.models import Lab, User
from measurements.models import Batch, Instrument


def start_batch(journal: Journal, *, title: str = "", origin: str = "browser", **facts: object) -> Batch:
    """Open a batch; `facts` are the columns that all its files share."""
    batch = Batch.objects.create(lab=journal.lab, created_by=journal.by, title=title[:120], origin=origin, **facts)
    journal.created(batch, title=batch.title, origin=origin)
    return batch


def batch_of_the_day(*, lab: Lab, by: User, origin: str, instrument: Instrument | None, title: str) -> Batch:
    """Return today's open batch of a computer or folder, opening it with the first file."""
    with journal_of(lab, by=by) as journal:
        today = journal.at.astimezone(lab.zone).date()
        found = Batch.objects.filter(
            lab=lab, origin=origin, instrument=instrument, day=today, title=title[:120], is_closed=False
        ).first()
        return found or start_batch(journal, title=title, origin=origin, instrument=instrument, day=today)
