"""From a term to a condition on search rows, which can be looked up by itself or checked row by row."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import CharField, OuterRef, Q, QuerySet, Subquery
from django.db.models.lookups import IsNull, StartsWith
from django.db.models.sql.compiler import SQLCompiler

from labbook.models import SearchFact, SearchRow
from labbook.search.keys import Interval, Term

# Sorts after every word that begins with the same letters.
LAST_LETTER = "\U0010ffff"
# A day's breadth inside the years 1 to 9999, so that every time zone can show them.
FIRST_S = datetime(1, 1, 2, tzinfo=UTC).timestamp()
LAST_S = datetime(9999, 12, 30, tzinfo=UTC).timestamp()


@CharField.register_lookup
class Begins(StartsWith):
    """`word__begins="nc"`: a prefix that walks an index on SQLite as well, whose LIKE does not."""

    lookup_name = "begins"

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """Compare with the two ends of the prefix, byte by byte."""
        left, params = self.process_lhs(compiler, connection)
        return f"({left} >= %s AND {left} < %s)", (*params, self.rhs, *params, f"{self.rhs}{LAST_LETTER}")

    def as_postgresql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """Use LIKE, which the index's pattern order serves whatever the database's language."""
        left, params = self.process_lhs(compiler, connection)
        prefix = str(self.rhs).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        return f"{left} LIKE %s", (*params, f"{prefix}%")


@dataclass(frozen=True, slots=True)
class Condition:
    """What a row must fulfil; `found` looks up the rows' keys by an index of its own, where there is one."""

    keep: Q
    found: QuerySet[Any, Any] | None = None


def column_condition(lab_id: int, term: Term, column: str) -> Condition:
    """Return the condition that a column of the row holds one of a term's words."""
    its = Q(**{f"{column}__in": term.words})
    return _condition(term, its, SearchRow.objects.filter(its, lab_id=lab_id).values_list("pk", flat=True))


def moment_condition(lab_id: int, term: Term) -> Condition:
    """Return the condition that a row was made in one of a term's intervals of moments."""
    its = any_of(between("made_at", interval, as_moment=True) for interval in term.intervals)
    return _condition(term, its, SearchRow.objects.filter(its, lab_id=lab_id).values_list("pk", flat=True))


def number_condition(lab_id: int, term: Term, key: str, words: tuple[str, ...] = ("",)) -> Condition:
    """Return the condition that a row has a number under a key in one of a term's intervals, or one of its words."""
    parts = [Q(word__in=words) & between("number", interval) for interval in term.intervals]
    if term.words:
        parts.append(Q(word__in=term.words))
    return fact_condition(lab_id, Q(key=key) & any_of(parts), is_negated=term.is_negated)


def word_condition(lab_id: int, term: Term) -> Condition:
    """Return the condition that a word of the row begins with the term's word."""
    return fact_condition(lab_id, Q(key="word", word__begins=term.words[0].lower()[:60]), is_negated=term.is_negated)


def fact_condition(lab_id: int, its: Q, *, is_negated: bool = False) -> Condition:
    """Return the condition that a row has, or has not, a fact like this."""
    # Asked for as a value, not with EXISTS: PostgreSQL would turn that into a join from every fact
    # like this, because it cannot know how many there are, and sort them all for one page.
    first = Subquery(SearchFact.objects.filter(its, row_id=OuterRef("pk")).order_by().values("pk")[:1])
    keep = Q(IsNull(first, is_negated))
    found = SearchFact.objects.filter(its, lab_id=lab_id).values_list("row_id", flat=True)
    return Condition(keep) if is_negated else Condition(keep, found)


def record_condition(term: Term, record_type: str, record_ids: Iterable[int]) -> Condition:
    """Return the condition that a row is that of one of these records."""
    its = Q(record_type=record_type, record_id__in=list(record_ids))
    return _condition(term, its, SearchRow.objects.filter(its).values_list("pk", flat=True))


def any_of(parts: Iterable[Q]) -> Q:
    """Return the condition that one of the parts holds."""
    together = Q()
    for part in parts:
        together |= part
    return together


def _condition(term: Term, its: Q, found: QuerySet[Any, Any]) -> Condition:
    return Condition(~its) if term.is_negated else Condition(its, found)


def between(column: str, interval: Interval, *, as_moment: bool = False) -> Q:
    """Return the condition that a column lies in an interval, whose ends are moments in seconds or numbers."""

    def end(value: float) -> float | datetime:
        return moment_at(value) if as_moment else value

    its = Q(**{f"{column}__isnull": False})
    if interval.low is not None:
        its &= Q(**{f"{column}__gt{'' if interval.low_is_out else 'e'}": end(interval.low)})
    if interval.high is not None:
        its &= Q(**{f"{column}__lt{'' if interval.high_is_out else 'e'}": end(interval.high)})
    return its


def moment_at(seconds: float) -> datetime:
    """Return a moment in seconds since 1970; before and after all years that a calendar has, the first and the last."""
    return datetime.fromtimestamp(min(max(seconds, FIRST_S), LAST_S), tz=UTC)
