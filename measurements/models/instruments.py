"""Instruments, their settings, the sessions at them, and what calibrates them."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Lower

from labbook.models import LabRecord, ProjectRecord
from labbook.models.records import ProjectQuerySet, VisibleQuerySet
from measurements.techniques import Technique


class Instrument(LabRecord):
    """An instrument and the computer that writes its files."""

    title = models.CharField(max_length=120)
    technique = models.CharField(max_length=12, choices=Technique.choices)
    maker = models.CharField(max_length=80, blank=True)
    model = models.CharField(max_length=80, blank=True)
    serial_number = models.CharField(max_length=60, blank=True)
    room = models.CharField(max_length=60, blank=True)
    # Texts, one a line, by which its files name it: a model, a serial number, a camera.
    names_in_files = models.TextField(blank=True)
    # The zone its computer's clock is set to; empty means the lab's own.
    time_zone = models.CharField(max_length=60, blank=True)
    # How far its clock is ahead of true time; negative when it is behind.
    clock_offset_s = models.DecimalField(max_digits=10, decimal_places=1, default=0)
    note = models.TextField(blank=True)
    is_retired = models.BooleanField(default=False)

    objects = VisibleQuerySet["Instrument"].as_manager()
    EDITABLE: ClassVar = (
        "title", "technique", "maker", "model", "serial_number", "room", "names_in_files", "time_zone",
        "clock_offset_s", "note", "is_retired",
    )  # fmt: skip

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint("lab", Lower("title"), name="instrument_title_once_per_lab")]

    def __str__(self) -> str:
        return self.title


class InstrumentSetting(models.Model):
    """One usual setting of an instrument; `key` names quantity and unit in measurements.condition_keys."""

    instrument = models.ForeignKey(Instrument, on_delete=models.CASCADE, related_name="settings")
    key = models.CharField(max_length=40)
    number = models.DecimalField(max_digits=18, decimal_places=6, null=True, blank=True)
    text = models.CharField(max_length=120, blank=True)
    as_written = models.CharField(max_length=120, blank=True)
    # What the source leaves open about it, kept beside the value.
    source_note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["instrument_id", "id"]
        constraints: ClassVar = [models.UniqueConstraint("instrument", "key", name="setting_key_once")]


class InstrumentSession(ProjectRecord):
    """A person's time at an instrument: what all its measurements share."""

    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="sessions")
    day = models.DateField()
    title = models.CharField(max_length=120, blank=True)
    operator = models.CharField(max_length=8, blank=True)
    # Settings of that day by key of measurements.condition_keys, as text; they stand before the instrument's own.
    settings = models.JSONField(default=dict, blank=True)
    # What the clock was found to be off that day; null means the instrument's usual offset.
    clock_offset_s = models.DecimalField(max_digits=10, decimal_places=1, null=True, blank=True)
    note = models.TextField(blank=True)

    objects = ProjectQuerySet["InstrumentSession"].as_manager()
    EDITABLE: ClassVar = ("title", "operator", "settings", "clock_offset_s", "note", "project")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["lab", "instrument", "-day"], name="sessions_of_instrument")]

    def __str__(self) -> str:
        return self.title or f"{self.instrument.title}, {self.day.isoformat()}"


class CalibrationKind(models.TextChoices):
    """What a calibration gives."""

    RESPONSE = "response", "spectral response"
    WAVELENGTH = "wavelength", "wavelength axis"
    SPHERE = "sphere", "integrating sphere"
    IRF = "irf", "instrument response of a window"
    PIXEL_SIZE = "pixel_size", "pixel size"
    BREADTH = "breadth", "instrumental breadth"
    RUBY_ZERO = "ruby_zero", "ruby line at ambient pressure"
    THERMOMETER = "thermometer", "stage thermometer"


class Calibration(LabRecord):
    """A number or a reference measurement that is valid for an instrument from one day to another."""

    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="calibrations")
    kind = models.CharField(max_length=12, choices=CalibrationKind.choices)
    # What it holds for, such as "50 ns" or "×40 000"; empty for everything.
    applies_to = models.CharField(max_length=60, blank=True)
    value = models.DecimalField(max_digits=18, decimal_places=8, null=True, blank=True)
    stderr = models.DecimalField(max_digits=18, decimal_places=8, null=True, blank=True)
    unit = models.CharField(max_length=20, blank=True)
    as_written = models.CharField(max_length=120, blank=True)
    # The look at a standard it rests on: a lamp, an empty sphere, scattered pump light, ambient ruby.
    measurement = models.ForeignKey(
        "measurements.Measurement", null=True, blank=True, on_delete=models.PROTECT, related_name="calibrates"
    )
    # Without a day it holds from the beginning; a newer one ends it.
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)
    is_retired = models.BooleanField(default=False)

    objects = VisibleQuerySet["Calibration"].as_manager()
    EDITABLE: ClassVar = (
        "applies_to", "value", "stderr", "unit", "as_written", "measurement", "valid_from", "valid_until", "note",
        "is_retired",
    )  # fmt: skip

    class Meta:
        indexes: ClassVar = [models.Index("instrument", "kind", "valid_from", name="calibrations_by_day")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.instrument.title}"
