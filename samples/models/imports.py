"""What was imported: one row per line of a table, so that the same table twice changes nothing."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from labbook.models import Lab
from labbook.models.records import VisibleQuerySet


class ImportedRow(models.Model):
    """A line that was written, by its table and key, with a hash of what it said."""

    lab = models.ForeignKey(Lab, on_delete=models.PROTECT, related_name="+")
    table = models.CharField(max_length=30)
    key = models.CharField(max_length=200)
    fingerprint = models.CharField(max_length=64)
    imported_at = models.DateTimeField(auto_now_add=True)

    objects = VisibleQuerySet["ImportedRow"].as_manager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint("lab", "table", "key", name="imported_once")]


class CheckedUpload(models.Model):
    """Tables a person has sent and seen checked, kept until they say import."""

    lab = models.ForeignKey(Lab, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    files = models.BinaryField()
    created_at = models.DateTimeField(auto_now_add=True)
