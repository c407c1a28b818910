"""The ground floor as Django sees it."""

from django.apps import AppConfig


class LabbookConfig(AppConfig):
    name = "labbook"
    default_auto_field = "django.db.models.BigAutoField"
