"""Samples: anything with a label that can be stored, used up or measured."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from labbook.models import Lab, ProjectRecord
from labbook.models.records import ProjectQuerySet
from samples.kinds import SPECIMEN_KINDS, Precision, SampleKind, Unit


class SampleStatus(models.TextChoices):
    """Whether a sample can be used."""

    PLANNED = "planned", "planned"
    IN_USE = "in use", "in use"
    EMPTY = "empty", "empty"
    DISCARDED = "discarded", "discarded"


class SampleQuerySet(ProjectQuerySet["Sample"]):
    """Samples, and the words that narrow them."""

    def of_kind(self, *kinds: SampleKind) -> Self:
        """Keep samples of these kinds."""
        return self.filter(kind__in=kinds)

    def specimens(self) -> Self:
        """Keep films, grids, cuvettes and loads."""
        return self.filter(kind__in=SPECIMEN_KINDS)

    def usable(self) -> Self:
        """Keep samples that exist and are neither empty nor discarded."""
        return self.filter(status=SampleStatus.IN_USE)


class Sample(ProjectRecord):
    """One labelled thing; what only some kinds have lies in a detail row.

    Every sample has the process that made it, so an output without a process cannot be written.
    `balance` is the ledger's running sum in `unit`; null means that an amount was not recorded.
    """

    code = models.CharField(max_length=60)
    tag = models.CharField(max_length=6, unique=True)
    kind = models.CharField(max_length=12, choices=SampleKind.choices)
    title = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)
    status = models.CharField(max_length=10, choices=SampleStatus.choices, default=SampleStatus.IN_USE)
    status_reason = models.CharField(max_length=300, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    origin = models.ForeignKey("samples.Process", on_delete=models.PROTECT, related_name="outputs")
    # The fraction a vial or specimen is of; specimens are numbered per fraction.
    fraction = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="pieces")
    # The syntheses whose material is in it; a pooled sample has several.
    syntheses = models.ManyToManyField("samples.Synthesis", related_name="samples", blank=True)
    unit = models.CharField(max_length=5, choices=Unit.choices)
    made_amount = models.DecimalField(max_digits=16, decimal_places=6, null=True, blank=True)
    balance = models.DecimalField(max_digits=16, decimal_places=6, null=True, blank=True)
    solvent = models.CharField(max_length=60, blank=True)
    look = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField()
    made_at_precision = models.CharField(max_length=6, choices=Precision.choices, default=Precision.MINUTE)
    made_by = models.CharField(max_length=8, blank=True)
    place = models.ForeignKey("samples.Place", null=True, blank=True, on_delete=models.PROTECT, related_name="samples")

    objects = SampleQuerySet.as_manager()
    EDITABLE: ClassVar = ("title", "note", "solvent", "look", "project")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("lab", "code", name="sample_code_once_per_lab"),
            models.CheckConstraint(
                condition=Q(balance__isnull=True) | Q(balance__gte=0), name="balance_is_never_below_zero"
            ),
        ]
        indexes: ClassVar = [models.Index("lab", "kind", "id", name="samples_by_kind")]

    def __str__(self) -> str:
        return self.code


class LabelRequest(models.Model):
    """A label that waits to be printed."""

    lab = models.ForeignKey(Lab, on_delete=models.PROTECT, related_name="+")
    sample = models.ForeignKey(Sample, on_delete=models.PROTECT, related_name="label_requests")
    requested_at = models.DateTimeField(auto_now_add=True)
    printed_at = models.DateTimeField(null=True, blank=True)
