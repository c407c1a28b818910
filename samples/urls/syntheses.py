"""Addresses of syntheses, run mode and precipitation."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
