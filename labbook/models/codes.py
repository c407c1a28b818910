"""Codes, tags and aliases: the names by which a lab calls its records."""

from typing import ClassVar

from django.db import models

from labbook.models.people import Lab
from labbook.models.records import VisibleQuerySet


class Code(models.Model):
    """A code, unique in its lab, and its global six-character tag.

    Upper floors write these rows; `record_type` and `record_id` lead back without an import.
    """

    lab = models.ForeignKey(Lab, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=60)
    # Upper case without separators: what a sloppy hand or a file name gives is compared with this.
    normalized = models.CharField(max_length=60, db_index=True)
    tag = models.CharField(max_length=6, unique=True)
    record_type = models.CharField(max_length=30)
    record_id = models.BigIntegerField()

    objects = VisibleQuerySet["Code"].as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("lab", "code", name="code_once_per_lab"),
            models.UniqueConstraint("record_type", "record_id", name="one_code_per_record"),
        ]

    def __str__(self) -> str:
        return self.code


class Alias(models.Model):
    """An old or foreign name of a record, which search and the inbox also match."""

    code = models.ForeignKey(Code, on_delete=models.CASCADE, related_name="aliases")
    lab = models.ForeignKey(Lab, on_delete=models.PROTECT, related_name="+")
    text = models.CharField(max_length=120)
    normalized = models.CharField(max_length=120)

    objects = VisibleQuerySet["Alias"].as_manager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint("code", "normalized", name="alias_once_per_record")]
        indexes: ClassVar = [models.Index("lab", "normalized", name="alias_by_name")]

    def __str__(self) -> str:
        return self.text


class CodeCounter(models.Model):
    """The last number given out for a prefix; its row is locked while a code is taken."""

    lab = models.ForeignKey(Lab, on_delete=models.CASCADE, related_name="+")
    prefix = models.CharField(max_length=60)
    last_number = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint("lab", "prefix", name="one_counter_per_prefix")]
