"""Columns of plain tables: what a person chose for one layout is remembered for every later file of it."""

from dataclasses import dataclass
from typing import Any

from labbook.errors import Refusal
from labbook.journal import Journal, journal_of
from labbook.models import User
from labbook.services.editing import locked
from measurements.models import RawFile, ReadingState, RememberedColumns
from measurements.reading.sandbox import layout_of_file
from measurements.services.reading import AT_ONCE_SECONDS, name_of, packed_reading, read_raw_file, write_reading
from measurements.storage.stores import raw_key, store

READER = "plain_table"


@dataclass(frozen=True, slots=True)
class TableLayout:
    """What a person sees of a table before choosing; `guess` is what the reader would take."""

    names: tuple[str, ...]
    first_rows: tuple[tuple[str, ...], ...]
    guess: dict[str, Any]
    signature: str
    question: str


def layout_of(raw_file: RawFile) -> TableLayout:
    """Return the columns of a file. Raises Refusal when it holds no table."""
    try:
        with store().as_path(raw_key(raw_file.sha256)) as path:
            found: Any = layout_of_file(path, name=name_of(raw_file), seconds=AT_ONCE_SECONDS)
    except FileNotFoundError as error:
        raise Refusal("The bytes of this file are not in the store.") from error
    if not hasattr(found, "signature"):
        raise Refusal(found.refused or "This file holds no table.")
    return TableLayout(found.names, found.first_rows, plain_choice(found.guess), found.signature, found.question)


def plain_choice(choice: Any) -> dict[str, Any]:
    """Return a choice of columns as JSON keeps it."""
    names = ("delimiter", "decimal_mark", "header_line", "sheet", "x_column", "x_unit", "y_unit")
    told: dict[str, Any] = {name: getattr(choice, name) for name in names}
    return {**told, "y_columns": list(choice.y_columns), "technique": str(choice.technique)}


def choose_columns(raw_file: RawFile, *, choice: dict[str, Any], signature: str, by: User) -> RawFile:
    """Read a table by the columns that a person chose, and remember them for its layout.

    Raises Refusal when it cannot be read so; then nothing is written. Reading holds no transaction.
    """
    raw_file.reader_choice, raw_file.column_choice = READER, choice
    reading = packed_reading(raw_file, seconds=AT_ONCE_SECONDS)
    if not reading.recordings:
        raise Refusal(reading.refused or "These columns hold no curve.")
    with journal_of(raw_file.lab, by=by) as journal:
        held = write_choice(journal, raw_file, choice)
        RememberedColumns.objects.update_or_create(lab=held.lab, signature=signature, defaults={"choice": choice})
        return write_reading(journal, raw_file=held, reading=reading)


def write_choice(journal: Journal, raw_file: RawFile, choice: dict[str, Any]) -> RawFile:
    """Note by which columns a file is read."""
    held = locked(raw_file)
    before, held.column_choice = held.column_choice, choice
    held.reader_choice = READER
    held.version += 1
    held.save(update_fields=["column_choice", "reader_choice", "version"])
    journal.changed(held, "columns chosen", {"column_choice": (before, choice)})
    return held


def read_as_remembered(raw_file: RawFile, *, by: User) -> bool:
    """Read a table that asks for its columns by those once chosen for its layout; says whether there were any."""
    is_asking = raw_file.reader == READER and raw_file.state == ReadingState.REFUSED and not raw_file.column_choice
    if not is_asking or not RememberedColumns.objects.filter(lab=raw_file.lab).exists():
        return False
    try:
        layout = layout_of(raw_file)
    except Refusal:
        return False
    known = RememberedColumns.objects.filter(lab=raw_file.lab, signature=layout.signature).first()
    if known is None:
        return False
    with journal_of(raw_file.lab, by=by, reason="columns remembered for this layout") as journal:
        held = write_choice(journal, raw_file, known.choice)
    read_raw_file(held, by=by, seconds=AT_ONCE_SECONDS)
    return True
