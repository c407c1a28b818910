"""What keeps typed work safe: drafts apart from history, and answers kept against the double tap."""

from typing import ClassVar

from django.conf import settings
from django.db import models


class Draft(models.Model):
    """What a person has typed into a form and not yet saved; one row, overwritten in place."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    # The form's path, which names both the form and the record it is about.
    form = models.CharField(max_length=200)
    title = models.CharField(max_length=200)
    fields = models.JSONField(default=dict)
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint("user", "form", name="one_draft_per_form")]


class SubmittedForm(models.Model):
    """The answer to a write, kept under its idempotency key, so that a second tap gets the first's result."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=100)
    request_hash = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    headers = models.JSONField(default=dict)
    body = models.TextField(blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint("user", "key", name="one_answer_per_key")]
