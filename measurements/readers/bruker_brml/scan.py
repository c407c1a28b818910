"""One scan of a BRML file: its rows, what their columns are, and what was set."""

from typing import TYPE_CHECKING

import numpy as np

from measurements.readers.bruker_brml.columns import Columns, columns_of
from measurements.readers.bruker_brml.settings import described, scan_settings, tube_settings
from measurements.readers.parts.powder_pattern import (
    DEGREES,
    axis_name,
    float_or_none,
    scan_channels,
    steps,
    with_gaps,
)
from measurements.readers.parts.scan_moment import scan_moment
from measurements.readers.parts.xml_tree import header_of, text_at
from measurements.readers.recording import (
    Axis,
    Caution,
    Channel,
    Instant,
    Numbers,
    Recording,
    Role,
    Setting,
    Technique,
    ascending,
)
from measurements.readers.refusal import Unread

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

# Far more than a detector has channels; a larger claim is no scan.
MOST_VALUES = 20_000_000
SMALLEST_OFFSET_DEG = 0.001
Channels = tuple[tuple[Channel, ...], tuple[Caution, ...]]


def read_scan(root: "Element", name: str, shared: dict[str, Setting], instrument: str) -> list[Recording]:
    """Return the recordings of one raw data document: its measured route, or all of them where none is marked.

    Raises Unread where rows are missing or do not fit their columns.
    """
    routes = root.findall("DataRoutes/DataRoute")
    chosen = [one for one in routes if one.get("RouteFlag") == "Measured"] or routes
    measured, said = scan_moment(text_at(root, "TimeStampStarted"))
    settings = {**shared, **tube_settings(root), **described(root)}
    header = header_of(root, without=("DataRoutes",))
    return [_recording(route, name, settings, instrument, header, measured, said) for route in chosen]


def _recording(
    route: "Element",
    name: str,
    settings: dict[str, Setting],
    instrument: str,
    header: dict[str, tuple[str, ...]],
    measured: Instant | None,
    said: tuple[Caution, ...],
) -> Recording:
    columns = columns_of(route, name)
    table = _table(route, name)
    columns.see_width(table.shape[1], name)
    channels, doubts = _channels(route, columns, table, name)
    own = {**settings, **scan_settings(route, columns, table)}
    return Recording(
        Technique.XRD,
        channels,
        label=str(own.get("sample_name", "")),
        instrument=instrument,
        measured=measured,
        settings=own,
        header={**header, **header_of(route, under="DataRoute", without=("Datum",))},
        cautions=said + _short_cautions(route, len(table)) + _absorber_cautions(columns, table) + doubts,
    )


def _table(route: "Element", name: str) -> Numbers:
    rows = [(one.text or "").strip().rstrip(",").split(",") for one in route.iterfind("Datum")]
    if not rows or not rows[0][0]:
        linked = " They are in a file of their own, which is not read." if _is_external(route) else ""
        raise Unread(f"{name} has no rows.{linked}", offset_bytes=0)
    if len({len(row) for row in rows}) > 1:
        short = next(number for number, row in enumerate(rows, 1) if len(row) != len(rows[0]))
        raise Unread(f"{name}: point {short:,} has {len(rows[short - 1])} of {len(rows[0])} numbers", offset_bytes=0)
    if len(rows) * len(rows[0]) > MOST_VALUES:
        raise Unread(f"{name} has more than {MOST_VALUES:,} numbers", offset_bytes=0)
    if any("_" in cell for row in rows for cell in row):
        raise Unread(f"{name} has text among its numbers", offset_bytes=0)
    try:
        table = np.array(rows, dtype=np.float64)
    except ValueError as error:
        raise Unread(f"{name} has text among its numbers: {error}", offset_bytes=0) from error
    done = sum(int(float_or_none(one.get("MeasuredSteps")) or 0) for one in route.iterfind("SubScans/SubScanInfo"))
    if done > len(rows):
        raise Unread(f"{name} states {done:,} measured points and has {len(rows):,}", offset_bytes=0)
    return table


def _is_external(route: "Element") -> bool:
    return route.find("ScanDataExternalLink") is not None or any(
        "External" in one.get("type", "") or "ExtMemory" in one.get("type", "") for one in route.iter("RawDataView")
    )


def _channels(route: "Element", columns: Columns, table: Numbers, name: str) -> Channels:
    counted = columns.counted
    values = np.where(table == counted.blank, np.nan, table) if counted.blank is not None else table
    frame = values[:, counted.start : counted.start + counted.length]
    if counted.length > 1:
        return _frames(route, columns, table, frame, name)
    if columns.scanned is None:
        raise Unread(f"{name} has no moving axis", offset_bytes=0)
    axis = Axis(axis_name(columns.scanned_name), DEGREES, table[:, columns.scanned])
    channels, said = scan_channels(axis, frame[:, 0], counted.unit)
    monitors = tuple(
        Channel(one.name, one.unit, ascending(values[:, one.start], axis)[0], channels[0].axes, Role.MONITOR)
        for one in columns.others
        if one.length == 1
    )
    wide = tuple(
        Caution(f"{one.length:,} channels of “{one.name}” were left out") for one in columns.others if one.length > 1
    )
    return channels + monitors, said + wide


def _frames(route: "Element", columns: Columns, table: Numbers, frame: Numbers, name: str) -> Channels:
    """Return frames of a position-sensitive detector: one is a pattern, several are a map of them."""
    width = frame.shape[1]
    x, aligned = _frame_axis(route, columns, table, width, name)
    if len(frame) == 1:
        channels, doubts = scan_channels(x, frame[0], columns.counted.unit)
        return channels, aligned + doubts
    if columns.scanned is not None:
        rows = Axis(axis_name(columns.scanned_name), DEGREES, table[:, columns.scanned])
    else:
        rows = Axis("index", "", np.arange(1, len(frame) + 1, dtype=np.float64))
    values, gaps = with_gaps(frame.ravel())
    turned, axes, said = ascending(values.reshape(frame.shape), rows, x)
    return (Channel("Intensity", columns.counted.unit, turned, axes),), aligned + gaps + said


def _frame_axis(
    route: "Element", columns: Columns, table: Numbers, width: int, name: str
) -> tuple[Axis, tuple[Caution, ...]]:
    """Return the angles of a frame's channels: the stated stop lies a step too far, so the increment decides."""
    for axis in route.iterfind("ScanInformation/ScanAxes/ScanAxisInfo"):
        if axis_name(axis.get("AxisId") or axis.get("AxisName") or "") != "2theta":
            continue
        start, step = float_or_none(text_at(axis, "Start")), float_or_none(text_at(axis, "Increment"))
        # A scan about a reference begins at a distance from it; other scans have a reference of zero.
        reference = float_or_none(text_at(axis, "Reference")) or 0.0
        if start is not None and step:
            x = Axis("2theta", DEGREES, steps(reference + start, step, width, offset_bytes=0))
            return x, _aligned(reference, columns, table)
    raise Unread(f"{name} has frames of {width:,} channels without the angle they begin at", offset_bytes=0)


def _aligned(reference: float, columns: Columns, table: Numbers) -> tuple[Caution, ...]:
    if not reference or columns.scanned is None or axis_name(columns.scanned_name) != "2theta":
        return ()
    aligned = float(table[0, columns.scanned])
    if abs(aligned - reference) < SMALLEST_OFFSET_DEG:
        return ()
    return (Caution(f"the detector stood at {reference:g}°, which the alignment of the sample calls {aligned:g}°"),)


def _short_cautions(route: "Element", count: int) -> tuple[Caution, ...]:
    planned = float_or_none(text_at(route, "ScanInformation/MeasurementPoints"))
    if not planned or planned <= count or planned >= 1e9:
        return ()
    return (Caution(f"{planned:,.0f} points were planned and {count:,} measured"),)


def _absorber_cautions(columns: Columns, table: Numbers) -> tuple[Caution, ...]:
    if columns.absorption is None:
        return ()
    factors = table[:, columns.absorption]
    if bool(np.all(factors == 1)):
        return ()
    span = f"{factors.min():g} to {factors.max():g}"
    return (Caution(f"the file's counts are already multiplied by the absorber's factors {span}"),)
