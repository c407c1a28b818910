"""Methods that a person may run on a measurement, and the measurements that may stand beside it."""

from collections.abc import Iterator

from django.db.models import Case, IntegerField, Q, QuerySet, When

from analysis.methods.contract import Input, Method, Takes
from analysis.methods.table import METHODS
from analysis.services.assembling import is_own
from labbook.models import User
from measurements.models import Measurement

MOST_OFFERED = 100


def methods_for(measurement: Measurement) -> list[Method]:
    """Return the methods that work on recordings of a measurement's technique."""
    return [one for one in METHODS.values() if measurement.technique in one.techniques and takes_curves(one)]


def takes_curves(method: Method) -> bool:
    """Say whether a method works on recordings, and not on values along a ladder."""
    return any(one.takes == Takes.CURVE for one in method.inputs)


def partner_inputs(method: Method, measurement: Measurement) -> Iterator[Input]:
    """Yield the inputs of a method that another measurement has to fill."""
    yield from (one for one in method.inputs if one.takes == Takes.CURVE and not is_own(one, method, measurement))


def partners_for(method: Method, measurement: Measurement, user: User) -> QuerySet[Measurement]:
    """Return measurements that may stand beside one, kin first: of its sample, then of its rung, then the newest."""
    seen = Measurement.objects.visible_to(user).filter(
        Q(technique__in=method.techniques) | ~Q(reference_kind=""), lab=measurement.lab, is_void=False
    )
    same = Q(sample=measurement.sample_id) if measurement.sample_id else Q(instrument=measurement.instrument_id)
    near = Case(When(same, then=0), When(technique=measurement.technique, then=1), default=2,
                output_field=IntegerField())  # fmt: skip
    found = seen.exclude(pk=measurement.pk).order_by(near, "-pk").values_list("pk", flat=True)
    newest = list(found[:MOST_OFFERED])
    kept = Measurement.objects.filter(pk__in=newest).annotate(near=near).order_by("near", "-pk")
    return kept.select_related("sample", "rung__series")
