"""Where samples were, from the moves recorded: pure counting, nothing is filled in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from labbook.quantities import show
from samples.models import Move


@dataclass(frozen=True, slots=True)
class Stay:
    """A sample was in a place from one moment to another; an empty title is a place not known."""

    title: str
    temperature: str
    since: datetime
    until: datetime

    @property
    def duration(self) -> str:
        """Return how long, in whole days, or hours below two days."""
        return said_span(self.until - self.since)


def stays_until(moves: Sequence[Move], until: datetime) -> list[Stay]:
    """Return the stays that moves (oldest first) tell of, up to a moment."""
    known = [move for move in moves if move.moved_at < until]
    ends = [*(move.moved_at for move in known[1:]), until][: len(known)]
    return [
        Stay(move.place.title if move.place else "", temperature_of(move), move.moved_at, end)
        for move, end in zip(known, ends, strict=True)
    ]


def temperature_of(move: Move) -> str:
    """Return the place's nominal temperature in words, or nothing where it is not known."""
    degrees = move.place.nominal_temperature_c if move.place else None
    return "" if degrees is None else show(degrees, "degC")


def said_stays(stays: Sequence[Stay]) -> str:
    """Return "18 d at 5 °C, 3 h on Bench 1", the time at each temperature added up."""
    spans: dict[str, timedelta] = {}
    for stay in stays:
        where = f"at {stay.temperature}" if stay.temperature else f"in {stay.title or 'a place not known'}"
        spans[where] = spans.get(where, timedelta()) + (stay.until - stay.since)
    return ", ".join(f"{said_span(span)} {where}" for where, span in spans.items())


def said_span(span: timedelta) -> str:
    """Return a span as "18 d", or "3 h" below two days, or "20 min" below two hours."""
    if span >= timedelta(days=2):
        return f"{span.days} d"
    minutes = int(span.total_seconds() // 60)
    return f"{minutes // 60} h" if minutes >= 120 else f"{minutes} min"
