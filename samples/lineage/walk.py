"""Walks the graph of samples with one recursive query in either direction.

The graph is not stored twice: a sample's origin is the process that made it, and that process's
inputs are its parents. Walking never looks at who asks; what a person may see is decided after.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection

# One generation: (child, parent, process) rows reached from the ids in `step.id`.
PARENTS = """
    SELECT s.id AS child_id, i.sample_id AS parent_id, s.origin_id AS process_id, i.sample_id AS next_id
    FROM samples_sample s JOIN samples_processinput i ON i.process_id = s.origin_id
    WHERE s.id = line.next_id AND i.sample_id IS NOT NULL
"""
CHILDREN = """
    SELECT s.id AS child_id, i.sample_id AS parent_id, s.origin_id AS process_id, s.id AS next_id
    FROM samples_processinput i JOIN samples_sample s ON s.origin_id = i.process_id
    WHERE i.sample_id = line.next_id
"""
# SQLite has no LATERAL and needs none: it always walks by nested look-ups.
PARENTS_FLAT = """
    SELECT s.id, i.sample_id, s.origin_id, i.sample_id
    FROM line JOIN samples_sample s ON s.id = line.next_id
    JOIN samples_processinput i ON i.process_id = s.origin_id
    WHERE i.sample_id IS NOT NULL
"""
CHILDREN_FLAT = """
    SELECT s.id, i.sample_id, s.origin_id, s.id
    FROM line JOIN samples_processinput i ON i.sample_id = line.next_id
    JOIN samples_sample s ON s.origin_id = i.process_id
"""


@dataclass(frozen=True, slots=True)
class Link:
    """One parent of one sample, by the process that made the sample."""

    child_id: int
    parent_id: int
    process_id: int


def ancestor_links(sample_ids: Iterable[int]) -> list[Link]:
    """Return every link above these samples, each once."""
    return _walk(sample_ids, lateral=PARENTS, flat=PARENTS_FLAT)


def descendant_links(sample_ids: Iterable[int]) -> list[Link]:
    """Return every link below these samples, each once."""
    return _walk(sample_ids, lateral=CHILDREN, flat=CHILDREN_FLAT)


def path_down(from_id: int, to_id: int) -> list[int]:
    """Return the sample ids on a way from a sample down to a descendant, or nothing when there is none."""
    parents: dict[int, int] = {}
    for link in descendant_links([from_id]):
        parents.setdefault(link.child_id, link.parent_id)
    if to_id != from_id and to_id not in parents:
        return []
    path = [to_id]
    while path[-1] != from_id:
        path.append(parents[path[-1]])
    return path[::-1]


def _walk(sample_ids: Iterable[int], *, lateral: str, flat: str) -> list[Link]:
    seeds = list(dict.fromkeys(sample_ids))
    if not seeds:
        return []
    start = " UNION ALL ".join(["SELECT NULL, NULL, NULL, CAST(%s AS bigint)"] * len(seeds))
    if connection.vendor == "postgresql":
        # The planner misjudges a bottle with thousands of descendants; OFFSET 0 keeps it to look-ups.
        step = f"SELECT hop.* FROM line CROSS JOIN LATERAL ({lateral} OFFSET 0) hop"
        start = start.replace("NULL", "CAST(NULL AS bigint)")
    else:
        step = flat
    sql = f"""
        WITH RECURSIVE line(child_id, parent_id, process_id, next_id) AS ({start} UNION {step})
        SELECT DISTINCT child_id, parent_id, process_id FROM line WHERE child_id IS NOT NULL
    """  # noqa: S608  (no value is ever put into this text)
    with connection.cursor() as cursor:
        cursor.execute(sql, seeds)
        return [Link(*row) for row in cursor.fetchall()]
