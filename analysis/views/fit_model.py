"""A fit with other settings: tried beside the one that is kept, then kept itself; and a stale one run again."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from analysis.fitting_process import is_unfinished, warm_up
from analysis.forms.settings import SettingsForm
from analysis.methods.table import METHODS
from analysis.models import Fit
from analysis.queries.fit_page import title_of
from analysis.services.staleness import assembly_of
from analysis.services.trying import assembly_with, keep, tried
from analysis.views.fits import REPEATS
from analysis.views.fits_detail import current_fit
from analysis.views.fits_tried import tried_context
from labbook.errors import Refusal
from labbook.http import LabRequest, answer_once, attach_refusal, lab_view
from labbook.services.jobs import enqueue

TRY, KEEP = "try", "keep"


@lab_view("record")
@require_http_methods(["GET", "HEAD", "POST"])
def fit_model(request: LabRequest, fit_id: int) -> HttpResponse:
    """Ask for other settings of a fit; try them without keeping anything, or keep what they lead to."""
    fit = current_fit(request, fit_id)
    method = METHODS.get(fit.method)
    if method is None:
        raise Http404("There is no such method any more.")
    form = SettingsForm(request.POST or None, method=method, used=fit.used, stated=fit.stated)
    if request.method != "POST":
        warm_up()
        return answer(request, fit, form)
    if not form.is_valid():
        return answer(request, fit, form, status=422)
    assembly = assembly_with(fit, method, form.stated)
    outcome = tried(assembly)
    if request.POST.get("do") != KEEP:
        return answer(request, fit, form, **tried_context(fit, outcome))

    def write() -> HttpResponse:
        try:
            kept = keep(assembly, outcome, by=request.user)
        except Refusal as refusal:
            attach_refusal(form, refusal)
            return answer(request, fit, form, status=422)
        messages.success(request, "Kept as a new fit; the one before is superseded.")
        return redirect("fit_detail", kept.pk)

    return answer_once(request, write)


def answer(request: LabRequest, fit: Fit, form: SettingsForm, *, status: int = 200, **more: Any) -> HttpResponse:
    """Answer the form: what was tried alone when its page asks for that part, else the whole page."""
    is_part = request.headers.get("HX-Request") == "true"
    context = {"fit": fit, "form": form, "title": title_of(fit), "method": METHODS[fit.method], **more}
    if is_part and request.method == "POST":
        return render(request, "analysis/_fit_tried.html", context)
    name = "_fit_model" if is_part else "fit_model"
    return render(request, f"analysis/{name}.html", context, status=status)


@require_POST
@lab_view("record")
def fit_repeat(request: LabRequest, fit_id: int) -> HttpResponse:
    """Run a fit again on what there is today; what takes long is left to a worker."""
    fit = current_fit(request, fit_id)
    assembly = assembly_of(fit)
    if assembly is None:
        raise Http404("There is no such method any more.")
    outcome = tried(assembly)

    def write() -> HttpResponse:
        if is_unfinished(outcome):
            title = f"Repeat {title_of(fit)} {fit.pk}"
            arguments = {"fits": [fit.pk]}
            enqueue(
                lab=request.lab, by=request.user, kind=REPEATS, title=title, arguments=arguments, project=fit.project
            )
            messages.info(request, "This one takes long; a worker does it.")
            return redirect("fit_detail", fit.pk)
        again = keep(assembly, outcome, by=request.user, is_automatic=fit.is_automatic)
        messages.success(request, "Run again on what there is today.")
        return redirect("fit_detail", again.pk)

    return answer_once(request, write)
