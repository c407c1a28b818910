"""Writes a record's search row and facts; upper floors say what the record can be found by."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from labbook.journal import record_type_of
from labbook.models import ProjectRecord, SearchFact, SearchRow
from labbook.services.codes import normalized

MOST_WORDS = 60
LONGEST_WORD = 60
WORD = "word"
ROWS_AT_ONCE = 200
# The columns of a search row that follow its record.
SHOWN = ["lab_id", "project_id", "kind", "code", "title", "status", "by", "made_at"]


class Fact(NamedTuple):
    """One thing a record can be found by: a key, a word under it, a number, or both."""

    key: str
    word: str = ""
    number: float | None = None


@dataclass(frozen=True, slots=True)
class Findable:
    """What lists and search show and filter of a record."""

    kind: str
    code: str
    title: str = ""
    status: str = ""
    by: str = ""
    made_at: datetime | None = None
    # Texts whose words find the record, the most telling first.
    texts: tuple[str, ...] = ()
    facts: frozenset[Fact] = field(default_factory=frozenset)
    # Keys of facts that another floor writes on this row; they stay as they are.
    kept_keys: tuple[str, ...] = ()


def write_search_row(record: ProjectRecord, findable: Findable) -> frozenset[Fact]:
    """Bring a record's search row and its facts up to date; returns the facts it had before."""
    row = _saved_row(record, findable)
    wanted = findable.facts | words_of(findable.code, findable.title, *findable.texts)
    stored = {
        Fact(key, word, number): pk
        for pk, key, word, number in SearchFact.objects.filter(row=row).values_list("pk", "key", "word", "number")
    }
    gone = [pk for fact, pk in stored.items() if fact not in wanted and fact.key not in findable.kept_keys]
    if gone:
        SearchFact.objects.filter(pk__in=gone).delete()
    add_facts((row, fact) for fact in wanted - stored.keys())
    return frozenset(stored)


def write_search_rows(records: Sequence[tuple[ProjectRecord, Findable]]) -> None:
    """Bring many search rows and their facts up to date in a few queries."""
    for start in range(0, len(records), ROWS_AT_ONCE):
        _write_some(records[start : start + ROWS_AT_ONCE])


def _write_some(records: Sequence[tuple[ProjectRecord, Findable]]) -> None:
    rows = _saved_rows(records)
    wanted = {
        row.pk: findable.facts | words_of(findable.code, findable.title, *findable.texts)
        for row, (_, findable) in zip(rows, records, strict=True)
    }
    kept = {row.pk: findable.kept_keys for row, (_, findable) in zip(rows, records, strict=True)}
    gone: list[int] = []
    stored: dict[int, set[Fact]] = {}
    found = SearchFact.objects.filter(row__in=list(wanted)).values_list("pk", "row_id", "key", "word", "number")
    for pk, row_id, key, word, number in found:
        fact = Fact(key, word, number)
        stored.setdefault(row_id, set()).add(fact)
        if fact not in wanted[row_id] and key not in kept[row_id]:
            gone.append(pk)
    for start in range(0, len(gone), ROWS_AT_ONCE):
        SearchFact.objects.filter(pk__in=gone[start : start + ROWS_AT_ONCE]).delete()
    add_facts((row, fact) for row in rows for fact in sorted(wanted[row.pk] - stored.get(row.pk, set()), key=str))


def replace_facts(record_type: str, facts: Mapping[int, frozenset[Fact]], *, keys: Collection[str]) -> None:
    """Let the rows of other floors' records, by id, have exactly these facts under some keys; no row, no facts."""
    rows = {row.record_id: row for row in SearchRow.objects.filter(record_type=record_type, record_id__in=list(facts))}
    stored: dict[int, set[Fact]] = {}
    gone: list[int] = []
    found = SearchFact.objects.filter(row__in=rows.values(), key__in=keys)
    for pk, record_id, key, word, number in found.values_list("pk", "row__record_id", "key", "word", "number"):
        fact = Fact(key, word, number)
        stored.setdefault(record_id, set()).add(fact)
        if fact not in facts[record_id]:
            gone.append(pk)
    for start in range(0, len(gone), ROWS_AT_ONCE):
        SearchFact.objects.filter(pk__in=gone[start : start + ROWS_AT_ONCE]).delete()
    add_facts((row, fact) for pk, row in rows.items() for fact in sorted(facts[pk] - stored.get(pk, set()), key=str))


def add_facts(facts: Iterable[tuple[SearchRow, Fact]]) -> None:
    """Write new facts of one or many rows."""
    rows = [SearchFact(row=row, lab_id=row.lab_id, **fact._asdict()) for row, fact in facts]
    if rows:
        SearchFact.objects.bulk_create(rows, batch_size=500)


def words_of(*texts: str) -> frozenset[Fact]:
    """Return the lower-case words of texts as facts; a code is also a word without its dashes."""
    found: dict[str, None] = {}
    for text in texts:
        for word in split_words(text):
            found.setdefault(word[:LONGEST_WORD])
            if "-" in word:
                found.setdefault(normalized(word).lower()[:LONGEST_WORD])
    return frozenset(Fact(WORD, word) for word in list(found)[:MOST_WORDS] if word)


def split_words(text: str) -> list[str]:
    """Return the words of a text in lower case, without the punctuation around them."""
    return [word.strip("-._/") for word in re.findall(r"[\w./µ%°-]+", text.lower())]


def _saved_row(record: ProjectRecord, findable: Findable) -> SearchRow:
    """Write the row in one query, whether the record had one or not."""
    return _saved_rows([(record, findable)])[0]


def _saved_rows(records: Sequence[tuple[ProjectRecord, Findable]]) -> list[SearchRow]:
    rows = [
        SearchRow(record_type=record_type_of(record), record_id=record.pk, **_shown(record, findable))
        for record, findable in records
    ]
    return SearchRow.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["record_type", "record_id"], update_fields=SHOWN
    )


def _shown(record: ProjectRecord, findable: Findable) -> dict[str, Any]:
    return {
        "lab_id": record.lab_id,
        "project_id": record.project_id,
        "kind": findable.kind,
        "code": findable.code,
        "title": findable.title[:200],
        "status": findable.status,
        "by": findable.by[:8],
        "made_at": findable.made_at,
    }
