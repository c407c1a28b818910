"""Telling the floors above of what changed, by names in the settings, inside the transaction that changed it."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from labbook.journal import Journal
from measurements.models import Instrument, Measurement


def tell_made(journal: Journal, measurements: Sequence[Measurement]) -> None:
    """Tell of measurements that have just been written with their recordings."""
    _tell(settings.MEASUREMENTS_MADE, journal, measurements)


def tell_changed(journal: Journal, measurements: Sequence[Measurement]) -> None:
    """Tell of measurements whose sample, conditions, references, recordings or validity changed."""
    if measurements:
        _tell(settings.MEASUREMENTS_CHANGED, journal, measurements)


def tell_calibrated(journal: Journal, instrument: Instrument) -> None:
    """Tell of an instrument whose calibrations changed."""
    _tell(settings.INSTRUMENT_CALIBRATED, journal, instrument)


def _tell(names: Sequence[str], journal: Journal, what: Any) -> None:
    for name in names:
        import_string(name)(journal, what)
