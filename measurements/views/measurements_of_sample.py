"""What was measured of a sample: a part of the sample's page, and a page of its own."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from labbook.context import address_of
from labbook.http import LabRequest, find, lab_view
from labbook.roles import may
from measurements.queries.of_sample import measured_of
from samples.models import Sample


@require_http_methods(["GET", "HEAD"])
@lab_view("read")
def sample_measurements(request: LabRequest, code: str) -> HttpResponse:
    """Show the measurements of a sample and around it; as a part when the sample's page loads it."""
    sample = find(request, Sample.objects.select_related("lab"), code=code)
    context = {
        "sample": sample,
        "measured": measured_of(sample, request.user),
        "overlay_address": address_of("overlay"),
        "may_record": may(request.membership.role, "record"),
    }
    name = "_sample_measurements" if request.htmx and not request.htmx.boosted else "sample_measurements"
    return render(request, f"measurements/{name}.html", context)
