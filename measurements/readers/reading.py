"""Reading a file with the one reader that recognises it; none and several are answers of their own."""

from collections.abc import Callable
from dataclasses import dataclass

from measurements.readers.recording import Recording
from measurements.readers.refusal import Unread
from measurements.readers.source import Source
from measurements.readers.table import BY_KEY, READERS, Reader


@dataclass(frozen=True, slots=True)
class Reading:
    """What became of one file: its recordings, or why there are none."""

    reader: str | None
    version: int
    recordings: tuple[Recording, ...] = ()
    refused: str | None = None
    # The readers that all recognise the file; a person chooses.
    candidates: tuple[str, ...] = ()


def recognised_by(source: Source) -> list[Reader]:
    """Return the readers that know the content; the last resort is asked only when nobody else does."""
    for is_last_resort in (False, True):
        asked = [one for one in READERS if one.is_last_resort == is_last_resort]
        found = [one for one in asked if recognises(one, source)]
        if found:
            return found
    return []


def recognises(reader: Reader, source: Source) -> bool:
    """Say whether a reader knows a file; one that stumbles over broken content does not."""
    try:
        return reader.recognises(source)
    except Exception:
        return False


def read_source(source: Source, *, reader_key: str | None = None) -> Reading:
    """Read a file by its content, or with the reader that a person chose."""
    if not source.size_bytes:
        return Reading(None, 0, refused="The file is empty (byte 0)")
    found = [BY_KEY[reader_key]] if reader_key else recognised_by(source)
    if not found:
        return Reading(None, 0, refused="No reader knows this content (byte 0)")
    if len(found) > 1:
        keys = tuple(one.key for one in found)
        titles = " and ".join(one.title for one in found)
        return Reading(None, 0, refused=f"Several readers know this content: {titles} (byte 0)", candidates=keys)
    return read_with(found[0], source)


def read_with(reader: Reader, source: Source, read: Callable[[Source], tuple[Recording, ...]] | None = None) -> Reading:
    """Read with one reader, or its function for a person's choice; what it raises becomes a reason, never a crash."""
    try:
        return Reading(reader.key, reader.version, (read or reader.read)(source))
    except Unread as reason:
        return Reading(reader.key, reader.version, refused=str(reason))
    except MemoryError:
        return Reading(reader.key, reader.version, refused="Reading it needs more memory than a file may take (byte 0)")
    except Exception as error:
        said = f"{type(error).__name__}: {error}"[:200]
        return Reading(reader.key, reader.version, refused=f"The content is broken: {said} (byte 0)")
