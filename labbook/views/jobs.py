"""Pages of jobs: the list, one job with its log, the live progress of one, cancelling and trying again."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from labbook.errors import Refusal
from labbook.http import LabRequest, answer_once, find, lab_view, refused
from labbook.models import Job
from labbook.queries.jobs import PAGE, jobs_of
from labbook.roles import may
from labbook.services.jobs import cancel_job, may_steer, retry_job
from labbook.views.history import is_number


@lab_view("read")
@require_http_methods(["GET", "HEAD"])
def job_list(request: LabRequest) -> HttpResponse:
    """List the person's jobs, newest first; a manager sees everybody's."""
    before = request.GET.get("before", "")
    jobs = jobs_of(request.membership)
    page = list((jobs.filter(pk__lt=int(before)) if is_number(before) else jobs)[: PAGE + 1])
    context = {
        "jobs": page[:PAGE],
        "next": page[PAGE - 1].pk if len(page) > PAGE else None,
        "here": request.get_full_path_info() if is_number(before) else request.path_info,
        "is_live": any(one.is_live for one in page[:PAGE]),
        "may_record": may(request.membership.role, "record"),
        "sees_all": may(request.membership.role, "manage"),
    }
    return render(request, "labbook/_jobs.html" if request.htmx else "labbook/job_list.html", context)


@lab_view("read")
@require_http_methods(["GET", "HEAD"])
def job_detail(request: LabRequest, job_id: int) -> HttpResponse:
    """Show one job: how far it is, its log, and what came of it."""
    job = find(request, Job.objects.select_related("lab", "created_by"), pk=job_id)
    context = {"job": job, "may_steer": may_steer(job, request.user)}
    return render(request, "labbook/_job.html" if request.htmx else "labbook/job_detail.html", context)


@lab_view("read")
@require_http_methods(["GET", "HEAD"])
def job_progress(request: LabRequest, job_id: int) -> HttpResponse:
    """Answer the part of a page that shows one job; with `refresh` the page loads anew once the job is over."""
    job = find(request, Job.objects, pk=job_id)
    refreshes = request.GET.get("refresh") == "1"
    answer = render(request, "labbook/_job_progress.html", {"job": job, "refresh": refreshes})
    if refreshes and request.htmx and not job.is_live:
        answer.headers["HX-Refresh"] = "true"
    return answer


@lab_view("record")
@require_POST
def job_cancel(request: LabRequest, job_id: int) -> HttpResponse:
    """Cancel a job."""
    return steered(request, job_id, cancel_job, "The job is cancelled; what runs stops at its next step.")


@lab_view("record")
@require_POST
def job_retry(request: LabRequest, job_id: int) -> HttpResponse:
    """Put a job back into the queue."""
    return steered(request, job_id, retry_job, "The job is in the queue again.")


def steered(request: LabRequest, job_id: int, do: Callable[..., Any], said: str) -> HttpResponse:
    """Do something to a job once, and show the job."""
    job = find(request, Job.objects, pk=job_id)

    def write() -> HttpResponse:
        try:
            do(job=job, by=request.user)
        except Refusal as refusal:
            return refused(request, refusal, status=409)
        messages.success(request, said)
        return redirect("job_detail", job_id)

    return answer_once(request, write)
