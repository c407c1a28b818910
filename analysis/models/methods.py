"""What a lab states for a method once and for all, so that it need not be asked each time."""

from typing import ClassVar

from django.db import models

from labbook.models import LabRecord
from labbook.models.records import VisibleQuerySet


class MethodChoice(LabRecord):
    """A lab's own settings of one method, such as the ruby scale; a run may state others."""

    method = models.CharField(max_length=60)
    settings = models.JSONField(default=dict, blank=True)
    is_automatic = models.BooleanField(default=True)

    objects = VisibleQuerySet["MethodChoice"].as_manager()
    EDITABLE: ClassVar = ("settings", "is_automatic")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint("lab", "method", name="one_choice_per_method")]

    def __str__(self) -> str:
        return self.method
