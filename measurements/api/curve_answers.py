"""How one curve is answered: as JSON, as CSV or as npz, whole, a part of it, or thinned."""

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rest_framework.renderers import BaseRenderer

if TYPE_CHECKING:
    from measurements.curves.loading import Loaded, LoadedAxis, Numbers


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which part of a curve is asked for; ends in the unit of its axis, `row` from zero."""

    x_from: float | None = None
    x_to: float | None = None
    points: int | None = None
    row: int | None = None


class NoSuchRow(Exception):
    """A row that a curve does not have."""


class NpzRenderer(BaseRenderer):
    """Gives packed arrays on as they are, and an error as JSON."""

    media_type = "application/x-npz"
    format = "npz"
    charset: str | None = None
    render_style = "binary"

    def render(self, data: Any, accepted_media_type: Any = None, renderer_context: Any = None) -> bytes:
        """Return the bytes."""
        return data if isinstance(data, bytes) else json.dumps(data).encode()


class CurveCsvRenderer(NpzRenderer):
    """Gives a ready table on, and an error as JSON."""

    media_type = "text/csv"
    format = "csv"
    charset = "utf-8"


@dataclass(frozen=True, slots=True)
class CurvePart:
    """The asked part of a curve: values over the axis upward, if it has one, and the one across."""

    values: "Numbers"
    axes: "tuple[LoadedAxis, ...]"


def part_of(loaded: "Loaded", wanted: Wanted) -> CurvePart:
    """Return the asked part; only single lines are thinned, by the least and greatest value of each part.

    Raises NoSuchRow.
    """
    import numpy as np

    from measurements.curves.loading import LoadedAxis
    from measurements.curves.thinning import thinned

    values, axes = loaded.values, loaded.axes
    if wanted.row is not None and values.ndim > 1:
        rows = values.reshape(-1, values.shape[-1])
        if wanted.row >= len(rows):
            raise NoSuchRow(f"It has {len(rows):,} rows, counted from 0.")
        values, axes = rows[wanted.row], axes[-1:]
    x = axes[-1]
    low = -np.inf if wanted.x_from is None else wanted.x_from
    high = np.inf if wanted.x_to is None else wanted.x_to
    inside = (x.values >= min(low, high)) & (x.values <= max(low, high))
    places, values = x.values[inside], values[..., inside]
    if wanted.points is not None and values.ndim == 1:
        places, values = thinned(places, values.astype(float), max(wanted.points, 4))
    return CurvePart(values, (*axes[:-1], LoadedAxis(x.name, x.unit, places)))


def as_npz(part: CurvePart) -> bytes:
    """Return a part as numpy reads it: `values`, and `axis_0`, `axis_1` … with their names and units in `axes`."""
    import numpy as np

    written = io.BytesIO()
    arrays: dict[str, Any] = {f"axis_{index}": axis.values for index, axis in enumerate(part.axes)}
    names = json.dumps([(axis.name, axis.unit) for axis in part.axes])
    np.savez_compressed(written, values=part.values, axes=np.array(names), **arrays)
    return written.getvalue()


def as_csv(part: CurvePart, head: Mapping[str, Any]) -> bytes:
    """Return a part as a table with a row of units: a column across and one of values, of a map one for each row."""
    from measurements.curves.tables import row

    x = part.axes[-1]
    lines = part.values.reshape(-1, part.values.shape[-1])
    names = [head["name"]] if part.values.ndim == 1 else row_names(part, len(lines))
    told = [row([x.name or "x", *names]), row([x.unit, *([head["unit"]] * len(lines))])]
    told += [row(map(repr, map(float, (place, *lines[:, index])))) for index, place in enumerate(x.values)]
    return "".join(told).encode()


def row_names(part: CurvePart, count: int) -> list[str]:
    """Return what tells the rows of a map apart: their place upward."""
    if len(part.axes) != 2:
        return [f"row {index}" for index in range(count)]
    upward = part.axes[0]
    return [f"{upward.name} {value:g} {upward.unit}".strip() for value in upward.values]


def as_json(part: CurvePart, head: Mapping[str, Any]) -> dict[str, Any]:
    """Return a part with what the curve is; a value that is no number is null."""
    axes = [{"name": axis.name, "unit": axis.unit, "values": plain(axis.values)} for axis in part.axes]
    return {**head, "axes": axes, "values": plain(part.values), "part_shape": list(part.values.shape)}


def plain(values: "Numbers") -> list[Any]:
    """Return numbers as JSON has them, every digit that their own type has."""
    import numpy as np

    listed: list[Any] = values.tolist()
    if np.issubdtype(values.dtype, np.floating) and not np.isfinite(values).all():
        return nulled(listed)
    return listed


def nulled(listed: list[Any]) -> list[Any]:
    """Return nested lists with null for what is no number."""
    return [nulled(one) if isinstance(one, list) else one if abs(one) < float("inf") else None for one in listed]
