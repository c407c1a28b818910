"""Addresses of what was made of measurements, series and samples: parts of their pages, and pages of their own."""

from django.urls import URLPattern, URLResolver, path

from analysis.views import measurements, series, series_acts, values

urlpatterns: list[URLPattern | URLResolver] = [
    path("m/<int:measurement_id>/fits", measurements.measurement_fits, name="measurement_fits"),
    path("m/<int:measurement_id>/analyse", measurements.measurement_analyse, name="measurement_analyse"),
    path("series/<int:series_id>/analysis", series.series_analysis, name="series_analysis"),
    path("series/<int:series_id>/curves.json", series.series_curves, name="series_curves"),
    path("series/<int:series_id>/fit", series_acts.series_fit, name="series_fit"),
    path("series/<int:series_id>/review", series_acts.series_review, name="series_review"),
    path("s/<str:code>/values", values.sample_values, name="sample_values"),
    path("values/<int:value_id>", values.value_choose, name="value_choose"),
]
