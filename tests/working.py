"""Does queued jobs inside a test, as a worker would: in this process, on this connection, to the last one."""

from labbook.jobs.run import Run
from labbook.jobs.running import claim
from labbook.jobs.worker import Worker
from labbook.models import Job


def run_queued_jobs() -> int:
    """Do everything that is queued and return how many jobs that were."""
    return Worker().burst()


def after(job: Job) -> Job:
    """Do everything that is queued and return this job as it is then."""
    run_queued_jobs()
    return Job.objects.get(pk=job.pk)


def running(job: Job) -> Run:
    """Claim a job as a worker does."""
    claimed = claim(job.pk)
    assert claimed is not None
    return Run(claimed)
