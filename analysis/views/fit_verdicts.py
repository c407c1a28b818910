"""Accepting and rejecting a fit, and taking that back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from analysis.forms.verdicts import ACCEPT, REJECT, VerdictForm
from analysis.models import Fit
from analysis.queries.fit_page import title_of
from analysis.queries.fit_states import state_of
from analysis.services.verdicts import accept_fit, reject_fit, withdraw_verdict
from analysis.views.fits_detail import found_fit
from labbook.http import LabRequest, lab_view
from labbook.journal import Journal, journal_of
from samples.views.keeping import answer_form

SAID = {ACCEPT: "It counts now.", REJECT: "It no longer counts."}


@lab_view("record")
@require_http_methods(["GET", "HEAD", "POST"])
def fit_verdict(request: LabRequest, fit_id: int) -> HttpResponse:
    """Ask whether a fit is to be believed, and why."""
    fit = found_fit(request, fit_id)
    form = VerdictForm(request.POST or None)

    def page(status: int) -> HttpResponse:
        context = {"form": form, "fit": fit, "title": title_of(fit), "state": state_of(fit)}
        return render(request, "analysis/fit_verdict.html", context, status=status)

    def save() -> HttpResponse:
        told, token = form.cleaned_data, request.POST.get("version", "")
        with journal_of(request.lab, by=request.user) as journal:
            judge(journal, fit, told["do"], told["reason"], token)
        messages.success(request, SAID.get(told["do"], "The verdict is taken back."))
        return redirect("fit_detail", fit.pk)

    return answer_form(request, form, page, save, record=fit)


def judge(journal: Journal, fit: Fit, do: str, reason: str, token: str = "") -> Fit:
    """Do what the pressed button says; raises Refusal."""
    if do == ACCEPT:
        return accept_fit(journal, fit, reason=reason, token=token)
    if do == REJECT:
        return reject_fit(journal, fit, reason=reason, token=token)
    return withdraw_verdict(journal, fit, token=token)
