"""Walking a lab's history from its first row and naming the first one that does not fit."""

from labbook.journal import ZERO_HASH, revision_hash
from labbook.models import Lab, Revision
from labbook.queries.history import published_head

Head = tuple[int, str]


def first_break(lab: Lab, *, kept_head: Head | None = None) -> str | None:
    """Return what is wrong with the first row that breaks the chain, or None when it is whole.

    `kept_head` is a head that an earlier export or backup kept; a history cut or rewritten since is found by it.
    """
    length, last_hash = 0, ZERO_HASH
    hash_at_kept_head = ZERO_HASH if kept_head and kept_head[0] == 0 else None
    for revision in Revision.objects.filter(lab=lab).order_by("sequence").iterator(chunk_size=2000):
        problem = problem_of(revision, length, last_hash)
        if problem:
            return problem
        length, last_hash = revision.sequence, revision.hash
        if kept_head and length == kept_head[0]:
            hash_at_kept_head = last_hash
    if published_head(lab) != (length, last_hash):
        return f"the chain ends at row {length}, but its head says row {published_head(lab)[0]}: the end was cut"
    if kept_head and hash_at_kept_head != kept_head[1]:
        return f"row {kept_head[0]} is not the one that the kept head names: the history was cut or rewritten"
    return None


def problem_of(revision: Revision, length: int, last_hash: str) -> str | None:
    """Return why a row does not follow the one before it, or None."""
    if revision.sequence != length + 1:
        return f"row {length + 1} is missing"
    if revision.previous_hash != last_hash:
        return f"row {revision.sequence} does not follow row {length}"
    if revision.hash != revision_hash(revision):
        return f"row {revision.sequence} ({revision.record_label}) was changed after it was written"
    return None
