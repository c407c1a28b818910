"""What every record of a lab has in common: whose it is, its version, and who may see it."""

from typing import ClassVar, Self, TypeVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from labbook.models.people import Lab, Project, Viewer

AnyRecord = TypeVar("AnyRecord", bound=models.Model)


class VisibleQuerySet(models.QuerySet[AnyRecord]):
    """Records of labs, as seen by a person."""

    def visible_to(self, user: Viewer) -> Self:
        """Keep the records of the labs in which this person has any role."""
        return self.filter(lab__in=Lab.objects.visible_to(user))

    def in_lab(self, lab: Lab) -> Self:
        """Keep the records of one lab."""
        return self.filter(lab=lab)


class ProjectQuerySet(VisibleQuerySet[AnyRecord]):
    """Records that may lie in a restricted project, as seen by a person."""

    def visible_to(self, user: Viewer) -> Self:
        """Keep what the person's labs show them: records of no project, open projects and their own projects."""
        return self.filter(
            models.Q(project__isnull=True) | models.Q(project__in=Project.objects.visible_to(user)),
            lab__in=Lab.objects.visible_to(user),
        )


class LabRecord(models.Model):
    """A record of one lab; `version` counts its saved states and guards every write."""

    lab = models.ForeignKey(Lab, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    # Fields that a person may change on the record's own page or through the API.
    EDITABLE: ClassVar[tuple[str, ...]] = ()

    class Meta:
        abstract = True


class ProjectRecord(LabRecord):
    """A record that may belong to a project; what is made from it inherits the project."""

    project = models.ForeignKey(Project, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True
