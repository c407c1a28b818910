"""Finds search rows newest first, in pages and with capped counts, at a cost that does not grow with the lab."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from labbook.models import Lab, Project, SearchRow
from labbook.models.people import Viewer
from labbook.search.conditions import Condition

PAGE_SIZE = 50
COUNTED = 1_000
# A condition that fewer rows fulfil is looked up first; one that more fulfil is met often on the way.
NARROW = 5_000


@dataclass(frozen=True, slots=True)
class Page:
    """One page of rows, newest first; `before` is the key to ask the next page with."""

    rows: list[SearchRow]
    before: int | None
    total: int | None

    @property
    def said_total(self) -> str:
        """The total in words, exact up to a thousand."""
        if self.total is None:
            return ""
        return f"more than {COUNTED:,}" if self.total > COUNTED else f"{self.total:,}"

    @property
    def said_shown(self) -> str:
        """How many rows this page shows, and of how many."""
        return f"{len(self.rows)} of {self.said_total}" if self.said_total else f"{len(self.rows)}"


@dataclass(frozen=True, slots=True)
class ProjectsSeen:
    """The projects of a lab that a person sees, and the ids of those that are hidden from them."""

    seen: list[Project]
    hidden: list[int]


def projects_of(lab: Lab, user: Viewer) -> ProjectsSeen:
    """Return a lab's projects in one query, parted by whether the person sees them."""
    theirs = Project.objects.visible_to(user).filter(pk=OuterRef("pk"))
    projects = list(Project.objects.filter(lab=lab).annotate(is_seen=Exists(theirs)).order_by("name"))
    return ProjectsSeen([one for one in projects if one.is_seen], [one.pk for one in projects if not one.is_seen])


def visible_rows(lab: Lab, user: Viewer, projects: ProjectsSeen | None = None) -> QuerySet[SearchRow]:
    """Return the rows of a lab that a person may see; hidden projects are looked up first, as a short list of ids."""
    hidden = (projects or projects_of(lab, user)).hidden
    is_member = Exists(Lab.objects.visible_to(user).filter(pk=lab.pk))
    rows = SearchRow.objects.filter(is_member, lab_id=lab.pk)
    return rows.filter(Q(project__isnull=True) | ~Q(project__in=hidden)) if hidden else rows


def narrowed(rows: QuerySet[SearchRow], conditions: Sequence[Condition]) -> QuerySet[SearchRow]:
    """Return the rows that fulfil every condition, started from the condition that the fewest rows fulfil.

    Neither database can know which condition is rare for these values, so each is counted by its own
    index, as far as NARROW. Where none is rare, a page fills while walking from the newest row.
    """
    lookups = [condition.found for condition in conditions if condition.found is not None]
    counts = counts_of(lookups)
    if counts and min(counts) <= NARROW:
        rarest = lookups[counts.index(min(counts))]
        rows = rows.filter(pk__in=rarest) if min(counts) else rows.none()
    for condition in conditions:
        rows = rows.filter(condition.keep)
    return rows


def counts_of(lookups: Sequence[QuerySet[Any, Any]]) -> list[int]:
    """Return how many keys each look-up finds, counted as far as NARROW, all in one query."""
    parts: list[str] = []
    params: list[Any] = []
    for lookup in lookups:
        try:
            sql, values = lookup.order_by()[: NARROW + 1].query.sql_with_params()
        except EmptyResultSet:
            sql, values = "SELECT 1 WHERE 1 = 0", ()
        parts.append(f"(SELECT COUNT(*) FROM ({sql}) found)")  # noqa: S608  (compiled by the ORM, values apart)
        params.extend(values)
    if not parts:
        return []
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", params)
        return list(cursor.fetchone() or ())


def page_of(
    rows: QuerySet[SearchRow], *, before: int | None = None, size: int = PAGE_SIZE, is_counted: bool = True
) -> Page:
    """Return the page of rows older than `before`, and how many there are in all, counted up to a thousand."""
    ordered = rows.order_by("-pk")
    found = list((ordered.filter(pk__lt=before) if before else ordered)[: size + 1])
    rest = found[size - 1].pk if len(found) > size else None
    if not is_counted:
        return Page(found[:size], rest, None)
    is_whole = before is None and rest is None
    total = len(found) if is_whole else ordered[: COUNTED + 1].count()
    return Page(found[:size], rest, total)


def record_ids(rows: Iterable[SearchRow], record_type: str) -> list[int]:
    """Return the ids of the records of one type, in the rows' order."""
    return [row.record_id for row in rows if row.record_type == record_type]
