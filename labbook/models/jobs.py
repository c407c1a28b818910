"""Jobs: long work that a worker does beside the pages, with its progress, its log and its end."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.urls import get_script_prefix
from django.utils import timezone

from labbook.models.people import Lab, Project
from labbook.models.records import ProjectQuerySet


class JobState(models.TextChoices):
    """Where a job stands; the last three are its ends."""

    QUEUED = "queued", "queued"
    RUNNING = "running", "running"
    DONE = "done", "done"
    FAILED = "failed", "failed"
    CANCELLED = "cancelled", "cancelled"


LIVE = (JobState.QUEUED, JobState.RUNNING)
# What can be begun again.
UNDONE = (JobState.FAILED, JobState.CANCELLED)


class JobQuerySet(ProjectQuerySet["Job"]):
    """Jobs, as seen by a person: those of the lab, and of a restricted project only by its members."""

    def held_by(self, job: "Job") -> Self:
        """Keep a job as long as it still runs under the attempt that was claimed; a later attempt fences it off."""
        return self.filter(pk=job.pk, attempt=job.attempt, state=JobState.RUNNING)


class Job(models.Model):
    """One piece of long work; `attempt` counts its claims, and only the latest may write."""

    lab = models.ForeignKey(Lab, on_delete=models.PROTECT, related_name="+")
    # A job about a restricted project is seen by its members only: its title, log and result tell of records.
    project = models.ForeignKey(Project, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    arguments = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=JobState.choices, default=JobState.QUEUED)
    done_count = models.PositiveIntegerField(default=0)
    # Null while nobody knows how much there is to do.
    total_count = models.PositiveIntegerField(null=True)
    log = models.TextField(blank=True)
    result = models.JSONField(null=True)
    error = models.TextField(blank=True)
    attempt = models.PositiveIntegerField(default=0)
    # How many attempts ended without a word since a person asked for the job.
    lost_count = models.PositiveSmallIntegerField(default=0)
    # Until when its worker is believed to be alive.
    lease_until = models.DateTimeField(null=True)
    cancel_asked_at = models.DateTimeField(null=True)
    # The id by which the queue knows it.
    delivery = models.UUIDField(null=True)
    created_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index("lab", "id", name="jobs_newest"),
            models.Index("lab", "created_by", "id", name="jobs_of_a_person"),
            # The few that are not over, which every worker looks through all the time.
            models.Index("state", "id", name="jobs_alive", condition=models.Q(state__in=LIVE)),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_live(self) -> bool:
        """Say whether the job still waits or runs."""
        return self.state in LIVE

    @property
    def is_cancelling(self) -> bool:
        """Say whether the job was asked to stop and has not yet."""
        return self.state == JobState.RUNNING and self.cancel_asked_at is not None

    @property
    def address(self) -> str:
        """Return where the result is seen, in the lab that is looked at; nothing for what leads out of the notebook."""
        told = str((self.result or {}).get("address", ""))
        is_ours = told.startswith("/") and not told.startswith(("//", "/\\"))
        return get_script_prefix() + told[1:] if is_ours else ""

    @property
    def can_retry(self) -> bool:
        """Say whether the job ended without being done."""
        return self.state in UNDONE
