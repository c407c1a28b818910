"""Addresses of fits: the list, one of them, its plots and tables, and what a person does with it."""

from django.urls import URLPattern, URLResolver, path

from analysis.views import fit_model, fit_plots, fit_rates, fit_verdicts, fits, fits_detail

ONE = "fits/<int:fit_id>"
PLOT = f"{ONE}/plots/<int:index>"

urlpatterns: list[URLPattern | URLResolver] = [
    path("fits/", fits.fit_list, name="fit_list"),
    path("fits/waiting", fits.fit_waiting, name="fit_waiting"),
    path("fits/repeat", fits.fit_repeat_stale, name="fit_repeat_stale"),
    path(ONE, fits_detail.fit_detail, name="fit_detail"),
    path(f"{ONE}/verdict", fit_verdicts.fit_verdict, name="fit_verdict"),
    path(f"{ONE}/rates", fit_rates.fit_rates, name="fit_rates"),
    path(f"{ONE}/repeat", fit_model.fit_repeat, name="fit_repeat"),
    path(f"{ONE}/model", fit_model.fit_model, name="fit_model"),
    path(f"{PLOT}.json", fit_plots.fit_plot_numbers, name="fit_plot_numbers"),
    path(f"{PLOT}.csv", fit_plots.fit_plot_table, name="fit_plot_table"),
    path(f"{PLOT}.png", fit_plots.fit_plot_picture, name="fit_plot_picture"),
    path(f"{PLOT}.bin", fit_plots.fit_plot_map, name="fit_plot_map"),
    path(f"{ONE}/tables/<int:index>.csv", fit_plots.fit_table, name="fit_table"),
]
