"""Addresses of measurements: the list, one of them, those of a sample."""

from django.urls import URLPattern, URLResolver, path

from measurements.views import (
    measurements,
    measurements_detail,
    measurements_edit,
    measurements_of_sample,
    measurements_references,
)

ONE = "m/<int:measurement_id>"

urlpatterns: list[URLPattern | URLResolver] = [
    path("measurements/", measurements.measurement_list, name="measurement_list"),
    path("measurements/new", measurements_edit.measurement_new, name="measurement_new"),
    path(ONE, measurements_detail.measurement_detail, name="measurement_detail"),
    path(f"{ONE}/edit", measurements_edit.measurement_edit, name="measurement_edit"),
    path(f"{ONE}/sample", measurements_edit.measurement_sample, name="measurement_sample"),
    path(f"{ONE}/void", measurements_edit.measurement_void, name="measurement_void"),
    path(f"{ONE}/restore", measurements_edit.measurement_restore, name="measurement_restore"),
    path(f"{ONE}/references", measurements_references.measurement_reference, name="measurement_reference"),
    path(
        f"{ONE}/references/<int:use_id>/remove",
        measurements_references.measurement_reference_remove,
        name="measurement_reference_remove",
    ),
    path("s/<str:code>/measurements", measurements_of_sample.sample_measurements, name="sample_measurements"),
]
