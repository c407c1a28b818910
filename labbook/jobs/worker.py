"""The worker: takes one job after the other, and looks after those that other workers lost."""

import logging
import time
from datetime import timedelta
from secrets import token_hex

from django.conf import settings
from django.db import InterfaceError, OperationalError, close_old_connections
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS, DEFAULT_TASK_QUEUE_NAME
from django_tasks_db.management.commands.db_worker import Worker as TaskRunner

from labbook.jobs.losing import lose
from labbook.jobs.queue import deliver, forget_deliveries, take, undelivered
from labbook.jobs.stopping import STOP
from labbook.models import Job, JobState

logger = logging.getLogger(__name__)
SWEEPS_PER_LEASE = 6
TIDY_EVERY_S = 3600
# A job that was saved a moment ago is just being handed over.
HAND_OVER = timedelta(seconds=10)
KEPT = timedelta(days=1)


class Worker:
    """One process's loop; several of them may run beside each other, on several machines with PostgreSQL."""

    def __init__(self, *, interval_s: float = 0.3) -> None:
        self.interval_s = interval_s
        self.id = token_hex(8)
        self.sweep_at = self.tidy_at = 0.0
        self.runner = TaskRunner(
            queue_names=[DEFAULT_TASK_QUEUE_NAME], excluded_queue_names=[], interval=interval_s, batch=False,
            backend_name=DEFAULT_TASK_BACKEND_ALIAS, startup_delay=False, max_tasks=None, worker_id=self.id,
        )  # fmt: skip

    def run(self) -> None:
        """Work until the process is asked to stop; a database that is away or busy is asked again."""
        while not STOP.is_asked:
            try:
                did_something = self.step()
            except (OperationalError, InterfaceError):
                logger.warning("The database does not answer the worker; it asks again.", exc_info=True)
                did_something = False
            if not did_something and not STOP.is_asked:
                time.sleep(self.interval_s)

    def step(self) -> bool:
        """Do one job, if one waits."""
        close_old_connections()
        self.look_after()
        return self.do_next()

    def look_after(self) -> None:
        """Sweep and tidy when it is time to."""
        now = time.monotonic()
        if now >= self.sweep_at:
            sweep(hand_over=HAND_OVER)
            self.sweep_at = now + settings.JOB_LEASE_S / SWEEPS_PER_LEASE
        if now >= self.tidy_at:
            forget_deliveries(before=timezone.now() - KEPT)
            keep_house()
            self.tidy_at = now + TIDY_EVERY_S

    def do_next(self) -> bool:
        """Take the next job and do it."""
        taken = take(self.id)
        if taken is None:
            return False
        self.runner.run_task(taken)
        return True

    def burst(self) -> int:
        """Do everything that waits, also what nobody was told of, and return how many deliveries that were."""
        sweep(hand_over=timedelta(0))
        done = 0
        while not STOP.is_asked and self.do_next():
            done += 1
        return done


def keep_house() -> None:
    """Do what the upper floors want done at a worker's start and once an hour; a failure stops nothing else."""
    for name in settings.HOUSEKEEPING:
        try:
            import_string(name)()
        except Exception:
            logger.exception("%s failed.", name)


def sweep(*, hand_over: timedelta) -> None:
    """Put jobs of lost workers back, and hand over again what got lost on the way to one."""
    now = timezone.now()
    for job in Job.objects.filter(state=JobState.RUNNING, lease_until__lt=now).order_by("pk"):
        logger.warning("Attempt %s of job %s is lost.", job.attempt, job.pk)
        lose(job)
    for job_id in undelivered(before=now - hand_over):
        deliver(job_id)
