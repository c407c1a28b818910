"""Every reader against simply reading the bytes, and against the library's own call where there is one."""

import contextlib
import io
import logging
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

from measurements.readers.reading import recognised_by
from measurements.readers.source import Source
from measurements.readers.table import BY_KEY
from scripts.bench.corpus import File, real_files
from scripts.bench.figure import Figure, seconds_of
from scripts.bench.libraries import LIBRARIES
from scripts.console import say

# A reader may take twice what the library takes by itself; what comes on top is looking twice.
MOST_OF_LIBRARY = 2.0


def figures() -> Iterator[Figure]:
    """Yield each reader's speed over the largest file of its format."""
    logging.disable(logging.WARNING)
    for key in BY_KEY:
        files = [one for one in real_files() if one.reader == key]
        if files:
            yield from of_reader(key, max(files, key=lambda one: len(one.content)))
        else:
            say(f"No file for the reader {key}; it was left out.")


def of_reader(key: str, file: File) -> Iterator[Figure]:
    """Yield a reader's speed, its time to recognise, and its ratio to the library."""
    path = file.path
    read_s = seconds_of(lambda: read(key, path))
    floor_s = seconds_of(path.read_bytes)
    yield Figure(f"reader {key}", len(file.content) / 1e6 / read_s, "MB/s", "reading the bytes", read_s / floor_s)
    recognise_s = seconds_of(lambda: recognise(path))
    yield Figure(f"recognising {key}", recognise_s * 1e3, "ms", "reading the bytes", recognise_s / floor_s)
    library = LIBRARIES.get(key)
    if library is not None:
        library_s = seconds_of(lambda: quietly(library, path))
        yield Figure(
            f"reader {key} and its library", read_s * 1e3, "ms", library.__name__, read_s / library_s,
            most=MOST_OF_LIBRARY, measured="ratio",
        )  # fmt: skip


def read(key: str, path: Path) -> None:
    """Read a file from the disk with one reader."""
    with Source.of_path(path) as source:
        BY_KEY[key].read(source)


def recognise(path: Path) -> None:
    """Find the reader of a file."""
    with Source.of_path(path) as source:
        recognised_by(source)


def quietly(library: Callable[[Path], object], path: Path) -> None:
    """Call a library whose prints and warnings are its own."""
    with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        library(path)
