"""Recordings: what a reader found in a raw file, and their curves, whose arrays lie outside the row."""

from typing import ClassVar

from django.db import models

from measurements.models.files import RawFile


class Recording(models.Model):
    """One recording of a file, as a version of a reader returned it; a newer reading supersedes it."""

    raw_file = models.ForeignKey(RawFile, on_delete=models.PROTECT, related_name="recordings")
    # Which of the file's recordings, from zero.
    position = models.PositiveIntegerField()
    reader = models.CharField(max_length=40)
    reader_version = models.PositiveIntegerField()
    technique = models.CharField(max_length=12)
    label = models.CharField(max_length=200, blank=True)
    instrument = models.CharField(max_length=200, blank=True)
    # The instrument's own time: as the file says it, what it means, and what is known of its zone.
    time_as_written = models.CharField(max_length=80, blank=True)
    time_zone_state = models.CharField(max_length=10, blank=True)
    # Without a zone this is the wall clock written as if in UTC; `time_zone_state` says so.
    instrument_time = models.DateTimeField(null=True, blank=True)
    settings = models.JSONField(default=dict)
    cautions = models.JSONField(default=list)
    # Every other line or tag of the file lies in the array store under this key.
    header_key = models.CharField(max_length=64, blank=True)
    is_current = models.BooleanField(default=True)
    read_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["raw_file_id", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                "raw_file", "position", condition=models.Q(is_current=True), name="one_current_reading"
            )
        ]

    def __str__(self) -> str:
        return self.label or f"recording {self.position + 1}"


class Curve(models.Model):
    """A channel of a recording; the array store holds its values and axes under `store_key`."""

    recording = models.ForeignKey(Recording, on_delete=models.CASCADE, related_name="curves")
    position = models.PositiveIntegerField()
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=16)
    unit = models.CharField(max_length=40, blank=True)
    x_name = models.CharField(max_length=80, blank=True)
    x_unit = models.CharField(max_length=40, blank=True)
    shape = models.JSONField(default=list)
    point_count = models.PositiveIntegerField()
    # In x_unit and unit; null when the channel has no finite value.
    x_first = models.FloatField(null=True)
    x_last = models.FloatField(null=True)
    y_min = models.FloatField(null=True)
    y_max = models.FloatField(null=True)
    store_key = models.CharField(max_length=64)
    # Sixty-odd heights from 0 to 100 for the small picture in a list; empty for images.
    sparkline = models.JSONField(default=list)

    class Meta:
        ordering: ClassVar = ["recording_id", "position"]
        constraints: ClassVar = [models.UniqueConstraint("recording", "position", name="curve_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_map(self) -> bool:
        """Whether it is drawn as a picture instead of a line."""
        return len(self.shape) > 1
