"""When calibrations hold, as bars along one line of days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from measurements.models import Calibration

WIDTH = 240
# A line of days is never shorter than this, so that one new calibration is not all of it.
SHORTEST = timedelta(days=60)
MARGIN = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Span:
    """Where one calibration's bar lies; open ends run out of the picture."""

    x: float
    width: float
    is_open_before: bool
    is_open_after: bool


@dataclass(frozen=True, slots=True)
class Spans:
    """The bars of several calibrations by their ids, and what they stand over."""

    by_id: dict[int, Span]
    first: date
    last: date
    today_x: float
    width: int = WIDTH


def spans_of(calibrations: Sequence[Calibration], today: date) -> Spans:
    """Return the bars of calibrations over one line of days that today lies on."""
    days = [day for one in calibrations for day in (one.valid_from, one.valid_until) if day] + [today]
    first, last = min(days), max(days) + MARGIN
    first = min(first - MARGIN, last - SHORTEST)

    def x_of(day: date) -> float:
        return round(WIDTH * (day - first).days / (last - first).days, 1)

    def span_of(one: Calibration) -> Span:
        begins, ends = x_of(one.valid_from or first), x_of(one.valid_until or last)
        return Span(begins, max(round(ends - begins, 1), 2.0), one.valid_from is None, one.valid_until is None)

    return Spans({one.pk: span_of(one) for one in calibrations}, first, last, x_of(today))
