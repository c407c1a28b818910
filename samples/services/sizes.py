"""Sizes: a class that a person assigns, kept apart from what was measured or estimated."""

from datetime import datetime
from decimal import Decimal

from labbook.errors import Refusal
from labbook.journal import Journal
from samples.models import Sample, SampleSize
from samples.services.indexing import index_sample
from samples.services.ledger import lock_sample

LARGEST_EDGE_NM = Decimal(1000)


def assign_size(
    journal: Journal, *, sample: Sample, edge_length_nm: Decimal, at: datetime, by: str, as_written: str = ""
) -> SampleSize:
    """Assign a size class in nm to a sample and, through it, to its vials and specimens.

    Raises Refusal("edge_length_nm") for what is no size, and when a measured or estimated size is in force.
    """
    return _put_in_force(
        journal, sample=sample, origin=SampleSize.Origin.ASSIGNED, edge_length_nm=edge_length_nm,
        at=at, by=by, as_written=as_written,
    )  # fmt: skip


def record_size(
    journal: Journal,
    *,
    sample: Sample,
    origin: SampleSize.Origin,
    edge_length_nm: Decimal,
    at: datetime,
    by: str,
    edge_length_std_nm: Decimal | None = None,
    particle_count: int | None = None,
    as_written: str = "",
) -> SampleSize:
    """Record a measured or estimated size in nm, with the spread over particles; it replaces the one in force.

    Raises Refusal for a size, spread or count that cannot be.
    """
    if edge_length_std_nm is not None and edge_length_std_nm < 0:
        raise Refusal("A standard deviation cannot be negative.", field="edge_length_std_nm")
    return _put_in_force(
        journal, sample=sample, origin=origin, edge_length_nm=edge_length_nm, at=at, by=by, as_written=as_written,
        edge_length_std_nm=edge_length_std_nm, particle_count=particle_count,
    )  # fmt: skip


def withdraw_measured_size(journal: Journal, *, sample: Sample) -> SampleSize | None:
    """Take a measured size out of force, because nothing supports it any more; return the one that counts now.

    What a person assigned before counts again; nothing happens to a sample without a measured size.
    """
    held = lock_sample(sample)
    before = held.sizes.filter(is_in_force=True, origin=SampleSize.Origin.MEASURED).first()
    if before is None:
        return held.sizes.filter(is_in_force=True).first()
    before.is_in_force = False
    before.save(update_fields=["is_in_force"])
    now = held.sizes.exclude(origin=SampleSize.Origin.MEASURED).order_by("-pk").first()
    if now is not None:
        now.is_in_force = True
        now.save(update_fields=["is_in_force"])
    held.version += 1
    held.save(update_fields=["version"])
    journal.changed(held, "measured size withdrawn", {"size": (said(before), said(now))})
    for one in (held, *held.pieces.all()):
        index_sample(one)
    return now


def _put_in_force(
    journal: Journal,
    *,
    sample: Sample,
    origin: SampleSize.Origin,
    edge_length_nm: Decimal,
    at: datetime,
    by: str,
    as_written: str,
    edge_length_std_nm: Decimal | None = None,
    particle_count: int | None = None,
) -> SampleSize:
    if not 0 < edge_length_nm <= LARGEST_EDGE_NM:
        raise Refusal("A size is more than zero and at most 1000 nm.", field="edge_length_nm")
    held = lock_sample(sample)
    before = held.sizes.filter(is_in_force=True).first()
    if before and origin == SampleSize.Origin.ASSIGNED and before.origin != origin:
        raise Refusal(f"{held.code} has a size {before.get_origin_display()}; it counts.", field="edge_length_nm")
    if before:
        before.is_in_force = False
        before.save(update_fields=["is_in_force"])
    size = SampleSize.objects.create(
        sample=held, origin=origin, edge_length_nm=edge_length_nm, edge_length_std_nm=edge_length_std_nm,
        particle_count=particle_count, as_written=as_written[:60], by=by[:8], at=at,
    )  # fmt: skip
    held.version += 1
    held.save(update_fields=["version"])
    journal.changed(held, f"size, {size.get_origin_display()}", {"size": (said(before), said(size))})
    # A size in force is found on every piece of the fraction.
    for one in (held, *held.pieces.all()):
        index_sample(one)
    return size


def said(size: SampleSize | None) -> str | None:
    """Return a size for the history: "9 nm, class assigned by a person"."""
    return None if size is None else f"{size.edge_length_nm.normalize():f} nm, {size.get_origin_display()}"
