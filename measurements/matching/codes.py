"""Codes in names: found whatever their case and separators are, the longest first."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

RUN = re.compile(r"[A-Za-z]+|[0-9]+")
# More runs than any code has: NC-024-F2-DAC1 has six.
MOST_RUNS = 9
MOST_LETTERS = 60
SHORTEST = 3
# A name of letters alone is an alias; shorter ones are words of any file name.
SHORTEST_WORDS = 6
OR_WORDS = frozenset({"OR", "ODER", "AND", "UND"})


@dataclass(frozen=True, slots=True)
class Known:
    """A name of something in the lab: a code or an alias, and the samples it may mean, the likeliest first."""

    code: str
    sample_ids: tuple[int, ...]
    # A synthesis is no sample: its code alone leaves its samples to choose from.
    is_sample: bool = True


@dataclass(frozen=True, slots=True)
class Hit:
    """A known name, and where in the text it stands."""

    known: Known
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Run:
    """Letters or digits that stand together, in upper case."""

    text: str
    start: int
    end: int


CodeBook = Mapping[str, tuple[Known, ...]]


def runs_of(text: str) -> list[Run]:
    """Return the runs of letters and of digits of a text; whatever else it has only separates them."""
    return [Run(found[0].upper(), found.start(), found.end()) for found in RUN.finditer(text)]


def joined(runs: Iterable[Run]) -> str:
    """Return runs as they are compared; two numbers beside each other stay two: F2 1 is not F21."""
    text = ""
    for run in runs:
        text += ("." if text[-1:].isdigit() and run.text[0].isdigit() else "") + run.text
    return text


def key_of(code: str) -> str:
    """Return a code as it is compared."""
    return joined(runs_of(code))


def book_of(known: Iterable[Known]) -> CodeBook:
    """Return known names by what they are compared with; a name of two samples keeps both."""
    book: dict[str, tuple[Known, ...]] = {}
    for one in known:
        book[key_of(one.code)] = (*book.get(key_of(one.code), ()), one)
    return book


def possible_codes(text: str) -> set[str]:
    """Return everything in a text that could be a code, normalized: what the database is asked for."""
    runs = runs_of(text)
    alike = {
        f"{one.text}{other.text}"
        for one, number, word, other in zip(runs, runs[1:], runs[2:], runs[3:], strict=False)
        if word.text in OR_WORDS and other.text.isdigit() and len(number.text) == len(other.text)
    }
    return alike | {key.replace(".", "") for key, _start, _end in windows(text)}


def windows(text: str) -> Iterable[tuple[str, int, int]]:
    """Yield every stretch of runs that could be a code or an alias, with its place."""
    runs = runs_of(text)
    for first in range(len(runs)):
        for last in range(first, min(first + MOST_RUNS, len(runs))):
            key = joined(runs[first : last + 1])
            if len(key) > MOST_LETTERS:
                break
            if is_possible(key):
                yield key, runs[first].start, runs[last].end


def is_possible(key: str) -> bool:
    """Say whether a stretch could be a code: no number alone, and no short word."""
    return len(key) >= (SHORTEST_WORDS if key.isalpha() else SHORTEST) and not key.replace(".", "").isdigit()


def codes_in(text: str, book: CodeBook) -> list[Hit]:
    """Return the known names in a text, the longest first; what lies inside a longer one is none of its own."""
    found = [Hit(known, start, end) for key, start, end in windows(text) for known in book.get(key, ())]
    kept: list[Hit] = []
    for hit in sorted(found, key=lambda one: (one.start - one.end, one.start)):
        if not any(hit.start < other.end and other.start < hit.end and spans_differ(hit, other) for other in kept):
            kept.append(hit)
    return kept + [hit for one in kept for hit in numbers_after(text, one, book)]


def spans_differ(one: Hit, other: Hit) -> bool:
    """Say whether two hits are not the same stretch, which one name of two samples would be."""
    return (one.start, one.end) != (other.start, other.end)


def numbers_after(text: str, hit: Hit, book: CodeBook) -> list[Hit]:
    """Return the codes that "NC-024 or 027" names by their number alone."""
    own, rest = runs_of(text[hit.start : hit.end]), runs_of(text[hit.end :])
    if len(own) != 2 or len(rest) < 2 or rest[0].text not in OR_WORDS or len(rest[1].text) != len(own[1].text):
        return []
    start, end = hit.end + rest[1].start, hit.end + rest[1].end
    return [Hit(known, start, end) for known in book.get(f"{own[0].text}{rest[1].text}", ())]


def without(text: str, hits: Iterable[Hit]) -> str:
    """Return a text with blanks where the codes stand, so that no number of a code is taken for a pressure."""
    for hit in hits:
        text = f"{text[: hit.start]}{' ' * (hit.end - hit.start)}{text[hit.end :]}"
    return text
