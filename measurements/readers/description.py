"""One file's reading as the JSON object that `manage.py recognise` prints, and nothing that JSON cannot hold."""

import math
from collections.abc import Iterable
from typing import Any

import numpy as np

from measurements.readers.reading import Reading
from measurements.readers.recording import Axis, Channel, Numbers, Recording, Setting

POWDER_AXIS = "2theta"


def described(name: str, reading: Reading) -> dict[str, Any]:
    """Return what was read from a file, or why it was refused.

    A file of several recordings has one technique, instrument and moment here, those of the first that states
    them; a setting that only a later recording has is added, and channels are told apart by their recording's label.
    """
    recordings = reading.recordings
    moments = (one.measured.moment for one in recordings if one.measured)
    return {
        "file": name,
        "reader": reading.reader,
        "technique": str(recordings[0].technique) if recordings else None,
        "refused": reading.refused,
        "channels": [channel for one in recordings for channel in channels_of(one, is_alone=len(recordings) == 1)],
        "instrument": next((one.instrument for one in recordings if one.instrument), None),
        "measured_at": next((moment.isoformat() for moment in moments if moment), None),
        "settings": settings_of(recordings),
        "warnings": list(dict.fromkeys(str(caution) for one in recordings for caution in one.cautions)),
    }


def channels_of(recording: Recording, *, is_alone: bool) -> list[dict[str, Any]]:
    """Return a recording's channels that have points."""
    prefix = "" if is_alone or not recording.label else f"{recording.label}: "
    return [channel_of(channel, prefix) for channel in recording.channels if channel.values.size]


def channel_of(channel: Channel, prefix: str) -> dict[str, Any]:
    """Return a channel's name, size and range; `points` is the length of x, the range is of the whole array."""
    x = channel.x
    lowest, highest = extremes(channel.values)
    return {
        "name": prefix + channel.name,
        "unit": channel.unit,
        "points": len(x.values),
        "shape": list(channel.values.shape),
        "x_unit": x_unit(x),
        "x_first": plain(x.values[0]),
        "x_last": plain(x.values[-1]),
        "y_min": lowest,
        "y_max": highest,
    }


def x_unit(x: Axis) -> str:
    """Return the unit of x; degrees of 2θ say so, because a rocking curve has degrees too."""
    return f"{x.unit} {x.name}" if x.unit == "deg" and x.name == POWDER_AXIS else x.unit


def extremes(values: Numbers) -> tuple[float | int | None, float | int | None]:
    """Return the least and the greatest finite value; complex values count by their magnitude."""
    real = np.abs(values) if np.iscomplexobj(values) else values
    finite = real if real.dtype.kind in "iub" else real[np.isfinite(real)]
    return (plain(finite.min()), plain(finite.max())) if finite.size else (None, None)


def settings_of(recordings: Iterable[Recording]) -> dict[str, Any]:
    """Return the settings of all recordings, the first one's where they differ."""
    merged: dict[str, Any] = {}
    for one in recordings:
        for key, setting in one.settings.items():
            merged.setdefault(key, plain(setting))
    return merged


def plain(value: Setting | np.generic) -> Any:
    """Return a value as JSON has it: no array scalars, and null for what is not a finite number."""
    simple = value.item() if isinstance(value, np.generic) else value
    return None if isinstance(simple, float) and not math.isfinite(simple) else simple
