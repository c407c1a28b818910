"""Finds samples for the list, the search page and the API: one filter from the box and the facets."""

from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet
from django.utils import timezone

from labbook.models import Alias, Code, Lab, SearchRow
from labbook.models.people import Viewer
from labbook.search.conditions import Condition
from labbook.search.find import ProjectsSeen, narrowed, projects_of, visible_rows
from labbook.search.keys import Clock, Query
from labbook.search.parser import parse_all
from labbook.services.codes import normalized
from samples.queries.search_keys import MATERIAL_KINDS, SEARCH_KEYS
from samples.queries.search_terms import conditions_of


@dataclass(frozen=True, slots=True)
class Search:
    """What was asked, as it was understood, and the rows it means."""

    query: Query
    # The facets' part, without what stands in the box.
    facets: Query
    rows: QuerySet[SearchRow]
    conditions: list[Condition]
    projects: ProjectsSeen

    @property
    def found(self) -> QuerySet[SearchRow]:
        """The rows that fulfil every condition."""
        return narrowed(self.rows, self.conditions)

    def of_kinds(self, kinds: tuple[str, ...]) -> QuerySet[SearchRow]:
        """The found rows of some kinds; most rows are of a listed kind, so this narrows last."""
        return narrowed(self.rows.filter(kind__in=kinds), self.conditions)


def search(params: Mapping[str, list[str]], lab: Lab, user: Viewer) -> Search:
    """Return the search that parameters mean: `q` as typed, and each facet under its key's name.

    The same parameters mean the same in the page's address, in a saved view and in the API.
    """
    clock = Clock(timezone.now(), ZoneInfo(lab.time_zone))
    query, facets = parse_all(" ".join(params.get("q", [])), params, SEARCH_KEYS, clock)
    conditions, understood = conditions_of(query, lab, user)
    projects = projects_of(lab, user)
    return Search(understood, facets, visible_rows(lab, user, projects), conditions, projects)


def found_samples(asked: Search) -> QuerySet[SearchRow]:
    """Return the rows of samples that a search means: fractions, vials and specimens unless kinds are named."""
    if asked.query.of("kind"):
        return asked.found.filter(record_type="sample")
    return asked.of_kinds(tuple(MATERIAL_KINDS))


def exact_hit(text: str, lab: Lab, user: Viewer) -> SearchRow | None:
    """Return the one record that a person sees and whose code, tag or other name is exactly this text."""
    name = normalized(text)
    if not name:
        return None
    named = Q(normalized=name) | Q(tag=name) | Q(aliases__normalized=name)
    codes = Code.objects.filter(named, lab=lab).values_list("record_type", "record_id", "code").distinct()[:20]
    hits = visible_rows(lab, user).filter(record_q(codes)) if codes else SearchRow.objects.none()
    found = list(hits[:2])
    return found[0] if len(found) == 1 else None


def record_q(records: QuerySet[Code, tuple[str, int, str]]) -> Q:
    """Return the condition that a row is that of one of these records."""
    its = Q()
    for record_type, record_id, _ in records:
        its |= Q(record_type=record_type, record_id=record_id)
    return its


def other_names(rows: list[SearchRow]) -> dict[int, list[str]]:
    """Return the other names of sample rows, by the record's id."""
    ids = [row.record_id for row in rows if row.record_type == "sample"]
    names: dict[int, list[str]] = {}
    aliases = Alias.objects.filter(code__record_type="sample", code__record_id__in=ids)
    for record_id, text in aliases.values_list("code__record_id", "text"):
        names.setdefault(record_id, []).append(text)
    return names
