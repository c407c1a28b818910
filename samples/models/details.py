"""What only some kinds of sample have: a bottle's lot, a vial's letter, a specimen's substrate, a size."""

from typing import ClassVar

from django.db import models

from samples.models.equipment import Equipment
from samples.models.samples import Sample


class BottleDetail(models.Model):
    """A bottle of a chemical from a supplier's lot."""

    sample = models.OneToOneField(Sample, primary_key=True, on_delete=models.CASCADE, related_name="bottle")
    chemical = models.CharField(max_length=120)
    short = models.CharField(max_length=30, db_index=True)
    formula = models.CharField(max_length=60, blank=True)
    cas = models.CharField(max_length=20, blank=True)
    supplier = models.CharField(max_length=120, blank=True)
    lot = models.CharField(max_length=60, blank=True, db_index=True)
    purity_percent = models.DecimalField(max_digits=7, decimal_places=4, null=True, blank=True)
    molar_mass_g_per_mol = models.DecimalField(max_digits=10, decimal_places=4, null=True, blank=True)
    density_g_per_ml = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    opened_on = models.DateField(null=True, blank=True)
    expires_on = models.DateField(null=True, blank=True)
    hazards = models.CharField(max_length=120, blank=True)

    EDITABLE: ClassVar = (
        "chemical", "short", "formula", "cas", "supplier", "lot", "purity_percent",
        "molar_mass_g_per_mol", "density_g_per_ml", "opened_on", "expires_on", "hazards",
    )  # fmt: skip


class VialDetail(models.Model):
    """A physical piece of a fraction."""

    sample = models.OneToOneField(Sample, primary_key=True, on_delete=models.CASCADE, related_name="vial")
    letter = models.CharField(max_length=3)
    # What it is kept for: fridge, freezer and bench arms of a stability set, or working.
    arm = models.CharField(max_length=30, blank=True)
    siblings = models.ManyToManyField("self", blank=True)


class SpecimenDetail(models.Model):
    """A film, grid, cuvette or load: what it lies on or in, and how it was put there."""

    sample = models.OneToOneField(Sample, primary_key=True, on_delete=models.CASCADE, related_name="specimen")
    substrate = models.CharField(max_length=120, blank=True)
    substrate_lot = models.CharField(max_length=60, blank=True)
    substrate_cleaning = models.CharField(max_length=200, blank=True)
    detail = models.CharField(max_length=300, blank=True)
    dilution_as_written = models.CharField(max_length=60, blank=True)
    # 1+9 gives 10, 1+10 gives 11: the convention decides, so the factor is null until it is stated.
    dilution_ratio = models.DecimalField(max_digits=10, decimal_places=4, null=True, blank=True)
    culet_diameter_mm = models.DecimalField(max_digits=6, decimal_places=3, null=True, blank=True)
    gasket = models.CharField(max_length=120, blank=True)
    cell = models.ForeignKey(Equipment, null=True, blank=True, on_delete=models.PROTECT, related_name="loads")
    unloaded_at = models.DateTimeField(null=True, blank=True)

    EDITABLE: ClassVar = (
        "substrate", "substrate_lot", "substrate_cleaning", "detail", "gasket", "culet_diameter_mm",
    )  # fmt: skip


class SampleSize(models.Model):
    """A size and where it came from; measured, estimated and assigned sizes are never merged."""

    class Origin(models.TextChoices):
        """Where a size came from."""

        MEASURED = "measured", "measured by TEM"
        ESTIMATED = "estimated", "estimated from optics"
        ASSIGNED = "assigned", "class assigned by a person"

    sample = models.ForeignKey(Sample, on_delete=models.PROTECT, related_name="sizes")
    origin = models.CharField(max_length=10, choices=Origin.choices)
    edge_length_nm = models.DecimalField(max_digits=8, decimal_places=3)
    edge_length_std_nm = models.DecimalField(max_digits=8, decimal_places=3, null=True, blank=True)
    particle_count = models.PositiveIntegerField(null=True, blank=True)
    as_written = models.CharField(max_length=60, blank=True)
    by = models.CharField(max_length=8, blank=True)
    at = models.DateTimeField()
    is_in_force = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("sample", condition=models.Q(is_in_force=True), name="one_size_in_force_per_sample")
        ]
