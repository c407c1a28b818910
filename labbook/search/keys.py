"""What a key of the grammar reads, and what a token came to mean."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

Reads = Literal["choice", "number", "duration", "day", "word", "later"]


@dataclass(frozen=True, slots=True)
class SearchKey:
    """One key such as `injT:`; upper floors declare theirs in one table."""

    name: str
    label: str
    reads: Reads
    example: str
    # Of a number: the unit it is stored in.
    unit: str = ""
    # Of a choice: every spelling a person may type, in lower case → the values it stands for.
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    # Of a key whose records do not exist yet: why it finds nothing.
    nothing: str = ""
    # Of a number that also has words, such as where a size came from.
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Interval:
    """From low to high; an end that is None is open, and an end that is `out` does not belong to it."""

    low: float | None = None
    high: float | None = None
    low_is_out: bool = False
    high_is_out: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """A token that was understood: any of its words or intervals, or none of them when negated."""

    key: str
    text: str
    said: str
    words: tuple[str, ...] = ()
    intervals: tuple[Interval, ...] = ()
    is_negated: bool = False


@dataclass(frozen=True, slots=True)
class Problem:
    """A token that was not understood, and why; the rest of the query runs without it."""

    text: str
    message: str


@dataclass(frozen=True, slots=True)
class Clock:
    """Now, and the lab's time zone, which days are meant in."""

    now: datetime
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class Query:
    """A whole query: what was understood, what was not, and the words the person should know."""

    terms: tuple[Term, ...] = ()
    problems: tuple[Problem, ...] = ()
    notices: tuple[str, ...] = ()

    def of(self, key: str) -> list[Term]:
        """Return the terms of one key."""
        return [term for term in self.terms if term.key == key]

    @property
    def text(self) -> str:
        """The understood part as one line, which gives the same query again."""
        return " ".join(term.text for term in self.terms)


Reader = Callable[[str, SearchKey, Clock], tuple[Interval, str]]
