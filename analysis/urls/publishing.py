"""Addresses of saved tables and figures, and of making them of a series."""

from django.urls import URLPattern, URLResolver, path, re_path

from analysis.views import keeping_plots, saved_figures, saved_tables, series_making

urlpatterns: list[URLPattern | URLResolver] = [
    path("tables/", saved_tables.table_list, name="table_list"),
    path("tables/<slug:slug>", saved_tables.table_detail, name="table_detail"),
    path("tables/<slug:slug>/confirm", saved_tables.table_confirm, name="table_confirm"),
    re_path(
        r"^tables/(?P<slug>[-\w]{1,60})\.(?P<format>csv|tex|docx|xlsx)$", saved_tables.table_export, name="table_export"
    ),
    path("figures/", saved_figures.figure_list, name="figure_list"),
    path("overlay/keep", keeping_plots.figure_keep, name="figure_keep"),
    path("figures/<slug:slug>", saved_figures.figure_detail, name="figure_detail"),
    path("figures/<slug:slug>/confirm", saved_figures.figure_confirm, name="figure_confirm"),
    re_path(
        r"^figures/(?P<slug>[-\w]{1,60})\.(?P<format>svg|pdf|png)$", saved_figures.figure_export, name="figure_export"
    ),
    path("series/<int:series_id>/tables/<slug:kind>", series_making.series_table, name="series_table"),
    path("series/<int:series_id>/figures/<slug:kind>", series_making.series_figure, name="series_figure"),
]
