"""The list of fits, and repeating all that are stale in one action."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from analysis.forms.facets import FitFacets
from analysis.queries.fit_states import STALE, TO_REVIEW
from analysis.queries.fits import PAGE_SIZE, Asked, fits_asked, lines_of, stale_fits, with_subjects
from analysis.queries.live_jobs import live_job
from labbook.http import LabRequest, answer_once, lab_view
from labbook.roles import may
from labbook.search.find import projects_of
from labbook.services.jobs import enqueue
from samples.views.samples import cursor_of, page_address

REPEATS = "repeat_fits"
# So many a job: a worker that ends in the middle finds the done ones done.
MOST_REPEATED = 2000


@require_http_methods(["GET", "HEAD"])
@lab_view("read")
def fit_list(request: LabRequest) -> HttpResponse:
    """Show a page of fits, newest first, narrowed by what the address asks."""
    facets, before = FitFacets(request.GET), cursor_of(request.GET)
    fits = with_subjects(fits_asked(facets.asked, request.lab, request.user))
    found = list((fits.filter(pk__lt=before) if before else fits)[: PAGE_SIZE + 1])
    rest = found[PAGE_SIZE - 1].pk if len(found) > PAGE_SIZE else None
    context = {
        "form": facets,
        "lines": lines_of(found[:PAGE_SIZE], projects_of(request.lab, request.user).hidden),
        "stale_count": stale_fits(request.lab, request.user).count(),
        "job": live_job(request.lab, request.user, REPEATS),
        "next_address": page_address(request.GET, rest) if rest else "",
        "newest_address": page_address(request.GET, None) if before else "",
        "may_record": may(request.membership.role, "record"),
    }
    return render(request, "analysis/fit_list.html", context)


@require_http_methods(["GET", "HEAD"])
@lab_view("read")
def fit_waiting(request: LabRequest) -> HttpResponse:
    """Say how many fits ask for a look, as a part of the page of the day."""
    context = {
        "review_count": fits_asked(Asked(state=TO_REVIEW), request.lab, request.user).count(),
        "stale_count": stale_fits(request.lab, request.user).count(),
        "to_review": TO_REVIEW,
        "stale": STALE,
    }
    return render(request, "analysis/_fits_waiting.html", context)


@require_POST
@lab_view("record")
def fit_repeat_stale(request: LabRequest) -> HttpResponse:
    """Let a worker run every stale fit again."""

    def write() -> HttpResponse:
        ids = list(stale_fits(request.lab, request.user).values_list("pk", flat=True)[:MOST_REPEATED])
        if ids:
            title = f"Repeat {len(ids)} stale fit{'' if len(ids) == 1 else 's'}"
            enqueue(lab=request.lab, by=request.user, kind=REPEATS, title=title, arguments={"fits": ids})
        else:
            messages.info(request, "No fit is stale.")
        return redirect(f"{reverse('fit_list')}?state=stale")

    return answer_once(request, write)
