"""A run: one attempt at a job, as its handler sees it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from time import monotonic
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from labbook.jobs.stopping import STOP
from labbook.models import Job, JobState, Lab, User

# What is reported faster than this is kept and written together.
WRITE_EVERY_S = 0.25
MOST_LOG = 64 * 1024


class LeftOff(BaseException):
    """An attempt that must not go on; no `except Exception` of a handler catches it."""


class Cancelled(LeftOff):
    """A person asked for the job to be cancelled."""


class Overtaken(LeftOff):
    """The job was taken from this attempt: its lease ran out and another attempt may run."""


class Stopping(LeftOff):
    """The worker is told to end; the job goes back into the queue."""


class Run:
    """What a handler works with: its arguments, for whom it works, and how it tells of its progress."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._written_at = monotonic()
        self._has_news = False
        self.is_finishing = False
        self.is_done = False

    @property
    def arguments(self) -> dict[str, Any]:
        """What the job was asked to do it with."""
        arguments: dict[str, Any] = self._job.arguments
        return arguments

    @property
    def lab(self) -> Lab:
        """The lab the job belongs to."""
        return self._job.lab

    @property
    def by(self) -> User:
        """Who asked for it, and in whose name it writes."""
        return self._job.created_by

    @property
    def job_id(self) -> int:
        """The job's id."""
        return self._job.pk

    @property
    def attempt(self) -> int:
        """Which claim of the job this is."""
        return self._job.attempt

    def report(self, done: int | None = None, total: int | None = None, line: str = "") -> None:
        """Tell how far the job is, and perhaps a line for its log; call it often, between small parts of the work.

        Raises Cancelled, Overtaken or Stopping, which the handler lets pass.
        """
        self._take_in(done, total, line)
        if self.is_finishing:
            return
        self._check()
        if self._has_news and monotonic() - self._written_at >= WRITE_EVERY_S:
            self.write()

    @contextmanager
    def finishing(self) -> Iterator[dict[str, Any]]:
        """Open the one transaction in which the handler writes its results and the job becomes done.

        It is entered only while this attempt still holds the job, so that nothing is written twice or lost.
        Yields the job's result, to be filled: {"said": "24 files read.", "address": "/…"} is shown on its page.
        """
        self.is_finishing = True
        try:
            with transaction.atomic():
                self._check(for_update=True)
                result: dict[str, Any] = {}
                yield result
                self.write(state=JobState.DONE, result=result, ended_at=timezone.now(), lease_until=None)
            self.is_done = True
        finally:
            self.is_finishing = False

    def write(self, **fields: Any) -> None:
        """Write the progress and some fields, if this attempt still holds the job; else raise Overtaken."""
        job = self._job
        told = {"done_count": job.done_count, "total_count": job.total_count, "log": job.log}
        lease = timezone.now() + timedelta(seconds=settings.JOB_LEASE_S)
        if not Job.objects.held_by(job).update(**{"lease_until": lease, **told, **fields}):
            raise Overtaken
        self._written_at, self._has_news = monotonic(), False

    def add_to_result(self, more: dict[str, Any]) -> None:
        """Add what the handler returned after it had finished."""
        with transaction.atomic():
            done = Job.objects.select_for_update().get(pk=self._job.pk)
            if (done.attempt, done.state) == (self._job.attempt, JobState.DONE):
                done.result = {**(done.result or {}), **more}
                done.save(update_fields=["result"])

    def _take_in(self, done: int | None, total: int | None, line: str) -> None:
        job = self._job
        if done is not None:
            job.done_count = max(done, 0)
        if total is not None:
            job.total_count = max(total, 0)
        if line:
            at = timezone.now().astimezone(self.lab.zone)
            job.log = with_line(job.log, f"{at:%H:%M:%S} {line}")
        self._has_news = True

    def _check(self, *, for_update: bool = False) -> None:
        """Raise what keeps this attempt from going on."""
        held = Job.objects.held_by(self._job)
        rows = list((held.select_for_update() if for_update else held).values_list("cancel_asked_at", flat=True))
        if not rows:
            raise Overtaken
        if rows[0] is not None:
            raise Cancelled
        if STOP.is_asked and not self.is_finishing:
            raise Stopping


def with_line(log: str, line: str) -> str:
    """Return a log with one more line; what is too long loses its beginning."""
    longer = f"{log}{line.replace(chr(0), '').replace(chr(10), ' ')}\n"
    return longer if len(longer) <= MOST_LOG else "…" + longer[-MOST_LOG:].partition("\n")[2]
