"""Addresses of series and their rungs."""

from django.urls import URLPattern, URLResolver, path

from measurements.views import series, series_edit

ONE = "series/<int:series_id>"
RUNG = f"{ONE}/rungs/<int:rung_id>"

urlpatterns: list[URLPattern | URLResolver] = [
    path("series/", series.series_list, name="series_list"),
    path("series/new", series_edit.series_new, name="series_new"),
    path(ONE, series.series_detail, name="series_detail"),
    path(f"{ONE}/edit", series_edit.series_edit, name="series_edit"),
    path(f"{ONE}/rungs", series_edit.series_rungs, name="series_rungs"),
    path(RUNG, series_edit.series_rung, name="series_rung"),
    path(f"{RUNG}/merge", series_edit.series_rung_merge, name="series_rung_merge"),
]
