"""Methods that a person may run on a measurement, and the measurements that may stand beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Case, IntegerField, Q, QuerySet, When

from analysis.methods.contract import Input, Method, Takes
from analysis.methods.table import METHODS
from analysis.models import Fit
from analysis.services.assembling import is_own
from labbook.models import User
from measurements.models import Curve, Measurement, RecordingRole

MOST_OFFERED = 100
# The settings by which a method sums a map over a part of its wavelengths.
BAND_LOW, BAND_HIGH = "band_low_nm", "band_high_nm"


@dataclass(frozen=True, slots=True)
class Band:
    """The part of a map that a method sums over, as it was used or as it is usual."""

    method: Method
    low: str
    high: str
    low_name: str = BAND_LOW
    high_name: str = BAND_HIGH


def methods_for(measurement: Measurement) -> list[Method]:
    """Return the methods that work on recordings of a measurement's technique.

    A method over several techniques, such as a Stokes shift, calls its inputs by them.
    """
    return [one for one in METHODS.values() if takes_curves(one) and measurement.technique in techniques_of(one)]


def techniques_of(method: Method) -> set[str]:
    """Return the techniques that a method begins with: its own, else those that its first input is called by."""
    return set(method.techniques) or {one.role for one in method.inputs[:1]}


def band_of(measurement: Measurement, fits: Sequence[Fit]) -> Band | None:
    """Return the band that the first method with one uses on a measurement whose recording is a map."""
    method = next((one for one in methods_for(measurement) if {BAND_LOW, BAND_HIGH} <= names_of(one)), None)
    if method is None or not is_map(measurement):
        return None
    used = next((one for one in fits if one.method == method.name), Fit()).used
    low, high = (used.get(name) or method.setting(name).default for name in (BAND_LOW, BAND_HIGH))
    return Band(method, *(f"{one:g}" if isinstance(one, float | int) else "" for one in (low, high)))


def names_of(method: Method) -> set[str]:
    """Return the names of a method's settings."""
    return {one.name for one in method.settings}


def is_map(measurement: Measurement) -> bool:
    """Say whether any recording of a measurement is a map."""
    shapes = Curve.objects.filter(
        recording__parts__measurement=measurement, recording__parts__role=RecordingRole.MAIN, role="signal"
    ).values_list("shape", flat=True)
    return any(len(one) > 1 for one in shapes)


def takes_curves(method: Method) -> bool:
    """Say whether a method works on recordings, and not on values along a ladder."""
    return any(one.takes == Takes.CURVE for one in method.inputs)


def partner_inputs(method: Method, measurement: Measurement) -> list[Input]:
    """Return the inputs of a method that another measurement may fill.

    Where several are needed, such as film and solution, this one may be either: it is what is left open.
    """
    curves = [one for one in method.inputs if one.takes == Takes.CURVE]
    needed = [one for one in curves if one.is_needed]
    if len(needed) > 1 and measurement.part not in {one.role for one in needed}:
        return curves
    return [one for one in curves if not is_own(one, method, measurement, {})]


def partners_for(method: Method, measurement: Measurement, user: User) -> QuerySet[Measurement]:
    """Return measurements that may stand beside one, kin first: of its sample, then of its rung, then the newest."""
    seen = Measurement.objects.visible_to(user).filter(lab=measurement.lab, is_void=False)
    if method.techniques:
        seen = seen.filter(Q(technique__in=method.techniques) | ~Q(reference_kind=""))
    same = Q(sample=measurement.sample_id) if measurement.sample_id else Q(instrument=measurement.instrument_id)
    near = Case(When(same, then=0), When(technique=measurement.technique, then=1), default=2,
                output_field=IntegerField())  # fmt: skip
    found = seen.exclude(pk=measurement.pk).order_by(near, "-pk").values_list("pk", flat=True)
    newest = list(found[:MOST_OFFERED])
    kept = Measurement.objects.filter(pk__in=newest).annotate(near=near).order_by("near", "-pk")
    return kept.select_related("sample", "rung__series")
