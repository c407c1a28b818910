"""Resources of instruments, sessions and calibrations: what each list holds, as one person sees it."""

from typing import Any

from django.db.models import QuerySet

from labbook.api.documents import Parameter
from labbook.api.errors import ApiError, field_error
from labbook.api.resources import Names, Resource, by_id, is_id
from labbook.http import LabRequest
from measurements.api.serializers_instruments import CalibrationSerializer, InstrumentSerializer, SessionSerializer
from measurements.models import Calibration, CalibrationKind, Instrument, InstrumentSession, Measurement
from measurements.techniques import Technique
from samples.api.belongings import history


def instrument_rows(asked: LabRequest, _names: Names) -> QuerySet[Instrument]:
    """Return the lab's instruments with their settings."""
    return Instrument.objects.visible_to(asked.user).filter(lab=asked.lab).prefetch_related("settings")


def narrow_instruments(asked: LabRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
    """Keep the instruments of a technique."""
    technique = word_of(asked, "technique", Technique.values)
    return rows.filter(technique=technique) if technique else rows


def session_rows(asked: LabRequest, _names: Names) -> QuerySet[InstrumentSession]:
    """Return the sessions that a person sees."""
    rows = InstrumentSession.objects.visible_to(asked.user).filter(lab=asked.lab)
    return rows.select_related("instrument", "project", "lab")


def calibration_rows(asked: LabRequest, _names: Names) -> QuerySet[Calibration]:
    """Return the lab's calibrations."""
    rows = Calibration.objects.visible_to(asked.user).filter(lab=asked.lab)
    return rows.select_related("instrument", "lab")


def calibration_context(asked: LabRequest, calibrations: list[Any]) -> dict[str, Any]:
    """Return which of the measurements they rest on the person may see."""
    resting = [one.measurement_id for one in calibrations if one.measurement_id]
    seen = Measurement.objects.visible_to(asked.user).filter(pk__in=resting)
    return {"seen": set(seen.values_list("pk", flat=True))}


def narrow_calibrations(asked: LabRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
    """Keep the calibrations of an instrument, or of a kind."""
    kind = word_of(asked, "kind", CalibrationKind.values)
    rows = of_instrument(asked, rows)
    return rows.filter(kind=kind) if kind else rows


def of_instrument(asked: LabRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
    """Keep what belongs to the instrument whose id the address gives."""
    wanted = asked.GET.get("instrument", "")
    return rows.filter(instrument=int(wanted) if is_id(wanted) else 0) if wanted else rows


def word_of(asked: LabRequest, name: str, known: list[str]) -> str:
    """Return a parameter that is one of some words; any other is answered 400."""
    word = asked.GET.get(name, "")
    if word and word not in known:
        message = f"It is one of: {', '.join(known)}."
        raise ApiError(400, message, [field_error(name, message)])
    return word


def instrument_named(rows: QuerySet[Any], key: str) -> Any:
    """Find an instrument by its id, else by its name."""
    return by_id(rows, key) or rows.filter(title__iexact=key).first()


AT = Parameter("instrument", "The id of an instrument.")
INSTRUMENTS = Resource(
    "instruments", "instrument", "Instruments with their usual settings", instrument_rows, InstrumentSerializer,
    narrow=narrow_instruments, lookup=instrument_named,
    parameters=(Parameter("technique", f"One of: {', '.join(Technique.values)}."),),
)  # fmt: skip
SESSIONS = Resource(
    "sessions", "session", "Sessions at instruments", session_rows, SessionSerializer, narrow=of_instrument,
    lookup=by_id, parameters=(AT,), tag="instruments",
)  # fmt: skip
CALIBRATIONS = Resource(
    "calibrations", "calibration", "What calibrates instruments, and when", calibration_rows, CalibrationSerializer,
    narrow=narrow_calibrations, lookup=by_id, context=calibration_context, tag="instruments",
    parameters=(AT, Parameter("kind", f"One of: {', '.join(CalibrationKind.values)}.")),
)  # fmt: skip
HISTORIES = (
    (INSTRUMENTS, history(INSTRUMENTS, "instrument")),
    (SESSIONS, history(SESSIONS, "instrumentsession")),
    (CALIBRATIONS, history(CALIBRATIONS, "calibration")),
)
