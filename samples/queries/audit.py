"""Audits a lab's graph: what must hold of its samples, ledger, codes, search rows, moves and history."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from itertools import chain, groupby
from typing import Any, NamedTuple

from django.apps import apps
from django.db import models
from django.db.models import F

from labbook.models import Code, Lab, SearchRow
from labbook.queries.chain import first_break
from labbook.services.codes import normalized
from samples.models import EntryKind, LedgerEntry, Move, ProcessInput, Sample, SampleStatus, Synthesis

# A report names so many of each sort; the rest is counted.
MOST_NAMED = 20
OWNING_APPS = ("labbook", "samples")


class Violation(NamedTuple):
    """One thing that does not hold: which rule, of what, and how."""

    rule: str
    of: str
    problem: str


def violations_in(lab: Lab) -> list[Violation]:
    """Return everything that does not hold in a lab, rule by rule; nothing is changed."""
    return [Violation(rule, of, problem) for rule, look in RULES.items() for of, problem in look(lab)]


Found = Iterator[tuple[str, str]]


def broken_balances(lab: Lab) -> Found:
    """Yield samples whose balance is below zero or is not what their ledger adds up to."""
    rows = LedgerEntry.objects.filter(sample__lab=lab).order_by("sample_id", "pk")
    columns = rows.values_list("sample_id", "kind", "amount", "balance")
    sums = {pk: replayed(entries) for pk, entries in groupby(columns.iterator(), key=lambda row: row[0])}
    samples = Sample.objects.filter(lab=lab).values_list("pk", "code", "balance", "status")
    for pk, code, balance, status in samples.iterator():
        if pk not in sums:
            if status != SampleStatus.PLANNED:
                yield code, "has no ledger entry"
            continue
        total, problem = sums[pk]
        if problem:
            yield code, problem
        elif total != balance:
            yield code, f"the balance says {balance}, its ledger adds up to {total}"
        elif balance is not None and balance < 0:
            yield code, f"the balance is {balance}"


def replayed(entries: Iterable[tuple[int, str, Decimal | None, Decimal | None]]) -> tuple[Decimal | None, str]:
    """Return what a sample's entries add up to, and the first entry that does not follow from those before."""
    total: Decimal | None = None
    problem = ""
    for index, (_, kind, amount, balance) in enumerate(entries):
        if (kind == EntryKind.MADE) != (index == 0):
            problem = problem or f"entry {index + 1} is {kind}: the first entry, and only that, is the making"
        total = after(total, kind, amount, balance)
        if total != balance:
            problem = problem or f"entry {index + 1} says {balance}, those up to it add up to {total}"
    return total, problem


def after(total: Decimal | None, kind: str, amount: Decimal | None, balance: Decimal | None) -> Decimal | None:
    """Return what is left after one entry; a count sets the book, whatever it said before."""
    if kind == EntryKind.MADE:
        return amount
    if kind == EntryKind.RECOUNT:
        return balance if total is None or amount is None else total + amount
    return None if total is None or amount is None else total + amount


def broken_origins(lab: Lab) -> Found:
    """Yield samples that no process of the lab made, and samples that descend from themselves."""
    parents: dict[int, set[int]] = {}
    inputs: dict[int, set[int]] = defaultdict(set)
    lines = ProcessInput.objects.filter(process__lab=lab, sample__isnull=False)
    for process_id, sample_id in lines.values_list("process_id", "sample_id").iterator():
        inputs[process_id].add(sample_id)
    codes: dict[int, str] = {}
    rows = Sample.objects.filter(lab=lab).values_list("pk", "code", "origin_id", "origin__lab_id")
    for pk, code, origin_id, origin_lab_id in rows.iterator():
        codes[pk], parents[pk] = code, inputs[origin_id]
        if origin_lab_id != lab.pk:
            yield code, "no process of this lab made it"
    for pk in in_circles(parents):
        yield codes[pk], "descends from itself"


def in_circles(parents: dict[int, set[int]]) -> list[int]:
    """Return the samples that are left when those without open parents are taken away again and again."""
    children: dict[int, list[int]] = defaultdict(list)
    open_count = dict.fromkeys(parents, 0)
    for pk, above in parents.items():
        for parent in above & parents.keys():
            children[parent].append(pk)
            open_count[pk] += 1
    free = [pk for pk, count in open_count.items() if not count]
    while free:
        parent = free.pop()
        del open_count[parent]
        for child in children[parent]:
            open_count[child] -= 1
            if not open_count[child]:
                free.append(child)
    return sorted(open_count)


def broken_codes(lab: Lab) -> Found:
    """Yield records and code rows that do not name each other."""
    rows = Code.objects.filter(lab=lab).values_list("record_type", "record_id", "code", "tag", "normalized")
    kept = {(kind, pk): (code, tag, plain) for kind, pk, code, tag, plain in rows.iterator()}
    for kind, model in RECORDS.items():
        for pk, code, tag in model._base_manager.filter(lab=lab).values_list("pk", "code", "tag").iterator():
            row = kept.pop((kind, pk), None)
            if row is None:
                yield code, "has no code row"
            elif row != (code, tag, normalized(code)):
                yield code, f"its code row says {row[0]}, {row[1]}, {row[2]}"
    for (kind, _), (code, _, _) in kept.items():
        yield code, f"its code row leads to a {kind} that is not there"


def broken_search_rows(lab: Lab) -> Found:
    """Yield records whose search row is missing or tells something else than they do."""
    names = ("project_id", "kind", "code", "title", "status")
    # Upper floors keep rows of their own records there too.
    rows = SearchRow.objects.filter(lab=lab, record_type__in=RECORDS).values_list("record_type", "record_id", *names)
    told = {(row[0], row[1]): row[2:] for row in rows.iterator()}
    for kind, model in RECORDS.items():
        columns = [F(name) if name != "kind" or kind == "sample" else models.Value(kind) for name in names]
        for pk, *wanted in model._base_manager.filter(lab=lab).values_list("pk", *columns).iterator():
            row = told.pop((kind, pk), None)
            if row is None:
                yield wanted[2], "has no search row"
                continue
            for name, now, then in zip(names, wanted, row, strict=True):
                if now != then:
                    yield wanted[2], f"its search row says {name} {then}, it is {now}"
    for (kind, _), row in told.items():
        yield row[2], f"its search row leads to a {kind} that is not there"


def broken_places(lab: Lab) -> Found:
    """Yield samples that are not where their latest move says."""
    latest = Move.objects.filter(sample=models.OuterRef("pk")).order_by("-moved_at").values("place_id")[:1]
    rows = Sample.objects.filter(lab=lab).annotate(latest=models.Subquery(latest))
    for code, place, wanted in rows.values_list("code", "place_id", "latest").iterator():
        if place != wanted:
            yield code, f"is in place {place}, its latest move says {wanted}"


def broken_history(lab: Lab) -> Found:
    """Yield the first row of the history that does not follow from those before."""
    problem = first_break(lab)
    if problem:
        yield lab.slug, problem


def broken_borders(lab: Lab) -> Found:
    """Yield records of the lab that lead to a record of another."""
    for model in chain.from_iterable(apps.get_app_config(name).get_models() for name in OWNING_APPS):
        if not has_lab(model):
            continue
        for field in model._meta.concrete_fields:
            if field.name != "lab" and field.is_relation and has_lab(field.related_model):
                strangers = model._base_manager.filter(lab=lab).exclude(**{f"{field.name}__isnull": True})
                for pk in strangers.exclude(**{f"{field.name}__lab": lab}).values_list("pk", flat=True)[:MOST_NAMED]:
                    yield f"{model._meta.model_name} {pk}", f"its {field.name} is of another lab"
    lines = ProcessInput.objects.filter(process__lab=lab, sample__isnull=False).exclude(sample__lab=lab)
    for pk in lines.values_list("pk", flat=True):
        yield f"input {pk}", "its sample is of another lab"
    for pk in (
        Move.objects.filter(sample__lab=lab, place__isnull=False).exclude(place__lab=lab).values_list("pk", flat=True)
    ):
        yield f"move {pk}", "its place is of another lab"


def has_lab(model: Any) -> bool:
    """Say whether a model's rows belong to one lab each."""
    return any(field.name == "lab" and field.related_model is Lab for field in model._meta.concrete_fields)


RECORDS: dict[str, type[Sample | Synthesis]] = {"sample": Sample, "synthesis": Synthesis}
RULES: dict[str, Callable[[Lab], Found]] = {
    "balance": broken_balances,
    "origin": broken_origins,
    "code": broken_codes,
    "search": broken_search_rows,
    "place": broken_places,
    "border": broken_borders,
    "history": broken_history,
}
