"""The queue that hands jobs to workers: the task table of django-tasks-db, which nothing else touches."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS, TaskResultStatus
from django_tasks_db.models import DBTaskResult

from labbook.jobs.running import run_job
from labbook.models import Job, JobState

# A job's id on its way to a worker.
Delivery = DBTaskResult[[int], None]


def deliver(job_id: int) -> None:
    """Hand a queued job to the workers; once too often does no harm."""
    with transaction.atomic():
        delivery = run_job.enqueue(job_id)
        Job.objects.filter(pk=job_id).update(delivery=delivery.id)


def waiting() -> QuerySet[Delivery]:
    """Return what waits for a worker, the first first."""
    return DBTaskResult.objects.ready().filter(backend_name=DEFAULT_TASK_BACKEND_ALIAS)


def take(worker_id: str) -> Delivery | None:
    """Take the next delivery; the table is only locked when something waits, so that idle workers disturb nobody."""
    if not waiting().exists():
        return None
    with transaction.atomic():
        taken = waiting().select_for_update(skip_locked=True).first()
        if taken is not None:
            taken.claim(worker_id)
    return taken


def undelivered(*, before: datetime) -> list[int]:
    """Return the queued jobs that nothing waiting stands for: new ones from before some moment, and put back ones."""
    is_due = Q(created_at__lte=before) | Q(attempt__gt=0)
    queued = Job.objects.filter(is_due, state=JobState.QUEUED).exclude(delivery__in=waiting().values("pk"))
    return list(queued.order_by("pk").values_list("pk", flat=True))


def forget_deliveries(*, before: datetime) -> None:
    """Forget what workers took long ago; the jobs themselves tell how it ended."""
    DBTaskResult.objects.exclude(status=TaskResultStatus.READY).filter(started_at__lt=before).delete()
