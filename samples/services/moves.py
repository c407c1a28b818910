"""Moves: samples come to a place, and the next move ends the stay."""

from collections.abc import Iterable
from datetime import datetime

from labbook.errors import Refusal
from labbook.journal import Journal
from samples.models import Move, Place, Sample, SampleStatus
from samples.services.indexing import index_sample
from samples.services.ledger import lock_sample


def move_samples(
    journal: Journal, *, samples: Iterable[Sample], place: Place | None, at: datetime, by: str, reason: str = ""
) -> list[Sample]:
    """Write that samples came to a place; a move entered late does not change where they are now.

    Raises Refusal for a discarded sample, a future moment, or a moment before the sample was made.
    """
    if journal.is_future(at):
        raise Refusal("This moment lies in the future.", field="at")
    moved = []
    # In the order of their ids, so that two people who move the same vials cannot wait for each other.
    for sample in sorted(samples, key=lambda one: one.pk):
        held = lock_sample(sample)
        _check_movable(held, at)
        if Move.objects.filter(sample=held, moved_at=at).exists():
            raise Refusal(f"{held.code} already has a move at this moment.", field="at")
        before = held.place
        Move.objects.create(sample=held, place=place, moved_at=at, by=by, reason=reason[:300])
        latest = Move.objects.filter(sample=held).select_related("place").latest("moved_at")
        held.place = latest.place
        held.version += 1
        held.save(update_fields=["place", "version"])
        journal.changed(held, "moved", {"place": (before, held.place)}, reason=reason)
        index_sample(held)
        moved.append(held)
    return moved


def _check_movable(sample: Sample, at: datetime) -> None:
    if sample.status == SampleStatus.DISCARDED:
        raise Refusal(f"{sample.code} was discarded; it cannot be moved.", field="sample")
    if at < sample.made_at.replace(second=0, microsecond=0):
        raise Refusal(f"{sample.code} did not exist yet at that moment.", field="at")
