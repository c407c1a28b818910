"""Measurements that a method needs beside its own: the other parts of a sphere's set, and the response of a window."""

import re
from datetime import datetime, timedelta

from django.db.models import QuerySet

from analysis.services.recorded import parts_of, stated
from measurements.models import Measurement, ReferenceUse
from measurements.techniques import ReferenceKind, Technique

EMPTY, INDIRECT, DIRECT, IRF = "empty", "indirect", "direct", "irf"
SPHERE_PARTS = (EMPTY, INDIRECT, DIRECT)
# How a streak camera writes its range: "50 ns".
RANGE = re.compile(r"(?P<number>\d+(?:\.\d+)?)\s*(?P<unit>ps|ns|us|µs|ms)")
NS_PER = {"ps": 1e-3, "ns": 1.0, "us": 1e3, "µs": 1e3, "ms": 1e6}
# Parts of one set follow each other within this time.
ONE_SET = timedelta(hours=12)
# Two windows are the same when they differ by less than this.
SAME_WINDOW_FRACTION = 0.02


def partner_of(measurement: Measurement, role: str) -> tuple[Measurement | None, str]:
    """Return the measurement that plays a role beside this one, and how it was found."""
    if role == IRF:
        return response_of(measurement)
    if role in SPHERE_PARTS:
        return part_of_set(measurement, role), "same set"
    return None, ""


def base_of(measurement: Measurement) -> Measurement | None:
    """Return the measurement a method is run on: of a sphere's set the direct one, else the measurement itself."""
    if measurement.technique != Technique.PLQY or measurement.part in {"", DIRECT}:
        return measurement
    return part_of_set(measurement, DIRECT)


def part_of_set(measurement: Measurement, part: str) -> Measurement | None:
    """Return another part of a sphere's set: as a reference, else of the same sample and place, nearest in time."""
    named = named_reference(measurement, ReferenceUse.Part.EMPTY_SPHERE) if part == EMPTY else None
    if named is not None:
        return named
    same = Measurement.objects.filter(
        lab=measurement.lab, sample=measurement.sample, technique=Technique.PLQY, part=part, is_void=False,
        spot=measurement.spot, replicate=measurement.replicate, temperature_k=measurement.temperature_k,
        pressure_gpa=measurement.pressure_gpa,
    )  # fmt: skip
    return nearest(same.select_related("instrument", "rung__series"), measurement.measured_at, within=ONE_SET)


def response_of(measurement: Measurement) -> tuple[Measurement | None, str]:
    """Return the instrument response of a decay: the named one, else of the same instrument and window, nearest."""
    named = named_reference(measurement, ReferenceUse.Part.IRF)
    if named is not None:
        return named, "named as its instrument response"
    window = window_of(measurement)
    if window is None:
        return None, ""
    known = Measurement.objects.filter(lab=measurement.lab, reference_kind=ReferenceKind.IRF, is_void=False)
    known = known.filter(project__in=[measurement.project]) | known.filter(project__isnull=True)
    if measurement.instrument_id:
        known = known.filter(instrument=measurement.instrument_id)
    fitting = [one.pk for one in known if is_same_window(window_of(one), window)]
    found = nearest(Measurement.objects.filter(pk__in=fitting), measurement.measured_at)
    return found, "of the same window, nearest in time"


def window_of(measurement: Measurement) -> float | None:
    """Return the time window of a decay in ns, as a person or the file states it."""
    read = (part.recording.settings for part in parts_of(measurement) if part.recording)
    told = {name: value for settings in read for name, value in settings.items()}
    stated_ns = stated(measurement).get("window_ns", told.get("window_ns"))
    if isinstance(stated_ns, float | int):
        return float(stated_ns)
    found = RANGE.fullmatch(str(told.get("time_range", "")).strip())
    return float(found["number"]) * NS_PER[found["unit"]] if found else None


def is_same_window(one: float | None, other: float) -> bool:
    """Say whether two windows are one setting of the instrument."""
    return one is not None and abs(one - other) <= SAME_WINDOW_FRACTION * other


def named_reference(measurement: Measurement, part: str) -> Measurement | None:
    """Return what a measurement names as a reference."""
    uses = measurement.references.filter(part=part, reference__is_void=False).select_related("reference__instrument")
    found = uses.order_by("-pk").first()
    return found.reference if found else None


def nearest(
    measurements: "QuerySet[Measurement]", at: datetime | None, *, within: timedelta | None = None
) -> Measurement | None:
    """Return the measurement made nearest to a moment; the newest when the moment is not known."""
    found = list(measurements)
    if not found:
        return None
    dated = [one for one in found if one.measured_at is not None]
    if at is None or not dated:
        return max(found, key=lambda one: one.pk)
    best = min(dated, key=lambda one: (abs(one.measured_at - at) if one.measured_at else timedelta.max, one.pk))
    is_near = within is None or (best.measured_at is not None and abs(best.measured_at - at) <= within)
    return best if is_near else None
