"""Spectra, series and maps saved by Renishaw WiRE, read with the maker's own library behind checks of every size."""

import io
import struct
from importlib import import_module
from typing import Any

from measurements.readers.recording import Recording
from measurements.readers.refusal import Unread
from measurements.readers.renishaw_wdf.blocks import MAGIC, blocks_of
from measurements.readers.renishaw_wdf.measurement import recording_of
from measurements.readers.source import Source


def recognises(source: Source) -> bool:
    """Say whether the file begins with the header block of a WiRE file."""
    return source.head.startswith(MAGIC)


def read(source: Source) -> tuple[Recording, ...]:
    """Return one recording: a curve, or all spectra of a series or a map.

    Raises Unread when a block reaches beyond the file or holds fewer values than the header promises.
    """
    content = source.content
    blocks = blocks_of(content)
    library: Any = import_module("wdf")
    wdf = library.Wdf()
    try:
        wdf.open_fd(io.BytesIO(content))
        return (recording_of(wdf, content, blocks),)
    except (struct.error, ValueError, KeyError, IndexError, OSError, EOFError, OverflowError) as error:
        raise Unread(f"The content is broken: {error}"[:200], offset_bytes=0) from error
