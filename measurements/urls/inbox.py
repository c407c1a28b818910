"""Addresses of the inbox: uploads, match table, receipts."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
