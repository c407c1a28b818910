"""Addresses of stock, precursors, places, equipment and recipes."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
