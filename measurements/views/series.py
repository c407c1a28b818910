"""Series: the list, and the ladder of one."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from labbook.context import address_of
from labbook.http import LabRequest, find, lab_view
from labbook.roles import may
from labbook.search.find import projects_of
from measurements.models import Series
from measurements.queries.series import ladder_of, series_seen
from samples.views.samples import cursor_of, page_address

PAGE_SIZE = 50


@require_http_methods(["GET", "HEAD"])
@lab_view("read")
def series_list(request: LabRequest) -> HttpResponse:
    """Show the series of the lab, newest first."""
    series, before = series_seen(request.lab, request.user), cursor_of(request.GET)
    found = list((series.filter(pk__lt=before) if before else series)[: PAGE_SIZE + 1])
    rest = found[PAGE_SIZE - 1].pk if len(found) > PAGE_SIZE else None
    context = {
        "series": found[:PAGE_SIZE],
        "hidden": projects_of(request.lab, request.user).hidden,
        "next_address": page_address(request.GET, rest) if rest else "",
        "newest_address": page_address(request.GET, None) if before else "",
        "may_record": may(request.membership.role, "record"),
    }
    return render(request, "measurements/series_list.html", context)


@require_http_methods(["GET", "HEAD"])
@lab_view("read")
def series_detail(request: LabRequest, series_id: int) -> HttpResponse:
    """Show a ladder: its rungs by technique, gaps as gaps, and the curves one above the other."""
    series = found_series(request, series_id)
    context = {
        "series": series,
        "ladder": ladder_of(series, request.user),
        "overlay_address": address_of("overlay"),
        "may_record": may(request.membership.role, "record"),
    }
    return render(request, "measurements/series_detail.html", context)


def found_series(request: LabRequest, series_id: int) -> Series:
    """Return a series of this lab that the person may see, else answer 404."""
    return find(request, Series.objects.select_related("lab", "project", "sample"), pk=series_id)
