"""Recipes: versioned templates of a process, step by step."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from labbook.models import LabRecord
from labbook.models.records import VisibleQuerySet
from samples.kinds import ProcessKind


class Recipe(LabRecord):
    """A named procedure of a lab."""

    slug = models.SlugField(max_length=60)
    title = models.CharField(max_length=120)
    kind = models.CharField(max_length=16, choices=ProcessKind.choices)
    is_retired = models.BooleanField(default=False)

    objects = VisibleQuerySet["Recipe"].as_manager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint("lab", "slug", name="recipe_once_per_lab")]

    def __str__(self) -> str:
        return self.title


class RecipeVersion(models.Model):
    """One state of a recipe; never edited, records keep the version they were made from."""

    recipe = models.ForeignKey(Recipe, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    # The shape of `content` is samples.recipes.contents.RecipeContent.
    content = models.JSONField()
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["recipe_id", "-number"]
        constraints: ClassVar = [models.UniqueConstraint("recipe", "number", name="recipe_version_once")]

    def __str__(self) -> str:
        return f"{self.recipe} v{self.number}"
