"""The files that things are timed on: real ones of the shared folder, and text files made here where it is missing."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import cycle, islice
from pathlib import Path

from measurements.readers.reading import recognised_by
from measurements.readers.source import Source
from scripts.console import ROOT, say

SHARED = Path(os.environ.get("LABBOOK_SHARED_DATA", ROOT.parent / "shared" / "data"))


@dataclass(frozen=True, slots=True)
class File:
    """A file, its bytes, and the one reader that knows it."""

    path: Path
    content: bytes
    reader: str


@cache
def real_files() -> tuple[File, ...]:
    """Return every file of the shared folder that exactly one reader knows."""
    if not SHARED.is_dir():
        say(f"{SHARED} is not here; only files made by the bench are timed.")
        return ()
    found = []
    for folder in (SHARED / "instruments", SHARED / "campaign" / "raw"):
        for path in sorted(one for one in folder.rglob("*") if one.is_file()):
            with Source.of_path(path) as source:
                readers = recognised_by(source) if source.size_bytes else []
            if len(readers) == 1:
                found.append(File(path, path.read_bytes(), readers[0].key))
    return tuple(found)


def mixed_files(count: int) -> Iterator[tuple[str, bytes]]:
    """Yield so many files of all formats by name; a file that comes again differs by its last line."""
    small = [(one.path.name, one.content) for one in real_files() if len(one.content) < 1_500_000]
    by_suffix: dict[str, list[tuple[str, bytes]]] = {}
    for name, content in small or list(made_files(50)):
        by_suffix.setdefault(Path(name).suffix.lower(), []).append((name, content))
    turns = [cycle(group) for group in by_suffix.values()]
    for number, turn in enumerate(islice(cycle(turns), count)):
        name, content = next(turn)
        yield f"{number:03d} {name}", content + b"\n" * (number // max(len(small), 1))


def made_files(count: int) -> Iterator[tuple[str, bytes]]:
    """Yield spectra as an Ocean Optics spectrometer writes them, no two alike."""
    for number in range(count):
        yield f"made-{number}.txt", made_spectrum(number)


def made_spectrum(number: int, points: int = 2_048) -> bytes:
    """Return one spectrum with a line whose place depends on its number."""
    head = (
        "SpectraSuite Data File\n++++++++++++++++++++++++++++++++++++\nDate: Fri Mar 06 12:40:00 GMT 2026\n"
        f"User: bench\nIntegration Time (usec): 500000 (MADE{number:06d})\nSpectra Averaged: 10 (MADE{number:06d})\n"
        f"Number of Pixels in Processed Spectrum: {points}\n>>>>>Begin Processed Spectral Data<<<<<\n"
    )
    center = 640 + number % 60
    lines = (
        f"{560 + index * 240 / points:.3f}\t{50 + 9000 / (1 + ((560 + index * 240 / points - center) / 9) ** 2):.2f}\n"
        for index in range(points)
    )
    return (head + "".join(lines) + ">>>>>End Processed Spectral Data<<<<<\n").encode()
