"""The page of one measurement."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods

from labbook.http import LabRequest, find, lab_view
from labbook.quantities import Moment, show, show_moment
from labbook.roles import may
from measurements.models import Measurement
from measurements.queries.measurements_conditions import place_words, plain
from measurements.queries.measurements_page import MeasurementPage, page_of_measurement
from measurements.queries.states import state_of
from samples.views.sample import Fact

ORIGINS = {"instrument": "by the instrument's clock", "file": "by the date of its file", "person": "as a person said"}
ZONES = {
    "stated": "its zone is in the file",
    "UTC": "in UTC",
    "ambiguous": "its zone is ambiguous",
    "not stated": "the zone is that of its computer",
}
UNSTATED = format_html('<span class="unstated">{}</span>', "not recorded")


@require_http_methods(["GET", "HEAD"])
@lab_view("read")
def measurement_detail(request: LabRequest, measurement_id: int) -> HttpResponse:
    """Show a measurement: its sample, conditions, curves, what the reader said, files and references."""
    measurement = found_measurement(request, measurement_id)
    page = page_of_measurement(measurement, request.user)
    context = {
        "measurement": measurement,
        "page": page,
        "facts": facts_of(page),
        "state": state_of(measurement),
        "place": place_words(measurement),
        "may_record": may(request.membership.role, "record"),
    }
    return render(request, "measurements/measurement_detail.html", context)


def found_measurement(request: LabRequest, measurement_id: int) -> Measurement:
    """Return a measurement of this lab that the person may see, else answer 404."""
    measurements = Measurement.objects.select_related("lab", "project", "instrument", "session", "rung__series")
    return find(request, measurements, pk=measurement_id)


def facts_of(page: MeasurementPage) -> list[Fact]:
    """Return the few facts that stand on top."""
    one = page.measurement
    return [
        sample_fact(page),
        Fact("Instrument", one.instrument.title if one.instrument else UNSTATED, one.operator and f"by {one.operator}"),
        time_fact(page),
        rung_fact(page),
    ]


def sample_fact(page: MeasurementPage) -> Fact:
    """Return what was looked at, with the way to its ancestry."""
    one, sample = page.measurement, page.sample
    if page.is_restricted:
        return Fact("Sample", "restricted", "you may not see it")
    if sample is None:
        return Fact("Reference", one.get_reference_kind_display(), "looks at no sample")
    link = format_html('<a class="code" href="{}">{}</a>', reverse("sample_detail", args=[sample.code]), sample.code)
    ancestry = format_html('<a href="{}">where it came from</a>', reverse("lineage", args=[sample.code]))
    return Fact("Sample", link, ancestry)


def time_fact(page: MeasurementPage) -> Fact:
    """Return when it was measured and how that is known: whose clock, its zone, what it was ahead."""
    one = page.measurement
    if one.measured_at is None:
        return Fact("Measured", UNSTATED)
    precision: Any = one.measured_at_precision
    words = [ORIGINS.get(one.measured_at_origin, "")]
    recording = next((found for found in page.recordings if found.time_as_written), None)
    if recording is not None and one.measured_at_origin == "instrument":
        words += [f"written “{recording.time_as_written}”", ZONES.get(recording.time_zone_state, "")]
    offset_s = clock_offset_s(one)
    if offset_s and one.measured_at_origin == "instrument":
        way = "ahead" if offset_s > 0 else "behind"
        words.append(f"its clock was {show(plain(abs(offset_s)), 's')} {way}")
    shown = show_moment(Moment(one.measured_at, precision), one.lab.zone)
    return Fact("Measured", shown, ", ".join(filter(None, words)))


def clock_offset_s(measurement: Measurement) -> Any:
    """Return what the instrument's clock was ahead that day, or nothing without an instrument."""
    session, instrument = measurement.session, measurement.instrument
    if session is not None and session.clock_offset_s is not None:
        return session.clock_offset_s
    return instrument.clock_offset_s if instrument is not None else None


def rung_fact(page: MeasurementPage) -> Fact:
    """Return where it stands along a ladder."""
    place = place_words(page.measurement)
    if not place:
        return Fact("Rung", format_html('<span class="unstated">{}</span>', "on no ladder"))
    if page.series is None:
        return Fact("Rung", place, "stated for this measurement" if page.measurement.rung is None else "")
    address = reverse("series_detail", args=[page.series.pk])
    return Fact("Rung", place, format_html('<a href="{}">its series</a>', address))
