"""What waits in the label queue."""

from django.db.models import QuerySet

from labbook.models import Lab, User
from samples.models import LabelRequest, Sample

# A sheet or two; the rest follows when these are printed or taken out.
PAGE_SIZE = 200


def waiting_labels(lab: Lab, *, seen_by: User) -> QuerySet[LabelRequest]:
    """Return the labels of a lab that wait, of samples the person may see, the oldest first."""
    samples = Sample.objects.visible_to(seen_by).filter(lab=lab)
    waiting = LabelRequest.objects.filter(lab=lab, printed_at=None, sample__in=samples)
    return waiting.select_related("sample__place").order_by("pk")
