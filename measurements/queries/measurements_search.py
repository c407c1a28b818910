"""Finds measurements for their list and the API: one filter from the box and the facets, as for samples."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils import timezone

from labbook.models import Lab
from labbook.models.people import Viewer
from labbook.search.conditions import Condition, any_of, column_condition, fact_condition
from labbook.search.find import projects_of, visible_rows
from labbook.search.keys import Clock, Problem, Query, SearchKey, Term
from labbook.search.parser import parse_all
from measurements.queries.states import STATES, VOID
from measurements.techniques import Along
from samples.queries.samples import Search
from samples.queries.search_keys import ANALYSED, MEASUREMENT
from samples.queries.search_terms import Meaning, Misunderstood

NO_SAMPLE = "none"
CHOSEN_STATES = {**{state: (state,) for state in STATES}, "any": STATES}
MEASUREMENT_KEYS = {
    key.name.lower(): key
    for key in (
        SearchKey("tech", "Technique", "word", "PL"),
        SearchKey("sample", "Sample", "word", "NC-024-F2"),
        SearchKey("instrument", "Instrument", "word", "streak"),
        SearchKey("by", "Operator", "word", "AV"),
        SearchKey("made", "Measured", "day", "2026-02"),
        *ANALYSED,
        SearchKey("along", "Series along", "choice", "pressure", choices={one: (one,) for one in Along.values}),
        SearchKey("P", "Pressure", "number", "0..2GPa", unit="GPa"),
        SearchKey("T", "Temperature", "number", "80..300K", unit="K"),
        SearchKey("status", "State", "choice", "void", choices=CHOSEN_STATES),
        SearchKey("project", "Project", "word", "pressure"),
    )
}


def search_measurements(params: Mapping[str, list[str]], lab: Lab, user: Viewer) -> Search:
    """Return the search that parameters mean; what is void is left out unless a state is asked for."""
    clock = Clock(timezone.now(), ZoneInfo(lab.time_zone))
    query, facets = parse_all(" ".join(params.get("q", [])), params, MEASUREMENT_KEYS, clock)
    conditions, understood = conditions_of(query, lab, user)
    projects = projects_of(lab, user)
    rows = visible_rows(lab, user, projects).filter(kind=MEASUREMENT)
    if not understood.of("status"):
        rows = rows.exclude(status=VOID)
    return Search(understood, facets, rows, conditions, projects)


def conditions_of(query: Query, lab: Lab, user: Viewer) -> tuple[list[Condition], Query]:
    """Return the conditions of a query, and the query with the terms that name nothing turned into problems."""
    conditions: list[Condition] = []
    kept: list[Term] = []
    problems = list(query.problems)
    reader = Meaning(lab, user)
    for term in query.terms:
        try:
            conditions.append(condition_of(term, reader))
            kept.append(term)
        except Misunderstood as problem:
            problems.append(Problem(term.text, str(problem)))
    return conditions, replace(query, terms=tuple(kept), problems=tuple(problems))


def condition_of(term: Term, reader: Meaning) -> Condition:
    """Return the condition of one term; those of samples mean the same here."""
    own: dict[str, Callable[[Term, int], Condition]] = {
        "sample": of_sample,
        "instrument": of_instrument,
        "along": of_ladder,
        "status": lambda term, lab_id: column_condition(lab_id, term, "status"),
    }
    return own[term.key](term, reader.lab.pk) if term.key in own else reader.condition(term)


def of_sample(term: Term, lab_id: int) -> Condition:
    """Return the condition that a measurement is of a sample with this code, or of one whose code goes on from it."""
    its = any_of(Q(word=word.lower()[:60]) | Q(word__begins=f"{word.lower()[:59]}-") for word in term.words)
    return fact_condition(lab_id, Q(key="sample") & its, is_negated=term.is_negated)


def of_instrument(term: Term, lab_id: int) -> Condition:
    """Return the condition that the name of a measurement's instrument begins so."""
    its = any_of(Q(word__begins=word.lower()[:60]) for word in term.words)
    return fact_condition(lab_id, Q(key="instrument") & its, is_negated=term.is_negated)


def of_ladder(term: Term, lab_id: int) -> Condition:
    """Return the condition that a measurement stands on a rung of a ladder along something."""
    return fact_condition(lab_id, Q(key="along", word__in=term.words), is_negated=term.is_negated)
