"""Readings as the notebook keeps them: arrays packed into files, and plain facts about them for the rows."""

import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from measurements.readers.reading import Reading
    from measurements.readers.recording import Channel, Instant, Numbers, Recording, Setting

SPARKLINE_POINTS = 64
# What a column of a row holds; longer texts of instruments stay whole in the header.
LONGEST = {"name": 120, "unit": 40, "label": 200, "time": 80, "text": 500}


@dataclass(frozen=True, slots=True)
class PackedCurve:
    """A channel without its numbers, which lie in the file `packed` and have the hash `sha256`."""

    name: str
    role: str
    unit: str
    x_name: str
    x_unit: str
    shape: tuple[int, ...]
    x_first: float | None
    x_last: float | None
    y_min: float | None
    y_max: float | None
    sparkline: tuple[int, ...]
    packed: str
    sha256: str


@dataclass(frozen=True, slots=True)
class PackedRecording:
    """A recording in plain values; its header lies in a file of its own."""

    technique: str
    label: str
    instrument: str
    time_as_written: str
    time_zone_state: str
    instrument_time: datetime | None
    settings: dict[str, Any]
    cautions: tuple[str, ...]
    header: str
    header_sha256: str
    curves: tuple[PackedCurve, ...]


@dataclass(frozen=True, slots=True)
class PackedReading:
    """What became of one file, ready for the database."""

    reader: str
    version: int
    refused: str
    candidates: tuple[str, ...]
    recordings: tuple[PackedRecording, ...]


def packed(reading: "Reading", folder: Path) -> PackedReading:
    """Write a reading's arrays and headers into a folder and return the facts about them."""
    return PackedReading(
        reader=reading.reader or "",
        version=reading.version,
        refused=reading.refused or "",
        candidates=reading.candidates,
        recordings=tuple(packed_recording(one, folder) for one in reading.recordings),
    )


def packed_recording(recording: "Recording", folder: Path) -> PackedRecording:
    """Write one recording's arrays and header into a folder and return the facts about them."""
    header, header_sha256 = pack_header(recording.header, folder)
    written, zone, moment = told_time(recording.measured)
    return PackedRecording(
        technique=str(recording.technique),
        label=clean(recording.label, "label"),
        instrument=clean(recording.instrument, "label"),
        time_as_written=clean(written, "time"),
        time_zone_state=zone,
        instrument_time=moment,
        settings=plain_settings(recording.settings),
        cautions=tuple(clean(str(one), "text") for one in recording.cautions),
        header=header,
        header_sha256=header_sha256,
        curves=tuple(packed_curve(one, folder) for one in recording.channels if one.values.size),
    )


def told_time(instant: "Instant | None") -> tuple[str, str, datetime | None]:
    """Return a moment's text, what is known of its zone, and the moment; wall-clock time is written as if in UTC."""
    if instant is None:
        return "", "", None
    moment = instant.moment
    if moment is not None and moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return instant.as_written, str(instant.zone), moment


def plain_settings(settings: "Mapping[str, Setting]") -> dict[str, Any]:
    """Return settings as JSON keeps them; a number that is none becomes text."""
    return {
        clean(name, "name"): (str(value) if isinstance(value, float) and not math.isfinite(value) else kept(value))
        for name, value in settings.items()
    }


def kept(value: "Setting") -> Any:
    """Return a setting's value with a text made safe for every database, and numbers as Python's own."""
    if isinstance(value, str):
        return clean(value, "text")
    if isinstance(value, bool):
        return value
    return float(value) if isinstance(value, float) or not float(value).is_integer() else int(value)


def clean(text: str, what: str) -> str:
    """Return a text as long as its column and without the character zero, which PostgreSQL does not hold."""
    return text.replace("\0", "")[: LONGEST[what]]


def pack_header(header: Mapping[str, tuple[str, ...]], folder: Path) -> tuple[str, str]:
    """Write a header as JSON; an empty one is no file."""
    if not header:
        return "", ""
    content = json.dumps({name: list(values) for name, values in header.items()}, ensure_ascii=False).encode(
        errors="replace"
    )
    sha256 = hashlib.sha256(content).hexdigest()
    path = folder / f"{sha256}.json"
    path.write_bytes(content)
    return str(path), sha256


def packed_curve(channel: "Channel", folder: Path) -> PackedCurve:
    """Write one channel's arrays and return the facts about them."""
    packed_file, sha256 = pack_arrays(channel, folder)
    x_first, x_last = ends_of(channel.x.values)
    y_min, y_max = range_of(channel.values)
    return PackedCurve(
        name=clean(channel.name, "name"),
        role=str(channel.role),
        unit=clean(channel.unit, "unit"),
        x_name=clean(channel.x.name, "name")[:80],
        x_unit=clean(channel.x.unit, "unit"),
        shape=tuple(int(length) for length in channel.values.shape),
        x_first=x_first,
        x_last=x_last,
        y_min=y_min,
        y_max=y_max,
        sparkline=sparkline(channel),
        packed=packed_file,
        sha256=sha256,
    )


def pack_arrays(channel: "Channel", folder: Path) -> tuple[str, str]:
    """Write values and axes as one npz file; the hash is that of the numbers, their shape, names and units."""
    import numpy as np

    arrays: dict[str, Numbers] = {"values": channel.values}
    arrays |= {f"axis_{index}": axis.values for index, axis in enumerate(channel.axes)}
    names = json.dumps([[axis.name, axis.unit] for axis in channel.axes])
    digest = hashlib.sha256(f"{names}{channel.unit}".encode())
    for name, array in arrays.items():
        digest.update(f"{name}{array.dtype.str}{array.shape}".encode())
        digest.update(np.ascontiguousarray(array).data)
    sha256 = digest.hexdigest()
    path = folder / f"{sha256}.npz"
    np.savez(path, allow_pickle=False, axes=np.array(names), **arrays)
    return str(path), sha256


def ends_of(values: "Numbers") -> tuple[float | None, float | None]:
    """Return the first and last value of an axis, where they are numbers."""
    if not len(values):
        return None, None
    first, last = float(values[0]), float(values[-1])
    return (first if math.isfinite(first) else None), (last if math.isfinite(last) else None)


def range_of(values: "Numbers") -> tuple[float | None, float | None]:
    """Return the least and the greatest finite value of a whole array."""
    import numpy as np

    finite = values[np.isfinite(values)]
    return (float(finite.min()), float(finite.max())) if finite.size else (None, None)


def sparkline(channel: "Channel") -> tuple[int, ...]:
    """Return the heights of a small picture, 0 to 100; of rows their mean, of an image nothing."""
    import numpy as np

    if str(channel.role) == "image" or channel.values.ndim > 2:
        return ()
    values = channel.values.astype(float)
    line = values if values.ndim == 1 else values.mean(axis=0)
    line = line[np.isfinite(line)]
    if line.size < 2:
        return ()
    parts = np.array_split(line, min(SPARKLINE_POINTS, line.size))
    # Of each part its greatest value, so that a narrow peak is seen.
    heights = np.array([part.max() for part in parts])
    low, high = float(heights.min()), float(heights.max())
    scaled = (heights - low) / (high - low) if high > low else heights * 0
    return tuple(round(float(one) * 100) for one in scaled)
