"""The cases of a fuzz run: every file of the corpus in turn, broken in a way that seed and number decide."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from measurements.readers.reading import recognised_by
from measurements.readers.source import Source
from scripts.bench.corpus import File, real_files
from scripts.fuzz.made import made_corpus
from scripts.fuzz.mutations import mutated


@dataclass(frozen=True, slots=True)
class Case:
    """One broken file; `reader` is the one that knew it when it was whole."""

    number: int
    way: str
    name: str
    content: bytes
    reader: str


def corpus() -> list[File]:
    """Return the real files and those made here, each with its reader."""
    made = []
    for name, content in made_corpus():
        readers = recognised_by(Source.of_bytes(content, name))
        if len(readers) == 1:
            made.append(File(Path(name), content, readers[0].key))
    return [*real_files(), *made]


def cases(files: Sequence[File], count: int, seed: int) -> Iterator[Case]:
    """Yield so many cases; the same seed gives the same ones."""
    for number in range(count):
        file = files[number % len(files)]
        random = Random(f"{seed} {number}")
        other = random.choice(files)
        way, content = mutated(file.content, other.content, random)
        suffix = other.path.suffix if way == "renamed" else file.path.suffix
        yield Case(number, way, f"case-{number:06d}{suffix}", content, file.reader)
