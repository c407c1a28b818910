"""Bruker UXD: lines of `_KEY=value`, then a marker that says what the rows below it are."""

import re
from dataclasses import dataclass, field
from itertools import chain

import numpy as np

from measurements.readers.parts.numeric_rows import exported_text
from measurements.readers.parts.powder_pattern import (
    DEGREES,
    axis_name,
    float_or_none,
    labelled,
    scan_channels,
    stated,
    steps,
)
from measurements.readers.parts.scan_moment import scan_moment
from measurements.readers.parts.text import number
from measurements.readers.recording import Axis, Caution, Numbers, Recording, Setting, Technique
from measurements.readers.refusal import Unread
from measurements.readers.source import Source

INSTRUMENT = "Bruker diffractometer (DIFFRAC plus)"
MARKER = re.compile(
    r"_(?P<axis>2THETA|THETA|OMEGA|KHI|CHI|PSI|PHI|X|Y|Z|AUX\d)?(?P<unit>COUNTS|COUNT|CPS)(?P<time>TIME)?\s*(=\s*\d+)?$"
)
PEAKS = re.compile(r"_(D|2THETA)-I\b")
UNITS = {"COUNTS": "counts", "COUNT": "counts", "CPS": "counts/s"}
MILLIMETRES = {"x", "y", "z"}
# Short rows take more room than long ones; a pattern of 300,000 points has less than this.
MOST_BYTES = 8 * 1024 * 1024
TEXTS = {
    "SAMPLE": "sample_name", "USER": "operator", "SITE": "site", "COMMENT": "comment", "ANODE": "anode",
    "DRIVE": "scan_type", "STEPMODE": "step_mode",
}  # fmt: skip
FLOATS = {
    "WL1": "wavelength_alpha1_angstrom", "WL2": "wavelength_alpha2_angstrom", "WL3": "wavelength_beta_angstrom",
    "WLRATIO": "alpha2_alpha1_ratio", "RANGE_WL": "wavelength_angstrom", "GONIOMETER_RADIUS": "goniometer_radius_mm",
    "STEPTIME": "time_per_step_s", "STEPSIZE": "step_deg", "START": "start_deg", "THETA": "theta_start_deg",
    "2THETA": "two_theta_start_deg", "KV": "tube_voltage_kv", "MA": "tube_current_ma",
}  # fmt: skip


@dataclass
class Range:
    """The rows below one marker, each with its line, and what was set when the marker came."""

    line: int
    unit: str
    width: int
    keys: dict[str, str]
    header: dict[str, tuple[str, ...]]
    rows: list[tuple[int, list[str]]] = field(default_factory=list)


def recognises(source: Source) -> bool:
    """Say whether the first line that is no comment gives the version of a UXD file."""
    lines = (line.strip() for line in source.head_lines)
    return next((line for line in lines if line and not line.startswith(";")), "").startswith("_FILEVERSION")


def read(source: Source) -> tuple[Recording, ...]:
    """Return one recording per range.

    Raises Unread, naming the line, for text among the numbers, rows without a marker and ranges without rows.
    """
    text = exported_text(source, MOST_BYTES)
    ranges, peaks = _ranges(text.lines)
    if not ranges:
        raise Unread("The file has no counts", line=len(text.lines))
    said = text.cautions
    if peaks:
        said += (Caution("the file's list of peaks was not read", line=peaks),)
    return labelled([_recording(one) for one in ranges], said)


def _ranges(lines: tuple[str, ...]) -> tuple[list[Range], int | None]:
    keys: dict[str, str] = {}
    header: dict[str, tuple[str, ...]] = {}
    ranges: list[Range] = []
    peaks: int | None = None
    is_open = False
    for line, text in enumerate((one.strip() for one in lines), 1):
        if marker := MARKER.match(text):
            width = bool(marker["axis"]) + 1 + bool(marker["time"])
            ranges.append(Range(line, UNITS[marker["unit"]], width, dict(keys), dict(header)))
            is_open = True
        elif PEAKS.match(text):
            peaks, is_open = line, False
        elif text.startswith(("_", ";")):
            _keep(text, keys, header)
        elif text and is_open:
            ranges[-1].rows.append((line, _cells(text)))
        elif text and peaks is None:
            raise Unread(f"“{text[:40]}” stands before any marker of counts", line=line)
    return ranges, peaks


def _keep(text: str, keys: dict[str, str], header: dict[str, tuple[str, ...]]) -> None:
    if text.startswith(";"):
        header[";"] = (*header.get(";", ()), text[1:].strip())
        return
    name, _, value = text[1:].partition("=")
    name, value = name.strip(), value.strip().strip("'\"").strip()
    keys[name] = value
    # A later range sets its keys anew; what holds for a range is what was set last.
    header[name] = (value,)


def _cells(text: str) -> list[str]:
    # A comma beside a decimal point, or before a blank, only separates.
    return (text.replace(",", " ") if "." in text or ", " in text else text).split()


def _recording(one: Range) -> Recording:
    table = _table(one)
    if one.width == 1:
        start, step = (float_or_none(one.keys.get(name)) for name in ("START", "STEPSIZE"))
        if start is None or step is None:
            raise Unread("Counts without angles need _START and _STEPSIZE", line=one.line)
        positions, counts = steps(start, step, len(table[0]), line=one.line), table[0]
    else:
        positions, counts = table[0], table[1]
    channels, said = scan_channels(_axis(one, positions), counts, one.unit)
    measured, unclear = scan_moment(one.keys.get("DATEMEASURED", ""))
    return Recording(
        Technique.XRD,
        channels,
        label=one.keys.get("SAMPLE", ""),
        instrument=INSTRUMENT,
        measured=measured,
        settings=_settings(one.keys),
        header={name: texts for name, texts in one.header.items() if name not in TEXTS.keys() | FLOATS.keys()},
        cautions=_missing(one, len(counts)) + said + unclear,
    )


def _table(one: Range) -> Numbers:
    if not one.rows:
        raise Unread("A range has no rows", line=one.line)
    for line, cells in one.rows:
        if len(cells) % one.width:
            raise Unread(f"{len(cells)} numbers where {one.width} belong together", line=line)
        if one.unit == "counts" and one.width == 1 and any("," in cell for cell in cells):
            raise Unread("A comma among counts may be a decimal mark or not", line=line)
    values = [number(cell, line=line) for line, cells in one.rows for cell in cells]
    return np.array(values).reshape(-1, one.width).T.copy()


def _axis(one: Range, positions: Numbers) -> Axis:
    name = axis_name(one.keys.get("DRIVE", "COUPLED").replace("PSDFIXED", "COUPLED"))
    return Axis(name, "mm" if name in MILLIMETRES else DEGREES, positions)


def _missing(one: Range, count: int) -> tuple[Caution, ...]:
    promised = float_or_none(one.keys.get("STEPCOUNT"))
    if not promised or promised <= count:
        return ()
    last = one.rows[-1][0]
    return (Caution(f"{promised:,.0f} points are stated and {count:,} are there: the scan is cut off", line=last),)


def _settings(keys: dict[str, str]) -> dict[str, Setting]:
    texts: dict[str, Setting | None] = {TEXTS[name]: value for name, value in keys.items() if name in TEXTS}
    floats = {FLOATS[name]: float_or_none(value) for name, value in keys.items() if name in FLOATS}
    return stated(**dict(chain(texts.items(), floats.items())))
