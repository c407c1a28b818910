"""Reading instruments: the list with its sessions, files and calibrations, and what one page shows of one."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Count, F, Max, OuterRef, Prefetch, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from labbook.models import Lab, User
from labbook.quantities.show import show
from labbook.search.find import projects_of
from measurements.condition_keys import CONDITION_KEYS
from measurements.models import (
    Calibration,
    FileName,
    Instrument,
    InstrumentSession,
    InstrumentSetting,
    Measurement,
    MeasurementRecording,
)
from measurements.queries.calibrations import state_of_all, state_on
from measurements.queries.measurements import MeasurementLine, lines_of, with_pictures
from samples.models import Sample

MOST_SESSIONS = 50
MOST_FILES = 20
MINUTE_S, HOUR_S, DAY_S = 60, 3600, 86_400


@dataclass(frozen=True, slots=True)
class InstrumentLine:
    """One instrument of the list."""

    instrument: Instrument
    session_count: int
    file_count: int
    last_day: date | None
    calibration: str

    @property
    def clock(self) -> str:
        """What its clock is off, in words; nothing when it goes right."""
        return offset_words(self.instrument.clock_offset_s)


@dataclass(frozen=True, slots=True)
class SettingLine:
    """One usual setting: its value, the source's own words where they differ, and what these leave open."""

    label: str
    shown: str
    stated: str
    note: str
    warning: str = ""


@dataclass(frozen=True, slots=True)
class CalibrationLine:
    """One calibration and how it stands today."""

    calibration: Calibration
    state: str
    # Whether the person may see the measurement it rests on.
    is_shown: bool

    @property
    def stated(self) -> str:
        """What was written, where the value does not say it by itself."""
        one = self.calibration
        shown = show(one.value, one.unit, one.stderr) if one.value is not None else ""
        return one.as_written if bare(one.as_written) != bare(shown) else ""


def instrument_lines(lab: Lab, *, seen_by: User, today: date) -> list[InstrumentLine]:
    """Return the instruments of a lab, those in use first, counting what the person may see of each."""
    instruments = Instrument.objects.visible_to(seen_by).filter(lab=lab).prefetch_related("calibrations")
    sessions = InstrumentSession.objects.visible_to(seen_by).filter(lab=lab, instrument__isnull=False)
    measured = Measurement.objects.visible_to(seen_by).filter(lab=lab, is_void=False, instrument__isnull=False)
    files = measured.annotate(raw_file=F("parts__raw_file"))
    counted = dict(sessions.order_by().values_list("instrument").annotate(Count("pk")))
    days = dict(sessions.order_by().values_list("instrument").annotate(Max("day")))
    written = dict(files.order_by().values_list("instrument").annotate(Count("raw_file", distinct=True)))
    moments = dict(measured.order_by().values_list("instrument").annotate(Max("measured_at")))
    return [
        InstrumentLine(
            one, counted.get(one.pk, 0), written.get(one.pk, 0),
            later_day(days.get(one.pk), moments.get(one.pk), lab), state_of_all(one.calibrations.all(), today),
        )
        for one in instruments.order_by("is_retired", "technique", "title")
    ]  # fmt: skip


def later_day(day: date | None, at: datetime | None, lab: Lab) -> date | None:
    """Return the later of a session's day and a measurement's moment."""
    days = [one for one in (day, at.astimezone(lab.zone).date() if at else None) if one]
    return max(days, default=None)


def setting_lines(instrument: Instrument) -> list[SettingLine]:
    """Return an instrument's settings in the order of the table of keys."""
    rows = {one.key: one for one in instrument.settings.all()}
    return [line_of(rows[key]) for key in CONDITION_KEYS if key in rows]


def line_of(row: InstrumentSetting) -> SettingLine:
    """Return one setting as the page shows it; the source's words stand beside it where they say it otherwise."""
    key = CONDITION_KEYS[row.key]
    shown = row.text
    if row.number is not None:
        shown = show(row.number.normalize() if row.number else Decimal(0), key.unit)
    stated = row.as_written if bare(row.as_written) != bare(shown) else ""
    usual = key.usual
    is_odd = row.number is not None and usual is not None and not usual[0] <= row.number <= usual[1]
    warning = f"usually {usual[0]:g} to {usual[1]:g} {key.unit}" if usual and is_odd else ""
    return SettingLine(key.label, shown, stated, row.source_note, warning)


def bare(text: str) -> str:
    """Return a text without blanks, as two spellings of one value are compared."""
    return "".join(text.split()).casefold()


def calibration_lines(instrument: Instrument, *, seen_by: User, today: date) -> list[CalibrationLine]:
    """Return an instrument's calibrations by kind, the newest first, with how each stands today."""
    found = list(instrument.calibrations.select_related("measurement"))
    resting = [one.measurement_id for one in found if one.measurement_id]
    seen = set(Measurement.objects.visible_to(seen_by).filter(pk__in=resting).values_list("pk", flat=True))
    lines = [CalibrationLine(one, state_on(one, today, found), one.measurement_id in seen) for one in found]
    newest_first = sorted(
        lines, key=lambda one: (one.calibration.valid_from or date.min, one.calibration.pk), reverse=True
    )
    return sorted(
        newest_first, key=lambda one: (one.calibration.is_retired, one.calibration.kind, one.calibration.applies_to)
    )


def sessions_of(instrument: Instrument, *, seen_by: User) -> QuerySet[InstrumentSession]:
    """Return an instrument's newest sessions with how many measurements the person sees in each."""
    seen = Measurement.objects.visible_to(seen_by).filter(is_void=False, session__isnull=False)
    counts = seen.order_by().values("session").annotate(n=Count("pk"))
    sessions = InstrumentSession.objects.visible_to(seen_by).filter(instrument=instrument).select_related("project")
    own = counts.filter(session=OuterRef("pk")).values("n")
    return sessions.annotate(measurement_count=Coalesce(Subquery(own), Value(0))).order_by("-day", "-pk")[
        :MOST_SESSIONS
    ]


def files_of(instrument: Instrument, *, seen_by: User) -> QuerySet[MeasurementRecording]:
    """Return the newest files that became measurements of an instrument, as far as the person sees these."""
    seen = Measurement.objects.visible_to(seen_by).filter(instrument=instrument, is_void=False)
    names = FileName.objects.visible_to(seen_by).filter(lab=instrument.lab_id)
    parts = MeasurementRecording.objects.filter(measurement__in=seen, file_name__in=names)
    samples = Prefetch("measurement__sample", queryset=Sample.objects.visible_to(seen_by).only("code"))
    return parts.select_related("file_name", "measurement").prefetch_related(samples).order_by("-pk")[:MOST_FILES]


def measured_in(session: InstrumentSession, *, seen_by: User) -> list[MeasurementLine]:
    """Return what was measured in a session, in the order of time, as far as the person sees it."""
    seen = Measurement.objects.visible_to(seen_by).filter(session=session)
    found = list(with_pictures(seen).order_by("measured_at", "pk"))
    return lines_of(found, projects_of(session.lab, seen_by).hidden)


def offset_words(offset_s: Decimal | None) -> str:
    """Return what a clock is off in words: "3 min ahead", "40 s behind"; nothing when it goes right."""
    if not offset_s:
        return ""
    left, words = abs(offset_s), []
    for size, unit in ((DAY_S, "d"), (HOUR_S, "h"), (MINUTE_S, "min")):
        count, left = divmod(left, size)
        if count:
            words.append(f"{count:f} {unit}")
    if left:
        words.append(f"{left.normalize():f} s")
    return f"{' '.join(words)} {'ahead' if offset_s > 0 else 'behind'}"
