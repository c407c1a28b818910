"""Undoing a commit of the match table while nothing was built on what it made."""

from django.db.models import Q

from labbook.errors import Refusal
from labbook.journal import Journal
from labbook.services.editing import locked
from measurements.models import Batch, InboxRow, Measurement, Receipt, ReferenceUse, RowState, Rung
from measurements.services.committing import initials_of
from measurements.services.indexing import index_measurements
from measurements.services.series import next_version
from measurements.services.telling import tell_changed

REASON = "the assignment was undone"
# What belongs to a measurement or only says where it came from; anything else stands on it.
ITS_OWN = frozenset({"parts", "references", "referred_to_by", "rows"})


def undo_receipt(journal: Journal, receipt: Receipt) -> int:
    """Make the measurements of a receipt void, let their lines wait again, and return how many there were.

    Raises Refusal when it was undone before, or when something stands on one of the measurements.
    """
    held = locked(receipt)
    if held.undone_at:
        raise Refusal("This was undone already.")
    measurements = list(held.measurements.select_for_update().filter(is_void=False).order_by("pk"))
    check_unused(measurements)
    for one in measurements:
        before = one.rung
        one.is_void, one.void_reason, one.rung = True, REASON, None
        one.version += 1
        journal.changed(one, "made void", {"is_void": (False, True), "rung": (before, None)}, REASON)
    Measurement.objects.bulk_update(measurements, ["is_void", "void_reason", "rung", "version"], batch_size=200)
    let_rows_wait(journal, held, measurements)
    take_away_empty(journal, held)
    index_measurements(measurements)
    tell_changed(journal, measurements)
    held.undone_at, held.undone_by = journal.at, initials_of(journal)
    held.version += 1
    held.save(update_fields=["undone_at", "undone_by", "version"])
    journal.changed(held, "undone", {"undone_at": (None, held.undone_at)})
    return len(measurements)


def check_unused(measurements: list[Measurement]) -> None:
    """Refuse when a calibration, a fit or another measurement stands on one of these; upper floors are asked too."""
    ids = [one.pk for one in measurements]
    others = ReferenceUse.objects.filter(reference__in=ids).exclude(measurement__in=ids)
    user = others.select_related("measurement").first()
    if user is not None:
        raise Refusal(f"{user.measurement} names one of them as its reference, so this can no longer be undone.")
    for relation in Measurement._meta.related_objects:
        name = relation.get_accessor_name() or ""
        if name in ITS_OWN:
            continue
        found = relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": ids})
        # What a worker made by itself and nobody judged goes with what it was made of.
        found = found.filter(getattr(relation.related_model, "STANDS", Q()))
        if found.exists():
            what = relation.related_model._meta.verbose_name
            raise Refusal(f"A {what} stands on one of them, so this can no longer be undone.")


def let_rows_wait(journal: Journal, receipt: Receipt, measurements: list[Measurement]) -> None:
    """Let the lines of a receipt wait again, and open their batch."""
    rows = InboxRow.objects.filter(measurement__in=measurements)
    rows.filter(state=RowState.ASSIGNED).update(state=RowState.WAITING)
    rows.update(measurement=None)
    batch = Batch.objects.select_for_update().get(pk=receipt.batch_id)
    if batch.is_closed:
        batch.is_closed = False
        batch.version += 1
        batch.save(update_fields=["is_closed", "version"])
        journal.changed(batch, "opened again", {"is_closed": (True, False)}, REASON)


def take_away_empty(journal: Journal, receipt: Receipt) -> None:
    """Take away the steps that the commit had added and on which nothing is left; the ladders themselves stay."""
    ids = {line["new_rung"] for line in receipt.lines if line.get("new_rung")}
    empty = list(Rung.objects.filter(pk__in=ids, measurements__isnull=True, note="").select_related("series"))
    for series in {one.series_id: one.series for one in empty}.values():
        gone = [one for one in empty if one.series_id == series.pk]
        Rung.objects.filter(pk__in=[one.pk for one in gone]).delete()
        told = {"rungs": (", ".join(map(str, gone)), None)}
        next_version(journal, locked(series), "rungs removed", told, REASON)
