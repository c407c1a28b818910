"""Search rows: what lists, facets and the search box look at, written in the same transaction as the record."""

from typing import ClassVar

from django.db import models

from labbook.models.people import Lab
from labbook.models.records import ProjectQuerySet


class SearchRow(models.Model):
    """One findable record; upper floors write it, the ground floor searches it.

    Lists run newest first along the row's own key, so every index ends in it.
    """

    lab = models.ForeignKey(Lab, on_delete=models.PROTECT, related_name="+", db_index=False)
    project = models.ForeignKey("labbook.Project", null=True, on_delete=models.PROTECT, related_name="+")
    record_type = models.CharField(max_length=30)
    record_id = models.BigIntegerField()
    kind = models.CharField(max_length=30)
    code = models.CharField(max_length=60)
    title = models.CharField(max_length=200, blank=True)
    status = models.CharField(max_length=30, blank=True)
    by = models.CharField(max_length=8, blank=True)
    made_at = models.DateTimeField(null=True)

    objects = ProjectQuerySet["SearchRow"].as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("record_type", "record_id", name="one_search_row_per_record"),
        ]
        indexes: ClassVar = [
            models.Index("lab", "id", name="search_newest"),
            models.Index("lab", "kind", "id", name="search_by_kind"),
            models.Index("lab", "status", "id", name="search_by_status"),
            models.Index("lab", "by", "id", name="search_by_person"),
            models.Index("lab", "made_at", "id", name="search_by_day"),
            models.Index("lab", "kind", "status", "id", name="search_by_kind_and_status"),
            models.Index("lab", "kind", "by", "id", name="search_by_kind_and_person"),
        ]

    def __str__(self) -> str:
        return self.code


class SearchFact(models.Model):
    """Something a record can be found by: a word, a number under a key, or both.

    A free word has the key "word"; a size is ("size", "measured", 9.1); a stay is the place's id and
    the day it began. A pooled sample has several facts under one key.
    """

    row = models.ForeignKey(SearchRow, on_delete=models.CASCADE, related_name="facts", db_index=False)
    # The row's lab again, so that one lab's words never slow another's search.
    lab = models.ForeignKey(Lab, on_delete=models.PROTECT, related_name="+", db_index=False)
    key = models.CharField(max_length=20)
    word = models.CharField(max_length=60, blank=True)
    number = models.FloatField(null=True)

    class Meta:
        indexes: ClassVar = [
            # Prefixes of words are looked up with LIKE, which needs its own order on PostgreSQL.
            models.Index(
                fields=["lab", "key", "word", "number", "row"],
                name="search_by_fact",
                opclasses=["int8_ops", "varchar_ops", "varchar_pattern_ops", "float8_ops", "int8_ops"],
            ),
            models.Index(
                fields=["row", "key", "word", "number"],
                name="facts_of_a_row",
                opclasses=["int8_ops", "varchar_ops", "varchar_pattern_ops", "float8_ops"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.word} {self.number if self.number is not None else ''}".strip()
