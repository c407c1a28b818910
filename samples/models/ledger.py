"""The append-only ledger of amounts."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from samples.models.samples import Sample


class EntryKind(models.TextChoices):
    """Why an amount changed."""

    MADE = "made", "made"
    USE = "use", "use"
    RECOUNT = "recount", "recount"  # what is really there was counted and differs from the book
    LOSS = "loss", "loss"  # evaporation, residue, breakage, discarding
    CREDIT = "credit", "poured back"  # a cuvette poured back: flagged, never an edit
    CORRECTION = "correction", "correction"  # an earlier entry was wrong


class LedgerEntry(models.Model):
    """One change of a sample's amount, in the sample's unit; an unknown amount is null."""

    sample = models.ForeignKey(Sample, on_delete=models.PROTECT, related_name="ledger")
    kind = models.CharField(max_length=10, choices=EntryKind.choices)
    amount = models.DecimalField(max_digits=16, decimal_places=6, null=True)
    # The book balance after this entry; null while an amount is unknown.
    balance = models.DecimalField(max_digits=16, decimal_places=6, null=True)
    process = models.ForeignKey(
        "samples.Process", null=True, blank=True, on_delete=models.PROTECT, related_name="ledger"
    )
    at = models.DateTimeField()
    by = models.CharField(max_length=8, blank=True)
    as_written = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    recorded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["id"]
