"""Hamamatsu streak images (.img of HPD-TA): a header of 64 bytes, a comment, the counts and the axis tables."""

import struct

import numpy as np

from measurements.readers.parts.hpd_ta import entries_of, names_hpd_ta
from measurements.readers.parts.streak_image import StreakImage, recording_of
from measurements.readers.recording import Recording
from measurements.readers.refusal import Unread
from measurements.readers.source import Source

HEADER_BYTES = 64
LAYOUT = struct.Struct("<2s6HIHH")
COUNT_TYPES = {0: "<u1", 2: "<u2", 3: "<u4"}


def recognises(source: Source) -> bool:
    """Look for the mark of an ITEX image and the comment of HPD-TA behind its header."""
    head = source.head
    return head.startswith(b"IM") and len(head) > HEADER_BYTES and names_hpd_ta(head[HEADER_BYTES:])


def read(source: Source) -> tuple[Recording, ...]:
    """Return the streak image over time and wavelength, both ascending.

    Raises Unread when the image is cut off, an axis table is missing, or the file holds several images.
    """
    content = source.content
    if len(content) < HEADER_BYTES:
        raise Unread("The header is cut off", offset_bytes=len(content))
    _, comment_bytes, width, height, _, _, kind, images, channels, _ = LAYOUT.unpack_from(content)
    if kind not in COUNT_TYPES:
        raise Unread(f"Images of type {kind} are not read", offset_bytes=12)
    if images > 1 or channels:
        raise Unread("The file holds several images or channels; only single images are read", offset_bytes=14)
    if not width or not height:
        raise Unread(f"The image has {width:,} × {height:,} pixels", offset_bytes=4)
    starts = HEADER_BYTES + comment_bytes
    dtype = np.dtype(COUNT_TYPES[kind])
    ends = starts + width * height * dtype.itemsize
    if ends > len(content):
        missing = f"{len(content):,} of {ends:,} bytes"
        raise Unread(f"The image is cut off and its axis tables are missing: {missing}", offset_bytes=len(content))
    counts = np.frombuffer(content, dtype, width * height, starts).reshape(height, width)
    entries = entries_of(content[HEADER_BYTES:starts])
    return recording_of(StreakImage(counts, entries, content, tables_from_bytes=ends))
