"""What a person does with one line: choose its reader, split a series, say what a file was made from."""

from labbook.errors import Refusal
from labbook.journal import Journal
from labbook.services.editing import locked
from measurements.models import Batch, FileDerivation, InboxRow, RawFile
from measurements.services.inbox_editing import line_of, mark
from measurements.services.proposing import RUNG
from measurements.services.proposing_joins import JOINS

MOST_SPECTRA = 500


def split_line(batch: Batch, row_id: int) -> int:
    """Make a line of every spectrum of a recording that has several; returns how many there are then."""
    row = line_of(batch, row_id)
    count = spectra_of(row)
    if not 1 < count <= MOST_SPECTRA:
        raise Refusal(f"Only a recording of 2 to {MOST_SPECTRA} spectra can be split.")
    same = {
        "batch": batch, "file_name": row.file_name, "recording": row.recording, "sample": row.sample,
        "reference_kind": row.reference_kind, "technique": row.technique, "instrument": row.instrument,
        "confidence_percent": row.confidence_percent, "edited": row.edited,
    }  # fmt: skip
    made = InboxRow.objects.bulk_create(
        InboxRow(**same, row=number, why=f"spectrum {number + 1} of {count}") for number in range(count)
    )
    for one in made:
        mark(one, JOINS)
        mark(one, RUNG)
    InboxRow.objects.bulk_update(made, ["edited"])
    row.delete()
    return count


def spectra_of(row: InboxRow) -> int:
    """Return how many spectra a line's recording holds; 1 for a curve, an image or a line that was split."""
    curve = row.recording.curves.order_by("position").first() if row.recording and row.row is None else None
    if curve is None or len(curve.shape) != 2 or row.technique in {"TRPL", "TEM image"}:
        return 1
    return int(curve.shape[0])


def choose_reader(journal: Journal, raw_file: RawFile, reader: str) -> RawFile:
    """Note with which of the readers that know a file it is to be read. Raises Refusal for any other."""
    held = locked(raw_file)
    if reader not in held.candidates:
        raise Refusal("This reader does not know the file.", field="reader")
    before, held.reader_choice = held.reader_choice, reader
    held.version += 1
    held.save(update_fields=["reader_choice", "version"])
    journal.changed(held, "reader chosen", {"reader_choice": (before, reader)})
    return held


def derive(journal: Journal, *, derived: RawFile, source: RawFile, program: str, person: str, note: str = "") -> None:
    """Note that a file was made from another by a program and a person.

    Raises Refusal for itself, for one that is known already, or for a circle.
    """
    if derived.pk == source.pk:
        raise Refusal("A file is not made from itself.", field="source")
    if is_made_from(source, derived):
        raise Refusal("That file was itself made from this one.", field="source")
    if FileDerivation.objects.filter(derived=derived, source=source).exists():
        raise Refusal("This is known already.", field="source")
    FileDerivation.objects.create(
        derived=derived, source=source, program=program[:120], person=person[:8], note=note[:300]
    )
    held = locked(derived)
    held.version += 1
    held.save(update_fields=["version"])
    journal.changed(held, "derived", {"source": (None, source), "program": (None, program)})


def is_made_from(one: RawFile, other: RawFile) -> bool:
    """Say whether a file descends from another."""
    seen: set[int] = set()
    newest = {one.pk}
    while newest:
        seen |= newest
        found = FileDerivation.objects.filter(derived__in=newest).values_list("source_id", flat=True)
        newest = set(found) - seen
    return other.pk in seen
