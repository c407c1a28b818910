"""Of which recordings and files committed measurements consist, in which projects they lie, and their receipt."""

from collections.abc import Sequence
from typing import Any

from labbook.journal import Journal
from measurements.matching.rungs import said
from measurements.models import (
    Batch,
    FileName,
    InboxRow,
    Measurement,
    MeasurementRecording,
    RecordingRole,
    RowState,
)
from measurements.services.committing_rungs import words_of


def joined_rows(batch: Batch, rows: Sequence[InboxRow]) -> list[InboxRow]:
    """Return the lines that go with the committed ones."""
    there = InboxRow.objects.filter(batch=batch, joins__in=[row.pk for row in rows]).exclude(state=RowState.ASSIGNED)
    return list(there.select_related("file_name__raw_file", "recording"))


def write_parts(made: dict[InboxRow, Measurement], joined: Sequence[InboxRow]) -> None:
    """Write which recordings and files each measurement consists of; the same bytes are one part, whatever name."""
    by_row = {row.pk: measurement for row, measurement in made.items()}
    parts = [part_of(row, measurement, RecordingRole.MAIN) for row, measurement in made.items()]
    bytes_of = {(one.measurement_id, one.raw_file_id, one.recording_id) for one in parts}
    for row in joined:
        row.measurement = by_row[row.joins_id or 0]
        if (row.measurement.pk, row.file_name.raw_file_id, row.recording_id) not in bytes_of:
            role = RecordingRole.SAME_SCAN if row.recording else RecordingRole.SIDECAR
            parts.append(part_of(row, row.measurement, role))
            row.state = RowState.ASSIGNED
    MeasurementRecording.objects.bulk_create(parts)
    InboxRow.objects.bulk_update(joined, ["state", "measurement"], batch_size=200)


def part_of(row: InboxRow, measurement: Measurement, role: RecordingRole) -> MeasurementRecording:
    """Return a line as a part of a measurement."""
    name = row.file_name
    return MeasurementRecording(
        measurement=measurement, raw_file=name.raw_file, file_name=name, recording=row.recording, row=row.row, role=role
    )


def follow_projects(journal: Journal, made: dict[InboxRow, Measurement], joined: Sequence[InboxRow]) -> None:
    """Let the names of files lie in the project of what they were measured of."""
    pairs = [*((row.file_name, one) for row, one in made.items())]
    pairs += [(row.file_name, row.measurement) for row in joined if row.measurement]
    moved: dict[int, FileName] = {}
    for name, measurement in pairs:
        if name.project_id != measurement.project_id and name.pk not in moved:
            before, name.project = name.project, measurement.project
            name.version += 1
            moved[name.pk] = name
            journal.changed(name, "changed", {"project": (before, name.project)})
    FileName.objects.bulk_update(moved.values(), ["project", "version"], batch_size=200)


def receipt_lines(
    made: dict[InboxRow, Measurement], joined: Sequence[InboxRow], new_rungs: set[int]
) -> list[dict[str, Any]]:
    """Return every link that was made, as it was then; `new_rung` is a step that was not there before."""
    with_it: dict[int, list[str]] = {}
    for row in joined:
        with_it.setdefault(row.joins_id or 0, []).append(row.file_name.name)
    return [
        {
            "file": row.file_name.name,
            "measurement": one.pk,
            "sample": row.sample_id,
            "technique": one.technique,
            "rung": said(words_of(row)),
            "new_rung": one.rung_id if one.rung_id in new_rungs else None,
            "joined": with_it.get(row.pk, []),
        }
        for row, one in made.items()
    ]
