"""Writes checked rows in the order in which things happened, and says which row was refused and why."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction

from labbook.errors import Refusal
from samples.importing.cells import Record
from samples.importing.context import Writing
from samples.importing.piece_rows import write_end, write_specimen, write_use
from samples.importing.problems import Problem
from samples.importing.references import REFERENCES
from samples.importing.stock_rows import bottle_moment, write_bottle, write_plain_bottles, write_precursor
from samples.importing.synthesis_rows import write_round, write_synthesis, write_vials

RowWriter = Callable[[Writing, Record], None]

# Of two things at the same moment the one with the lower rank happened first.
RANKS: dict[RowWriter, int] = {
    write_bottle: 0,
    write_precursor: 1,
    write_synthesis: 2,
    write_round: 3,
    write_vials: 4,
    write_specimen: 5,
    write_use: 6,
    write_end: 7,
}


@dataclass(frozen=True, slots=True)
class Event:
    """One row to be written, and when it happened."""

    at: datetime
    write: RowWriter
    record: Record

    @property
    def order(self) -> tuple[datetime, int, int]:
        """Return what events are sorted by."""
        return self.at, RANKS[self.write], self.record.row


def write_rows(writing: Writing, records: Sequence[Record]) -> list[Problem]:
    """Write every row and return those that were refused; the caller undoes all when there is one.

    After a refusal the rest is still tried, so that one run names every line that needs mending;
    what depends on a refused row is not reported again.
    """
    _arrange(writing, records)
    problems: list[Problem] = []
    orphans: list[Problem] = []
    received = write_plain_bottles(writing, records)
    for event in sorted(_events(writing, records), key=lambda one: one.order):
        is_written = id(event.record) in received
        if is_written or (event.write is write_use and id(event.record) in writing.claimed):
            continue
        try:
            with transaction.atomic():
                event.write(writing, event.record)
        except Refusal as refusal:
            problems.append(event.record.problem(refusal.message, _column(event.record, refusal.field)))
        except ObjectDoesNotExist:
            # What it stands on was refused itself, and is reported there.
            orphans.append(event.record.problem("what this line names is not there when it happens"))
    return problems or orphans


def _arrange(writing: Writing, records: Sequence[Record]) -> None:
    for record in records:
        writing.rows.setdefault(record.table, []).append(record)
        if record.table == "uses":
            writing.uses[record.text("target")].append(record)


def _events(writing: Writing, records: Sequence[Record]) -> list[Event]:
    events: list[Event] = []
    served: set[str] = set()
    for record in records:
        if record.table == "vials":
            events += _vial_events(writing, record, served)
        elif record.table in MOMENTS:
            events.append(Event(MOMENTS[record.table](writing, record), WRITERS[record.table], record))
    return _after_what_they_name(writing, events)


def _injection_moment(writing: Writing, record: Record) -> datetime:
    injected = record.moment("injected_at")
    return injected.at if injected else writing.journal.at


WRITERS: dict[str, RowWriter] = {
    "bottles": write_bottle,
    "precursors": write_precursor,
    "syntheses": write_synthesis,
    "rounds": write_round,
    "specimens": write_specimen,
    "uses": write_use,
}
MOMENTS: dict[str, Callable[[Writing, Record], datetime]] = {
    "bottles": bottle_moment,
    "precursors": lambda _, record: record.when("made_at").at,
    "syntheses": _injection_moment,
    "rounds": lambda _, record: record.when("at").at,
    "specimens": lambda _, record: record.when("made_at").at,
    "uses": lambda _, record: record.when("at").at,
}


def _after_what_they_name(writing: Writing, events: list[Event]) -> list[Event]:
    """Let every row wait for the rows it names, so that one that is dated too early is refused and not lost."""
    made: dict[str, datetime] = {}
    placed = []
    for event in sorted(events, key=lambda one: RANKS[one.write]):
        at = max([event.at, *(made[code] for code in _names_of(event) if code in made)])
        placed.append(Event(at, event.write, event.record))
        for code in _codes_made_by(writing, event):
            made[code] = max(at, made.get(code, at))
    return placed


def _names_of(event: Event) -> list[str]:
    if event.write is write_end:
        return [event.record.text("code")]
    columns = [one.column for one in REFERENCES if one.table == event.record.table and one.column != "sibling"]
    return [event.record.text(column) for column in (*columns, "target")]


def _codes_made_by(writing: Writing, event: Event) -> list[str]:
    if event.write is write_round:
        return [event.record.text("fraction")] if event.record.text("kind") == "precipitation" else []
    if event.write is write_vials:
        # The first row speaks for all vials of its fraction.
        return [row.text("code") for row in writing.of("vials", "fraction", event.record.text("fraction"))]
    return [event.record.text("code")] if event.write not in (write_use, write_end) else []


def _vial_events(writing: Writing, record: Record, first_vial_of: set[str]) -> list[Event]:
    """Return the dispensing, once for all vials of a fraction, and the vial's end if it had one."""
    events = []
    fraction = record.text("fraction")
    if fraction not in first_vial_of:
        first_vial_of.add(fraction)
        first = min(one.when("filled_at").at for one in writing.of("vials", "fraction", fraction))
        events.append(Event(first, write_vials, record))
    if record.text("status") == "discarded":
        ended = record.moment("ended_at")
        events.append(Event(ended.at if ended else writing.journal.at, write_end, record))
    return events


def _column(record: Record, field: str | None) -> str | None:
    """Return the column a refusal is about, when its field is one of the row's columns."""
    if field is None:
        return None
    names = (field, field.rsplit(".", maxsplit=1)[-1])
    return next((name for name in names if name in record.cells), None)
