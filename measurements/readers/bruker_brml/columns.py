"""What the columns of a BRML scan are: the document lists them as views, each with its first column and length."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from measurements.readers.parts.powder_pattern import axis_name, float_or_none
from measurements.readers.parts.xml_tree import text_at, value_at
from measurements.readers.refusal import Unread

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

COUNT_UNITS = {"counts": "counts", "count": "counts", "countspersecond": "counts/s", "cps": "counts/s"}
MOST_COLUMNS = 1_000_000


@dataclass(frozen=True, slots=True)
class Recorded:
    """Columns that were recorded: a detector's counts, one per channel, or a sensor's reading."""

    name: str
    unit: str
    start: int
    length: int
    blank: float | None
    is_count: bool
    is_image: bool


@dataclass(frozen=True, slots=True)
class Columns:
    """Where a row has its time, absorber, scanned drive, counts and whatever else was recorded."""

    time: int | None
    absorption: int | None
    scanned: int | None
    scanned_name: str
    counted: Recorded
    others: tuple[Recorded, ...]

    def see_width(self, width: int, name: str) -> None:
        """Raise Unread when the rows have fewer numbers than the columns listed need."""
        ends = [one.start + one.length for one in (self.counted, *self.others)]
        singles = [one + 1 for one in (self.time, self.absorption, self.scanned) if one is not None]
        if max(ends + singles) > width:
            raise Unread(f"{name} lists {max(ends + singles):,} columns and its rows have {width:,}", offset_bytes=0)


def columns_of(route: "Element", name: str) -> Columns:
    """Return the columns of one route.

    Raises Unread where no counts are listed, or counts of a whole image.
    """
    views = route.findall("DataViews/RawDataView")
    fixed = {one.get("LogicName", ""): _place(one, name)[0] for one in views if "Fixed" in one.get("type", "")}
    drives = [
        (field.get("FieldName") or field.get("AxisId") or "", _place(view, name)[0] + index)
        for view in views
        if "Varying" in view.get("type", "")
        for index, field in enumerate(view.iter("FieldDefinitions"))
    ]
    recorded = [_recorded(one, name) for one in views if "Recorded" in one.get("type", "")]
    counted = _counted(recorded, is_moving=bool(drives), name=name)
    if counted.is_image:
        raise Unread(f"{name} has images of a detector, which are not read", offset_bytes=0)
    scanned = next((one for one in drives if axis_name(one[0]) == "2theta"), drives[0] if drives else None)
    return Columns(
        time=fixed.get("MeasuredTime"),
        absorption=fixed.get("AbsorptionFactor"),
        scanned=scanned[1] if scanned else None,
        scanned_name=scanned[0] if scanned else "",
        counted=counted,
        others=tuple(one for one in recorded if one is not counted),
    )


def _counted(recorded: list[Recorded], *, is_moving: bool, name: str) -> Recorded:
    counts = sorted((one for one in recorded if one.is_count), key=lambda one: one.length) or recorded
    if not counts:
        raise Unread(f"{name} lists no counts", offset_bytes=0)
    # A detector may record its sum beside its channels: the sum makes the pattern of a scan that moves.
    return counts[0] if is_moving else counts[-1]


def _place(view: "Element", name: str) -> tuple[int, int]:
    start, length = float_or_none(view.get("Start")), float_or_none(view.get("Length") or "1")
    if start is None or length is None or start < 0 or length < 1 or start + length > MOST_COLUMNS:
        raise Unread(f"{name} lists a column at {view.get('Start')} of length {view.get('Length')}", offset_bytes=0)
    return int(start), int(length)


def _recorded(view: "Element", name: str) -> Recorded:
    start, length = _place(view, name)
    unit = value_at(view, "Recording/Unit", "Base")
    kind = value_at(view, "Recording", "Category")
    logic = value_at(view, "Recording", "LogicName")
    return Recorded(
        name=value_at(view, "Recording", "VisibleName") or logic or "Recorded",
        unit=COUNT_UNITS.get(unit.lower(), unit),
        start=start,
        length=length,
        blank=float_or_none(text_at(view, "Recording/BlankingValue")),
        is_count=unit.lower() in COUNT_UNITS or kind == "Count" or "Counter" in logic,
        is_image=(float_or_none(text_at(view, "Recording/Size/Y")) or 1) > 1,
    )
