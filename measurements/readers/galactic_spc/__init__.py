"""Galactic GRAMS spectra: a header, traces along one axis or each along its own, and a log of text."""

import struct
from collections.abc import Mapping, Sequence

import numpy as np

from measurements.readers.galactic_spc.header import (
    HEADER,
    NEW,
    NEW_BIG_ENDIAN,
    OLD,
    RAMAN_SHIFT,
    X_TYPES,
    Y_TYPES,
    Header,
    moment_of,
)
from measurements.readers.galactic_spc.log import log_of, settings_of
from measurements.readers.galactic_spc.subfiles import Trace, traces_of
from measurements.readers.parts.absorption import curve, doubts, technique_of, x_name, x_unit, y_name, y_unit
from measurements.readers.recording import Axis, Caution, Channel, Recording, Technique, ascending
from measurements.readers.refusal import Unread
from measurements.readers.source import Source

ZIP = b"PK\3\4"
TECHNIQUES = {8: Technique.XRD, 11: Technique.RAMAN, 12: Technique.PL}
OLD_HEADER = struct.Struct("<BBhfffBB")


def recognises(source: Source) -> bool:
    """Say whether the second byte is a GRAMS version and the header around it makes sense."""
    head = source.head
    if len(head) < HEADER.size or head.startswith(ZIP):
        return False
    if head[1] in {NEW, NEW_BIG_ENDIAN}:
        swapped = head[1] == NEW_BIG_ENDIAN
        return _big_endian_is_plausible(head) if swapped else Header.of(head).is_plausible
    return head[1] == OLD and _old_is_plausible(head)


def read(source: Source) -> tuple[Recording, ...]:
    """Return one recording; traces with axes of their own become a recording each.

    Raises Unread for the layouts of other machines and of DOS, and where the file ends before its promises.
    """
    content = source.content
    if len(content) < HEADER.size:
        raise Unread("The file ends inside the header", offset_bytes=len(content))
    if content[1] != NEW:
        layout = "the old DOS layout (0x4D)" if content[1] == OLD else "a layout with swapped bytes (0x4C)"
        raise Unread(f"This GRAMS file has {layout}; only the layout 0x4B is read", offset_bytes=1)
    header = Header.of(content)
    traces = traces_of(content, header)
    log, said = log_of(content, header.log_at)
    if header.flags.has_own_x or len(traces) == 1:
        return tuple(_curve(header, trace, index, len(traces), log, said) for index, trace in enumerate(traces, 1))
    return (_map(header, traces, log, said),)


def _old_is_plausible(head: bytes) -> bool:
    _, _, _, points, first, last, x_type, y_type = OLD_HEADER.unpack_from(head)
    numbers = (points, first, last)
    is_range = all(np.isfinite(one) and (one == 0 or 1e-12 < abs(one) < 1e12) for one in numbers)
    return is_range and points >= 1 and points == int(points) and x_type in {*X_TYPES, 15} and y_type in Y_TYPES


def _big_endian_is_plausible(head: bytes) -> bool:
    points, first, last, subfiles = struct.unpack_from(">IddI", head, 4)
    is_range = all(np.isfinite(one) and (one == 0 or 1e-12 < abs(one) < 1e12) for one in (first, last))
    return is_range and points > 0 and subfiles > 0 and head[28] in X_TYPES and head[29] in Y_TYPES


def _units(header: Header) -> tuple[str, str]:
    """Return the units of the axes; labels that a person wrote go before the types."""
    of_x, of_y = X_TYPES.get(header.x_type, ""), Y_TYPES.get(header.y_type, "")
    if header.flags.has_labels:
        return x_unit(header.labels[0]) or of_x, y_unit(header.labels[1]) if len(header.labels) > 1 else of_y
    return of_x, of_y


def _technique(header: Header, units: tuple[str, str]) -> Technique:
    if header.x_type == RAMAN_SHIFT:
        return Technique.RAMAN
    return TECHNIQUES.get(header.experiment) or technique_of(*units)


def _curve(
    header: Header, trace: Trace, index: int, traces: int, log: Mapping[str, tuple[str, ...]], said: Sequence[Caution]
) -> Recording:
    units = _units(header)
    channel, turned = curve(trace.x, trace.y, *units)
    label = header.comment if traces == 1 else f"{header.comment} {index}".strip()
    return _recording(header, channel, label, log, (*turned, *said))


def _map(
    header: Header, traces: Sequence[Trace], log: Mapping[str, tuple[str, ...]], said: Sequence[Caution]
) -> Recording:
    """Return traces along one axis as rows of a map, along z where z rises or falls, else along their number."""
    units = _units(header)
    z = np.array([trace.z for trace in traces])
    steps = np.diff(z)
    if header.planes == 0 and np.all(np.isfinite(z)) and (np.all(steps > 0) or np.all(steps < 0)):
        unit = X_TYPES.get(header.z_type, "")
        rows = Axis({"s": "time", "min": "time", "h": "time"}.get(unit, "z"), unit, z)
    else:
        rows = Axis("index", "", np.arange(len(traces), dtype=np.float64))
    values = np.stack([trace.y for trace in traces])
    values, axes, turned = ascending(values, rows, Axis(x_name(units[0]), units[0], traces[0].x))
    channel = Channel(y_name(units[1]), units[1], values, axes)
    return _recording(header, channel, header.comment, log, (*doubts(values.ravel(), units[1]), *turned, *said))


def _recording(
    header: Header, channel: Channel, label: str, log: Mapping[str, tuple[str, ...]], said: tuple[Caution, ...]
) -> Recording:
    measured, impossible = moment_of(header.date)
    return Recording(
        _technique(header, _units(header)),
        (channel,),
        label=label,
        instrument=header.source,
        measured=measured,
        settings=settings_of(header, log),
        header=log,
        cautions=(*said, *impossible),
    )
