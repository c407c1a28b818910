"""What was made of one measurement: a part of its page, and a method run on it by hand."""

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from analysis.fitting_process import warm_up
from analysis.forms.partners import PartnersForm
from analysis.forms.settings import SettingsForm
from analysis.methods.contract import Method
from analysis.methods.table import METHODS
from analysis.models import Fit
from analysis.queries.fits import lines_of, with_subjects
from analysis.queries.offered import band_of, methods_for, partner_inputs, partners_for
from analysis.services.assembling import assemble_measurement
from analysis.services.trying import assembly_of_measurement, keep, tried
from labbook.errors import Refusal
from labbook.http import LabRequest, answer_once, attach_refusal, find, lab_view
from labbook.roles import may
from labbook.search.find import projects_of
from measurements.models import Measurement
from samples.views.keeping import Page

MOST_LINES = 40


@require_http_methods(["GET", "HEAD"])
@lab_view("read")
def measurement_fits(request: LabRequest, measurement_id: int) -> HttpResponse:
    """Show what was made of a measurement; as a part when its page loads it."""
    measurement = found_measurement(request, measurement_id)
    own_or_used = Q(measurement=measurement) | Q(inputs__measurement=measurement)
    fits = Fit.objects.visible_to(request.user).current().filter(own_or_used, lab=request.lab).distinct()
    found = list(with_subjects(fits).order_by("-pk")[:MOST_LINES])
    lines = lines_of(found, projects_of(request.lab, request.user).hidden)
    context = {
        "measurement": measurement,
        "own": [one for one in lines if one.fit.measurement_id == measurement.pk],
        "using": [one for one in lines if one.fit.measurement_id != measurement.pk],
        "methods": methods_for(measurement),
        "band": band_of(measurement, [one.fit for one in lines]),
        "may_record": may(request.membership.role, "record"),
    }
    name = "_measurement_fits" if request.htmx and not request.htmx.boosted else "measurement_fits"
    return render(request, f"analysis/{name}.html", context)


def found_measurement(request: LabRequest, measurement_id: int) -> Measurement:
    """Return a measurement of this lab that the person may see, else answer 404."""
    related = ("lab", "project", "sample", "instrument", "session", "rung__series")
    return find(request, Measurement.objects.select_related(*related), pk=measurement_id)


@lab_view("record")
@require_http_methods(["GET", "HEAD", "POST"])
def measurement_analyse(request: LabRequest, measurement_id: int) -> HttpResponse:
    """Ask for the settings of a method and what stands beside the measurement, then run it and keep its fit."""
    measurement = found_measurement(request, measurement_id)
    method = chosen_method(request, measurement)
    recorded = assemble_measurement(method, measurement).settings
    form = SettingsForm(request.POST or None, method=method, used=recorded)
    partners = partners_form(request, measurement, method)

    def page(status: int) -> HttpResponse:
        context = {"measurement": measurement, "method": method, "form": form, "partners": partners}
        return render(request, "analysis/measurement_analyse.html", context, status=status)

    if request.method != "POST":
        warm_up()
        return page(200)
    if not (form.is_valid() and partners.is_valid()):
        return page(422)
    return run_and_keep(request, measurement, method, form, partners, page)


def run_and_keep(
    request: LabRequest,
    measurement: Measurement,
    method: Method,
    form: SettingsForm,
    partners: PartnersForm,
    page: Page,
) -> HttpResponse:
    """Run a method as its form says and lead to the fit; what was stopped comes back with the reason."""
    assembly = assembly_of_measurement(method, measurement, form.stated, partners.partners)
    outcome = tried(assembly)

    def write() -> HttpResponse:
        try:
            fit = keep(assembly, outcome, by=request.user)
        except Refusal as refusal:
            attach_refusal(form, refusal)
            return page(422)
        messages.success(request, f"{method.title} has run.")
        return redirect("fit_detail", fit.pk)

    return answer_once(request, write)


def chosen_method(request: LabRequest, measurement: Measurement) -> Method:
    """Return the method that the address names, if it works on the measurement."""
    asked = request.POST.get("method") or request.GET.get("method") or ""
    offered = {one.name: one for one in methods_for(measurement)}
    if not asked and offered:
        return next(iter(offered.values()))
    if asked not in offered or asked not in METHODS:
        raise Http404("There is no such method for this measurement.")
    return offered[asked]


def partners_form(request: LabRequest, measurement: Measurement, method: Method) -> PartnersForm:
    """Return the form of what stands beside the measurement."""
    inputs = partner_inputs(method, measurement)
    offered = partners_for(method, measurement, request.user) if inputs else Measurement.objects.none()
    hidden = projects_of(request.lab, request.user).hidden if inputs else []
    return PartnersForm(request.POST or None, inputs=inputs, offered=offered, hidden=hidden)
