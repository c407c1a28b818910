"""A synthesis groups the processes from hot injection to the last precipitation round."""

from typing import ClassVar

from django.db import models

from labbook.models import ProjectRecord
from labbook.models.records import ProjectQuerySet
from samples.models.recipes import RecipeVersion


class SynthesisStatus(models.TextChoices):
    """How far a synthesis has come, and how it ended."""

    PLANNED = "planned", "planned"
    RUNNING = "running", "running"
    FINISHED = "finished", "finished"
    ABORTED = "aborted", "aborted"
    FAILED = "failed", "failed"


class Synthesis(ProjectRecord):
    """One hot injection and what was sorted out of it; owns a code such as NC-024."""

    code = models.CharField(max_length=60)
    tag = models.CharField(max_length=6, unique=True)
    title = models.CharField(max_length=200, blank=True)
    recipe = models.ForeignKey(RecipeVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="syntheses")
    copied_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="copies")
    status = models.CharField(max_length=8, choices=SynthesisStatus.choices, default=SynthesisStatus.PLANNED)
    end_reason = models.CharField(max_length=300, blank=True)
    # Why no further round was made: "no obvious precipitate".
    stop_reason = models.CharField(max_length=200, blank=True)
    operator = models.CharField(max_length=8, blank=True)
    planned_for = models.DateField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    injected_at = models.DateTimeField(null=True, blank=True)
    turned_red_at = models.DateTimeField(null=True, blank=True)
    ice_bath_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    look = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)
    # Copies for lists and facets; the process values are the source.
    injection_temperature_c = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    growth_s = models.DecimalField(max_digits=10, decimal_places=3, null=True, blank=True)
    fraction_count = models.PositiveSmallIntegerField(default=0)
    notable_deviation_count = models.PositiveSmallIntegerField(default=0)

    objects = ProjectQuerySet["Synthesis"].as_manager()
    EDITABLE: ClassVar = ("title", "operator", "planned_for", "look", "note", "end_reason", "project")

    class Meta:
        verbose_name_plural = "syntheses"
        constraints: ClassVar = [models.UniqueConstraint("lab", "code", name="synthesis_code_once_per_lab")]
        indexes: ClassVar = [models.Index("lab", "id", name="syntheses_by_lab")]

    def __str__(self) -> str:
        return self.code
