"""Decays and spectra exported as text by the Edinburgh Instruments programs F980 and Fluoracle."""

import re
from collections.abc import Mapping, Sequence

import numpy as np

from measurements.readers.parts.numeric_rows import Row, columns_with_gaps, exported_text, without_cut_row
from measurements.readers.parts.text import Text, is_number
from measurements.readers.recording import (
    Axis,
    Caution,
    Channel,
    Numbers,
    Recording,
    Role,
    Setting,
    Technique,
    ascending,
)
from measurements.readers.refusal import Unread
from measurements.readers.source import Source

MARKS = ("\t", ",", ";")
FIRST_KEYS = ("labels", "type")
AXIS = re.compile(r"^(.*?)\s*\(([^()]*)\)\s*$")
AXIS_UNITS = {"wavelength": "nm", "wavenumber": "1/cm", "time": "", "temperature": "K"}
UNITS = {
    "cm-1": "1/cm",
    "cm^-1": "1/cm",
    "us": "us",
    "µs": "us",
    "Counts": "counts",
    "CPS": "counts/s",
    "Absorbance": "A",
}
NUMBERS = {
    "dwell time": "integration_time_s",
    "repeats": "accumulations",
    "scan slit": "slit_nm",
    "fixed/offset slit": "fixed_slit_nm",
    "step": "step",
    "start": "start",
    "stop": "stop",
}
TEXTS = {"lamp": "lamp", "detector": "detector", "type": "scan_type", "comment": "comment", "labels": "sample_name"}


def recognises(source: Source) -> bool:
    """Say whether the header opens with labels and the type of scan, and names an axis."""
    lines = source.head_lines[:60]
    start = _start(lines)
    mark = _mark(lines[start]) if start is not None else None
    if mark is None:
        return False
    keys = [line.split(mark, 1)[0].strip().lower() for line in lines[start:]]
    return tuple(keys[:2]) == FIRST_KEYS and "xaxis" in keys


def read(source: Source) -> tuple[Recording, ...]:
    """Return one recording for every column of values."""
    text = exported_text(source)
    start = _start(text.lines)
    mark = _mark(text.lines[start or 0])
    if start is None or mark is None:
        raise Unread("The line with the labels is missing", line=1)
    blank = (index for index, line in enumerate(text.lines[start:], start) if not line.strip(mark + " "))
    end = next(blank, len(text.lines))
    header = _header(text.lines[start:end], mark, start + 1)
    rows = _rows(text, end, mark)
    width = len(rows[0][1]) - 1
    if width == 1:
        # A comma in a name or a remark is no second column.
        header = {key: (mark.join(values),) for key, values in header.items()}
    if len(header["labels"]) != width:
        raise Unread(f"{width} columns of values, but {len(header['labels'])} named", line=rows[0][0])
    table, said = _table(text, rows, width)
    return tuple(_recording(header, table, column, text.cautions + said) for column in range(width))


def _start(lines: Sequence[str]) -> int | None:
    """Return where the labels stand: first, or below the title of several scans and an empty line."""
    return next((index for index, line in enumerate(lines[:4]) if _mark(line)), None)


def _mark(line: str) -> str | None:
    return next((mark for mark in MARKS if line.lower().startswith("labels" + mark)), None)


def _cells(line: str, mark: str) -> list[str]:
    """Return a line's cells; every line ends with one mark too many."""
    cells = [cell.strip().strip('"') for cell in line.split(mark)]
    return cells if cells[-1] else cells[:-1]


def _header(lines: Sequence[str], mark: str, first: int) -> dict[str, tuple[str, ...]]:
    """Return the values of every key, one per column of data."""
    header: dict[str, tuple[str, ...]] = {}
    for number, line in enumerate(lines, start=first):
        name, *values = line.split(mark)
        if name.lower().strip() in header:
            raise Unread(f"“{name[:40]}” is there twice", line=number)
        header[name.lower().strip()] = tuple(values[:-1] if len(values) > 1 and not values[-1].strip() else values)
    if not header.get("labels") or not {"type", "xaxis"} <= header.keys():
        raise Unread("The header has no labels, no type of scan or no x axis", line=first)
    return header


def _rows(text: Text, end: int, mark: str) -> list[Row]:
    rows: list[Row] = [
        (number, cells) for number, line in enumerate(text.lines[end:], start=end + 1) if (cells := _cells(line, mark))
    ]
    if not rows:
        raise Unread("There are no data below the header", line=end)
    return rows


def _table(text: Text, rows: Sequence[Row], width: int) -> tuple[Numbers, tuple[Caution, ...]]:
    whole, cut = without_cut_row(rows, text, width + 1)
    if width > 1:
        whole = [(number, _without_blanks(cells, width + 1)) for number, cells in whole]
    table, gaps = columns_with_gaps(whole, width + 1)
    return table, cut + gaps


def _without_blanks(cells: Sequence[str], width: int) -> list[str]:
    """Name the empty cells below a decay that is shorter than its neighbours."""
    return [cell if cell.strip() else "nan" for cell in [*cells, *[""] * (width - len(cells))]]


def _recording(
    header: Mapping[str, tuple[str, ...]], table: Numbers, column: int, said: tuple[Caution, ...]
) -> Recording:
    own = {key: values[column].strip(' "') if column < len(values) else "" for key, values in header.items()}
    x_name, x_unit = _axis(own["xaxis"])
    y_name, y_unit = _axis(own.get("yaxis", ""))
    length = _length(table[column + 1])
    x = Axis(x_name.lower(), x_unit, table[0][:length].copy())
    values, axes, turned = ascending(table[column + 1][:length].copy(), x)
    # A response of the instrument is no decay of a sample: a fit takes it as its reference.
    is_response = "response" in own["type"].lower() or own["labels"].strip().upper() == "IRF"
    channel = Channel(
        "instrument response" if is_response else _value_name(y_name),
        UNITS.get(y_unit or y_name, y_unit),
        values,
        axes,
        Role.REFERENCE if is_response else Role.SIGNAL,
    )
    return Recording(
        technique=_technique(x_name, x_unit, f"{own['type']} {y_name}"),
        channels=(channel,),
        label=own["labels"],
        instrument="Edinburgh Instruments spectrometer",
        settings=_settings(own, x_unit),
        header={key: (value,) for key, value in own.items()},
        cautions=said + turned + _other_range(own, channel),
    )


def _length(values: Numbers) -> int:
    present = np.flatnonzero(np.isfinite(values))
    if not len(present):
        raise Unread("A column has no values")
    return int(present[-1]) + 1


def _axis(text: str) -> tuple[str, str]:
    """Return an axis's name and unit; a wavelength without one is in nm."""
    found = AXIS.match(text)
    if found:
        return found[1].strip(), UNITS.get(found[2].strip(), found[2].strip())
    return text.strip(), AXIS_UNITS.get(text.strip().lower(), "")


def _value_name(name: str) -> str:
    return "intensity" if name in {"", "Counts", "CPS"} else name.lower()


def _technique(x_name: str, x_unit: str, scan_type: str) -> Technique:
    if x_name.lower().startswith("time") and "kinetic" not in scan_type.lower():
        return Technique.TRPL
    if "absor" in scan_type.lower():
        return Technique.ABSORBANCE
    return Technique.PL if x_unit in {"nm", "1/cm", "eV"} else Technique.SPECTRUM


def _settings(own: Mapping[str, str], x_unit: str) -> dict[str, Setting]:
    settings: dict[str, Setting] = {TEXTS[key]: value for key, value in own.items() if key in TEXTS and value}
    for key, name in NUMBERS.items():
        if is_number(value := own.get(key, "")):
            amount = float(value.replace(",", "."))
            settings[name] = int(amount) if name == "accumulations" else amount
    is_emission = "emission" in own["type"].lower()
    if is_number(fixed := own.get("fixed/offset", "")):
        settings["excitation_wavelength_nm" if is_emission else "fixed_nm"] = float(fixed.replace(",", "."))
    for name in ("start", "stop", "step"):
        if name in settings and x_unit:
            settings[f"{name}_{x_unit.replace('1/cm', 'per_cm').lower()}"] = settings.pop(name)
    return settings


def _other_range(own: Mapping[str, str], channel: Channel) -> tuple[Caution, ...]:
    """Compare the first and last x with what the header states; an export that was cut shows here."""
    said = []
    for key, found in (("start", channel.x.values[0]), ("stop", channel.x.values[-1])):
        if is_number(stated := own.get(key, "")):
            expected = float(stated.replace(",", "."))
            if abs(expected - found) > 0.01 * max(1.0, abs(expected)):
                loud = "THE DATA STOP EARLY: " if key == "stop" and found < expected else ""
                said.append(Caution(f"{loud}the header states that x {key}s at {stated}, the data at {found:g}"))
    return tuple(said)
