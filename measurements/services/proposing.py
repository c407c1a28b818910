"""Proposing lines of the match table: one for each recording that came, none for what a person already decided."""

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from labbook.journal import Journal, journal_of
from measurements.matching.codes import codes_in
from measurements.matching.evidence import Evidence, Surroundings
from measurements.matching.proposal import Proposal, propose
from measurements.models import Batch, FileName, InboxRow, Instrument, Recording, RowState
from measurements.queries.inbox_instruments import instruments_of
from measurements.queries.inbox_surroundings import surroundings_of
from measurements.readers.parts.loud import loud
from measurements.services.inbox_columns import read_as_remembered
from measurements.services.proposing_joins import join_lines

SAMPLE, TECHNIQUE, RUNG = "sample", "technique", "rung"
RUNG_COLUMNS = ("pressure_gpa", "temperature_k", "age_days", "branch", "part", "spot")
WRITTEN = (
    "recording", "sample", "reference_kind", "technique", "instrument", *RUNG_COLUMNS, "replicate",
    "confidence_percent", "why", "candidates", "joins", "state",
)  # fmt: skip
STATED_TEXTS = ("sample_name", "comment", "label")
NO_SUCH_NUMBER = Decimal(10_000)


def propose_for(batch: Batch, file_names: Sequence[FileName]) -> None:
    """Write the lines of some files of a batch; columns that a person set stay as they are."""
    for name in file_names:
        if batch.created_by is not None:
            read_as_remembered(name.raw_file, by=batch.created_by)
    with journal_of(batch.lab, by=batch.created_by) as journal:
        # One at a time: two files of one scan that arrive together must find each other.
        batches = Batch.objects.select_related("lab", "created_by", "instrument")
        held = batches.select_for_update(of=("self",)).get(pk=batch.pk)
        lines = lines_of(held, with_twins(held, file_names))
        fill(held, lines)
        old = [one for one in lines if one.pk is not None]
        InboxRow.objects.bulk_create([one for one in lines if one.pk is None])
        InboxRow.objects.bulk_update(old, WRITTEN, batch_size=200)
        join_lines(held, lines)
        open_again(journal, held)


def open_again(journal: Journal, batch: Batch) -> None:
    """Open a closed batch in which something waits again."""
    if batch.is_closed and InboxRow.objects.filter(batch=batch, state=RowState.WAITING).exists():
        batch.is_closed = False
        batch.version += 1
        batch.save(update_fields=["is_closed", "version"])
        journal.changed(batch, "opened again", {"is_closed": (True, False)})


def propose_again(batch: Batch) -> None:
    """Propose all waiting lines of a batch anew, as after a change of what they share."""
    waiting = InboxRow.objects.filter(batch=batch).exclude(state=RowState.ASSIGNED)
    ids = set(waiting.values_list("file_name_id", flat=True))
    propose_for(batch, list(FileName.objects.filter(pk__in=ids).select_related("raw_file")))


def with_twins(batch: Batch, file_names: Sequence[FileName]) -> list[FileName]:
    """Return file names with the other names of the same bytes in the batch: which of them counts may change."""
    twins = FileName.objects.filter(batch=batch, raw_file__in={one.raw_file_id for one in file_names})
    return [*file_names, *twins.exclude(pk__in=[one.pk for one in file_names])]


def lines_of(batch: Batch, file_names: Sequence[FileName]) -> list[InboxRow]:
    """Return a line for each current recording of some files, old ones and new; assigned ones stay."""
    ids = [one.raw_file_id for one in file_names]
    recordings: dict[int, list[Recording]] = {}
    found = Recording.objects.filter(raw_file__in=ids, is_current=True).prefetch_related("curves")
    for one in found.order_by("raw_file_id", "position"):
        recordings.setdefault(one.raw_file_id, []).append(one)
    there: dict[int, list[InboxRow]] = {}
    for row in InboxRow.objects.filter(batch=batch, file_name__in=file_names).order_by("pk"):
        there.setdefault(row.file_name_id, []).append(row)
    return [
        line
        for name in file_names
        for line in lines_of_file(batch, name, recordings.get(name.raw_file_id, []), there.get(name.pk, []))
        if line.state != RowState.ASSIGNED
    ]


def lines_of_file(
    batch: Batch, name: FileName, recordings: list[Recording], there: list[InboxRow]
) -> Iterable[InboxRow]:
    """Yield the lines of one file; the line of a file that nobody had read becomes its first recording's."""
    taken = {row.recording_id for row in there if row.recording_id}
    bare = [row for row in there if row.recording_id is None]
    by_id = {one.pk: one for one in recordings}
    for row in there:
        if row.recording_id in by_id:
            row.recording = by_id[row.recording_id]
        row.file_name = name
        if row.recording_id or not recordings:
            yield row
    for recording in recordings:
        if recording.pk not in taken:
            row = bare.pop(0) if bare else InboxRow(batch=batch)
            row.file_name, row.recording = name, recording
            yield row
    if not recordings and not there:
        yield InboxRow(batch=batch, file_name=name)


def fill(batch: Batch, lines: Sequence[InboxRow]) -> None:
    """Fill the columns of lines that no person set."""
    around = surroundings_of(batch, [text for line in lines for text in texts_of(line)])
    instruments = instruments_of(batch.lab)
    in_file = Counter(line.file_name_id for line in lines)
    for line in lines:
        instrument = batch.instrument or instruments.of(line.recording)
        evidence = evidence_of(line, around, instrument, is_one_of_several=in_file[line.file_name_id] > 1)
        apply(line, propose(evidence, around), instrument)


def texts_of(line: InboxRow) -> list[str]:
    """Return everything in which a line may name its sample."""
    return [line.file_name.name, *line.file_name.folder.split("/"), *stated_by(line.recording)]


def stated_by(recording: Recording | None) -> list[str]:
    """Return the texts in which an instrument's program keeps what a person typed."""
    if recording is None:
        return []
    return [text for text in (recording.label, *(str(recording.settings.get(one, "")) for one in STATED_TEXTS)) if text]


def evidence_of(
    line: InboxRow, around: Surroundings, instrument: Instrument | None, *, is_one_of_several: bool
) -> Evidence:
    """Return what is known of a line; among several recordings of a file the label names more than the file does."""
    recording = line.recording
    label = recording.label if recording else ""
    is_named_by_label = is_one_of_several and codes_in(label, around.book)
    return Evidence(
        name=f"{label}.-" if is_named_by_label else line.file_name.name,
        folder=line.file_name.folder,
        read_technique=recording.technique if recording else "",
        is_read=recording is not None,
        reader=recording.reader if recording else "",
        stated=" | ".join(dict.fromkeys(stated_by(recording))),
        stated_temperature_k=stated_number(recording, "temperature_k"),
        stated_pressure_gpa=stated_number(recording, "pressure_gpa"),
        loud_caution=loud_caution(recording),
        instrument_technique=instrument.technique if instrument else "",
    )


def stated_number(recording: Recording | None, key: str) -> Decimal | None:
    """Return a number of a recording's settings, when it is one that an instrument reaches."""
    given = recording.settings.get(key) if recording else None
    if given is None or isinstance(given, bool):
        return None
    try:
        value = Decimal(str(given))
    except InvalidOperation:
        return None
    return value if value.is_finite() and 0 <= value < NO_SUCH_NUMBER else None


def loud_caution(recording: Recording | None) -> str:
    """Return a caution that its reader wrote in capitals."""
    return loud(recording.cautions if recording else [])


def apply(line: InboxRow, proposal: Proposal, instrument: Instrument | None) -> None:
    """Write a proposal into the columns of a line that no person set."""
    if SAMPLE not in line.edited:
        line.sample_id, line.reference_kind = proposal.sample_id, proposal.reference_kind
        line.confidence_percent, line.why = proposal.confidence_percent, proposal.why
        line.candidates = list(proposal.candidates)
    if TECHNIQUE not in line.edited:
        line.technique = proposal.technique
    if RUNG not in line.edited:
        values: dict[str, Any] = {name: getattr(proposal.rung, name) for name in RUNG_COLUMNS}
        for name, value in values.items():
            setattr(line, name, value)
        line.replicate = proposal.rung.replicate or 1
    line.instrument = instrument
