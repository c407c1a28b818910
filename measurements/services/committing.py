"""Committing lines of the match table: measurements, sessions, rungs and a receipt in one transaction."""

from collections.abc import Iterable, Sequence
from typing import Any

from labbook.journal import Journal
from labbook.models import Membership
from measurements.models import (
    Batch,
    InboxRow,
    InstrumentSession,
    Measurement,
    Receipt,
    RowState,
    Rung,
)
from measurements.services.committing_checks import check_lines
from measurements.services.committing_conditions import conditions_of
from measurements.services.committing_moments import age_days, measured_of
from measurements.services.committing_parts import follow_projects, joined_rows, receipt_lines, write_parts
from measurements.services.committing_references import link_empty_spheres
from measurements.services.committing_rungs import Place, place_of, rungs_for
from measurements.services.indexing import index_measurements
from measurements.services.sessions import session_of
from measurements.services.telling import tell_made

LINKED = ("file_name__raw_file", "recording", "sample__project", "instrument", "joins")


def commit_rows(journal: Journal, batch: Batch, rows: Iterable[InboxRow]) -> Receipt:
    """Make a measurement of each line, with what joins it as its parts, and return the receipt of all links.

    Raises LinesRefused with a reason for each line that says too little; then nothing was written.
    """
    batches = Batch.objects.select_related("session", "instrument", "lab", "project")
    held = batches.select_for_update(of=("self",)).get(pk=batch.pk)
    lines = locked_rows(held, [row.pk for row in rows])
    check_lines(journal, lines)
    session = session_of_batch(journal, held)
    receipt = Receipt.objects.create(lab=journal.lab, batch=held, created_by=journal.by)
    rungs = rungs_for(journal, lines)
    made = measurements_of(journal, held, session, lines, receipt, rungs.at)
    joined = joined_rows(held, lines)
    write_parts(made, joined)
    follow_projects(journal, made, joined)
    measurements = list(made.values())
    link_empty_spheres(list(zip(made.keys(), measurements, strict=True)))
    index_measurements(measurements)
    receipt.lines = receipt_lines(made, joined, rungs.new_ids)
    receipt.save(update_fields=["lines"])
    journal.created(receipt, batch=held, measurements=len(measurements))
    close_if_done(journal, held)
    tell_made(journal, measurements)
    return receipt


def locked_rows(batch: Batch, ids: Sequence[int]) -> list[InboxRow]:
    """Return the chosen lines of a batch; a line that joins another one comes with that one, never by itself."""
    chosen = InboxRow.objects.filter(batch=batch, pk__in=ids).select_related(*LINKED)
    chosen = chosen.prefetch_related("instrument__settings")
    return [row for row in chosen if row.joins_id is None or row.joins_id not in ids]


def session_of_batch(journal: Journal, batch: Batch) -> InstrumentSession | None:
    """Return the batch's session, made on the spot when an instrument and a day are given instead."""
    if batch.session or batch.instrument is None or batch.day is None:
        return batch.session
    session = session_of(journal, instrument=batch.instrument, day=batch.day, operator=batch.operator)
    batch.session = session
    batch.version += 1
    batch.save(update_fields=["session", "version"])
    journal.changed(batch, "changed", {"session": (None, session)})
    return session


def measurements_of(
    journal: Journal, batch: Batch, session: InstrumentSession | None, rows: Sequence[InboxRow], receipt: Receipt,
    rungs: dict[Place, Rung],
) -> dict[InboxRow, Measurement]:  # fmt: skip
    """Write the measurements of lines, all at once, and return them by their lines."""
    initials = initials_of(journal)
    made = [measurement_of(journal, batch, session, row, rungs, initials) for row in rows]
    for one in made:
        one.receipt = receipt
    Measurement.objects.bulk_create(made)
    for row, one in zip(rows, made, strict=True):
        journal.created(
            one, sample=one.sample, reference=one.reference_kind, technique=one.technique, rung=one.rung,
            instrument=one.instrument, file=row.file_name.name,
        )  # fmt: skip
        row.state, row.measurement = RowState.ASSIGNED, one
    InboxRow.objects.bulk_update(rows, ["state", "measurement"], batch_size=200)
    return dict(zip(rows, made, strict=True))


def measurement_of(
    journal: Journal, batch: Batch, session: InstrumentSession | None, row: InboxRow, rungs: dict[Place, Rung],
    initials: str,
) -> Measurement:  # fmt: skip
    """Return the measurement that a line describes."""
    instrument = row.instrument or batch.instrument
    its_session = session if session and instrument and session.instrument_id == instrument.pk else None
    measured = measured_of(row.recording, lab=journal.lab, instrument=instrument, session=its_session)
    place = place_of(row)
    age = row.age_days
    if age is None and row.sample is not None:
        age = age_days(measured.at, row.sample.made_at, measured.precision)
    return Measurement(
        lab=journal.lab, created_by=journal.by, sample=row.sample, reference_kind=row.reference_kind,
        project=row.sample.project if row.sample else batch.project, technique=row.technique, instrument=instrument,
        session=its_session, rung=rungs[place] if place else None, operator=operator_of(batch, session, row, initials),
        measured_at=measured.at, measured_at_precision=measured.precision, measured_at_origin=measured.origin,
        temperature_k=row.temperature_k, pressure_gpa=row.pressure_gpa, age_days=age, branch=way_of(row, place),
        part=row.part, spot=row.spot, replicate=row.replicate,
        **conditions_of(row.recording, instrument, its_session),
    )  # fmt: skip


def way_of(row: InboxRow, place: Place | None) -> str:
    """Return the way along the ladder: as the line says it, else as its rung has it."""
    return row.branch or (place[3] if place else "")


def operator_of(batch: Batch, session: InstrumentSession | None, row: InboxRow, initials: str) -> str:
    """Return who measured: as the batch says, the session, the file; else who assigns."""
    settings: dict[str, Any] = row.recording.settings if row.recording else {}
    of_file = str(settings.get("operator", ""))
    of_file = of_file if 0 < len(of_file) <= 8 else ""
    return batch.operator or (session.operator if session else "") or of_file or initials


def initials_of(journal: Journal) -> str:
    """Return the initials of who commits."""
    members = Membership.objects.filter(lab=journal.lab, user=journal.by)
    return members.values_list("initials", flat=True).first() or ""


def close_if_done(journal: Journal, batch: Batch) -> None:
    """Close a batch in which nothing waits any more."""
    if batch.is_closed or InboxRow.objects.filter(batch=batch, state=RowState.WAITING).exists():
        return
    batch.is_closed = True
    batch.version += 1
    batch.save(update_fields=["is_closed", "version"])
    journal.changed(batch, "closed", {"is_closed": (False, True)})
