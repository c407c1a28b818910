"""Which lines cannot be committed, each with its reason."""

from collections.abc import Mapping, Sequence

from labbook.errors import Refusal
from labbook.journal import Journal
from measurements.models import InboxRow, MeasurementRecording, RowState
from samples.kinds import SampleKind
from samples.models import Sample

MOST_AT_ONCE = 1000


class LinesRefused(Refusal):
    """Lines that cannot be committed, by their id; nothing of any line was written."""

    def __init__(self, reasons: Mapping[int, str], total: int) -> None:
        count = len(reasons)
        some = f"{count} of {total} lines" if total > 1 else "This line"
        super().__init__(f"{some} cannot be assigned yet; nothing was written. {next(iter(reasons.values()))}")
        self.reasons = dict(reasons)


def check_lines(journal: Journal, rows: Sequence[InboxRow]) -> None:
    """Refuse lines that say too little or were assigned meanwhile. Raises LinesRefused."""
    if not rows:
        raise Refusal("Tick the lines to assign first.", field="rows")
    if len(rows) > MOST_AT_ONCE:
        raise Refusal(f"Assign at most {MOST_AT_ONCE:,} lines at once.", field="rows")
    taken = taken_already(rows)
    seen = seen_samples(journal, rows)
    reasons = {row.pk: reason for row in rows if (reason := taken.get(row.pk) or missing_of(row, seen))}
    if reasons:
        raise LinesRefused(reasons, len(rows))


def missing_of(row: InboxRow, seen: set[int]) -> str:
    """Return what a line lacks, or nothing."""
    name = row.file_name.name
    if row.state != RowState.WAITING:
        return f"{name} is {row.get_state_display()}."
    if row.sample is None and not row.reference_kind:
        return f"{name}: say which sample it is of."
    if row.sample is not None and row.sample.pk not in seen:
        return f"{name}: there is no such sample here."
    if not row.technique:
        return f"{name}: say what was measured."
    is_load = row.sample is not None and row.sample.kind == SampleKind.LOAD
    return f"{name}: say at which pressure; 0 GPa before it was raised." if is_load and row.pressure_gpa is None else ""


def seen_samples(journal: Journal, rows: Sequence[InboxRow]) -> set[int]:
    """Return which of the lines' samples the person sees; a line may have been proposed to somebody else."""
    ids = {row.sample_id for row in rows if row.sample_id}
    if journal.by is None:
        return set()
    return set(Sample.objects.visible_to(journal.by).filter(lab=journal.lab, pk__in=ids).values_list("pk", flat=True))


def taken_already(rows: Sequence[InboxRow]) -> dict[int, str]:
    """Return the lines whose recording is part of a measurement, or comes twice among these lines."""
    parts = MeasurementRecording.objects.filter(
        raw_file__in={row.file_name.raw_file_id for row in rows}, measurement__is_void=False
    ).values_list("raw_file_id", "recording_id", "row", "measurement_id")
    taken: dict[tuple[int, int | None, int | None], int] = {}
    taken.update({(raw_file, recording, row): measurement for raw_file, recording, row, measurement in parts})
    whole: dict[tuple[int, int | None], int] = {key[:2]: measurement for key, measurement in taken.items()}
    said: dict[int, str] = {}
    mine: set[tuple[int, int | None, int | None]] = set()
    for row in rows:
        key = (row.file_name.raw_file_id, row.recording_id, row.row)
        measurement = taken.get(key) or (whole.get(key[:2]) if row.row is None else None)
        if measurement:
            said[row.pk] = f"{row.file_name.name} is part of measurement {measurement} already."
        elif key in mine:
            said[row.pk] = f"{row.file_name.name} has the same bytes as another of these lines."
        mine.add(key)
    return said
