"""Compares the rows of an import with what was imported before: new, unchanged, or saying something else now."""

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from labbook.journal import plain_text
from labbook.models import Code, Lab
from samples.importing.cells import Amount, Record
from samples.importing.columns import SHAPES
from samples.importing.problems import Problem
from samples.models import ImportedRow


@dataclass(slots=True)
class Sorted:
    """The rows to write, how many are already there, and what is wrong with the others."""

    new: list[Record] = field(default_factory=list)
    keys: dict[int, str] = field(default_factory=dict)
    unchanged: Counter[str] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)


def sort_records(lab: Lab, records: Sequence[Record]) -> Sorted:
    """Sort rows into new and unchanged; a row that was imported with other values is a problem."""
    told = {
        (row.table, row.key): row.fingerprint
        for row in ImportedRow.objects.in_lab(lab).only("table", "key", "fingerprint")
    }
    found = Sorted()
    for record, key in keyed(records, found.problems):
        before = told.get((record.table, key))
        if before is None:
            found.new.append(record)
            found.keys[id(record)] = key
        elif before == fingerprint(record):
            found.unchanged[record.table] += 1
        else:
            found.problems.append(
                record.problem(f"{key} was imported with other values; change it on its page instead")
            )
    found.problems += _taken(lab, found.new)
    return found


def keyed(records: Sequence[Record], problems: list[Problem]) -> list[tuple[Record, str]]:
    """Return each row with its key; a key that stands twice in a table is a problem."""
    seen: dict[tuple[str, str], Record] = {}
    counts: Counter[str] = Counter()
    pairs = []
    for record in records:
        columns = SHAPES[record.table].key
        if columns:
            key = " ".join(record.cells.get(name, "") for name in columns)
            first = seen.setdefault((record.table, key), record)
            if first is not record:
                problems.append(record.problem(f"{key} stands already in line {first.row}", columns[0]))
                continue
        else:
            # Two equal lines are two uses: the second is told apart by its count.
            digest = fingerprint(record)
            counts[digest] += 1
            key = f"{digest}:{counts[digest]}"
        pairs.append((record, key[:200]))
    return pairs


def fingerprint(record: Record) -> str:
    """Return a hash of what a row says, the same however its numbers and moments are written."""
    said = {name: _plain(value) for name, value in sorted(record.values.items())}
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def _plain(value: object) -> object:
    if isinstance(value, Amount):
        return [plain_text(value.value), value.unit]
    if hasattr(value, "at") and hasattr(value, "precision"):
        return [plain_text(value.at), value.precision]
    return plain_text(value)


def _taken(lab: Lab, records: Sequence[Record]) -> list[Problem]:
    """Return a problem for every new record whose code somebody already uses, or that stands in two tables."""
    makers = [record for record in records if SHAPES[record.table].key == ("code",)]
    used = set(
        Code.objects.in_lab(lab)
        .filter(code__in=[record.text("code") for record in makers])
        .values_list("code", flat=True)
    )
    problems = [
        record.problem(f"{record.text('code')} is already used in this lab", "code")
        for record in makers
        if record.text("code") in used
    ]
    first: dict[str, Record] = {}
    for record in makers:
        other = first.setdefault(record.text("code"), record)
        if other is not record:
            problems.append(record.problem(f"{record.text('code')} stands already in {other.file}", "code"))
    return problems
