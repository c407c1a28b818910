"""The records of a JCAMP-DX file: labels with their values, in the blocks that titles begin and ends close."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from measurements.readers.parts.text import is_number, number
from measurements.readers.refusal import Unread

RECORD = re.compile(r"\s*##([^=]*)=?(.*)$")
# Labels are the same whatever their case, blanks and hyphens.
IGNORED = re.compile(r"[\s\-/_]")
TABLES = ("XYDATA", "XYPOINTS", "PEAKTABLE")
OTHER_TABLES = ("NTUPLES", "RADATA", "PEAKASSIGNMENTS", "DATATABLE")
MOST_BLOCKS = 10_000


@dataclass(slots=True)
class Record:
    """One label, its value, and the lines that follow it, with their numbers and without comments."""

    label: str
    value: str
    line: int
    rows: list[tuple[int, str]] = field(default_factory=list)

    @property
    def key(self) -> str:
        """The label as labels are compared."""
        return IGNORED.sub("", self.label).upper()

    @property
    def text(self) -> str:
        """The value with the lines that continue it."""
        return "\n".join((self.value, *(row for _, row in self.rows))).strip()


@dataclass(slots=True)
class Block:
    """The records between a title and its end, without those of blocks inside."""

    records: list[Record] = field(default_factory=list)
    is_closed: bool = False

    def find(self, *keys: str) -> Record | None:
        """Return the first record with one of these labels."""
        return next((record for record in self.records if record.key in keys), None)

    def text(self, *keys: str) -> str:
        """Return a record's text, or nothing."""
        record = self.find(*keys)
        return record.text if record else ""

    def number(self, key: str) -> float | None:
        """Return a record's number, with a decimal point or comma.

        Raises Unread when the record is there and is no number.
        """
        record = self.find(key)
        if record is None or not record.value:
            return None
        first = record.value.split()[0]
        if not is_number(first):
            raise Unread(f"{record.label.strip()} is “{record.value[:40]}”, which is no number", line=record.line)
        return number(first, line=record.line)


def blocks_of(lines: Sequence[str]) -> list[Block]:
    """Return every block of a file, an outer one before those inside it."""
    blocks: list[Block] = []
    opened: list[Block] = []
    for record in records_of(lines):
        if record.key == "TITLE" or not opened:
            blocks.append(Block())
            opened.append(blocks[-1])
        if len(blocks) > MOST_BLOCKS:
            raise Unread(f"The file has more than {MOST_BLOCKS:,} blocks", line=record.line)
        opened[-1].records.append(record)
        if record.key == "END":
            opened.pop().is_closed = True
    return blocks


def records_of(lines: Sequence[str]) -> Iterator[Record]:
    """Return labels with what belongs to them; a comment runs from two dollar signs to the end of its line."""
    record: Record | None = None
    for place, line in enumerate(lines, 1):
        content = line.partition("$$")[0].rstrip()
        found = RECORD.match(content)
        if found:
            if record:
                yield record
            record = Record(found[1].strip(), found[2].strip(), place)
        elif record and content.strip():
            record.rows.append((place, content.strip()))
    if record:
        yield record
