"""The rows of the permission walk for instruments, sessions, calibrations and log sheets, pages and API."""

from collections.abc import Callable
from typing import Any

from tests.walk_world import Records

Named = Callable[[Records], dict[str, Any]]


def instrument(records: Records) -> dict[str, Any]:
    """Name the instrument."""
    return {"instrument_id": records.measured.instrument.pk}


def session(records: Records) -> dict[str, Any]:
    """Name the session."""
    return {"session_id": records.measured.session.pk}


def calibration(records: Records) -> dict[str, Any]:
    """Name the calibration."""
    return {"calibration_id": records.measured.calibration.pk}


def instrument_key(records: Records) -> dict[str, Any]:
    """Name the instrument as the API does."""
    return {"key": records.measured.instrument.pk}


def session_key(records: Records) -> dict[str, Any]:
    """Name the session as the API does."""
    return {"key": records.measured.session.pk}


def calibration_key(records: Records) -> dict[str, Any]:
    """Name the calibration as the API does."""
    return {"key": records.measured.calibration.pk}


def table(named: Named) -> Named:
    """Name the same record as a table."""
    return lambda records: {**named(records), "format": "csv"}


CSV = {"format": "csv"}
# Name, least action to read, least action to write, record, what the address needs besides, whole lab's.
INSTRUMENT_ROWS: tuple[tuple[str, str, str, Named | None, dict[str, Any], bool], ...] = (
    ("instrument_list", "read", "read", None, {}, False),
    ("instrument_new", "manage", "manage", None, {}, False),
    ("instrument_detail", "read", "read", instrument, {}, True),
    ("instrument_edit", "manage", "manage", instrument, {}, True),
    ("instrument_clock", "manage", "manage", instrument, {}, True),
    ("session_new", "record", "record", instrument, {}, True),
    ("calibration_new", "record", "record", instrument, {}, True),
    ("log_sheet", "read", "read", instrument, {}, True),
    ("log_sheet_table", "read", "read", instrument, {}, True),
    ("session_detail", "read", "read", session, {}, False),
    ("session_edit", "record", "record", session, {}, False),
    ("session_clock", "record", "record", session, {}, False),
    ("calibration_edit", "record", "record", calibration, {}, True),
    ("api_instruments", "read", "manage", None, {}, False),
    ("api_instruments_as", "read", "record", None, CSV, False),
    ("api_instrument", "read", "manage", instrument_key, {}, True),
    ("api_instrument_clock", "manage", "manage", instrument_key, {}, True),
    ("api_instrument_history", "read", "record", instrument_key, {}, True),
    ("api_instrument_history_as", "read", "record", table(instrument_key), {}, True),
    ("api_sessions", "read", "record", None, {}, False),
    ("api_sessions_as", "read", "record", None, CSV, False),
    ("api_session", "read", "record", session_key, {}, False),
    ("api_session_clock", "record", "record", session_key, {}, False),
    ("api_instrumentsession_history", "read", "record", session_key, {}, False),
    ("api_instrumentsession_history_as", "read", "record", table(session_key), {}, False),
    ("api_calibrations", "read", "record", None, {}, False),
    ("api_calibrations_as", "read", "record", None, CSV, False),
    ("api_calibration", "read", "record", calibration_key, {}, True),
    ("api_calibration_history", "read", "record", calibration_key, {}, True),
    ("api_calibration_history_as", "read", "record", table(calibration_key), {}, True),
)
