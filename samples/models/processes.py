"""Processes: what was done, with inputs, steps, and planned and actual values."""

from typing import ClassVar

from django.db import models

from labbook.models import ProjectRecord
from labbook.models.records import ProjectQuerySet
from samples.kinds import Precision, ProcessKind, Unit
from samples.models.equipment import Equipment
from samples.models.recipes import RecipeVersion
from samples.models.samples import Sample

# The purpose of the round that says that no further one was made.
STOP = "stop"


class ProcessStatus(models.TextChoices):
    """How far a process has come."""

    PLANNED = "planned", "planned"
    RUNNING = "running", "running"
    DONE = "done", "done"
    ABORTED = "aborted", "aborted"
    FAILED = "failed", "failed"


class Process(ProjectRecord):
    """One thing done; it uses samples, makes samples, or treats one in place."""

    kind = models.CharField(max_length=16, choices=ProcessKind.choices)
    status = models.CharField(max_length=8, choices=ProcessStatus.choices, default=ProcessStatus.DONE)
    recipe = models.ForeignKey(RecipeVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="processes")
    synthesis = models.ForeignKey(
        "samples.Synthesis", null=True, blank=True, on_delete=models.PROTECT, related_name="processes"
    )
    round_number = models.PositiveSmallIntegerField(null=True, blank=True)
    treats = models.ForeignKey(Sample, null=True, blank=True, on_delete=models.PROTECT, related_name="treatments")
    started_at = models.DateTimeField()
    started_at_precision = models.CharField(max_length=6, choices=Precision.choices, default=Precision.MINUTE)
    ended_at = models.DateTimeField(null=True, blank=True)
    operator = models.CharField(max_length=8, blank=True)
    equipment = models.ManyToManyField(Equipment, related_name="processes", blank=True)
    look = models.CharField(max_length=200, blank=True)
    phase_kept = models.CharField(max_length=60, blank=True)
    phase_discarded = models.CharField(max_length=60, blank=True)
    outcome = models.CharField(max_length=200, blank=True)
    purpose = models.CharField(max_length=120, blank=True)
    note = models.TextField(blank=True)

    objects = ProjectQuerySet["Process"].as_manager()
    EDITABLE: ClassVar = ("operator", "look", "phase_kept", "phase_discarded", "outcome", "purpose", "note")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                "synthesis",
                "round_number",
                condition=models.Q(kind=ProcessKind.PRECIPITATION),
                name="precipitation_round_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"

    @property
    def is_stop(self) -> bool:
        """Say whether this is the look that ended the precipitation: a round without inputs and outputs."""
        return self.kind == ProcessKind.PRECIPITATION and self.purpose == STOP


class StepStatus(models.TextChoices):
    """Whether a step was done."""

    PLANNED = "planned", "planned"
    DONE = "done", "done"
    SKIPPED = "skipped", "skipped"


class Step(models.Model):
    """One step of a process, as the recipe asks for it and as it was done; an empty text is "not stated"."""

    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="steps")
    position = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=40)
    title = models.CharField(max_length=120)
    instruction = models.TextField(blank=True)
    vessel = models.CharField(max_length=120, blank=True)
    atmosphere = models.CharField(max_length=60, blank=True)
    ends_when = models.CharField(max_length=120, blank=True)
    look_before_planned = models.CharField(max_length=120, blank=True)
    look_after_planned = models.CharField(max_length=120, blank=True)
    look_before = models.CharField(max_length=120, blank=True)
    look_after = models.CharField(max_length=120, blank=True)
    # Names of the moments this step stamps: "injected", "turned_red", "ice_bath".
    stamps = models.JSONField(default=list)
    status = models.CharField(max_length=8, choices=StepStatus.choices, default=StepStatus.PLANNED)
    done_at = models.DateTimeField(null=True, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["process_id", "position"]
        constraints: ClassVar = [models.UniqueConstraint("process", "position", name="step_position_once")]


class ProcessValue(models.Model):
    """A planned and an actual value of a process; `key` names quantity and unit in samples.value_keys."""

    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="values")
    step = models.ForeignKey(Step, null=True, blank=True, on_delete=models.PROTECT, related_name="values")
    key = models.CharField(max_length=40)
    unit = models.CharField(max_length=20)
    planned_low = models.DecimalField(max_digits=18, decimal_places=8, null=True, blank=True)
    planned_high = models.DecimalField(max_digits=18, decimal_places=8, null=True, blank=True)
    planned_as_written = models.CharField(max_length=60, blank=True)
    actual = models.DecimalField(max_digits=18, decimal_places=8, null=True, blank=True)
    actual_stderr = models.DecimalField(max_digits=18, decimal_places=8, null=True, blank=True)
    actual_as_written = models.CharField(max_length=60, blank=True)
    # Why the actual differs from the plan, or why it was not recorded.
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["process_id", "id"]
        constraints: ClassVar = [models.UniqueConstraint("process", "key", name="value_key_once_per_process")]


class ProcessInput(models.Model):
    """What a process uses: a sample, or a gap such as "hexane, lot not recorded"."""

    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="inputs")
    sample = models.ForeignKey(Sample, null=True, blank=True, on_delete=models.PROTECT, related_name="uses")
    step = models.ForeignKey(Step, null=True, blank=True, on_delete=models.PROTECT, related_name="inputs")
    # The recipe's name for it, such as "cs2co3"; empty for an input no recipe asked for.
    key = models.CharField(max_length=40, blank=True)
    # What it is, in words; for a gap the only thing known.
    description = models.CharField(max_length=120, blank=True)
    is_solvent = models.BooleanField(default=False)
    unit = models.CharField(max_length=5, choices=Unit.choices)
    planned_amount = models.DecimalField(max_digits=16, decimal_places=6, null=True, blank=True)
    planned_as_written = models.CharField(max_length=60, blank=True)
    amount = models.DecimalField(max_digits=16, decimal_places=6, null=True, blank=True)
    amount_stderr = models.DecimalField(max_digits=16, decimal_places=6, null=True, blank=True)
    as_written = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    # Null while only planned; set when the ledger was debited.
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["process_id", "id"]
