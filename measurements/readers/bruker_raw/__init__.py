"""Bruker and Siemens RAW files of the versions 1 (`RAW `), 2 (`RAW2`) and 3 (`RAW1.01`)."""

from measurements.readers.bruker_raw.diffrac_at import read_version_1, read_version_2
from measurements.readers.bruker_raw.diffrac_plus import read_version_3
from measurements.readers.parts.binary_fields import Fields
from measurements.readers.recording import Recording
from measurements.readers.refusal import Unread
from measurements.readers.source import Source

VERSIONS = {
    b"RAW1.01": read_version_3,
    b"RAW1.02": read_version_3,
    b"RAW2": read_version_2,
    b"RAW ": read_version_1,
}


def recognises(source: Source) -> bool:
    """Say whether the content is a RAW file; a text that happens to begin with the word is none."""
    return source.head.startswith(tuple(VERSIONS)) and b"\0" in source.head[4:256]


def read(source: Source) -> tuple[Recording, ...]:
    """Return one recording per range.

    Raises Unread, naming the byte, when a header contradicts the file or states more counts than there are.
    """
    magic = next((one for one in VERSIONS if source.head.startswith(one)), None)
    if magic is None:
        raise Unread("The file does not begin as RAW", offset_bytes=0)
    return VERSIONS[magic](Fields(source.content))
