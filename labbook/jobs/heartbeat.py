"""The heartbeat of a run: while a handler computes, a thread says that its worker is alive."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import Event, Thread

from django.conf import settings
from django.db import Error, connections
from django.utils import timezone

from labbook.jobs.run import Run
from labbook.models import Job

logger = logging.getLogger(__name__)
BEATS_PER_LEASE = 5


@contextmanager
def heartbeat(job: Job, run: Run) -> Iterator[None]:
    """Renew the lease of a job until the run is over."""
    is_over = Event()
    thread = Thread(target=beat, args=(job, run, is_over), name=f"heartbeat of job {job.pk}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        is_over.set()
        thread.join()


def beat(job: Job, run: Run, is_over: Event) -> None:
    """Renew the lease several times before it would run out, on a connection of the thread's own."""
    try:
        while not is_over.wait(settings.JOB_LEASE_S / BEATS_PER_LEASE):
            # Inside its last transaction the run holds the row, and on SQLite the whole database.
            if not run.is_finishing:
                renew(job)
    finally:
        connections.close_all()


def renew(job: Job) -> None:
    """Move the end of the lease; a busy database is tried again at the next beat."""
    try:
        Job.objects.held_by(job).update(lease_until=timezone.now() + timedelta(seconds=settings.JOB_LEASE_S))
    except Error:
        logger.warning("The lease of job %s could not be renewed.", job.pk, exc_info=True)
        connections.close_all()
