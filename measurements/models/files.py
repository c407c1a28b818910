"""Raw files: immutable bytes, addressed by their hash, under one name or several."""

from typing import ClassVar, Self

from django.db import models

from labbook.models import LabRecord, ProjectRecord
from labbook.models.people import Viewer
from labbook.models.records import ProjectQuerySet, VisibleQuerySet


class ReadingState(models.TextChoices):
    """What became of a file's bytes."""

    WAITING = "waiting", "waits to be read"
    READ = "read", "read"
    REFUSED = "refused", "refused"
    UNKNOWN = "unknown", "not recognised"
    SEVERAL = "several", "several readers know it"


class RawFileQuerySet(VisibleQuerySet["RawFile"]):
    """Raw files, as seen by a person."""

    def visible_to(self, user: Viewer) -> Self:
        """Keep the files of which the person may see a name; restricted names hide in their projects."""
        return self.filter(pk__in=FileName.objects.visible_to(user).values("raw_file"))


class RawFile(LabRecord):
    """Bytes as an instrument wrote them, once per lab, and how they were read last."""

    sha256 = models.CharField(max_length=64)
    size_bytes = models.PositiveBigIntegerField()
    state = models.CharField(max_length=8, choices=ReadingState.choices, default=ReadingState.WAITING)
    reader = models.CharField(max_length=40, blank=True)
    reader_version = models.PositiveIntegerField(default=0)
    # Why it was not read, with line or byte; or which readers all know it.
    refused = models.TextField(blank=True)
    candidates = models.JSONField(default=list, blank=True)
    # What a person chose: a reader's key, and columns for a plain table.
    reader_choice = models.CharField(max_length=40, blank=True)
    column_choice = models.JSONField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)

    objects = RawFileQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint("lab", "sha256", name="raw_file_once_per_lab")]
        indexes: ClassVar = [models.Index("reader", "reader_version", name="files_by_reader")]

    def __str__(self) -> str:
        return self.sha256[:12]


class FileName(ProjectRecord):
    """A name under which the bytes came, with the folder they lay in; who may see it sees the file."""

    raw_file = models.ForeignKey(RawFile, on_delete=models.PROTECT, related_name="names")
    name = models.CharField(max_length=255)
    # The folder inside what was dropped, with / between its parts.
    folder = models.CharField(max_length=500, blank=True)
    batch = models.ForeignKey(
        "measurements.Batch", null=True, blank=True, on_delete=models.PROTECT, related_name="file_names"
    )

    objects = ProjectQuerySet["FileName"].as_manager()

    class Meta:
        indexes: ClassVar = [models.Index("lab", "name", name="files_by_name")]

    def __str__(self) -> str:
        return self.name


class FileDerivation(models.Model):
    """A file that was made from another by a program and a person: edges from an image, profiles from frames."""

    derived = models.ForeignKey(RawFile, on_delete=models.PROTECT, related_name="derived_from")
    source = models.ForeignKey(RawFile, on_delete=models.PROTECT, related_name="derivatives")
    program = models.CharField(max_length=120, blank=True)
    person = models.CharField(max_length=8, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("derived", "source", name="derivation_once"),
            models.CheckConstraint(condition=~models.Q(derived=models.F("source")), name="not_derived_from_itself"),
        ]


class RememberedColumns(models.Model):
    """The columns a person chose for plain tables of one layout, so that the next such file needs no choice."""

    lab = models.ForeignKey("labbook.Lab", on_delete=models.CASCADE, related_name="+")
    signature = models.CharField(max_length=64)
    choice = models.JSONField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint("lab", "signature", name="columns_once_per_layout")]
