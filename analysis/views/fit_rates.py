"""Rates of a decay: its lifetime with a quantum yield of the same sample and state."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from analysis.forms.rates import RatesForm
from analysis.methods.table import METHODS
from analysis.models import Fit
from analysis.queries.rates import lifetimes_of, yields_beside
from analysis.services.combining import assemble_from_results
from analysis.services.trying import keep, tried
from analysis.views.fits_detail import current_fit
from labbook.http import LabRequest, lab_view
from samples.views.keeping import answer_form

RATES = METHODS["rates"]


@lab_view("record")
@require_http_methods(["GET", "HEAD", "POST"])
def fit_rates(request: LabRequest, fit_id: int) -> HttpResponse:
    """Ask which yield belongs to a lifetime, and compute the radiative and the non-radiative rate."""
    fit = current_fit(request, fit_id)
    yields, lifetimes = yields_beside(fit, request.user), lifetimes_of(fit)
    form = RatesForm(request.POST or None, yields=yields, lifetimes=lifetimes)

    def page(status: int) -> HttpResponse:
        return render(request, "analysis/fit_rates.html", {"form": form, "fit": fit}, status=status)

    def save() -> HttpResponse:
        return redirect("fit_detail", rates_kept(request, fit, form).pk)

    return answer_form(request, form, page, save, record=fit)


def rates_kept(request: LabRequest, fit: Fit, form: RatesForm) -> Fit:
    """Compute rates aside and keep them as a fit of the decay's measurement."""
    if fit.measurement is None:
        raise Http404("There is no lifetime in this fit.")
    assembly = assemble_from_results(RATES, request.lab, form.picks, subject=fit.measurement, stated=form.stated)
    return keep(assembly, tried(assembly), by=request.user)
