"""The traces of a GRAMS file: where each one lies, its x axis, and its values from floats or scaled integers."""

import struct
from dataclasses import dataclass

import numpy as np

from measurements.readers.galactic_spc.header import FLOATS, HEADER, LARGEST_X, Header
from measurements.readers.recording import Numbers
from measurements.readers.refusal import Unread

SUBHEADER = struct.Struct("<BbHfffIIf4s")


@dataclass(frozen=True, slots=True)
class Trace:
    """One subfile: its x axis, its values, and where it stands along z."""

    x: Numbers
    y: Numbers
    z: float


def traces_of(content: bytes, header: Header) -> list[Trace]:
    """Return every trace.

    Raises Unread, with the byte, where the file ends before what its header promises.
    """
    at = HEADER.size
    if not header.subfiles:
        raise Unread("The header promises no traces", offset_bytes=24)
    if not header.flags.has_own_x:
        _check_size(content, at, header)
    common = None
    if header.flags.has_x and not header.flags.has_own_x:
        common, at = _axis(content, at, header.points), at + 4 * header.points
    elif not header.flags.has_own_x:
        if not max(abs(header.first), abs(header.last)) < LARGEST_X:
            raise Unread("The range of x is beyond all measure", offset_bytes=8)
        common = np.linspace(header.first, header.last, header.points)
    traces = []
    for _ in range(header.subfiles):
        trace, at = _trace(content, at, header, common)
        traces.append(trace)
    return traces


def _check_size(content: bytes, at: int, header: Header) -> None:
    """Refuse a count that the file cannot hold, before anything is made for it."""
    width = 2 if header.flags.has_short_values and header.exponent != FLOATS else 4
    least = header.subfiles * (SUBHEADER.size + width * header.points) + (
        4 * header.points if header.flags.has_x else 0
    )
    if not header.points:
        raise Unread("The header promises no points", offset_bytes=4)
    if least > len(content) - at:
        promised = f"{header.subfiles:,} × {header.points:,}" if header.subfiles > 1 else f"{header.points:,}"
        raise Unread(f"{promised} points are promised, the file ends before them", offset_bytes=len(content))


def _trace(content: bytes, at: int, header: Header, common: Numbers | None) -> tuple[Trace, int]:
    if at + SUBHEADER.size > len(content):
        raise Unread("The file ends before a trace that is promised", offset_bytes=len(content))
    _, own_exponent, _, z, _, _, own_points, *_ = SUBHEADER.unpack_from(content, at)
    at += SUBHEADER.size
    # A single trace has its exponent in the main header; its own is often left over from memory.
    exponent = own_exponent if header.flags.has_several and header.exponent != FLOATS else header.exponent
    points = own_points if common is None else header.points
    if common is None:
        if not points:
            raise Unread("A trace promises no points", offset_bytes=at - SUBHEADER.size)
        x, at = _axis(content, at, points), at + 4 * points
    else:
        x = common
    if exponent == FLOATS:
        return Trace(x, _array(content, at, points, "<f4"), z), at + 4 * points
    bits = 16 if header.flags.has_short_values else 32
    integers = _array(content, at, points, f"<i{bits // 8}")
    return Trace(x, integers * 2.0 ** (exponent - bits), z), at + bits // 8 * points


def _axis(content: bytes, at: int, points: int) -> Numbers:
    x = _array(content, at, points, "<f4")
    missing = np.flatnonzero(~np.isfinite(x))
    if len(missing):
        raise Unread("x is no number", offset_bytes=at + 4 * int(missing[0]))
    return x


def _array(content: bytes, at: int, points: int, kind: str) -> Numbers:
    width = int(kind[-1])
    if at + width * points > len(content):
        raise Unread(f"{points:,} points are promised, the file ends before them", offset_bytes=len(content))
    # A signalling NaN of a damaged file makes the conversion warn.
    with np.errstate(invalid="ignore"):
        return np.frombuffer(content, kind, points, at).astype(np.float64)
