"""Search rows: what lists, facets and the search box look at, written in the same transaction as the record."""

from typing import ClassVar

from django.db import models

from labbook.models.people import Lab
from labbook.models.records import ProjectQuerySet


class SearchRow(models.Model):
    """One findable record; upper floors write it, the ground floor searches it."""

    lab = models.ForeignKey(Lab, on_delete=models.PROTECT, related_name="+")
    project = models.ForeignKey("labbook.Project", null=True, on_delete=models.PROTECT, related_name="+")
    record_type = models.CharField(max_length=30)
    record_id = models.BigIntegerField()
    kind = models.CharField(max_length=30)
    code = models.CharField(max_length=60)
    title = models.CharField(max_length=200, blank=True)
    status = models.CharField(max_length=30, blank=True)
    place = models.CharField(max_length=120, blank=True)
    by = models.CharField(max_length=8, blank=True)
    made_at = models.DateTimeField(null=True)

    objects = ProjectQuerySet["SearchRow"].as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("record_type", "record_id", name="one_search_row_per_record"),
        ]
        indexes: ClassVar = [
            models.Index("lab", "kind", "id", name="search_by_kind"),
            models.Index("lab", "code", name="search_by_code"),
            models.Index("lab", "made_at", name="search_by_day"),
        ]

    def __str__(self) -> str:
        return self.code


class SearchNumber(models.Model):
    """A number a record can be found by; ranges and pooled samples give it a low and a high end."""

    row = models.ForeignKey(SearchRow, on_delete=models.CASCADE, related_name="numbers")
    key = models.CharField(max_length=40)
    low = models.FloatField()
    high = models.FloatField()

    class Meta:
        indexes: ClassVar = [models.Index("key", "low", "row", name="search_by_number")]


class SearchWord(models.Model):
    """A lower-case word of a record's code, title, names and lots."""

    row = models.ForeignKey(SearchRow, on_delete=models.CASCADE, related_name="words")
    word = models.CharField(max_length=60, db_index=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint("row", "word", name="word_once_per_row")]
