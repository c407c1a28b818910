"""PerkinElmer PEPE spectra: blocks of an id, a size and what they hold, members of one data set and its history."""

import re
import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import numpy as np

from measurements.readers.parts.absorption import LARGEST_X, curve, technique_of, x_unit, y_unit
from measurements.readers.parts.written_date import clock_of, moment_of
from measurements.readers.recording import Instant, Numbers, Recording, Setting
from measurements.readers.refusal import Unread
from measurements.readers.source import Source

MAGIC = b"PEPE"
FIRST_BLOCK_AT = 44
# An image has a spectrum at each of its places, in a layout of its own.
IMAGE = b"4D"
# A data set, history records, and instrument headers: the blocks that hold further members.
DATA_SET, INSTRUMENT, BLOCKS = 120, 123, range(120, 127)
RANGE, STEP, POINTS, DATA = -29838, -29836, -29835, -29828
TEXTS = {-29833: "x label", -29832: "y label", -29827: "name", -29823: "alias"}
INSTRUMENT_TEXTS = {-29699: "model", -29698: "serial_number", -29697: "firmware"}
CHARACTERS = 0x7523
MOST_DEPTH = 16
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MOMENT = re.compile(r"[a-z]{3} ([a-z]{3}) +(\d{1,2}) (\d\d:\d\d:\d\d) (\d{4})\s*$", re.I)


@dataclass(slots=True)
class Members:
    """What the blocks hold: the data set's members with their places, the instrument, and the texts of the history."""

    data: dict[int, tuple[int, bytes]] = field(default_factory=dict)
    instrument: dict[str, Setting] = field(default_factory=dict)
    history: list[str] = field(default_factory=list)


def recognises(source: Source) -> bool:
    """Say whether the file begins as PerkinElmer's block files do, with a data set."""
    return source.head.startswith(MAGIC) and b"DataSet" in source.head[:FIRST_BLOCK_AT]


def read(source: Source) -> tuple[Recording, ...]:
    """Return the spectrum.

    Raises Unread, with the byte, when a block is longer than the file or the points are not those promised.
    """
    if IMAGE in source.head[:FIRST_BLOCK_AT]:
        raise Unread("PerkinElmer images (4D) are not read", offset_bytes=len(MAGIC))
    members = Members()
    _walk(source.content, FIRST_BLOCK_AT, source.size_bytes, members, ())
    x, y = _points(members.data, source.size_bytes)
    labels = {name: _text(members.data[key][1]) for key, name in TEXTS.items() if key in members.data}
    unit_of_x, unit_of_y = x_unit(labels.get("x label", "")), y_unit(labels.get("y label", ""))
    channel, said = curve(x, y, unit_of_x, unit_of_y)
    named = (("alias", "sample_name"), ("name", "file_name"))
    names: dict[str, Setting] = {key: labels[label] for label, key in named if labels.get(label)}
    return (
        Recording(
            technique_of(unit_of_x, unit_of_y),
            (channel,),
            label=str(names.get("sample_name") or names.get("file_name", "")),
            instrument=f"PerkinElmer {members.instrument.get('model', '')}".strip(),
            measured=_moment(members.history),
            settings={**_scan(x, unit_of_x), **members.instrument, **names},
            header={**{key: (text,) for key, text in labels.items()}, "history": tuple(members.history)},
            cautions=said,
        ),
    )


def _blocks(content: bytes, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Return id, begin and end of the blocks in a stretch of the file."""
    at = start
    while at + 6 <= end:
        key, size = struct.unpack_from("<hi", content, at)
        if size < 0 or at + 6 + size > end:
            raise Unread(f"A block claims {size:,} bytes and {end - at - 6:,} are there", offset_bytes=at)
        yield key, at + 6, at + 6 + size
        at += 6 + size


def _walk(content: bytes, start: int, end: int, members: Members, within: tuple[int, ...]) -> None:
    """Collect the members of a stretch of blocks; `within` are the ids of the blocks around it."""
    if len(within) > MOST_DEPTH:
        raise Unread("The blocks are nested too deep", offset_bytes=start)
    for key, begin, stop in _blocks(content, start, end):
        if key in BLOCKS or _is_nest(content, begin, stop):
            _walk(content, begin, stop, members, (*within, key))
        elif within == (DATA_SET,):
            members.data[key] = (begin, content[begin:stop])
        elif within and (text := _text(content[begin:stop])):
            if within[-1] == INSTRUMENT and key in INSTRUMENT_TEXTS:
                members.instrument[INSTRUMENT_TEXTS[key]] = text
            members.history.append(text)


def _is_nest(content: bytes, begin: int, stop: int) -> bool:
    """Say whether a member is one further block and nothing else, as the parts of a history are."""
    if stop - begin < 6:
        return False
    key, size = struct.unpack_from("<hi", content, begin)
    return key in BLOCKS and begin + 6 + size == stop


def _text(content: bytes) -> str:
    if len(content) < 4:
        return ""
    kind, length = struct.unpack_from("<HH", content)
    if kind != CHARACTERS or 4 + length > len(content):
        return ""
    return content[4 : 4 + length].split(b"\0", 1)[0].decode("cp1252", errors="replace").strip()


def _points(data: Mapping[int, tuple[int, bytes]], end: int) -> tuple[Numbers, Numbers]:
    """Return x from its range and the values, after the counts, the step and the sizes were seen to agree."""
    for key, name in ((RANGE, "range of x"), (POINTS, "number of points"), (DATA, "values")):
        if key not in data:
            raise Unread(f"The data set has no {name}", offset_bytes=end)
    first, last = _unpacked("<dd", data[RANGE])
    (points,) = _unpacked("<i", data[POINTS])
    at, content = data[DATA]
    (size,) = _unpacked("<i", data[DATA])
    if size != points * 8 or len(content) < 6 + size or points < 1:
        raise Unread(f"{points:,} points are promised, {(len(content) - 6) // 8:,} are there", offset_bytes=at)
    y = np.frombuffer(content, "<f8", points, 6).astype(np.float64)
    if not (abs(first) < LARGEST_X and abs(last) < LARGEST_X):
        raise Unread("The range of x is beyond all measure", offset_bytes=data[RANGE][0])
    x = np.linspace(first, last, points)
    if STEP in data:
        _check_step(x, _unpacked("<d", data[STEP])[0], data[STEP][0])
    return x, y


def _check_step(x: Numbers, step: float, at: int) -> None:
    width = abs(x[-1] - x[0])
    if len(x) > 1 and not abs(abs(step) * (len(x) - 1) - width) <= max(abs(step), 1e-4 * width):
        raise Unread(f"Steps of {step:g} do not lead from {x[0]:g} to {x[-1]:g} in {len(x):,} points", offset_bytes=at)


def _unpacked(code: str, member: tuple[int, bytes]) -> tuple[Any, ...]:
    at, content = member
    try:
        return struct.unpack_from(code, content, 2)
    except struct.error as error:
        raise Unread("A member of the data set is too short", offset_bytes=at) from error


def _scan(x: Numbers, unit: str) -> dict[str, Setting]:
    suffix = {"nm": "_nm", "1/cm": "_per_cm"}.get(unit, "")
    step = (x[-1] - x[0]) / (len(x) - 1) if len(x) > 1 else 0.0
    return {"points": len(x), f"step{suffix}": float(step)}


def _moment(history: Sequence[str]) -> Instant | None:
    """Return the oldest moment of the history: when the data set was made."""
    found = [(_moment_of(match), match.group()) for match in map(MOMENT.match, history) if match]
    known = [(moment, written) for moment, written in found if moment]
    return Instant(min(known)[1], min(known)[0]) if known else None


def _moment_of(match: re.Match[str]) -> datetime | None:
    month, day, clock, year = match.groups()
    try:
        written = date(int(year), MONTHS.index(month.lower()) + 1, int(day))
    except ValueError:
        return None
    return moment_of(written, clock_of(clock))
