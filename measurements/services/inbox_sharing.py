"""What the files of a batch share, set once: sample, instrument, session, operator, day and excitation."""

from collections.abc import Mapping
from typing import Any

from labbook.errors import Refusal
from labbook.journal import Journal, journal_of
from labbook.models import User
from labbook.services.editing import edit, locked
from measurements.models import Batch
from measurements.services.proposing import propose_again
from measurements.services.sessions import session_of

EXCITATION = "excitation_wavelength_nm"


def share(*, batch: Batch, facts: Mapping[str, Any], excitation_nm: str, token: str, by: User) -> Batch:
    """Write what a batch shares and propose its waiting lines anew; excitation goes to the session's settings.

    Raises Conflict on facts that somebody else changed meanwhile, Refusal when they do not fit together.
    """
    with journal_of(batch.lab, by=by) as journal:
        session, instrument = facts.get("session"), facts.get("instrument")
        if session and instrument and session.instrument_id != instrument.pk:
            raise Refusal("This session was at another instrument.", field="session")
        wanted = dict(facts)
        if session and not instrument:
            wanted["instrument"] = session.instrument
        saved = edit(journal, batch, changes=wanted, token=token)
        if excitation_nm:
            excite(journal, saved, excitation_nm)
    propose_again(saved)
    return saved


def excite(journal: Journal, batch: Batch, excitation_nm: str) -> None:
    """Write the excitation into the settings of the batch's session, which is begun when there is none."""
    if batch.session is None:
        if batch.instrument is None or batch.day is None:
            raise Refusal("Choose instrument and day first: the excitation belongs to their session.", field="day")
        session = session_of(journal, instrument=batch.instrument, day=batch.day, operator=batch.operator)
        batch.session = session
        batch.version += 1
        batch.save(update_fields=["session", "version"])
        journal.changed(batch, "changed", {"session": (None, session)})
    held = locked(batch.session)
    before, after = held.settings, {**held.settings, EXCITATION: excitation_nm}
    if before != after:
        held.settings = after
        held.version += 1
        held.save(update_fields=["settings", "version"])
        journal.changed(held, "changed", {"settings": (before, after)})
