"""Reading raw files: recordings and curves into rows, arrays into the store; a newer reading supersedes an older."""

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils import timezone

from labbook.journal import Journal, journal_of
from labbook.models import User
from labbook.services.editing import locked
from labbook.services.jobs import enqueue
from measurements.models import Curve, InboxRow, Measurement, MeasurementRecording, RawFile, ReadingState, Recording
from measurements.reading.packing import PackedReading, PackedRecording
from measurements.reading.sandbox import pack_file
from measurements.services.telling import tell_changed
from measurements.storage.stores import array_key, header_key, raw_key, store

if TYPE_CHECKING:
    from measurements.readers.plain_table import ColumnChoice

# Up to this a file is read before the answer to its upload; a larger one becomes a job.
READ_AT_ONCE_BYTES = 8 * 1024 * 1024
AT_ONCE_SECONDS = 10.0
JOB_SECONDS = 60.0


def read_soon(raw_file: RawFile, *, by: User) -> None:
    """Read a small file now, in the reading process, and leave a large one to a worker; one that is read stays so."""
    if raw_file.state != ReadingState.WAITING:
        return
    if raw_file.size_bytes <= READ_AT_ONCE_BYTES:
        read_raw_file(raw_file, by=by, seconds=AT_ONCE_SECONDS)
        return
    enqueue_reading(raw_file, by=by)


def enqueue_reading(raw_file: RawFile, *, by: User) -> None:
    """Let a worker read a file."""
    title = f"Read {name_of(raw_file)}"
    enqueue(lab=raw_file.lab, by=by, kind="read_raw_file", title=title, arguments={"raw_file": raw_file.pk})


def read_raw_file(raw_file: RawFile, *, by: User, seconds: float = JOB_SECONDS) -> RawFile:
    """Read a file and write what was found; reading happens outside any transaction."""
    reading = packed_reading(raw_file, seconds=seconds)
    with journal_of(raw_file.lab, by=by) as journal:
        return write_reading(journal, raw_file=raw_file, reading=reading)


def packed_reading(raw_file: RawFile, *, seconds: float = JOB_SECONDS) -> PackedReading:
    """Read a file in the reading process and put what was found into the store."""
    with tempfile.TemporaryDirectory(prefix="labbook-arrays-") as folder:
        with store().as_path(raw_key(raw_file.sha256)) as path:
            reading = pack_file(
                path, Path(folder), name=name_of(raw_file), reader_key=raw_file.reader_choice or None,
                choice=column_choice(raw_file), seconds=seconds,
            )  # fmt: skip
        keep_arrays(reading)
    return reading


def name_of(raw_file: RawFile) -> str:
    """Return the first name a file came under."""
    return raw_file.names.order_by("pk").values_list("name", flat=True).first() or str(raw_file)


def column_choice(raw_file: RawFile) -> "ColumnChoice | None":
    """Return the columns that a person chose for a plain table."""
    if not raw_file.column_choice:
        return None
    from measurements.readers.plain_table import ColumnChoice

    given = dict(raw_file.column_choice)
    return ColumnChoice(**{**given, "y_columns": tuple(given.get("y_columns", ()))})


def keep_arrays(reading: PackedReading) -> None:
    """Put the arrays and headers of a reading into the store."""
    for recording in reading.recordings:
        if recording.header:
            store().put(header_key(recording.header_sha256), Path(recording.header))
        for curve in recording.curves:
            store().put(array_key(curve.sha256), Path(curve.packed))


def write_reading(journal: Journal, *, raw_file: RawFile, reading: PackedReading) -> RawFile:
    """Write a reading's rows; measurements of the file go over to them, and the history says what changed."""
    held = locked(raw_file)
    old = list(held.recordings.filter(is_current=True).prefetch_related("curves"))
    if held.read_at and is_same(held, old, reading):
        return held
    before = {"state": held.state, "reader": held.reader, "reader_version": held.reader_version}
    held.state, held.reader, held.reader_version = state_of(reading), reading.reader, reading.version
    held.refused, held.candidates = reading.refused, list(reading.candidates)
    held.read_at = timezone.now()
    held.version += 1
    held.save()
    held.recordings.filter(pk__in=[one.pk for one in old]).update(is_current=False)
    new = [write_recording(held, reading, position, one) for position, one in enumerate(reading.recordings)]
    moved = hand_over(old, new)
    told = {name: (value, getattr(held, name)) for name, value in before.items()}
    if old:
        told["values"] = (digest_of(old), digest_of(new))
    journal.changed(held, "read", told)
    tell_changed(journal, moved)
    return held


def is_same(raw_file: RawFile, old: list[Recording], reading: PackedReading) -> bool:
    """Say whether a reading tells nothing new, as when the same bytes arrive twice at once."""
    known = [[curve.store_key for curve in one.curves.all()] for one in old]
    found = [[curve.sha256 for curve in one.curves] for one in reading.recordings]
    same_reader = (raw_file.reader, raw_file.reader_version) == (reading.reader, reading.version)
    return same_reader and raw_file.refused == reading.refused and known == found


def state_of(reading: PackedReading) -> ReadingState:
    """Return what became of a file."""
    if reading.recordings:
        return ReadingState.READ
    if reading.candidates:
        return ReadingState.SEVERAL
    return ReadingState.REFUSED if reading.reader else ReadingState.UNKNOWN


def write_recording(raw_file: RawFile, reading: PackedReading, position: int, packed: PackedRecording) -> Recording:
    """Write one recording with its curves."""
    recording = Recording.objects.create(
        raw_file=raw_file,
        position=position,
        reader=reading.reader,
        reader_version=reading.version,
        technique=packed.technique,
        label=packed.label,
        instrument=packed.instrument,
        time_as_written=packed.time_as_written,
        time_zone_state=packed.time_zone_state,
        instrument_time=packed.instrument_time,
        settings=packed.settings,
        cautions=list(packed.cautions),
        header_key=packed.header_sha256,
    )
    Curve.objects.bulk_create(
        Curve(
            recording=recording, position=index, name=one.name, role=one.role, unit=one.unit, x_name=one.x_name,
            x_unit=one.x_unit, shape=list(one.shape), point_count=one.shape[-1], x_first=one.x_first,
            x_last=one.x_last, y_min=one.y_min, y_max=one.y_max, store_key=one.sha256,
            sparkline=list(one.sparkline),
        )
        for index, one in enumerate(packed.curves)
    )  # fmt: skip
    return recording


def hand_over(old: list[Recording], new: list[Recording]) -> list[Measurement]:
    """Let measurements and lines of match tables look at the newer reading of the same recording; return the former."""
    successors = {one.position: one for one in new}
    for one in old:
        successor = successors.get(one.position)
        if successor is not None:
            MeasurementRecording.objects.filter(recording=one).update(recording=successor)
            InboxRow.objects.filter(recording=one).update(recording=successor)
    if not old:
        return []
    return list(Measurement.objects.filter(parts__recording__in=new).distinct().select_related("lab"))


def digest_of(recordings: list[Recording]) -> str:
    """Return the hashes of the numbers of recordings, so that a reading that changed them can be told."""
    keys = [curve.store_key[:12] for one in recordings for curve in one.curves.all()]
    return " ".join(keys)[:400]
