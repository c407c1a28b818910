"""What a person does with a ladder: fit all of it, and accept or reject what is flagged."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from analysis.forms.series import ReviewForm
from analysis.forms.verdicts import ACCEPT, REJECT
from analysis.methods.table import METHODS
from analysis.models import Fit
from analysis.queries.series_page import analysis_of
from analysis.services.series_fits import fit_all, kept
from analysis.views.fit_verdicts import judge
from analysis.views.series import fit_all_form, found_series
from labbook.errors import Refusal
from labbook.http import LabRequest, answer_once, lab_view, refused
from labbook.journal import journal_of
from measurements.models import Series

ALL = "all"


@require_POST
@lab_view("record")
def series_fit(request: LabRequest, series_id: int) -> HttpResponse:
    """Let a worker fit every rung of a ladder and then the laws along it."""
    series = found_series(request, series_id)
    form = fit_all_form(request, series)

    def write() -> HttpResponse:
        if not form.is_valid():
            field, errors = next(iter(form.errors.items()))
            return refused(request, Refusal(" ".join(map(str, errors)), field=field))
        stated = {name: {**kept(series, METHODS[name]), **told} for name, told in form.stated.items()}
        with journal_of(request.lab, by=request.user) as journal:
            fit_all(journal, series, stated=stated)
        return redirect(page_of(series))

    return answer_once(request, write)


@require_POST
@lab_view("record")
def series_review(request: LabRequest, series_id: int) -> HttpResponse:
    """Accept or reject one flagged fit of a ladder, or all of them for one reason."""
    series = found_series(request, series_id)
    form = ReviewForm(request.POST)

    def write() -> HttpResponse:
        if not form.is_valid():
            return refused(request, Refusal("Say which fit is accepted or rejected, and why."))
        do = ACCEPT if form.cleaned_data["accept"] else REJECT
        fits = chosen_fits(request, series, form.cleaned_data[do])
        try:
            with journal_of(request.lab, by=request.user) as journal:
                for fit in fits:
                    judge(journal, fit, do, form.reason_for(fit))
        except Refusal as refusal:
            return refused(request, refusal)
        messages.success(request, said(fits, do))
        return redirect(page_of(series))

    return answer_once(request, write)


def chosen_fits(request: LabRequest, series: Series, chosen: str) -> list[Fit]:
    """Return the fits of a ladder that a button means, of those that a person is asked about."""
    analysis = analysis_of(series, request.user)
    asked = [one.fit for one in analysis.to_review] + [one.fit for one in analysis.laws_to_review]
    return [one for one in asked if chosen in {ALL, str(one.pk)}]


def said(fits: list[Fit], do: str) -> str:
    """Return what was done, in words."""
    word = "accepted" if do == ACCEPT else "rejected"
    return f"{len(fits)} fit{'' if len(fits) == 1 else 's'} {word}."


def page_of(series: Series) -> str:
    """Return the place of the analysis on the page of a ladder."""
    return f"{reverse('series_detail', args=[series.pk])}#analysis"
