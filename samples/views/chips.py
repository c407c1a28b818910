"""The chips above a list: what was understood of a query, each with the address without it."""

from dataclasses import dataclass

from django.http import QueryDict

from labbook.http import LabRequest
from labbook.search.keys import Problem, Query, Term
from labbook.search.parser import FROM, TO


@dataclass(frozen=True, slots=True)
class Chip:
    """One token in plain words; its address is the same page without it."""

    text: str
    address: str
    strong: str = ""
    is_on: bool = True
    is_wrong: bool = False
    count: str = ""


def chips_of(request: LabRequest, query: Query, facets: Query) -> list[Chip]:
    """Return the chips of a query: the understood terms, then the ones that were not."""
    from_facets = {(term.key, term.text) for term in facets.terms}
    chips = [term_chip(request.GET, query, term, is_facet=(term.key, term.text) in from_facets) for term in query.terms]
    return [*chips, *(problem_chip(request.GET, query, problem) for problem in query.problems)]


def term_chip(params: QueryDict, query: Query, term: Term, *, is_facet: bool) -> Chip:
    """Return the chip of a term, which leads to the same query without it."""
    label, colon, rest = term.said.partition(": ")
    text, strong = (f"{label}:", rest) if colon else ("", term.said)
    if is_facet:
        return Chip(text, without_facet(params, term.key), strong)
    return Chip(text, without_text(params, query, term.text), strong)


def problem_chip(params: QueryDict, query: Query, problem: Problem) -> Chip:
    """Return the chip of a token that was not understood."""
    return Chip(problem.text[:40], without_text(params, query, problem.text), is_on=False, is_wrong=True)


def without_facet(params: QueryDict, key: str) -> str:
    """Return the address without one facet."""
    wanted = params.copy()
    for name in (key, key + FROM, key + TO, "before"):
        wanted.pop(name, None)
    return f"?{wanted.urlencode()}"


def without_text(params: QueryDict, query: Query, text: str) -> str:
    """Return the address whose typed query lacks one token."""
    wanted = params.copy()
    wanted.pop("before", None)
    typed = wanted.get("q") or ""
    if text in typed:
        wanted["q"] = " ".join(typed.replace(text, " ", 1).split())
    else:
        left_out = {text}
        wanted["q"] = " ".join(term.text for term in query.terms if term.text not in left_out)
    return f"?{wanted.urlencode()}"
