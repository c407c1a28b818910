"""Equipment that a synthesis or a specimen needs."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Lower

from labbook.models import LabRecord
from labbook.models.records import VisibleQuerySet


class EquipmentKind(models.TextChoices):
    """What sort of equipment."""

    FLASK = "flask", "flask"
    CENTRIFUGE = "centrifuge", "centrifuge"
    ROTOR = "rotor", "rotor"
    CUVETTE = "cuvette", "cuvette"
    ANVIL_CELL = "anvil_cell", "diamond-anvil cell"
    SPIN_COATER = "spin_coater", "spin coater"
    OTHER = "other", "other"


class Equipment(LabRecord):
    """A flask, rotor, cuvette or cell; only what its kind has is filled in."""

    title = models.CharField(max_length=120)
    kind = models.CharField(max_length=12, choices=EquipmentKind.choices)
    rotor_radius_mm = models.DecimalField(max_digits=7, decimal_places=2, null=True, blank=True)
    tube_volume_ml = models.DecimalField(max_digits=7, decimal_places=2, null=True, blank=True)
    flask_volume_ml = models.DecimalField(max_digits=7, decimal_places=1, null=True, blank=True)
    path_length_mm = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    culet_diameter_mm = models.DecimalField(max_digits=6, decimal_places=3, null=True, blank=True)
    anvil_type = models.CharField(max_length=30, blank=True)
    note = models.TextField(blank=True)
    is_retired = models.BooleanField(default=False)
    # A cell holds one load until that is unloaded; a null means free, and the database keeps it to one.
    held_by = models.OneToOneField(
        "samples.Sample", null=True, blank=True, on_delete=models.PROTECT, related_name="held_in"
    )

    objects = VisibleQuerySet["Equipment"].as_manager()
    EDITABLE: ClassVar = (
        "title", "kind", "rotor_radius_mm", "tube_volume_ml", "flask_volume_ml", "path_length_mm",
        "culet_diameter_mm", "anvil_type", "note", "is_retired",
    )  # fmt: skip

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint("lab", Lower("title"), name="equipment_title_once_per_lab")]

    def __str__(self) -> str:
        return self.title
