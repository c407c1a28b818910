"""Every address of the notebook; upper floors are named as strings only."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
