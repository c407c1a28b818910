"""What becomes of a job whose attempt ended without a word: tried again, three times in all."""

from django.db import transaction
from django.utils import timezone

from labbook.models import Job, JobState

MOST_ATTEMPTS = 3
LOST = f"This was begun {MOST_ATTEMPTS} times and each time broken off: its worker was stopped, or lost the database."


def lose(job: Job) -> None:
    """Put a running job back into the queue, or end it: cancelled if that was asked, failed after too many attempts.

    The row is skipped when its own attempt is just finishing it, and left alone when another attempt has it.
    """
    with transaction.atomic():
        found = Job.objects.held_by(job).select_for_update(skip_locked=True).first()
        if found is None:
            return
        found.lost_count += 1
        found.lease_until = found.delivery = None
        if found.cancel_asked_at:
            found.state, found.ended_at = JobState.CANCELLED, timezone.now()
        elif found.lost_count >= MOST_ATTEMPTS:
            found.state, found.ended_at, found.error = JobState.FAILED, timezone.now(), LOST
        else:
            found.state = JobState.QUEUED
        found.save(update_fields=["state", "lost_count", "lease_until", "delivery", "ended_at", "error"])
