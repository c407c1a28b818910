"""Addresses of measurements: the list, one of them, those of a sample."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
