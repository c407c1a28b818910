"""Addresses of a sample's page, lineage and statement."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
