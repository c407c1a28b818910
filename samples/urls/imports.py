"""Addresses of the import of tables."""

from django.urls import URLPattern, URLResolver, path

from samples.views.imports import import_new, import_run

urlpatterns: list[URLPattern | URLResolver] = [
    path("import/", import_new, name="import_new"),
    path("import/<int:upload_id>/run/", import_run, name="import_run"),
]
