"""Addresses of what people do with samples: specimens, use, treat, pool, receive."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
