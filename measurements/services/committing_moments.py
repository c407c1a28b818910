"""When a recording was made: the instrument's clock, read in its zone and set right by what it is off."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from labbook.models import Lab
from measurements.models import Instrument, InstrumentSession, Measurement, Recording
from samples.kinds import Precision
from samples.models import Sample

SECONDS_PER_DAY = Decimal(86_400)
OLDEST_DAYS = Decimal(100_000)
AWARE = frozenset({"stated", "UTC"})


@dataclass(frozen=True, slots=True)
class Measured:
    """A moment, how precisely it is known, and how."""

    at: datetime | None = None
    precision: str = Precision.SECOND
    origin: str = ""


def measured_of(
    recording: Recording | None, *, lab: Lab, instrument: Instrument | None, session: InstrumentSession | None
) -> Measured:
    """Return the true moment of a recording; without one in the file the session's day, and else nothing."""
    told = recording.instrument_time if recording else None
    if told is None or recording is None:
        return day_of(session, lab)
    at = told if recording.time_zone_state in AWARE else told.astimezone(UTC).replace(tzinfo=zone_of(instrument, lab))
    precision = Precision.SECOND if ":" in recording.time_as_written else Precision.DAY
    off_s = offset_s(instrument, session)
    return Measured(at - timedelta(seconds=float(off_s)), precision, "instrument")


def day_of(session: InstrumentSession | None, lab: Lab) -> Measured:
    """Return noon of a session's day, known to the day only."""
    if session is None:
        return Measured()
    return Measured(datetime.combine(session.day, time(12), lab.zone), Precision.DAY, "person")


def zone_of(instrument: Instrument | None, lab: Lab) -> ZoneInfo:
    """Return the zone an instrument's computer is set to; the lab's own where none is known."""
    if instrument is None or not instrument.time_zone:
        return lab.zone
    try:
        return ZoneInfo(instrument.time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        return lab.zone


def offset_s(instrument: Instrument | None, session: InstrumentSession | None) -> Decimal:
    """Return how far the clock was ahead: as found that day, else as usual."""
    if session is not None and session.clock_offset_s is not None:
        return session.clock_offset_s
    return instrument.clock_offset_s if instrument else Decimal(0)


def age_days(at: datetime | None, made_at: datetime, precision: str) -> Decimal | None:
    """Return how old a sample was, or nothing where the order of the two moments makes no sense.

    A moment that is known to the day gives whole days.
    """
    if at is None or at < made_at:
        return None
    days = Decimal(int((at - made_at).total_seconds())) / SECONDS_PER_DAY
    step = Decimal(1) if precision == Precision.DAY else Decimal("0.001")
    return days.quantize(step) if days < OLDEST_DAYS else None


def age_then(measurement: Measurement, sample: Sample) -> Decimal | None:
    """Return how old a sample was by the moment that its measurement has now."""
    return age_days(measurement.measured_at, sample.made_at, measurement.measured_at_precision)
