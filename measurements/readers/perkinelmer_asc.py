"""PerkinElmer PEDS text: fixed lines about the instrument, a block about the axes, and the rows they promise."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np

from measurements.readers.parts.absorption import LARGEST_X, curve, technique_of, x_unit, y_unit
from measurements.readers.parts.numeric_rows import columns_with_gaps
from measurements.readers.parts.text import is_number, number, text_of
from measurements.readers.parts.written_date import clock_of, moment_of
from measurements.readers.recording import Caution, Instant, Numbers, Recording, Setting, Technique
from measurements.readers.refusal import Unread
from measurements.readers.source import Source

FIRST_LINE = re.compile(r"\s*PE (?P<kind>[A-Z]{2})\b.*\bASCII\s+PEDS\s+[\d.,]+", re.I)
DAY = re.compile(r"(\d{4}|\d{2})/(\d{1,2})/(\d{1,2})$")
# Line numbers that all versions since UV WinLab 5 share; older files end their header earlier.
PLACES = {
    3: "file_name",
    8: "operator",
    9: "description",
    12: "instrument",
    13: "serial_number",
    14: "program",
    18: "slit_nm",
    25: "accessories",
    33: "integration_time_s",
    42: "monochromator_change_nm",
    43: "lamp_change_nm",
    44: "detector_change_nm",
    45: "sample_position",
    46: "common_beam_mask_percent",
    47: "common_beam_depolarizer",
    48: "attenuators_percent",
}
LINES_OF_LONG_HEADER = 48
AXES = ("x unit", "y unit", "factor", "offset", "first x", "step", "points", "format", "highest y", "lowest y")


def recognises(source: Source) -> bool:
    """Say whether the first line names PEDS text."""
    return bool(FIRST_LINE.match(source.head_text))


def read(source: Source) -> tuple[Recording, ...]:
    """Return the spectrum.

    Raises Unread when a block is missing, a row is no pair of numbers, or other rows follow than are promised.
    """
    text = text_of(source)
    lines = [line.strip() for line in text.lines]
    axes_at, data_at = (_marker(lines, mark) for mark in ("#GR", "#DATA"))
    axes = dict(zip(AXES, lines[axes_at + 1 : data_at], strict=False))
    x, y, gaps = _rows(lines, data_at, axes)
    unit_of_x, unit_of_y = x_unit(axes.get("x unit", "")), y_unit(axes.get("y unit", ""))
    channel, said = curve(x, y, unit_of_x, unit_of_y)
    fields = _fields(lines[: lines.index("#HDR")] if "#HDR" in lines[:axes_at] else lines[:axes_at], x)
    measured, doubts = _moment(lines[3:5])
    return (
        Recording(
            _technique(lines[0], unit_of_x, unit_of_y),
            (channel,),
            label=str(fields.get("file_name", "")),
            instrument=f"PerkinElmer {fields.get('instrument', '')}".strip(),
            measured=measured,
            settings={**fields, **_scan(axes, unit_of_x)},
            header=_header(lines, data_at, axes),
            cautions=(*said, *gaps, *_disagreements(axes, y), *doubts, *text.cautions),
        ),
    )


def _marker(lines: Sequence[str], mark: str) -> int:
    if mark not in lines:
        raise Unread(f"No line says {mark}", line=len(lines))
    return lines.index(mark)


def _technique(first_line: str, unit_of_x: str, unit_of_y: str) -> Technique:
    found = FIRST_LINE.match(first_line)
    is_emission = bool(found) and found is not None and found["kind"].upper() == "FL"
    return Technique.PL if is_emission else technique_of(unit_of_x, unit_of_y)


def _rows(lines: Sequence[str], data_at: int, axes: Mapping[str, str]) -> tuple[Numbers, Numbers, tuple[Caution, ...]]:
    """Return the pairs below the marker, as many as the axes' block promises and where it promises them."""
    written = [(index + 1, lines[index]) for index in range(data_at + 1, len(lines)) if lines[index]]
    rows = [(place, line.replace(";", " ").split()) for place, line in written]
    if not rows:
        raise Unread("#DATA is followed by no values", line=data_at + 1)
    wide = next(((line, cells) for line, cells in rows if len(cells) > 2), None)
    if wide:
        raise Unread(f"{len(wide[1])} values for 2 columns", line=wide[0])
    (x, y), gaps = columns_with_gaps(rows, 2)
    if not np.any(np.isfinite(y)):
        raise Unread("No value is a number", line=rows[0][0])
    promised = axes.get("points", "")
    if is_number(promised) and number(promised) != len(x):
        raise Unread(f"{number(promised):,.0f} points are promised and {len(x):,} are there", line=rows[-1][0])
    _check_steps(x, axes, rows[0][0])
    return x, y, gaps


def _check_steps(x: Numbers, axes: Mapping[str, str], line: int) -> None:
    """Refuse x values that are not where the first value and the step put them; old files write the step unsigned."""
    first, step = axes.get("first x", ""), axes.get("step", "")
    if not (is_number(first) and is_number(step)):
        return
    if max(abs(number(first)), abs(number(step)), float(np.max(np.abs(x)))) >= LARGEST_X:
        raise Unread("x is beyond all measure", line=line)
    walked = abs(number(step)) * np.arange(len(x))
    stated = [number(first) + sign * walked for sign in (-1, 1)]
    tolerance = abs(number(step)) / 2 + 1e-6
    if not any(np.allclose(way, one, rtol=0, atol=tolerance) for way in (x, x[::-1]) for one in stated):
        raise Unread(f"x does not begin at {first} with steps of {step}", line=line)


def _disagreements(axes: Mapping[str, str], y: Numbers) -> tuple[Caution, ...]:
    """Say where the stated highest and lowest values are not those of the rows."""
    said = []
    for name, found in (("highest y", np.nanmax(y)), ("lowest y", np.nanmin(y))):
        stated = axes.get(name, "")
        if is_number(stated) and not np.isclose(number(stated), found, rtol=1e-3, atol=1e-5):
            said.append(Caution(f"the header states {stated} as the {name}; it is {found:g}"))
    return tuple(said)


def _fields(lines: Sequence[str], x: Numbers) -> dict[str, Setting]:
    """Return what stands in the fixed lines before the axes' block."""
    last = 14 if len(lines) < LINES_OF_LONG_HEADER else max(PLACES)
    texts = {key: lines[place - 1] for place, key in PLACES.items() if place <= min(last, len(lines))}
    measures = ("_nm", "_s", "_percent")
    fields: dict[str, Setting] = {
        key: number(text) if is_number(text) and key.endswith(measures) else text for key, text in texts.items() if text
    }
    for key in ("slit_nm", "integration_time_s"):
        if key in fields:
            fields[key] = _within(str(fields[key]), float(np.nanmax(x)))
    # A text of several values, each for a range of its own, has no unit to end its name with.
    several = [key for key, value in fields.items() if key.endswith(measures) and isinstance(value, str)]
    return fields | {key.rpartition("_")[0]: fields.pop(key) for key in several}


def _within(text: str, highest_x: float) -> Setting:
    """Return the one number that holds for the whole spectrum, of values by wavelength such as 3350/servo 860.8/2."""
    pairs = [pair.split("/") for pair in text.split()]
    if len(pairs) == 1 and len(pairs[0]) == 1 and is_number(text):
        return number(text)
    reaching = [pair for pair in pairs if len(pair) == 2 and is_number(pair[0]) and number(pair[0]) >= highest_x]
    lowest = [pair for pair in reaching if pair is pairs[-1]]
    return number(lowest[0][1]) if lowest and is_number(lowest[0][1]) else text


def _scan(axes: Mapping[str, str], unit: str) -> dict[str, Setting]:
    suffix = {"nm": "_nm", "1/cm": "_per_cm"}.get(unit, "")
    named = (("first x", f"start{suffix}"), ("step", f"step{suffix}"), ("points", "points"))
    scan: dict[str, Setting] = {key: number(axes[name]) for name, key in named if is_number(axes.get(name, ""))}
    return {key: int(value) if key == "points" else value for key, value in scan.items()}


def _moment(lines: Sequence[str]) -> tuple[Instant | None, tuple[Caution, ...]]:
    """Return when the scan began: the year comes first, and two digits of it mean 1970 to 2069."""
    written = " ".join(lines).strip()
    found = DAY.match(lines[0]) if lines else None
    if not found:
        return None, ()
    year, month, day = (int(part) for part in found.groups())
    if len(found[1]) == 2:
        year += 2000 if year < 70 else 1900
    try:
        return Instant(written, moment_of(date(year, month, day), clock_of(lines[1]))), ()
    except ValueError:
        return None, (Caution(f"the date “{written}” cannot be right", line=4),)


def _header(lines: Sequence[str], data_at: int, axes: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    before = {f"line {index + 1}": (lines[index],) for index in range(data_at) if lines[index]}
    return {**before, **{name: (value,) for name, value in axes.items()}}
