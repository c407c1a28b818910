"""The inbox: open batches with what waits in them, and one batch's lines as a person sees them."""

from django.db.models import Count, Q, QuerySet

from labbook.models import Lab, User
from measurements.models import Batch, FileName, InboxRow, RowState

WAITS = Q(rows__state=RowState.WAITING, rows__joins__isnull=True)
MOST_BATCHES = 50


def unassigned_count(lab: Lab, user: User) -> int:
    """Return how many lines wait in the lab's inbox for a person to assign them; one query."""
    return waiting_rows(lab, user).count()


def waiting_rows(lab: Lab, user: User) -> "QuerySet[InboxRow]":
    """Return the lines that wait, of files and batches that the person may see."""
    return InboxRow.objects.filter(
        batch__in=Batch.objects.visible_to(user).filter(lab=lab),
        file_name__in=FileName.objects.visible_to(user).filter(lab=lab),
        state=RowState.WAITING,
        joins__isnull=True,
    )


def newest_waiting(lab: Lab, user: User) -> Batch | None:
    """Return the newest batch in which something waits for the person; one query."""
    waiting = waiting_rows(lab, user).order_by("-batch_id").select_related("batch").first()
    return waiting.batch if waiting else None


def open_batches(lab: Lab, user: User) -> list[Batch]:
    """Return the batches in which something waits or that are empty, the newest first, with their counts; one query."""
    batches = Batch.objects.visible_to(user).filter(lab=lab, is_closed=False).select_related("created_by")
    counted = batches.annotate(
        waiting_count=Count("rows", filter=WAITS, distinct=True), row_count=Count("rows", distinct=True)
    )
    return list(counted.order_by("-pk")[:MOST_BATCHES])


def rows_of(batch: Batch, user: User) -> "QuerySet[InboxRow]":
    """Return the lines of a batch whose files the person may see, with what a table shows of them."""
    seen = FileName.objects.visible_to(user).filter(batch=batch)
    rows = InboxRow.objects.filter(batch=batch, file_name__in=seen)
    return rows.select_related("file_name__raw_file", "recording", "sample", "instrument", "measurement")
