"""The measurements list: facets, the page of rows, and the way to an overlay of a selection."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from labbook.context import address_of
from labbook.http import LabRequest, lab_view
from labbook.roles import may
from labbook.search.find import page_of
from measurements.forms.measurements_facets import MeasurementFacets
from measurements.models import Instrument
from measurements.queries.measurements import lines_of_rows
from measurements.queries.measurements_search import search_measurements
from samples.views.chips import chips_of
from samples.views.samples import cursor_of, lists_of, page_address


@require_http_methods(["GET", "HEAD"])
@lab_view("read")
def measurement_list(request: LabRequest) -> HttpResponse:
    """Show a page of measurements, newest first, narrowed by the box and the facets in the address."""
    asked = search_measurements(lists_of(request.GET), request.lab, request.user)
    page = page_of(asked.found, before=cursor_of(request.GET))
    instruments = Instrument.objects.visible_to(request.user).filter(lab=request.lab).order_by("title")
    context = {
        "form": MeasurementFacets(request.GET, instruments=instruments, projects=asked.projects.seen),
        "lines": lines_of_rows(page.rows, asked.projects.hidden),
        "page": page,
        "chips": chips_of(request, asked.query, asked.facets),
        "problems": asked.query.problems,
        "notices": asked.query.notices,
        "next_address": page_address(request.GET, page.before),
        "newest_address": page_address(request.GET, None) if cursor_of(request.GET) else "",
        "may_record": may(request.membership.role, "record"),
        "overlay_address": address_of("overlay"),
        "inbox_address": address_of("inbox_list"),
    }
    return render(request, "measurements/measurement_list.html", context)
