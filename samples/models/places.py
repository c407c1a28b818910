"""Places that hold samples, and the moves of samples between them."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Lower

from labbook.models import LabRecord
from labbook.models.records import VisibleQuerySet


class PlaceKind(models.TextChoices):
    """What sort of place; storage colours follow it."""

    ROOM = "room", "room"
    BENCH = "bench", "bench"
    FRIDGE = "fridge", "fridge"
    FREEZER = "freezer", "freezer"
    BOX = "box", "box"
    OUTSIDE = "outside", "outside"


class Place(LabRecord):
    """Somewhere a sample can be; an outside place has no known temperature."""

    title = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=PlaceKind.choices)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    nominal_temperature_c = models.DecimalField(max_digits=5, decimal_places=1, null=True, blank=True)
    is_retired = models.BooleanField(default=False)

    objects = VisibleQuerySet["Place"].as_manager()
    EDITABLE: ClassVar = ("title", "kind", "parent", "nominal_temperature_c", "is_retired")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint("lab", Lower("title"), name="place_title_once_per_lab")]

    def __str__(self) -> str:
        return self.title


class Move(models.Model):
    """A sample came to a place; the next move ends the stay."""

    sample = models.ForeignKey("samples.Sample", on_delete=models.PROTECT, related_name="moves")
    place = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="moves")
    moved_at = models.DateTimeField()
    by = models.CharField(max_length=8, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint("sample", "moved_at", name="one_move_at_a_time")]
