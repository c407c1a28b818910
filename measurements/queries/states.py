"""In which state a measurement is, in one word that lists and search show."""

from measurements.models import Measurement

VOID, READ, UNREAD, NO_FILE = "void", "read", "unread", "no file"
STATES = (READ, UNREAD, NO_FILE, VOID)


def state_of(measurement: Measurement) -> str:
    """Return whether a measurement counts, and whether its files could be read; it asks for its parts once."""
    if measurement.is_void:
        return VOID
    parts = list(measurement.parts.all())
    if not parts:
        return NO_FILE
    return READ if any(part.recording_id for part in parts) else UNREAD
