"""Addresses of the table of methods."""

from django.urls import URLPattern, URLResolver, path

from analysis.views import methods

urlpatterns: list[URLPattern | URLResolver] = [
    path("methods/", methods.method_list, name="method_list"),
    path("methods/<slug:name>", methods.method_edit, name="method_edit"),
]
