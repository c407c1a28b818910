"""What the search keys mean on search rows: places, lots and projects become ids first."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from django.db.models import Q

from labbook.models import Lab, Project
from labbook.models.people import Viewer
from labbook.quantities.errors import echo
from labbook.search.conditions import (
    Condition,
    any_of,
    between,
    column_condition,
    fact_condition,
    moment_condition,
    number_condition,
    record_condition,
    word_condition,
)
from labbook.search.keys import Problem, Query, Term
from samples.lineage.walk import descendant_links
from samples.models import Place, Sample, SampleSize
from samples.services.indexing import SIZE, STAY

# Of a lot with more descendants only the newest are searched; its recall page shows them all.
MOST_DESCENDANTS = 5_000


class Misunderstood(Exception):
    """A term whose place, lot or project does not exist."""


def conditions_of(query: Query, lab: Lab, user: Viewer) -> tuple[list[Condition], Query]:
    """Return the conditions of a query, and the query with the terms that name nothing turned into problems."""
    conditions: list[Condition] = []
    kept: list[Term] = []
    problems = list(query.problems)
    reader = Meaning(lab, user)
    for term in query.terms:
        try:
            if term.key not in ("in", "stored") or term.is_negated:
                conditions.append(reader.condition(term))
            elif term.key == "in":
                reader.place_ids(term)
            kept.append(term)
        except Misunderstood as problem:
            problems.append(Problem(term.text, str(problem)))
    understood = replace(query, terms=tuple(kept), problems=tuple(problems))
    conditions.extend(reader.stay_conditions(understood))
    return conditions, understood


class Meaning:
    """Turns terms into conditions of one lab, as one person may know it."""

    def __init__(self, lab: Lab, user: Viewer) -> None:
        self.lab = lab
        self.user = user
        self.places: list[Place] | None = None

    def condition(self, term: Term) -> Condition:
        """Return the condition of one term; raises Misunderstood."""
        make: dict[str, Callable[[Term], Condition]] = {
            "": lambda term: word_condition(self.lab.pk, term),
            "kind": lambda term: column_condition(self.lab.pk, term, "kind"),
            "status": lambda term: column_condition(self.lab.pk, term, "status"),
            "by": lambda term: column_condition(self.lab.pk, in_any_case(term), "by"),
            "made": lambda term: moment_condition(self.lab.pk, term),
            "age": lambda term: moment_condition(self.lab.pk, term),
            "size": lambda term: number_condition(self.lab.pk, term, SIZE, tuple(SampleSize.Origin.values)),
            "injT": lambda term: number_condition(self.lab.pk, term, "injT"),
            "growth": lambda term: number_condition(self.lab.pk, term, "growth"),
            "has": self.has,
            "tech": lambda term: fact_condition(self.lab.pk, measured_by(term.words), is_negated=term.is_negated),
            "P": lambda term: number_condition(self.lab.pk, term, "P"),
            "T": lambda term: number_condition(self.lab.pk, term, "T"),
            "in": lambda term: self.stay(self.place_ids(term), term),
            "stored": lambda term: self.stay(None, term),
            "lot": self.from_lot,
            "project": self.in_project,
        }
        return make[term.key](term) if term.key in make else record_condition(term, "", ())

    def has(self, term: Term) -> Condition:
        """Return the condition that a row has a size or was measured by a technique."""
        its = measured_by(term.words)
        if SIZE in lower(term.words):
            its |= Q(key=SIZE)
        return fact_condition(self.lab.pk, its, is_negated=term.is_negated)

    def stay_conditions(self, query: Query) -> Iterator[Condition]:
        """Yield the conditions that one and the same stay is in the place and has lasted so long."""
        places = [term for term in query.of("in") if not term.is_negated]
        since = [term for term in query.of("stored") if not term.is_negated]
        if not places and not since:
            return
        ids = set.intersection(*(self.place_ids(term) for term in places)) if places else None
        its = stay_q(ids)
        for term in since:
            its &= any_of(between("number", interval) for interval in term.intervals)
        yield fact_condition(self.lab.pk, its)

    def stay(self, place_ids: set[int] | None, term: Term) -> Condition:
        """Return the condition on a stay in one of these places, or for this long anywhere."""
        its = stay_q(place_ids) & any_of(between("number", interval) for interval in term.intervals)
        return fact_condition(self.lab.pk, its, is_negated=term.is_negated)

    def place_ids(self, term: Term) -> set[int]:
        """Return the places a term names, by title, kind or id, with all that lies in them; raises Misunderstood."""
        if self.places is None:
            self.places = list(Place.objects.filter(lab=self.lab))
        found = {
            place.pk
            for place in self.places
            for word in term.words
            if word.lower() in place.title.lower() or word.lower() == place.kind
        }
        if not found:
            raise Misunderstood(f"No place is called “{echo(term.words[0])}”.")
        return with_inner(found, self.places)

    def from_lot(self, term: Term) -> Condition:
        """Return the condition that a row is a bottle of the lot or descends from one; raises Misunderstood."""
        lots = any_of(Q(bottle__lot__iexact=word) for word in term.words)
        bottles = Sample.objects.visible_to(self.user).filter(lots, lab=self.lab)
        ids = list(bottles.values_list("pk", flat=True))
        if not ids:
            raise Misunderstood(f"No bottle of this lab has the lot “{echo(term.words[0])}”.")
        below = sorted({link.child_id for link in descendant_links(ids)}, reverse=True)
        return record_condition(term, "sample", [*ids, *below[:MOST_DESCENDANTS]])

    def in_project(self, term: Term) -> Condition:
        """Return the condition that a row lies in a project; raises Misunderstood."""
        named = any_of(Q(slug__iexact=word) | Q(name__iexact=word) for word in term.words)
        ids = [
            str(pk)
            for pk in Project.objects.visible_to(self.user).filter(named, lab=self.lab).values_list("pk", flat=True)
        ]
        if not ids:
            raise Misunderstood(f"No project is called “{echo(term.words[0])}”.")
        return column_condition(self.lab.pk, replace(term, words=tuple(ids)), "project")


def measured_by(words: tuple[str, ...]) -> Q:
    """Return the condition on a fact that it is one of these techniques, in any case."""
    return Q(key="tech", word__in=lower(words))


def lower(words: tuple[str, ...]) -> list[str]:
    """Return words as facts spell them."""
    return [word.lower()[:60] for word in words]


def stay_q(place_ids: set[int] | None) -> Q:
    """Return the condition on a fact that it is a stay, in one of these places if any are given."""
    its = Q(key=STAY)
    return its if place_ids is None else its & Q(word__in=[str(one) for one in place_ids])


def with_inner(place_ids: set[int], places: list[Place]) -> set[int]:
    """Return places with every place inside them."""
    inner = {place.pk for place in places if place.parent_id in place_ids} - place_ids
    return with_inner(place_ids | inner, places) if inner else place_ids


def in_any_case(term: Term) -> Term:
    """Return a term whose words also stand in the cases that initials are written in."""
    words = tuple({form for word in term.words for form in (word, word.upper(), word.title())})
    return replace(term, words=words)
