"""What a fuzz run breaks and how it judges what became of it: the same in every run, and no fault goes unseen."""

from random import Random

import numpy as np
import pytest

from measurements.readers.reading import Reading, recognised_by
from measurements.readers.recording import Axis, Caution, Channel, Recording, Technique
from measurements.readers.source import Source
from scripts.fuzz.cases import cases, corpus
from scripts.fuzz.made import made_corpus
from scripts.fuzz.mutations import flipped, inflated, mutated, spliced, truncated
from scripts.fuzz.outcomes import CRASHED, LARGE, READ, REFUSED, SEVERAL, SLOW, UNFORESEEN, WRONG, outcome_of

CONTENT = b"SpectraSuite Data File\n400.5\t12\n401.5\t13\n" * 3


def reading_of(x: list[float], y: list[float], *cautions: str) -> Reading:
    channel = Channel("A", "", np.array(y), (Axis("x", "nm", np.array(x)),))
    return Reading("plain_table", 1, (Recording(Technique.TABLE, (channel,), cautions=tuple(map(Caution, cautions))),))


def test_every_made_file_is_known_by_one_reader() -> None:
    known = {name: len(recognised_by(Source.of_bytes(content, name))) for name, content in made_corpus()}

    assert set(known.values()) == {1}


def test_the_same_seed_breaks_the_same_files_in_the_same_way() -> None:
    files = corpus()[-5:]

    first, again, other = (list(cases(files, 40, seed)) for seed in (1, 1, 2))

    assert first == again
    assert [case.content for case in first] != [case.content for case in other]
    assert {case.reader for case in first} == {file.reader for file in files}


def test_each_way_of_breaking_changes_the_bytes_as_it_says() -> None:
    changed = {way.__name__: way(CONTENT, Random(3)) for way in (flipped, truncated, inflated)}

    assert len(changed["flipped"]) == len(CONTENT)
    assert changed["flipped"] != CONTENT
    assert CONTENT.startswith(changed["truncated"])
    assert changed["inflated"] != CONTENT
    assert spliced(CONTENT, b"the other file", Random(1)).endswith(b"e")


@pytest.mark.parametrize("content", [b"x", b"\0", b"7", CONTENT, *(content for _, content in made_corpus())])
def test_nothing_is_too_small_to_be_broken(content: bytes) -> None:
    broken = [mutated(content, CONTENT, Random(seed)) for seed in range(60)]

    assert len({way for way, _ in broken}) >= 4


@pytest.mark.parametrize(
    ("reason", "outcome"),
    [
        ("The file is cut off (byte 7)", REFUSED),
        ("The content is broken: IndexError: x (byte 0)", UNFORESEEN),
        ("Reading it took longer than 10 s (byte 0)", SLOW),
        ("Reading it needs more memory than a file may take (byte 0)", LARGE),
        ("Reading it ended the reading process: SIGSEGV (byte 0)", CRASHED),
    ],
)
def test_a_refusal_is_counted_by_its_reason(reason: str, outcome: str) -> None:
    assert outcome_of(Reading(None, 0, refused=reason)) == (outcome, reason)


def test_several_readers_are_an_outcome_of_their_own() -> None:
    assert outcome_of(Reading(None, 0, refused="Several", candidates=("a", "b")))[0] == SEVERAL


@pytest.mark.parametrize(
    ("reading", "outcome"),
    [
        (reading_of([1, 2], [3, 4]), READ),
        (reading_of([2, 1], [3, 4]), WRONG),
        (reading_of([1, 1], [3, 4]), WRONG),
        (reading_of([2, 1], [3, 4], "x does not rise all the way; it is kept as written"), READ),
        (reading_of([1, 2], [3, float("nan")]), WRONG),
        (reading_of([1, 2], [3, float("nan")], "1 value is no number and stays a gap"), READ),
        (reading_of([1, float("inf")], [3, 4]), WRONG),
        (Reading("plain_table", 1), WRONG),
        (Reading("plain_table", 1, (Recording(Technique.PL, ()),)), WRONG),
    ],
)
def test_a_curve_that_cannot_be_right_is_no_reading(reading: Reading, outcome: str) -> None:
    assert outcome_of(reading)[0] == outcome
