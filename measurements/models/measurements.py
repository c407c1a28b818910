"""Measurements: one look at one sample or reference, with one instrument at one set of conditions."""

from typing import ClassVar

from django.db import models

from labbook.models import ProjectRecord
from labbook.models.records import ProjectQuerySet
from measurements.models.instruments import Instrument, InstrumentSession
from measurements.models.recordings import Recording
from measurements.techniques import Branch, ReferenceKind, Technique
from samples.kinds import Precision


class MeasurementQuerySet(ProjectQuerySet["Measurement"]):
    """Measurements, and the words that narrow them."""


class Measurement(ProjectRecord):
    """What was looked at, when, by whom, with what and under which conditions.

    Exactly one of `sample` and `reference_kind` is set. A measurement that was undone stays as void.
    """

    sample = models.ForeignKey(
        "samples.Sample", null=True, blank=True, on_delete=models.PROTECT, related_name="measurements"
    )
    reference_kind = models.CharField(max_length=16, choices=ReferenceKind.choices, blank=True)
    technique = models.CharField(max_length=12, choices=Technique.choices)
    title = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)
    instrument = models.ForeignKey(
        Instrument, null=True, blank=True, on_delete=models.PROTECT, related_name="measurements"
    )
    session = models.ForeignKey(
        InstrumentSession, null=True, blank=True, on_delete=models.PROTECT, related_name="measurements"
    )
    rung = models.ForeignKey(
        "measurements.Rung", null=True, blank=True, on_delete=models.PROTECT, related_name="measurements"
    )
    operator = models.CharField(max_length=8, blank=True)
    # True time: the instrument's, in its zone, less what its clock is ahead.
    measured_at = models.DateTimeField(null=True, blank=True)
    measured_at_precision = models.CharField(max_length=6, choices=Precision.choices, default=Precision.SECOND)
    # How the moment is known: "instrument", "file", "person"; empty when it is not.
    measured_at_origin = models.CharField(max_length=10, blank=True)
    temperature_k = models.DecimalField(max_digits=8, decimal_places=3, null=True, blank=True)
    pressure_gpa = models.DecimalField(max_digits=8, decimal_places=4, null=True, blank=True)
    age_days = models.DecimalField(max_digits=9, decimal_places=3, null=True, blank=True)
    atmosphere = models.CharField(max_length=60, blank=True)
    vacuum_mbar = models.DecimalField(max_digits=14, decimal_places=9, null=True, blank=True)
    excitation_wavelength_nm = models.DecimalField(max_digits=9, decimal_places=3, null=True, blank=True)
    excitation_power_mw = models.DecimalField(max_digits=12, decimal_places=6, null=True, blank=True)
    pulse_rate_mhz = models.DecimalField(max_digits=12, decimal_places=6, null=True, blank=True)
    objective = models.CharField(max_length=60, blank=True)
    # Which place on the sample, such as "spot 2" or "ruby chip 1".
    spot = models.CharField(max_length=60, blank=True)
    replicate = models.PositiveSmallIntegerField(default=1)
    branch = models.CharField(max_length=12, choices=Branch.choices, blank=True)
    # Its part in a set: "direct", "indirect", "empty" of a sphere; "before", "after" of a rung.
    part = models.CharField(max_length=20, blank=True)
    # Every other condition by key of measurements.condition_keys, as text.
    conditions = models.JSONField(default=dict, blank=True)
    is_void = models.BooleanField(default=False)
    void_reason = models.CharField(max_length=200, blank=True)
    receipt = models.ForeignKey(
        "measurements.Receipt", null=True, blank=True, on_delete=models.PROTECT, related_name="measurements"
    )

    objects = MeasurementQuerySet.as_manager()
    EDITABLE: ClassVar = (
        "technique", "title", "note", "operator", "instrument", "session", "rung", "temperature_k", "pressure_gpa",
        "age_days", "atmosphere", "vacuum_mbar", "excitation_wavelength_nm", "excitation_power_mw", "pulse_rate_mhz",
        "objective", "spot", "replicate", "branch", "part", "conditions", "measured_at",
        "measured_at_precision", "measured_at_origin", "project",
    )  # fmt: skip

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(sample__isnull=True) ^ models.Q(reference_kind=""), name="looks_at_one_thing"
            ),
        ]
        indexes: ClassVar = [
            models.Index("lab", "id", name="measurements_newest"),
            models.Index("lab", "technique", "id", name="measurements_by_technique"),
            models.Index("sample", "technique", "id", name="measurements_of_sample"),
        ]

    def __str__(self) -> str:
        return self.title or f"{self.technique} {self.pk}"


class RecordingRole(models.TextChoices):
    """What a recording is to its measurement; only the main one is drawn and analysed."""

    MAIN = "main", "the recording"
    SAME_SCAN = "same scan", "the same scan in another format"
    SIDECAR = "sidecar", "belongs to it"


class MeasurementRecording(models.Model):
    """A recording, or a file that nobody could read, as part of a measurement."""

    measurement = models.ForeignKey(Measurement, on_delete=models.CASCADE, related_name="parts")
    raw_file = models.ForeignKey("measurements.RawFile", on_delete=models.PROTECT, related_name="parts")
    file_name = models.ForeignKey("measurements.FileName", on_delete=models.PROTECT, related_name="parts")
    recording = models.ForeignKey(Recording, null=True, blank=True, on_delete=models.PROTECT, related_name="parts")
    # Of a recording with several rows, the one row that this measurement is; null for all of it.
    row = models.PositiveIntegerField(null=True, blank=True)
    role = models.CharField(max_length=10, choices=RecordingRole.choices, default=RecordingRole.MAIN)

    class Meta:
        ordering: ClassVar = ["measurement_id", "role", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint("measurement", "raw_file", "recording", "row", name="part_once_per_measurement")
        ]


class ReferenceUse(models.Model):
    """A measurement names another as its blank, dark, response, IRF or λ0."""

    class Part(models.TextChoices):
        """What the other measurement is to this one."""

        BLANK = "blank", "blank"
        DARK = "dark", "dark"
        RESPONSE = "response", "response"
        IRF = "irf", "instrument response"
        EMPTY_SPHERE = "empty sphere", "empty sphere"
        RUBY_ZERO = "ruby zero", "ruby at ambient pressure"

    measurement = models.ForeignKey(Measurement, on_delete=models.CASCADE, related_name="references")
    reference = models.ForeignKey(Measurement, on_delete=models.PROTECT, related_name="referred_to_by")
    part = models.CharField(max_length=12, choices=Part.choices)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("measurement", "part", "reference", name="reference_once"),
            models.CheckConstraint(
                condition=~models.Q(measurement=models.F("reference")), name="not_its_own_reference"
            ),
        ]
