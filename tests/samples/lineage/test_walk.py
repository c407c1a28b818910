"""The recursive walk finds exactly what a walk by hand finds, on any graph without a circle."""

from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from labbook.models import Lab
from samples.kinds import ProcessKind, SampleKind, Unit
from samples.lineage.walk import ancestor_links, descendant_links, path_down
from samples.models import Process, ProcessInput, Sample
from tests.making import make_lab

AT = datetime(2026, 1, 1, tzinfo=UTC)
# Node n is made of some of the nodes before it, so no circle can arise; most have several children.
GRAPHS = some.integers(2, 14).flatmap(
    lambda size: some.tuples(*(some.sets(some.integers(0, max(node - 1, 0)), max_size=3) for node in range(size)))
)


def build(lab: Lab, graph: Iterable[set[int]]) -> list[int]:
    """Write a graph straight into the tables and return the ids of its samples."""
    ids: list[int] = []
    for node, parents in enumerate(graph):
        process = Process.objects.create(lab=lab, kind=ProcessKind.POOLING, started_at=AT)
        inputs = [ProcessInput(process=process, sample_id=ids[one], unit=Unit.UL) for one in parents if one < node]
        # A gap is an input without a sample; the walk must step over it.
        ProcessInput.objects.bulk_create([*inputs, ProcessInput(process=process, unit=Unit.UL)])
        tag = f"{lab.pk % 1000:03d}{node:03d}"
        sample = Sample.objects.create(
            lab=lab, code=f"S-{node}", tag=tag, kind=SampleKind.FRACTION, origin=process, unit=Unit.UL, made_at=AT
        )
        ids.append(sample.pk)
    return ids


def links_by_hand(graph: tuple[set[int], ...], start: int, *, up: bool) -> set[tuple[int, int]]:
    """Return the (child, parent) pairs above or below a node, found one node at a time."""
    pairs = {(child, parent) for child, parents in enumerate(graph) for parent in parents if parent < child}
    found: set[tuple[int, int]] = set()
    reached = {start}
    while True:
        near = {(child, parent) for child, parent in pairs if (child if up else parent) in reached}
        reached |= {parent if up else child for child, parent in near}
        if near == found:
            return found
        found = near


@pytest.mark.django_db
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(graph=GRAPHS, data=some.data())
def test_the_walk_equals_a_walk_by_hand(graph: tuple[set[int], ...], data: some.DataObject) -> None:
    with transaction.atomic():
        ids = build(make_lab("Random"), graph)
        node = {pk: index for index, pk in enumerate(ids)}
        start = data.draw(some.integers(0, len(ids) - 1))
        above = ancestor_links([ids[start]])
        below = descendant_links([ids[start]])
        assert len(above) == len(set(above))
        assert {(node[one.child_id], node[one.parent_id]) for one in above} == links_by_hand(graph, start, up=True)
        assert {(node[one.child_id], node[one.parent_id]) for one in below} == links_by_hand(graph, start, up=False)
        end = data.draw(some.integers(0, len(ids) - 1))
        way = [node[pk] for pk in path_down(ids[start], ids[end])]
        reaches = end == start or end in {child for child, _ in links_by_hand(graph, start, up=False)}
        assert bool(way) == reaches
        assert all(parent in graph[child] for parent, child in pairwise(way))
        # Each example leaves an empty notebook for the next.
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_no_seed_is_no_walk(lab: Lab) -> None:
    assert ancestor_links([]) == []
