"""The ancestry strip: where something came from, lane by lane, joined into a trunk."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Stop:
    """One sample or process on the strip and the arrow that leaves it.

    `code` and `url` name it, `sub` says what it is, `edge` is what went on from here ("0.2497 g").
    `is_here` marks the page's own record; `is_gap` a parent that was not recorded.
    """

    code: str
    url: str = ""
    sub: str = ""
    edge: str = ""
    is_here: bool = False
    is_gap: bool = False


@dataclass(frozen=True)
class Lane:
    """Stops in a row; `skip` stops are left out at the left so that all lanes end at the join."""

    stops: tuple[Stop, ...]
    skip: int = 0


@dataclass(frozen=True)
class Strip:
    """Lanes that join, then the trunk; `width` is the number of stops in the longest lane."""

    lanes: tuple[Lane, ...]
    trunk: Lane
    width: int

    @property
    def joins(self) -> bool:
        """Say whether several lanes run together."""
        return len(self.lanes) > 1


def strip_of(lanes: Iterable[Iterable[Stop | Mapping[str, Any]]], trunk: Iterable[Stop | Mapping[str, Any]]) -> Strip:
    """Lay out lanes and trunk; stops may be given as dictionaries with the fields of Stop."""
    rows = [tuple(stop_of(one) for one in lane) for lane in lanes]
    rows = [row for row in rows if row]
    width = max((len(row) for row in rows), default=0)
    laid = tuple(Lane(row, width - len(row)) for row in rows)
    return Strip(lanes=laid, trunk=Lane(tuple(stop_of(one) for one in trunk)), width=width)


def stop_of(one: Stop | Mapping[str, Any]) -> Stop:
    """Return a stop, made from a dictionary if need be."""
    return one if isinstance(one, Stop) else Stop(**one)
