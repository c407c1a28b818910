"""From the blocks of a WiRE file to a recording: its axis, its spectra, and where and when each was taken."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import numpy as np

from measurements.readers.parts.ruby_line import technique_of
from measurements.readers.parts.written_date import is_plausible
from measurements.readers.recording import (
    Axis,
    Caution,
    Channel,
    Instant,
    Numbers,
    Recording,
    Role,
    Setting,
    Zone,
    ascending,
)
from measurements.readers.refusal import Unread
from measurements.readers.renishaw_wdf.blocks import BLOCK, Block, Counts, counts_of
from measurements.readers.renishaw_wdf.properties import properties_of, settings_of
from measurements.readers.renishaw_wdf.sets import Value

# By the numbers of the library's units.
X_AXES = {
    1: ("Raman shift", "1/cm"),
    2: ("wavenumber", "1/cm"),
    3: ("wavelength", "nm"),
    4: ("energy", "eV"),
    16: ("pixel", "px"),
}
UNITS = {
    5: "µm",
    8: "mm",
    9: "m",
    10: "K",
    12: "s",
    13: "ms",
    19: "deg",
    21: "°C",
    6: "counts",
    25: "us",
    26: "V",
    27: "A",
}
FILE_TIME = 24
CHECKSUM, FLAGS = 16, 17
MULTITRACK = 0x8 | 0x1


def recording_of(wdf: Any, content: bytes, blocks: tuple[Block, ...]) -> Recording:
    """Return what the file has.

    Raises Unread for files in which every spectrum has an x axis of its own.
    """
    counts = counts_of(content)
    if wdf.hdr.flags_ & MULTITRACK:
        raise Unread("Every spectrum of this file has its own x axis; such files are not read", offset_bytes=16)
    x = _x(wdf)
    spectra, said = _spectra(content, blocks, counts)
    channels, turned = _channels(wdf, spectra, x, counts)
    found, unread = properties_of(content, blocks)
    settings, doubt = settings_of(found, counts.accumulations)
    settings |= _header_settings(wdf, counts)
    said += turned + tuple(Caution(f"the settings in {name} could not be read") for name in unread)
    said += (Caution(doubt),) if doubt else ()
    said += _cut_off(content, blocks)
    measured, undated = _measured(wdf)
    return Recording(
        technique=technique_of(channels[0], settings.get("laser_nm")),
        channels=channels,
        label=wdf.hdr.title,
        instrument="Renishaw WiRE",
        measured=measured,
        settings=settings,
        header=_header(wdf, counts, found),
        cautions=said + undated,
    )


def _cut_off(content: bytes, blocks: tuple[Block, ...]) -> tuple[Caution, ...]:
    end = blocks[-1].offset_bytes + blocks[-1].size_bytes
    if end == len(content):
        return ()
    return (Caution("the file is cut off behind the spectra; settings may be missing", offset_bytes=end),)


def _x(wdf: Any) -> Axis:
    values = wdf.xlist()
    name, unit = X_AXES.get(values.units.value, ("x", ""))
    numbers = np.array(values, dtype=float)
    if not np.isfinite(numbers).all():
        raise Unread("The x axis has gaps", offset_bytes=wdf.find_section(int.from_bytes(b"XLST", "little"))[1])
    return Axis(name, unit, numbers)


def _spectra(content: bytes, blocks: tuple[Block, ...], counts: Counts) -> tuple[Numbers, tuple[Caution, ...]]:
    """Return the collected spectra as rows; an interrupted measurement leaves the rest of the block empty."""
    block = next(block for block in blocks if block.name == "DATA")
    start = block.offset_bytes + BLOCK.size
    wanted = counts.points * counts.collected
    with np.errstate(invalid="ignore"):  # A gap of any make is told below.
        values = np.frombuffer(content, "<f4", wanted, start).reshape(counts.collected, counts.points).astype(float)
    said = []
    if counts.collected < counts.capacity:
        said.append(Caution(f"the measurement was interrupted: {counts.collected:,} of {counts.capacity:,} spectra"))
    wrong = np.argwhere(~np.isfinite(values))
    if len(wrong):
        values[~np.isfinite(values)] = np.nan
        place = start + 4 * (int(wrong[0][0]) * counts.points + int(wrong[0][1]))
        said.append(Caution(f"{len(wrong):,} values are no numbers and stay gaps", offset_bytes=place))
    return values, tuple(said)


def _channels(wdf: Any, spectra: Numbers, x: Axis, counts: Counts) -> tuple[tuple[Channel, ...], tuple[Caution, ...]]:
    unit = UNITS.get(wdf.hdr.units_, "")
    if counts.capacity == 1:
        values, axes, turned = ascending(spectra[0], x)
        return (Channel("intensity", unit, values, axes),), turned
    places = list(_places(wdf, counts))
    if len(places) == 1:
        values, axes, turned = ascending(spectra, places[0], x)
        return (Channel("intensity", unit, values, axes),), turned
    points = Axis("point", "", np.arange(1, counts.collected + 1, dtype=float))
    values, axes, turned = ascending(spectra, points, x)
    monitors = (Channel(place.name, place.unit, place.values, (points,), Role.MONITOR) for place in places)
    return (Channel("intensity", unit, values, axes), *monitors), turned


def _places(wdf: Any, counts: Counts) -> Iterator[Axis]:
    """Yield where or when the spectra were taken: positions and temperatures that change, the time if nothing does."""
    if not counts.origins:
        return
    times, others = [], []
    for origin in wdf.origins.values():
        if origin.datatype.value in {CHECKSUM, FLAGS}:
            continue
        if origin.dataunit.value == FILE_TIME:
            moments = origin[0 : counts.collected]
            times.append(Axis("time", "s", np.array([(one - moments[0]).total_seconds() for one in moments])))
            continue
        values = np.array(origin[0 : counts.collected], dtype=float)
        if np.isfinite(values).all() and np.ptp(values) > 0:
            others.append(Axis(origin.label or "place", UNITS.get(origin.dataunit.value, ""), values))
    yield from others or times[:1]


def _header_settings(wdf: Any, counts: Counts) -> dict[str, Setting]:
    settings: dict[str, Setting] = {"spectra": counts.collected, "capacity": counts.capacity}
    if np.isfinite(wdf.hdr.laser_wavenumber) and wdf.hdr.laser_wavenumber > 0:
        settings["laser_nm"] = 1e7 / wdf.hdr.laser_wavenumber
    for name, value in (("title", wdf.hdr.title), ("operator", wdf.hdr.user), ("comment", wdf.comment())):
        if value:
            settings[name] = value
    if counts.capacity > 1 and any(block.id == int.from_bytes(b"WMAP", "little") for block in wdf.sections()):
        settings["map_columns"], settings["map_rows"] = wdf.map_area.count.x, wdf.map_area.count.y
    return settings


def _measured(wdf: Any) -> tuple[Instant | None, tuple[Caution, ...]]:
    """Return when the measurement began; clocks of the operating system count in UTC from 1601."""
    moment: datetime = wdf.hdr.time_start
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    text = moment.isoformat(sep=" ")
    if is_plausible(moment):
        return Instant(text, moment.astimezone(UTC), Zone.UTC), ()
    return None, (Caution(f"the date of {moment.year} is an empty field; the file does not say when it was measured"),)


def _header(wdf: Any, counts: Counts, found: dict[str, list[Value]]) -> dict[str, tuple[str, ...]]:
    """Return the rest as text: the program, the header's own counts, and every plain property by its block."""
    header = {
        "application": [f"{wdf.hdr.appname} {wdf.hdr.appversion}"],
        "accumulations in the header": [str(counts.accumulations)],
        "uuid": [str(wdf.hdr.uuid)],
    }
    for block, properties in found.items():
        for name, value in properties:
            header.setdefault(f"{block} {name}", []).append(str(value))
    return {key: tuple(values) for key, values in header.items()}
