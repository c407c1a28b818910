"""What counts: one value per sample, quantity and state, and the pressure that ruby gives a rung."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from analysis.models.fits import Fit, Result
from labbook.models import ProjectRecord
from labbook.models.records import ProjectQuerySet


class ValueInForce(ProjectRecord):
    """The value of a quantity that counts for a sample in one state: of a chosen fit, or the mean of replicates."""

    sample = models.ForeignKey("samples.Sample", on_delete=models.PROTECT, related_name="values_in_force")
    quantity = models.CharField(max_length=40)
    # The state in words, such as "80 K" or "0.13 GPa compression"; empty for as it is.
    state = models.CharField(max_length=80, blank=True)
    temperature_k = models.DecimalField(max_digits=8, decimal_places=3, null=True, blank=True)
    pressure_gpa = models.DecimalField(max_digits=8, decimal_places=4, null=True, blank=True)
    age_days = models.DecimalField(max_digits=9, decimal_places=3, null=True, blank=True)
    branch = models.CharField(max_length=12, blank=True)
    value = models.FloatField()
    stderr = models.FloatField(null=True, blank=True)
    # Spread between replicates, where there are several.
    between_std = models.FloatField(null=True, blank=True)
    replicate_count = models.PositiveIntegerField(default=1)
    unit = models.CharField(max_length=20, blank=True)
    # The fit a person chose; none means every fit that counts.
    chosen = models.ForeignKey(Fit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    chosen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    results = models.ManyToManyField(Result, related_name="in_force")

    objects = ProjectQuerySet["ValueInForce"].as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("sample", "quantity", "state", name="one_value_in_force_per_state"),
        ]
        indexes: ClassVar = [models.Index("lab", "quantity", "value", name="values_in_force")]

    def __str__(self) -> str:
        return f"{self.quantity} of {self.sample_id} {self.state}".strip()


class RungPressure(models.Model):
    """The pressure that the ruby fits of a rung mean together, on one scale."""

    rung = models.OneToOneField("measurements.Rung", on_delete=models.CASCADE, related_name="ruby_pressure")
    value_gpa = models.FloatField()
    stderr_gpa = models.FloatField(null=True, blank=True)
    # Half the difference between after and before, and the spread between chips.
    drift_gpa = models.FloatField(null=True, blank=True)
    spread_std_gpa = models.FloatField(null=True, blank=True)
    scale = models.CharField(max_length=40)
    fits = models.ManyToManyField(Fit, related_name="+")

    def __str__(self) -> str:
        return f"{self.value_gpa:.3f} GPa"
