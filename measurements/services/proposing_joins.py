"""Which lines of a batch are no measurements of their own: copies, other formats of a scan, sidecars, known bytes."""

from collections.abc import Mapping, Sequence

from django.db.models import Q

from labbook.models import User
from measurements.matching.codes import key_of
from measurements.matching.samples import CONTRADICTED
from measurements.matching.scans import Join, Line, Shape, joins_of
from measurements.models import Batch, Curve, InboxRow, MeasurementRecording, RowState
from samples.models import Sample

JOINS = "joins"
WRITTEN = ("joins", "state", "why", "confidence_percent")


def join_lines(batch: Batch, lines: Sequence[InboxRow]) -> None:
    """Join the given lines with each other and with what lies beside them in the batch, and set known bytes aside."""
    rows = [row for row in neighbours_of(batch, lines) if JOINS not in row.edited]
    known = known_bytes(batch, rows)
    curves = {
        one.recording_id: one
        for one in Curve.objects.filter(
            recording__in=[row.recording_id for row in rows if row.recording_id], position=0
        )
    }
    joins = {one.key: one for one in joins_of([line_of(row, curves) for row in rows if row.pk not in known])}
    doubted = {one.to: one for one in joins.values() if one.is_contradiction}
    names = {row.pk: row.file_name.name for row in rows}
    for row in rows:
        if row.pk in doubted:
            row.confidence_percent = min(row.confidence_percent, CONTRADICTED)
            row.why = f"{row.why}; but the same bytes are also called {names[doubted[row.pk].key]}"[:300]
        place(row, joins.get(row.pk), known.get(row.pk, ""))
    InboxRow.objects.bulk_update(rows, WRITTEN, batch_size=200)


def neighbours_of(batch: Batch, lines: Sequence[InboxRow]) -> list[InboxRow]:
    """Return the lines that could be the same scan or the same bytes as the given ones, these among them."""
    folders = {line.file_name.folder for line in lines}
    files = {line.file_name.raw_file_id for line in lines}
    stems = {(line.file_name.folder, stem_key(line.file_name.name)) for line in lines}
    beside = InboxRow.objects.filter(batch=batch).filter(
        Q(file_name__folder__in=folders) | Q(file_name__raw_file__in=files)
    )
    names = beside.values_list("pk", "file_name__raw_file_id", "file_name__folder", "file_name__name")
    near = [pk for pk, raw_file_id, folder, name in names if raw_file_id in files or (folder, stem_key(name)) in stems]
    rows = InboxRow.objects.filter(pk__in=near, row__isnull=True).exclude(state=RowState.ASSIGNED)
    return list(rows.select_related("file_name__raw_file", "recording").order_by("pk"))


def stem_key(name: str) -> str:
    """Return what two names of one scan have in common."""
    return key_of(name.rpartition(".")[0] or name)


def line_of(row: InboxRow, curves: Mapping[int, Curve]) -> Line:
    """Return a line as joining compares it."""
    curve = curves.get(row.recording_id or 0)
    raw_file = row.file_name.raw_file
    return Line(
        key=row.pk,
        name=row.file_name.name,
        folder=row.file_name.folder,
        sha256=raw_file.sha256,
        reader=raw_file.reader,
        shape=shape_of(curve) if curve else None,
        position=row.recording.position if row.recording else 0,
        confidence_percent=row.confidence_percent,
        sample_id=row.sample_id,
    )


def shape_of(curve: Curve) -> Shape:
    """Return what a curve has in common with its copies."""
    return Shape(tuple(curve.shape), curve.x_first, curve.x_last, curve.y_min, curve.y_max)


def known_bytes(batch: Batch, rows: Sequence[InboxRow]) -> dict[int, str]:
    """Return for each line whose recording is part of a measurement already what is said of it."""
    parts = MeasurementRecording.objects.filter(
        raw_file__in={row.file_name.raw_file_id for row in rows}, measurement__is_void=False
    ).select_related("measurement__sample")
    assigned = {(one.raw_file_id, one.recording_id): one for one in parts}
    seen = seen_by_maker(batch, [one.measurement.sample for one in assigned.values()])
    found = {}
    for row in rows:
        part = assigned.get((row.file_name.raw_file_id, row.recording_id))
        if part is not None:
            sample = part.measurement.sample
            told = sample.code if sample and sample.pk in seen else part.measurement.get_reference_kind_display()
            found[row.pk] = f"already on {told or 'a restricted sample'}, measurement {part.measurement_id}"
    return found


def seen_by_maker(batch: Batch, samples: Sequence[Sample | None]) -> set[int]:
    """Return which samples whoever opened the batch may be told of."""
    ids = {one.pk for one in samples if one}
    if not ids or not isinstance(batch.created_by, User):
        return {one.pk for one in samples if one and one.project_id is None}
    return set(Sample.objects.visible_to(batch.created_by).filter(pk__in=ids).values_list("pk", flat=True))


def place(row: InboxRow, join: Join | None, known: str) -> None:
    """Write whether a line joins another one or is set aside, and why."""
    row.joins_id = join.to if join else None
    is_aside = bool(known) or (join is not None and join.is_same_bytes)
    row.state = RowState.SET_ASIDE if is_aside else RowState.WAITING
    if known or join:
        row.why = known or (join.why if join else "")
