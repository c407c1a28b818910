"""Asking for long work, cancelling it, and asking for it again."""

import time
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from labbook.errors import Refusal
from labbook.jobs.queue import deliver
from labbook.models import Job, JobState, Lab, Project, User
from labbook.queries.people import membership_of
from labbook.roles import may

# Reports and heartbeats hold the row for a moment only; the end of a job may hold it for long.
LOCK_TRIES = 6
LOCK_PAUSE_S = 0.05


def enqueue(
    *, lab: Lab, kind: str, title: str, arguments: Mapping[str, Any], by: User, project: Project | None = None
) -> Job:
    """Ask for a job and return it; workers hear of it when the transaction around it commits.

    `kind` is a key of the setting JOB_KINDS, `arguments` are JSON. Name the `project` when what the job is
    about lies in one: title, log and result are then seen by those who see the project.
    """
    if kind not in settings.JOB_KINDS:
        raise ValueError(f"There is no kind of job {kind}.")
    job = Job.objects.create(
        lab=lab, project=project, created_by=by, kind=kind, title=title[:200], arguments=dict(arguments)
    )
    hand_over(job)
    return job


def cancel_job(*, job: Job, by: User) -> Job:
    """Cancel a job: at once while it waits, at its next report while it runs; return it as it is now.

    Raises Refusal when it has ended, or when its results are just being written.
    """
    check_may_steer(job, by)
    with transaction.atomic():
        job = locked_job(job)
        if job.state == JobState.QUEUED:
            job.state, job.ended_at = JobState.CANCELLED, timezone.now()
        elif job.state == JobState.RUNNING:
            job.cancel_asked_at = job.cancel_asked_at or timezone.now()
        else:
            raise Refusal(f"“{job}” is {job.get_state_display()} already; there is nothing to cancel.")
        job.save(update_fields=["state", "ended_at", "cancel_asked_at"])
        return job


def retry_job(*, job: Job, by: User) -> Job:
    """Put a failed or cancelled job back into the queue, with its log, and return it.

    Raises Refusal for a job that still waits or runs, or that is done.
    """
    check_may_steer(job, by)
    with transaction.atomic():
        job = locked_job(job)
        if not job.can_retry:
            raise Refusal(f"“{job}” is {job.get_state_display()}; only what failed or was cancelled is tried again.")
        job.state, job.error, job.result, job.lost_count, job.done_count = JobState.QUEUED, "", None, 0, 0
        job.ended_at = job.started_at = job.cancel_asked_at = job.lease_until = job.delivery = None
        job.save()
        hand_over(job)
        return job


def hand_over(job: Job) -> None:
    """Tell the workers once the job is really there; if that fails, their sweep finds it."""
    transaction.on_commit(lambda: deliver(job.pk), robust=True)


def check_may_steer(job: Job, by: User) -> None:
    """Refuse to cancel or repeat somebody else's job, unless a manager asks."""
    if not may_steer(job, by):
        raise Refusal(f"Only {job.created_by} or a manager of the lab can do this.")


def may_steer(job: Job, by: User) -> bool:
    """Say whether a person may cancel a job or have it tried again."""
    membership = membership_of(by, job.lab)
    needed = "record" if job.created_by_id == by.pk else "manage"
    return membership is not None and may(membership.role, needed)


def locked_job(job: Job) -> Job:
    """Return the job as it is now, its row locked; a row that stays locked belongs to a job that is being finished."""
    for _ in range(LOCK_TRIES):
        found = Job.objects.select_for_update(skip_locked=True).filter(pk=job.pk).first()
        if found is not None:
            return found
        time.sleep(LOCK_PAUSE_S)
    raise Refusal(f"“{job}” is just being finished.")
