"""The jobs of a lab in the API: how far long work is, cancelling it, trying it again."""

from typing import Any

from django.db.models import QuerySet

from labbook.api.acts import Act, Call
from labbook.api.documents import Parameter
from labbook.api.errors import ApiError, field_error
from labbook.api.people import initials
from labbook.api.resources import Names, Resource, by_id
from labbook.api.serializers import JobSerializer
from labbook.http import LabRequest
from labbook.models import Job, JobState
from labbook.queries.jobs import jobs_of
from labbook.services.jobs import cancel_job, retry_job


def job_rows(asked: LabRequest, _names: Names) -> QuerySet[Job]:
    return Job.objects.visible_to(asked.user).filter(lab=asked.lab).select_related("project")


def listed(asked: LabRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
    """Keep what the page would list: a person's own jobs, for a manager everybody's; in one state if that is asked."""
    state = asked.GET.get("state", "")
    if state and state not in JobState.values:
        message = f"state is one of {', '.join(JobState.values)}."
        raise ApiError(400, message, [field_error("state", message)])
    mine = rows.filter(pk__in=jobs_of(asked.membership).order_by().values("pk"))
    return mine.filter(state=state) if state else mine


def cancel(call: Call) -> str:
    """Cancel the job."""
    job = cancel_job(job=call.record, by=call.asked.user)
    return f"“{job}” stops at its next step." if job.is_live else f"“{job}” is cancelled."


def retry(call: Call) -> str:
    """Put the job back into the queue."""
    return f"“{retry_job(job=call.record, by=call.asked.user)}” is in the queue again."


JOBS = Resource(
    "jobs", "job", "Long work and how far it is", job_rows, JobSerializer, narrow=listed, lookup=by_id,
    context=initials, is_versioned=False,
    parameters=(Parameter("state", f"One of {', '.join(JobState.values)}."),),
)  # fmt: skip
CANCEL = Act("job_cancel", "Cancel a job", cancel, resource=JOBS)
RETRY = Act("job_retry", "Try a failed or cancelled job again", retry, resource=JOBS)
