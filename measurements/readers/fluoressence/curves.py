"""From columns to recordings: which column is an x, which curves are channels of one look, and when it was."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from measurements.readers.fluoressence.worksheet import X_UNITS, Column, Worksheet
from measurements.readers.parts.written_date import numeric_moments
from measurements.readers.recording import (
    Axis,
    Caution,
    Channel,
    Instant,
    Recording,
    Role,
    Technique,
    ascending,
)
from measurements.readers.refusal import Unread

# The detector over the lamp, corrected, says most; the lamp's own current least.
BEST_FIRST = ("s1c/r1c", "s1c/r1", "s1/r1c", "s1/r1", "s1c", "s1", "s2c", "s2", "t1", "r1c", "r1")
MONITORS = {"r1", "r1c"}
UNITS = {"cm-1": "1/cm", "sec": "s", "ev": "eV", "NM": "nm", "Counts": "counts"}
X_NAME = re.compile(r"wavelength|wavenumber|energy|^time\b|temperature|position", re.IGNORECASE)
TIME_UNITS = {"ns", "ps", "us", "µs"}


@dataclass(frozen=True, slots=True)
class Curve:
    """A column of values with the x it belongs to."""

    x: Column
    y: Column
    name: str
    label: str
    # How many curves of the same name stand to its left.
    turn: int

    @property
    def kind(self) -> str:
        """The name in the form in which channels are compared."""
        return re.sub(r"[\s()]", "", self.name).lower()


def recordings_of(sheet: Worksheet) -> tuple[Recording, ...]:
    """Return the recordings of a worksheet in its order.

    Raises Unread when a column of values has no x or none of them has values.
    """
    curves = _curves(sheet.columns)
    if not curves:
        raise Unread("There are no columns of values")
    groups: dict[tuple[str, int], list[Curve]] = {}
    for place, curve in enumerate(curves):
        is_known = curve.kind in BEST_FIRST
        groups.setdefault(("", curve.turn) if is_known else (curve.kind, place), []).append(curve)
    moments = _moments([group[0] for group in groups.values()])
    return tuple(_recording(group, sheet, when) for group, when in zip(groups.values(), moments, strict=True))


def _curves(columns: Sequence[Column]) -> list[Curve]:
    curves: list[Curve] = []
    seen: Counter[str] = Counter()
    x: Column | None = None
    for index, column in enumerate(columns):
        if index == 0 or _is_x(column):
            x = column
            continue
        if x is None or not len(column.values):
            continue
        if len(column.values) > len(x.values):
            name = column.long_name or column.short_name or f"column {index + 1}"
            raise Unread(f"“{name}” has {len(column.values):,} values over {len(x.values):,} of x")
        name, label = _names(column)
        curves.append(Curve(x, column, name, label, seen[name]))
        seen[name] += 1
    return curves


def _is_x(column: Column) -> bool:
    return column.unit.lower() in X_UNITS or (not column.unit and bool(X_NAME.search(column.long_name)))


def _names(column: Column) -> tuple[str, str]:
    """Return a column's channel and its label: a row of source names tells the one, the long name the other."""
    source = column.extra.get("SourceName", "")
    long_name = column.long_name or column.short_name
    return (source, long_name if long_name != source else "") if source else (long_name, "")


def _moments(curves: Sequence[Curve]) -> list[Instant | None]:
    texts = [curve.y.extra.get("TimeStamp", "") for curve in curves]
    written = [text for text in texts if text]
    found = dict(zip(written, numeric_moments(written), strict=True))
    return [Instant(text, found[text]) if text else None for text in texts]


def _recording(group: Sequence[Curve], sheet: Worksheet, measured: Instant | None) -> Recording:
    ordered = sorted(group, key=lambda one: BEST_FIRST.index(one.kind) if one.kind in BEST_FIRST else -1)
    channels, said = [], list(sheet.cautions)
    for curve in ordered:
        channel, turned = _channel(curve)
        channels.append(channel)
        said += [one for one in turned if one not in said]
    if measured is not None and measured.moment is None:
        said.append(
            Caution(f"the date “{measured.as_written[:60]}” may have the day or the month first; it is left out")
        )
    first = ordered[0]
    cycle = first.y.extra.get("CycleNumber", "")
    label = first.label or (first.name if first.kind not in BEST_FIRST else "")
    settings = {"cycle": int(cycle)} if cycle.isdigit() else {}
    return Recording(
        technique=_technique(channels[0]),
        channels=tuple(channels),
        label=label,
        instrument="Horiba FluorEssence",
        measured=measured,
        settings=settings,
        header=_header(group, sheet),
        cautions=tuple(said),
    )


def _channel(curve: Curve) -> tuple[Channel, tuple[Caution, ...]]:
    x = curve.x.values[: len(curve.y.values)]
    if not np.isfinite(x).all():
        raise Unread(f"The x of “{curve.name}” has gaps")
    name = curve.x.long_name.lower() or "x"
    values, axes, turned = ascending(curve.y.values, Axis(name, UNITS.get(curve.x.unit, curve.x.unit), x))
    role = Role.MONITOR if curve.kind in MONITORS else Role.SIGNAL
    return Channel(curve.name, UNITS.get(curve.y.unit, curve.y.unit), values, axes, role), turned


def _technique(channel: Channel) -> Technique:
    if channel.x.unit in TIME_UNITS:
        return Technique.TRPL
    return Technique.PL if channel.x.unit in {"nm", "1/cm", "eV"} else Technique.SPECTRUM


def _header(group: Sequence[Curve], sheet: Worksheet) -> dict[str, tuple[str, ...]]:
    """Return every row above the numbers as it concerns the columns of this recording."""
    places = [
        index for index, column in enumerate(sheet.columns) if any(column is one.x or column is one.y for one in group)
    ]
    return {name: tuple(cells[place] for place in places if place < len(cells)) for name, cells in sheet.header.items()}
