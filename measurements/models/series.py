"""Series: measurements ordered along a ladder of pressures, temperatures or ages; each step is a rung."""

from typing import ClassVar

from django.db import models

from labbook.models import ProjectRecord
from labbook.models.records import ProjectQuerySet
from measurements.techniques import Along, Branch


class Series(ProjectRecord):
    """A ladder of one sample; that of a diamond-anvil load runs along pressure."""

    sample = models.ForeignKey("samples.Sample", on_delete=models.PROTECT, related_name="series")
    along = models.CharField(max_length=12, choices=Along.choices)
    title = models.CharField(max_length=120, blank=True)
    note = models.TextField(blank=True)

    objects = ProjectQuerySet["Series"].as_manager()
    EDITABLE: ClassVar = ("title", "note")

    class Meta:
        verbose_name_plural = "series"
        indexes: ClassVar = [models.Index("sample", "along", name="series_of_sample")]

    def __str__(self) -> str:
        return self.title or f"{self.sample.code} along {self.along}"


class Rung(models.Model):
    """One step of a ladder: the value it was meant to have, in `unit`, and on which way it was reached."""

    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="rungs")
    nominal = models.DecimalField(max_digits=12, decimal_places=4)
    unit = models.CharField(max_length=5)
    branch = models.CharField(max_length=12, choices=Branch.choices, blank=True)
    # Where it stands on the ladder; compression and release meet at the top.
    position = models.PositiveIntegerField()
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["series_id", "position", "id"]
        constraints: ClassVar = [models.UniqueConstraint("series", "nominal", "branch", name="rung_once_per_way")]

    def __str__(self) -> str:
        way = f", {self.branch}" if self.branch in {Branch.RELEASE, Branch.WARMING} else ""
        return f"{self.nominal.normalize():f} {self.unit}{way}"
