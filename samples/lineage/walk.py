"""Walks the graph of samples with one recursive query in either direction.

The graph is not stored twice: a sample's origin is the process that made it, and that process's
inputs are its parents. Walking never looks at who asks; what a person may see is decided after.
UNION drops a row that was reached before, so that a walk ends however the lines run together.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection

# The planner misjudges a bottle with thousands of descendants; OFFSET 0 keeps it to look-ups.
PARENTS_ON_POSTGRESQL = """
    WITH RECURSIVE line(child_id, parent_id, process_id, next_id) AS (
        SELECT CAST(NULL AS bigint), CAST(NULL AS bigint), CAST(NULL AS bigint), seed FROM unnest(%s::bigint[]) seed
        UNION
        SELECT hop.* FROM line CROSS JOIN LATERAL (
            SELECT s.id, i.sample_id, s.origin_id, i.sample_id
            FROM samples_sample s JOIN samples_processinput i ON i.process_id = s.origin_id
            WHERE s.id = line.next_id AND i.sample_id IS NOT NULL
            OFFSET 0
        ) hop
    )
    SELECT DISTINCT child_id, parent_id, process_id FROM line WHERE child_id IS NOT NULL
"""
CHILDREN_ON_POSTGRESQL = """
    WITH RECURSIVE line(child_id, parent_id, process_id, next_id) AS (
        SELECT CAST(NULL AS bigint), CAST(NULL AS bigint), CAST(NULL AS bigint), seed FROM unnest(%s::bigint[]) seed
        UNION
        SELECT hop.* FROM line CROSS JOIN LATERAL (
            SELECT s.id, i.sample_id, s.origin_id, s.id
            FROM samples_processinput i JOIN samples_sample s ON s.origin_id = i.process_id
            WHERE i.sample_id = line.next_id
            OFFSET 0
        ) hop
    )
    SELECT DISTINCT child_id, parent_id, process_id FROM line WHERE child_id IS NOT NULL
"""
# SQLite has no LATERAL and needs none: it walks by nested look-ups, in the order CROSS JOIN fixes. Gaps are
# left out at the end: a condition on them inside makes SQLite read the whole table for a Bloom filter.
PARENTS_ON_SQLITE = """
    WITH RECURSIVE line(child_id, parent_id, process_id, next_id) AS (
        SELECT NULL, NULL, NULL, value FROM json_each(%s)
        UNION
        SELECT s.id, i.sample_id, s.origin_id, i.sample_id
        FROM line CROSS JOIN samples_sample s ON s.id = line.next_id
        CROSS JOIN samples_processinput i ON i.process_id = s.origin_id
    )
    SELECT DISTINCT child_id, parent_id, process_id FROM line WHERE child_id IS NOT NULL AND parent_id IS NOT NULL
"""
CHILDREN_ON_SQLITE = """
    WITH RECURSIVE line(child_id, parent_id, process_id, next_id) AS (
        SELECT NULL, NULL, NULL, value FROM json_each(%s)
        UNION
        SELECT s.id, i.sample_id, s.origin_id, s.id
        FROM line CROSS JOIN samples_processinput i ON i.sample_id = line.next_id
        CROSS JOIN samples_sample s ON s.origin_id = i.process_id
    )
    SELECT DISTINCT child_id, parent_id, process_id FROM line WHERE child_id IS NOT NULL
"""


@dataclass(frozen=True, slots=True)
class Link:
    """One parent of one sample, by the process that made the sample."""

    child_id: int
    parent_id: int
    process_id: int


def ancestor_links(sample_ids: Iterable[int]) -> list[Link]:
    """Return every link above these samples, each once."""
    return _walk(sample_ids, postgresql=PARENTS_ON_POSTGRESQL, sqlite=PARENTS_ON_SQLITE)


def descendant_links(sample_ids: Iterable[int]) -> list[Link]:
    """Return every link below these samples, each once."""
    return _walk(sample_ids, postgresql=CHILDREN_ON_POSTGRESQL, sqlite=CHILDREN_ON_SQLITE)


def path_down(from_id: int, to_id: int) -> list[int]:
    """Return the sample ids on a way from a sample down to a descendant, or nothing when there is none."""
    parents: dict[int, list[int]] = {}
    for link in descendant_links([from_id]):
        parents.setdefault(link.child_id, []).append(link.parent_id)
    came_from: dict[int, int] = {to_id: to_id}
    waiting = [to_id]
    while waiting and from_id not in came_from:
        child = waiting.pop()
        for parent in parents.get(child, []):
            if parent not in came_from:
                came_from[parent] = child
                waiting.append(parent)
    if from_id not in came_from:
        return []
    path = [from_id]
    while path[-1] != to_id:
        path.append(came_from[path[-1]])
    return path


def _walk(sample_ids: Iterable[int], *, postgresql: str, sqlite: str) -> list[Link]:
    seeds = list(dict.fromkeys(sample_ids))
    if not seeds:
        return []
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(postgresql, [seeds])
        else:
            cursor.execute(sqlite, [json.dumps(seeds)])
        return [Link(*row) for row in cursor.fetchall()]
