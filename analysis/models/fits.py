"""Fits: what a method made of exact inputs, never changed, only judged, gone stale or superseded."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models

from labbook.models import ProjectRecord
from labbook.models.records import ProjectQuerySet


class FitState(models.TextChoices):
    """How a method ended."""

    DONE = "done", "done"
    REFUSED = "refused", "refused"


class Verdict(models.TextChoices):
    """What a person said of a fit."""

    NONE = "", "not reviewed"
    ACCEPTED = "accepted", "accepted"
    REJECTED = "rejected", "rejected"


class InputKind(models.TextChoices):
    """What a fit rests on."""

    CURVE = "curve", "curve"
    FIT = "fit", "fit"
    CALIBRATION = "calibration", "calibration"


class FitQuerySet(ProjectQuerySet["Fit"]):
    """Fits, as seen by a person."""

    def current(self) -> Self:
        """Keep the fits that no newer one has replaced."""
        return self.filter(is_current=True)

    def counting(self) -> Self:
        """Keep the fits whose numbers count: done, not rejected, and without a grave flag unless accepted."""
        judged = models.Q(verdict=Verdict.ACCEPTED) | models.Q(verdict=Verdict.NONE, is_grave=False)
        return self.current().filter(judged, state=FitState.DONE)


class Fit(ProjectRecord):
    """One run of a method on a measurement, or on a whole series; newer runs supersede it."""

    method = models.CharField(max_length=60)
    method_version = models.PositiveIntegerField()
    sample = models.ForeignKey("samples.Sample", null=True, blank=True, on_delete=models.PROTECT, related_name="fits")
    measurement = models.ForeignKey(
        "measurements.Measurement", null=True, blank=True, on_delete=models.PROTECT, related_name="fits"
    )
    series = models.ForeignKey(
        "measurements.Series", null=True, blank=True, on_delete=models.PROTECT, related_name="fits"
    )
    state = models.CharField(max_length=8, choices=FitState.choices)
    # Why there is no number, as a sentence; the sentence a person reads first.
    refused = models.TextField(blank=True)
    says = models.TextField(blank=True)
    # What a person stated for this run, and every setting as it was used.
    stated = models.JSONField(default=dict)
    used = models.JSONField(default=dict)
    seed = models.BigIntegerField(default=0)
    statistics = models.JSONField(default=dict)
    # Each with its code, text and whether it is grave.
    flags = models.JSONField(default=list)
    is_grave = models.BooleanField(default=False)
    # As analysis.methods.contract.FitParameter tells them, and their covariance.
    parameters = models.JSONField(default=list)
    covariance = models.JSONField(default=list)
    alternatives = models.JSONField(default=list)
    # What plots and tables are there, without their numbers, which lie in the array store.
    plots = models.JSONField(default=list)
    tables = models.JSONField(default=list)
    plots_key = models.CharField(max_length=64, blank=True)
    # Versions of the method, the readers and the libraries that computed it.
    versions = models.JSONField(default=dict)
    # Hash of method, version, inputs and settings: the same work is not done twice.
    work_key = models.CharField(max_length=64)
    compute_s = models.FloatField(default=0.0)
    is_current = models.BooleanField(default=True)
    superseded_by = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="supersedes"
    )
    stale_because = models.CharField(max_length=300, blank=True)
    verdict = models.CharField(max_length=8, choices=Verdict.choices, blank=True, default=Verdict.NONE)
    verdict_reason = models.CharField(max_length=300, blank=True)
    verdict_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    verdict_at = models.DateTimeField(null=True, blank=True)
    is_automatic = models.BooleanField(default=False)

    objects = FitQuerySet.as_manager()
    # What keeps a commit from being undone: fits that a person asked for or judged.
    STANDS: ClassVar = models.Q(is_automatic=False) | ~models.Q(verdict="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                "lab", "work_key", condition=models.Q(is_current=True), name="the_same_work_is_done_once"
            ),
        ]
        indexes: ClassVar = [
            models.Index("lab", "id", name="fits_newest"),
            models.Index("measurement", "method", name="fits_of_measurement"),
            models.Index("series", "method", name="fits_of_series"),
            models.Index("sample", "method", name="fits_of_sample"),
            models.Index("lab", "stale_because", name="fits_gone_stale", condition=~models.Q(stale_because="")),
        ]

    def __str__(self) -> str:
        return f"{self.method} {self.pk}"

    @property
    def counts(self) -> bool:
        """Whether its numbers count: it is current, done, not rejected, and no grave flag is unanswered."""
        is_believed = self.verdict == Verdict.ACCEPTED or (self.verdict == Verdict.NONE and not self.is_grave)
        return self.is_current and self.state == FitState.DONE and is_believed

    @property
    def needs_review(self) -> bool:
        """Whether a person should look: flagged or refused, and nobody has said anything yet."""
        return self.is_current and self.verdict == Verdict.NONE and (self.is_grave or self.state == FitState.REFUSED)


class FitInput(models.Model):
    """One exact thing a fit rests on: a curve by its hash, another fit, or a calibration."""

    fit = models.ForeignKey(Fit, on_delete=models.CASCADE, related_name="inputs")
    position = models.PositiveIntegerField()
    role = models.CharField(max_length=40)
    kind = models.CharField(max_length=12, choices=InputKind.choices)
    measurement = models.ForeignKey(
        "measurements.Measurement", null=True, blank=True, on_delete=models.PROTECT, related_name="used_by_fits"
    )
    curve = models.ForeignKey(
        "measurements.Curve", null=True, blank=True, on_delete=models.PROTECT, related_name="used_by_fits"
    )
    row = models.PositiveIntegerField(null=True, blank=True)
    source = models.ForeignKey(Fit, null=True, blank=True, on_delete=models.PROTECT, related_name="used_by")
    calibration = models.ForeignKey(
        "measurements.Calibration", null=True, blank=True, on_delete=models.PROTECT, related_name="used_by_fits"
    )
    # Of a curve the hash of its array and of its file; of another fit the quantity; of a calibration its value.
    sha256 = models.CharField(max_length=64, blank=True)
    raw_sha256 = models.CharField(max_length=64, blank=True)
    reader = models.CharField(max_length=60, blank=True)
    said = models.CharField(max_length=120, blank=True)

    STANDS: ClassVar = models.Q(fit__is_automatic=False) | ~models.Q(fit__verdict="")

    class Meta:
        ordering: ClassVar = ["fit_id", "position"]
        constraints: ClassVar = [models.UniqueConstraint("fit", "position", name="input_once_per_place")]


class Result(models.Model):
    """One number of a fit, in the unit of its quantity."""

    fit = models.ForeignKey(Fit, on_delete=models.CASCADE, related_name="results")
    position = models.PositiveIntegerField()
    name = models.CharField(max_length=40)
    value = models.FloatField(null=True, blank=True)
    stderr = models.FloatField(null=True, blank=True)
    low = models.FloatField(null=True, blank=True)
    high = models.FloatField(null=True, blank=True)
    unit = models.CharField(max_length=20, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["fit_id", "position"]
        constraints: ClassVar = [models.UniqueConstraint("fit", "name", name="result_once_per_fit")]
        indexes: ClassVar = [models.Index("name", "value", name="results_by_value")]

    def __str__(self) -> str:
        return self.name
