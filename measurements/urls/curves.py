"""Addresses of curves: their numbers, overlays and figures."""

from django.urls import URLPattern, URLResolver, path, re_path

from measurements.views import curves

urlpatterns: list[URLPattern | URLResolver] = [
    path("plot/data", curves.plot_data, name="plot_data"),
    re_path(r"^plot/table-(?P<shape>wide|long)\.csv$", curves.plot_table, name="plot_table"),
]
