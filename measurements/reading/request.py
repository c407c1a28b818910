"""What the process beside the web process is asked for, and how a file becomes a reading there."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from measurements.readers.plain_table import ColumnChoice, Layout
    from measurements.readers.reading import Reading
    from measurements.readers.source import Source


class Asked(Protocol):
    """Something to do in the process beside; it answers itself."""

    def answer(self) -> Any:
        """Do it, in that process."""

    def failed(self, what: str) -> Any:
        """Return the answer when the process could not give one, such as "took longer than 10 s"."""


@dataclass(frozen=True, slots=True)
class Request:
    """One file to read; `wants_layout` asks for its columns instead of its recordings."""

    path: str
    name: str
    reader_key: str | None = None
    choice: "ColumnChoice | None" = None
    wants_layout: bool = False
    # A folder for the arrays; the answer is then a PackedReading, which holds no array.
    pack_into: str = ""

    def answer(self) -> Any:
        """Read the file."""
        return answer(self)

    def failed(self, what: str) -> Any:
        """Return a refused reading."""
        return refused(f"Reading it {what} (byte 0)")


def answer(request: Request) -> Any:
    """Read the file; whatever is wrong with it comes back as a refused reading."""
    from measurements.readers.source import Source
    from measurements.reading.packing import packed

    path = Path(request.path)
    try:
        if not path.is_file():
            return refused("There is no such file (byte 0)" if not path.exists() else "This is not a file (byte 0)")
        with path.open("rb") as stream:
            source = Source(stream, name=request.name, path=path)
            if request.wants_layout:
                return layout_of(source)
            reading = reading_of(source, request)
    except OSError as error:
        return refused(f"The file cannot be opened: {error.strerror or error} (byte 0)")
    return packed(reading, Path(request.pack_into)) if request.pack_into else reading


def reading_of(source: "Source", request: Request) -> "Reading":
    """Return the reading by content, by the reader that a person chose, or by the columns that a person chose."""
    from measurements.readers.reading import read_source
    from measurements.readers.table import BY_KEY

    if request.choice is not None:
        return chosen_columns(source, request.choice)
    if request.reader_key is not None and request.reader_key not in BY_KEY:
        return refused(f"No reader is called {request.reader_key} (byte 0)")
    return read_source(source, reader_key=request.reader_key)


def chosen_columns(source: "Source", choice: "ColumnChoice") -> "Reading":
    """Return a table's reading by chosen columns, with the same care for broken content as any other."""
    from measurements.readers.plain_table import read_columns
    from measurements.readers.reading import read_with
    from measurements.readers.table import BY_KEY

    return read_with(BY_KEY["plain_table"], source, lambda table: read_columns(table, choice))


def layout_of(source: "Source") -> "Layout | Reading":
    """Return a table's columns, or the refusal of a file that is no table."""
    from measurements.readers.plain_table import columns_in
    from measurements.readers.refusal import Unread

    try:
        return columns_in(source)
    except Unread as reason:
        return refused(str(reason))


def refused(reason: str) -> "Reading":
    """Return the reading of a file that was not read."""
    from measurements.readers.reading import Reading

    return Reading(None, 0, refused=reason)
