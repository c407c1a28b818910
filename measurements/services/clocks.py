"""Clocks of instrument computers: how far one is off, and moments computed anew when that becomes known."""

import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from labbook.errors import Refusal
from labbook.journal import Change, Journal
from measurements.models import Measurement, RecordingRole
from measurements.services.committing_moments import age_days, age_then, measured_of
from measurements.services.indexing import index_measurements

READING = re.compile(r"(?:(?P<day>\d{4}-\d{2}-\d{2})[ T])?(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?")
# Longer than any clock was ever off without the date being seen to be wrong.
MOST_OFF = timedelta(days=36_500)
FROM_INSTRUMENT = "instrument"
COLUMNS = ("measured_at", "measured_at_precision", "age_days")


def offset_of_reading(text: str, *, zone: ZoneInfo, now: datetime) -> Decimal:
    """Return by how many seconds a clock is ahead that shows a text now; negative when it is behind.

    A reading without a date is of the day on which the clock is off the least. Raises Refusal.
    """
    found = READING.fullmatch(text.strip())
    days = [found["day"]] if found and found["day"] else days_around(now.astimezone(zone).date())
    shown = [moment_of(found, day, zone) for day in days]
    nearest = min(shown, key=lambda at: abs(at - now))
    if abs(nearest - now) > MOST_OFF:
        raise Refusal("No clock is off by a century; write the date as 2026-03-08.", field="clock_says")
    return Decimal(round((nearest - now).total_seconds()))


def days_around(day: date) -> list[str]:
    """Return a day with the one before and the one after it."""
    return [(day + timedelta(days=step)).isoformat() for step in (-1, 0, 1)]


def moment_of(found: re.Match[str] | None, day: str, zone: ZoneInfo) -> datetime:
    """Return what a clock shows as a moment of its zone."""
    message = "Write what its clock shows, such as 14:03 or 2026-03-08 14:03:20."
    if found is None:
        raise Refusal(message, field="clock_says")
    try:
        clock = f"{int(found['hour']):02}:{found['minute']}:{found['second'] or '00'}"
        return datetime.fromisoformat(f"{day} {clock}").replace(tzinfo=zone)
    except ValueError as error:
        raise Refusal(message, field="clock_says") from error


def set_moments_right(journal: Journal, measurements: QuerySet[Measurement]) -> int:
    """Compute the moments of measurements anew from their instrument's clock; returns how many changed.

    A moment that a person typed stays. An age that followed from the old moment follows the new one.
    """
    wanted = measurements.filter(measured_at_origin=FROM_INSTRUMENT).select_related("instrument", "session", "sample")
    held = list(wanted.select_for_update(of=("self",)).prefetch_related("parts__recording").order_by("pk"))
    changed = [one for one in held if set_right(journal, one)]
    Measurement.objects.bulk_update(changed, [*COLUMNS, "version"], batch_size=200)
    index_measurements(changed)
    return len(changed)


def set_right(journal: Journal, measurement: Measurement) -> bool:
    """Put a measurement's moment right without saving it; says whether it changed."""
    parts = [one for one in measurement.parts.all() if one.role == RecordingRole.MAIN and one.recording]
    if not parts:
        return False
    measured = measured_of(
        parts[0].recording, lab=journal.lab, instrument=measurement.instrument, session=measurement.session
    )
    if measured.at is None or measured.at == measurement.measured_at:
        return False
    changes: dict[str, Change] = {"measured_at": (measurement.measured_at, measured.at)}
    sample = measurement.sample
    if sample is not None and measurement.age_days == age_then(measurement, sample):
        changes["age_days"] = (measurement.age_days, age_days(measured.at, sample.made_at, measured.precision))
    for name, (_, after) in changes.items():
        setattr(measurement, name, after)
    measurement.measured_at_precision = measured.precision
    measurement.version += 1
    journal.changed(measurement, "clock set right", changes)
    return True
