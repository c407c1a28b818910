"""The running side of a job: a worker claims it, calls its handler, and notes how it ended."""

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks import task

from labbook.errors import Refusal
from labbook.jobs.heartbeat import heartbeat
from labbook.jobs.losing import lose
from labbook.jobs.run import Cancelled, Overtaken, Run, Stopping
from labbook.models import Job, JobState

Handler = Callable[[Run], dict[str, Any] | None]

logger = logging.getLogger(__name__)
WENT_WRONG = "Something went wrong, and nothing was written. Try again; the server's log has the details."


@task()
def run_job(job_id: int) -> None:
    """Do a job that is still queued; a second delivery of the same job finds nothing to do."""
    job = claim(job_id)
    if job is None:
        return
    run = Run(job)
    with timezone.override(job.lab.zone), heartbeat(job, run):
        perform(run, job)


def claim(job_id: int) -> Job | None:
    """Take a queued job for the next attempt, or return nothing when somebody else has it or it was cancelled."""
    now = timezone.now()
    with transaction.atomic():
        is_ours = Job.objects.filter(pk=job_id, state=JobState.QUEUED).update(
            state=JobState.RUNNING,
            attempt=F("attempt") + 1,
            started_at=now,
            done_count=0,
            lease_until=now + timedelta(seconds=settings.JOB_LEASE_S),
        )
        return Job.objects.select_related("lab", "created_by").get(pk=job_id) if is_ours else None


def perform(run: Run, job: Job) -> None:
    """Call the handler and note how it ended; whatever it raises, the worker goes on."""
    try:
        work(run, job)
    except Cancelled:
        end(run, JobState.CANCELLED)
    except Stopping:
        put_back(run)
    except Overtaken:
        logger.warning("Job %s went on elsewhere; attempt %s wrote nothing.", job.pk, job.attempt)
    except Refusal as refusal:
        end(run, JobState.FAILED, refusal.message)
    except (OperationalError, InterfaceError):
        logger.exception("The database gave up on job %s, attempt %s.", job.pk, job.attempt)
        if not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()
        lose(job)
    except Exception:
        logger.exception("Job %s (%s) failed in attempt %s.", job.pk, job.kind, job.attempt)
        end(run, JobState.FAILED, WENT_WRONG)


def work(run: Run, job: Job) -> None:
    """Let the handler do it; one that never opened `finishing` is done when it returns."""
    told = handler_of(job.kind)(run)
    if run.is_done:
        if told:
            run.add_to_result(told)
        return
    with run.finishing() as result:
        result.update(told or {})


def handler_of(kind: str) -> Handler:
    """Return the function that does jobs of a kind, whatever floor it lives on."""
    path = settings.JOB_KINDS.get(kind)
    if path is None:
        raise Refusal("This version of the notebook does not know how to do this.")
    handler: Handler = import_string(path)
    return handler


def end(run: Run, state: JobState, error: str = "") -> None:
    """Note that the attempt ended without being done; one that was overtaken has nothing to say."""
    if run.is_done:
        return
    try:
        run.write(state=state, error=error.replace("\0", ""), ended_at=timezone.now(), lease_until=None)
    except Overtaken:
        logger.warning("Job %s went on elsewhere before it could be noted as %s.", run.job_id, state)


def put_back(run: Run) -> None:
    """Let another worker, or this one when it is back, begin the job again."""
    try:
        run.write(state=JobState.QUEUED, delivery=None, lease_until=None)
    except Overtaken:
        logger.warning("Job %s went on elsewhere before it could be put back.", run.job_id)
