"""Saved tables and figures: a recipe, never its numbers, and what it rested on when a person last looked at it."""

from typing import ClassVar

from django.db import models

from labbook.models import ProjectRecord
from labbook.models.records import ProjectQuerySet


class Saved(ProjectRecord):
    """What tables and figures have in common.

    `sources` holds, by what a person calls it, everything the numbers rested on when the recipe was last
    confirmed: a difference to today's is what "data changed since" means.
    """

    title = models.CharField(max_length=200)
    slug = models.SlugField(max_length=60)
    kind = models.CharField(max_length=20)
    recipe = models.JSONField(default=dict, blank=True)
    series = models.ForeignKey("measurements.Series", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    samples = models.ManyToManyField("samples.Sample", related_name="+", blank=True)
    sources = models.JSONField(default=dict, blank=True)
    data_hash = models.CharField(max_length=64, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title


class SavedTable(Saved):
    """A table of results."""

    objects = ProjectQuerySet["SavedTable"].as_manager()
    EDITABLE: ClassVar = ("title", "recipe")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint("lab", "slug", name="table_address_once_per_lab")]


class SavedFigure(Saved):
    """A figure for paper, with its caption."""

    caption = models.TextField(blank=True)

    objects = ProjectQuerySet["SavedFigure"].as_manager()
    EDITABLE: ClassVar = ("title", "caption", "recipe")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint("lab", "slug", name="figure_address_once_per_lab")]
