"""History: one append-only, hash-chained row per change, in the same transaction as the change."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from labbook.models.people import Lab
from labbook.models.records import ProjectQuerySet


class HistoryHead(models.Model):
    """The end of a lab's chain; its row is locked last in a transaction."""

    lab = models.OneToOneField(Lab, on_delete=models.PROTECT, primary_key=True, related_name="history_head")
    length = models.PositiveBigIntegerField(default=0)
    last_hash = models.CharField(max_length=64, default="0" * 64)


class Revision(models.Model):
    """Who changed which record, when, from what to what, and why."""

    lab = models.ForeignKey(Lab, on_delete=models.PROTECT, related_name="+")
    sequence = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    record_type = models.CharField(max_length=30)
    record_id = models.BigIntegerField()
    # The record's version after this change; what changed since version n is asked of this column.
    record_version = models.PositiveIntegerField()
    record_label = models.CharField(max_length=120)
    project = models.ForeignKey("labbook.Project", null=True, on_delete=models.PROTECT, related_name="+")
    action = models.CharField(max_length=60)
    # Keyed by field: a pair of the value before and after.
    changes = models.JSONField(default=dict)
    reason = models.CharField(max_length=500, blank=True)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    objects = ProjectQuerySet["Revision"].as_manager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint("lab", "sequence", name="history_is_one_chain")]
        indexes: ClassVar = [models.Index("record_type", "record_id", "sequence", name="history_of_a_record")]

    def __str__(self) -> str:
        return f"{self.record_label}: {self.action}"
