"""Under which conditions a recording was made: as the file states them, else the session, else the instrument."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from measurements.condition_keys import CONDITION_KEYS
from measurements.models import Instrument, InstrumentSession, Measurement, Recording

# What readers call a condition → its key here.
CALLED = {
    "laser_nm": "excitation_wavelength_nm", "accumulations": "accumulation_count", "mcp_gain": "mcp_gain_index",
    "wavelength_angstrom": "wavelength_alpha1_angstrom", "laser_power_mw": "excitation_power_mw", "nd_filter": "filter",
}  # fmt: skip
# Conditions that a measurement has a column for.
NUMBERS = ("excitation_wavelength_nm", "excitation_power_mw", "pulse_rate_mhz")
TEXTS = ("atmosphere", "objective")
LONGEST = 120


def conditions_of(
    recording: Recording | None, instrument: Instrument | None, session: InstrumentSession | None
) -> dict[str, Any]:
    """Return the columns and the other conditions of a measurement."""
    told = {**usual(instrument), **of_session(session), **stated(recording)}
    columns: dict[str, Any] = {name: number(told.pop(name, ""), name) for name in NUMBERS}
    columns |= {name: told.pop(name, "")[:60] for name in TEXTS}
    return {**columns, "conditions": told}


def usual(instrument: Instrument | None) -> dict[str, str]:
    """Return the usual settings of an instrument; they are loaded with it."""
    if instrument is None:
        return {}
    pairs = ((one.key, one.text or one.number) for one in instrument.settings.all())
    return {key: text_of(value) for key, value in pairs if key in CONDITION_KEYS and value not in {None, ""}}


def of_session(session: InstrumentSession | None) -> dict[str, str]:
    """Return the settings of a session."""
    return known(session.settings) if session else {}


def stated(recording: Recording | None) -> dict[str, str]:
    """Return the settings that a file states, by our keys."""
    return known({CALLED.get(key, key): value for key, value in recording.settings.items()}) if recording else {}


def known(settings: Mapping[str, Any]) -> dict[str, str]:
    """Return those settings that are conditions, as text."""
    return {key: text_of(value) for key, value in settings.items() if key in CONDITION_KEYS and value not in {None, ""}}


def text_of(value: Any) -> str:
    """Return a value as conditions keep it."""
    text = f"{Decimal(str(value)).normalize():f}" if isinstance(value, float | Decimal) else str(value)
    return text[:LONGEST]


def number(text: str, column: str) -> Decimal | None:
    """Return a number as its column holds it, or nothing for one that it cannot."""
    field = Measurement._meta.get_field(column)
    places = getattr(field, "decimal_places", 0) or 0
    most = Decimal(10) ** ((getattr(field, "max_digits", 0) or 0) - places)
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value.quantize(Decimal(1).scaleb(-places)) if value.is_finite() and 0 <= value < most else None
