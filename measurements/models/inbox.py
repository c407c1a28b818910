"""The inbox: uploads under way, batches of files that came together, their match table, and receipts."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from labbook.models import LabRecord, ProjectRecord
from labbook.models.records import ProjectQuerySet, VisibleQuerySet
from measurements.models.files import FileName
from measurements.models.instruments import Instrument, InstrumentSession
from measurements.models.recordings import Recording
from measurements.techniques import Branch, ReferenceKind, Technique


class Batch(ProjectRecord):
    """Files that came together, and the facts they share; the facts stand in every row that says nothing else."""

    title = models.CharField(max_length=120, blank=True)
    # Where it came from: "browser", "api", "folder", "link".
    origin = models.CharField(max_length=10, default="browser")
    sample = models.ForeignKey("samples.Sample", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    instrument = models.ForeignKey(Instrument, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    session = models.ForeignKey(InstrumentSession, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    operator = models.CharField(max_length=8, blank=True)
    day = models.DateField(null=True, blank=True)
    is_closed = models.BooleanField(default=False)

    objects = ProjectQuerySet["Batch"].as_manager()
    EDITABLE: ClassVar = ("title", "sample", "instrument", "session", "operator", "day")

    class Meta:
        verbose_name_plural = "batches"
        indexes: ClassVar = [models.Index(fields=["lab", "is_closed", "-id"], name="batches_newest")]

    def __str__(self) -> str:
        return self.title or f"batch {self.pk}"


class Upload(models.Model):
    """A file on its way; what arrived lies in the spool until the last byte is there."""

    key = models.UUIDField(unique=True)
    lab = models.ForeignKey("labbook.Lab", on_delete=models.CASCADE, related_name="+")
    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="uploads")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+")
    token = models.ForeignKey("measurements.UploadToken", null=True, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=255)
    folder = models.CharField(max_length=500, blank=True)
    size_bytes = models.PositiveBigIntegerField()
    offset_bytes = models.PositiveBigIntegerField(default=0)
    file_name = models.ForeignKey(FileName, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)


class RowState(models.TextChoices):
    """Where a line of the match table stands."""

    WAITING = "waiting", "waits"
    ASSIGNED = "assigned", "assigned"
    SET_ASIDE = "set aside", "set aside"


class InboxRow(models.Model):
    """One recording of a batch, or a file without one: what is proposed for it and what a person decided.

    Columns that a person set are named in `edited`; the others follow the proposal when it is made again.
    """

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="rows")
    file_name = models.ForeignKey(FileName, on_delete=models.PROTECT, related_name="rows")
    recording = models.ForeignKey(Recording, null=True, blank=True, on_delete=models.PROTECT, related_name="rows")
    # Of a recording with several rows (a time series, a map), the one this line is; null for all of it.
    row = models.PositiveIntegerField(null=True, blank=True)
    state = models.CharField(max_length=9, choices=RowState.choices, default=RowState.WAITING)
    sample = models.ForeignKey("samples.Sample", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reference_kind = models.CharField(max_length=16, choices=ReferenceKind.choices, blank=True)
    technique = models.CharField(max_length=12, choices=Technique.choices, blank=True)
    instrument = models.ForeignKey(Instrument, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    temperature_k = models.DecimalField(max_digits=8, decimal_places=3, null=True, blank=True)
    pressure_gpa = models.DecimalField(max_digits=8, decimal_places=4, null=True, blank=True)
    age_days = models.DecimalField(max_digits=9, decimal_places=3, null=True, blank=True)
    branch = models.CharField(max_length=12, choices=Branch.choices, blank=True)
    part = models.CharField(max_length=20, blank=True)
    spot = models.CharField(max_length=60, blank=True)
    replicate = models.PositiveSmallIntegerField(default=1)
    # The line whose measurement this one joins: the same scan in another format, a sidecar, a copy.
    joins = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="joined")
    # 0 to 100, and in words what it rests on.
    confidence_percent = models.PositiveSmallIntegerField(default=0)
    why = models.CharField(max_length=300, blank=True)
    # Samples that fit as well, by id, the likeliest first.
    candidates = models.JSONField(default=list, blank=True)
    edited = models.JSONField(default=list, blank=True)
    measurement = models.ForeignKey(
        "measurements.Measurement", null=True, blank=True, on_delete=models.SET_NULL, related_name="rows"
    )

    class Meta:
        ordering: ClassVar = ["batch_id", "file_name__folder", "file_name__name", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint("batch", "file_name", "recording", "row", name="line_once_per_batch")
        ]


class Receipt(LabRecord):
    """One commit of a match table: every link it made, and whether it was undone."""

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="receipts")
    # What was made, as it was then: a list of {"file", "measurement", "sample", "technique", "rung", "joined"}.
    lines = models.JSONField(default=list)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.CharField(max_length=8, blank=True)

    objects = VisibleQuerySet["Receipt"].as_manager()

    def __str__(self) -> str:
        return f"receipt {self.pk}"


class UploadToken(LabRecord):
    """Lets an instrument's computer send files and nothing else; only the hash of the token is kept."""

    title = models.CharField(max_length=120)
    instrument = models.ForeignKey(
        Instrument, null=True, blank=True, on_delete=models.PROTECT, related_name="upload_tokens"
    )
    token_hash = models.CharField(max_length=64, unique=True)
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = VisibleQuerySet["UploadToken"].as_manager()

    def __str__(self) -> str:
        return self.title
