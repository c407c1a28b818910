"""A fraction that was filled into vials: its book is empty, and what is left of it stands in them."""

from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from samples.kinds import SampleKind
from samples.models import Sample, SampleStatus
from samples.models.samples import SampleQuerySet


def with_vial_counts(samples: SampleQuerySet) -> SampleQuerySet:
    """Return samples that know how many vials were filled from them and lie in no other project."""
    vials = Sample.objects.filter(
        Q(project=None) | Q(project=OuterRef("project")), fraction=OuterRef("pk"), kind=SampleKind.VIAL
    )
    counted = vials.order_by().values("fraction").annotate(count=Count("pk")).values("count")
    return samples.annotate(vial_count=Coalesce(Subquery(counted), 0))


def dispensed_into(sample: Sample) -> int:
    """Return into how many vials an emptied fraction of `with_vial_counts` was filled; 0 for anything else."""
    is_emptied = sample.kind == SampleKind.FRACTION and sample.status == SampleStatus.EMPTY
    return int(getattr(sample, "vial_count", 0)) if is_emptied else 0
