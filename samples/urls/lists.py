"""Addresses of Today, the samples list and search."""

from django.urls import URLPattern, URLResolver, path

from samples.views import samples, search, today

urlpatterns: list[URLPattern | URLResolver] = [
    path("", today.today, name="today"),
    path("samples/", samples.sample_list, name="sample_list"),
    path("samples/selection", samples.sample_selection, name="sample_selection"),
    path("search", search.search, name="search"),
]
