"""Spectra, series and maps exported as text by Horiba LabSpec 5 and 6, in latin-1 whatever the computer."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from measurements.readers.parts.labspec_keys import AXIS_NAMES, measured_of, settings_of, unit_of
from measurements.readers.parts.numeric_rows import Row, axis_above, columns_with_gaps, exported_text, without_cut_row
from measurements.readers.parts.ruby_line import technique_of
from measurements.readers.parts.text import Text
from measurements.readers.recording import Axis, Caution, Channel, Numbers, Recording, Role, ascending
from measurements.readers.refusal import Unread
from measurements.readers.source import BYTE_ORDER_MARKS, Source

# The long lines of a map take less room than as many short ones.
MOST_BYTES = 18 * 1024 * 1024
KEY_LINE = re.compile(r"^#([^=\t]+)=\t?(.*)$")
KNOWN = re.compile(
    r"^#(Acq\. time|Accumulations?|AxisType\[|Exposition|Instrument|Detector|Grating|Laser)", re.MULTILINE
)
UNIT_IN_KEY = re.compile(r"^(?:Spectro|Range|Spectrum)\s*\(([^)]*)\)$")
# The superscripts of latin-1 in "cm⁻¹"; some computers wrote them differently.
PER_CM = re.compile(r"^cm[^a-z/]{1,4}$")


@dataclass(frozen=True, slots=True)
class Sheet:
    """The keys above and the rows below."""

    header: Mapping[str, tuple[str, ...]]
    rows: Sequence[Row]
    cut: tuple[Caution, ...]


def recognises(source: Source) -> bool:
    """Say whether the first line is a key, and LabSpec's own keys are among the first."""
    text = source.head_text
    return bool(KEY_LINE.match(text.split("\n", 1)[0])) and bool(KNOWN.search(text[:8192]))


def read(source: Source) -> tuple[Recording, ...]:
    """Return one recording: a curve, or all spectra of a series or a map with their places."""
    text = _text(source)
    sheet = _sheet(text)
    settings = settings_of(sheet.header)
    channels, said = _series(sheet) if not sheet.rows[0][1][0].strip() else _curve(sheet)
    measured, undated = measured_of(sheet.header)
    said += () if channels[0].x.unit else (Caution("the file does not state the unit of x"),)
    return (
        Recording(
            technique=technique_of(channels[0], settings.get("laser_nm")),
            channels=channels,
            label=str(settings.get("title", "")),
            instrument=_instrument(sheet.header),
            measured=measured,
            settings=settings,
            header=sheet.header,
            cautions=text.cautions + sheet.cut + said + undated,
        ),
    )


def _text(source: Source) -> Text:
    """Return the text; the degree and micro signs of latin-1 are what LabSpec always writes, and no news."""
    text = exported_text(source, MOST_BYTES)
    if source.content.startswith(tuple(mark for mark, _ in BYTE_ORDER_MARKS)):
        return text
    return replace(text, cautions=())


def _sheet(text: Text) -> Sheet:
    header: dict[str, tuple[str, ...]] = {}
    rows: list[Row] = []
    for number, line in enumerate(text.lines, start=1):
        if not rows and line.startswith("#"):
            key, equals, value = line[1:].partition("=")
            name = key.strip() if equals else ""
            header[name] = (*header.get(name, ()), value.strip() if equals else line[1:].strip())
        elif line.strip():
            rows.append((number, line.split("\t")))
    if not rows:
        raise Unread("There are no data below the header", line=len(text.lines))
    whole, cut = without_cut_row(rows, text, len(rows[0][1]))
    return Sheet(header, whole, cut)


def _instrument(header: Mapping[str, tuple[str, ...]]) -> str:
    name = header.get("Instrument", ("",))[0]
    return f"Horiba {name}".strip() if name else "Horiba LabSpec"


def _curve(sheet: Sheet) -> tuple[tuple[Channel, ...], tuple[Caution, ...]]:
    for number, cells in sheet.rows:
        if len([cell for cell in cells if cell.strip()]) != 2:
            raise Unread(f"{len(cells)} cells where x and y are expected", line=number)
    table, gaps = columns_with_gaps(sheet.rows, 2)
    values, axes, turned = ascending(table[1], _x(sheet, table[0]))
    return (_intensity(sheet, values, axes),), gaps + turned


def _series(sheet: Sheet) -> tuple[tuple[Channel, ...], tuple[Caution, ...]]:
    """Read a row with x, its first cells empty, and below it spectra behind their places."""
    leading, x, below = axis_above(sheet.rows)
    table, gaps = columns_with_gaps(below, leading + len(x), keys=leading)
    places = [_place(sheet, place, values) for place, values in enumerate(table[:leading])]
    if leading == 1:
        values, axes, turned = ascending(table[1:].T, places[0], _x(sheet, x))
        return (_intensity(sheet, values, axes),), gaps + turned
    points = Axis("point", "", np.arange(1, len(below) + 1, dtype=float))
    values, axes, turned = ascending(table[leading:].T, points, _x(sheet, x))
    monitors = (Channel(place.name, place.unit, place.values, (points,), Role.MONITOR) for place in places)
    return (_intensity(sheet, values, axes), *monitors), gaps + turned


def _place(sheet: Sheet, place: int, values: Numbers) -> Axis:
    """Name a leading column: intensity and x are the axes 0 and 1, the places follow in their order."""
    number = place + 2
    name = sheet.header.get(f"AxisType[{number}]", ("",))[0]
    unit = unit_of(sheet.header.get(f"AxisUnit[{number}]", ("",))[0])
    return Axis(name or "place", unit, values)


def _x(sheet: Sheet, values: Numbers) -> Axis:
    unit = _x_unit(sheet.header)
    return Axis(AXIS_NAMES.get(unit, "x"), unit, values)


def _x_unit(header: Mapping[str, tuple[str, ...]]) -> str:
    """Return the unit that the axis states, or the one in the name of the spectrometer's position or range."""
    stated = header.get("AxisUnit[1]", ("",))[0]
    if not stated:
        found = (UNIT_IN_KEY.match(key) for key in header)
        stated = next((one[1] for one in found if one), "")
    return "1/cm" if PER_CM.match(stated.strip()) else unit_of(stated)


def _intensity(sheet: Sheet, values: Numbers, axes: tuple[Axis, ...]) -> Channel:
    stated = sheet.header.get("AxisUnit[0]", ("",))[0]
    # LabSpec exports counts unless an axis says otherwise.
    return Channel("intensity", unit_of(stated) if stated else "counts", values, axes)
