"""Spectra exported as text by Ocean Optics SpectraSuite, OceanView and OOIBase32, in any language."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from measurements.readers.parts.numeric_rows import Row, axis_above, columns_with_gaps, exported_text, separator_of
from measurements.readers.parts.ocean_optics_header import (
    CHEVRONS,
    header_of,
    measured_of,
    model_of,
    settings_of,
    undated,
    x_of,
)
from measurements.readers.parts.ruby_line import shows_ruby
from measurements.readers.parts.text import Text
from measurements.readers.recording import Axis, Caution, Channel, Numbers, Recording, Setting, Technique, ascending
from measurements.readers.refusal import Unread
from measurements.readers.source import Source

# "Begin Processed Spectral Data" is translated by the program; the marks around it are not.
BEGIN = re.compile(rf"^\s*{CHEVRONS}[^<>]*<<<<<\s*$", re.MULTILINE)
NAMED_COLUMNS = re.compile(r"^W(\s+[A-Z])+$")
# Full scale of the sixteen-bit converters.
SATURATED = 65535.0


@dataclass(frozen=True, slots=True)
class Body:
    """The rows between the marks, each with its line number."""

    rows: tuple[Row, ...]
    has_end_mark: bool
    # The last line may have been cut inside a number.
    has_open_end: bool


def recognises(source: Source) -> bool:
    """Say whether a text has the marks around its data, and numbers rather than named columns below them."""
    first = first_line_of_data(source)
    return first is not None and not NAMED_COLUMNS.match(first)


def first_line_of_data(source: Source) -> str | None:
    """Return the first line below the mark that opens the data, empty where nothing follows, None without a mark."""
    found = BEGIN.search(source.head_text)
    if not found:
        return None
    below = source.head_text[found.end() :].splitlines()
    return next((line.strip() for line in below if line.strip()), "")


def read(source: Source) -> tuple[Recording, ...]:
    """Return the spectrum, or one recording of all spectra of a time series."""
    text = exported_text(source)
    start = begin_of(text)
    body = body_of(text, start)
    header = header_of(text.lines[:start])
    settings = settings_of(header)
    measured = measured_of(header)
    axis = x_of(header)
    channel, said = _series(body, axis) if _is_series(body) else _curve(body, axis, settings)
    said += undated(measured)
    return (
        Recording(
            technique=_technique(channel, settings),
            channels=(channel,),
            label=_label(text.lines[0]),
            instrument=model_of(str(settings.get("serial_number", ""))),
            measured=measured,
            settings=settings,
            header=header,
            cautions=text.cautions + said,
        ),
    )


def begin_of(text: Text) -> int:
    """Return the index of the line that opens the data.

    Raises Unread when there is none.
    """
    for index, line in enumerate(text.lines):
        if BEGIN.match(line):
            return index
    raise Unread("The mark before the data is missing", line=len(text.lines))


def body_of(text: Text, start: int, *, skipped: int = 0) -> Body:
    """Return the rows below the opening mark up to the closing one.

    Raises Unread when there are none.
    """
    rows: list[Row] = []
    has_end_mark = False
    for number, line in enumerate(text.lines[start + 1 + skipped :], start=start + 2 + skipped):
        if line.lstrip().startswith(CHEVRONS):
            has_end_mark = True
            break
        if line.strip():
            rows.append((number, line.rstrip().split(separator_of(line))))
    if not rows:
        raise Unread("There are no data below the header", line=start + 1 + skipped)
    return Body(tuple(rows), has_end_mark, not has_end_mark and bool(text.lines[-1].strip()))


def whole_rows(body: Body, settings: dict[str, Setting]) -> tuple[Sequence[Row], tuple[Caution, ...]]:
    """Return the rows that are certainly whole, and what the header promised beyond them."""
    stated = settings.get("pixels")
    rows, last = body.rows, body.rows[-1][0]
    if not isinstance(stated, int) or len(rows) == stated:
        return rows, ()
    if len(rows) > stated or body.has_end_mark:
        return rows, (Caution(f"the header states {stated:,} pixels, the data have {len(rows):,}"),)
    if body.has_open_end:
        rows = rows[:-1]
    if not rows:
        raise Unread("The file stops in its first row", line=last)
    said = f"THE FILE STOPS IN THE MIDDLE: only {len(rows):,} of {stated:,} pixels are there, and no end mark"
    return rows, (Caution(said, line=last),)


def saturation(values: Numbers) -> tuple[Caution, ...]:
    """Return the caution for values at the detector's full scale."""
    count = int(np.count_nonzero(values >= SATURATED))
    counted = "1 value is" if count == 1 else f"{count:,} values are"
    return (Caution(f"{counted} at 65,535, where the detector is saturated"),) if count else ()


def _curve(body: Body, axis: tuple[str, str], settings: dict[str, Setting]) -> tuple[Channel, tuple[Caution, ...]]:
    rows, said = whole_rows(body, settings)
    table, gaps = columns_with_gaps(rows, 2)
    values, axes, turned = ascending(table[1], Axis(*axis, table[0]))
    return Channel("intensity", "", values, axes), said + gaps + turned + saturation(values)


def _is_series(body: Body) -> bool:
    """Say whether the first row is an axis above spectra: its first cells are empty."""
    return not body.rows[0][1][0].strip() and len(body.rows[0][1]) > 2


def _series(body: Body, axis: tuple[str, str]) -> tuple[Channel, tuple[Caution, ...]]:
    leading, x, below = axis_above(body.rows)
    table, gaps = columns_with_gaps([(number, cells[leading:]) for number, cells in below], len(x), keys=0)
    rows = Axis("spectrum", "", np.arange(1, len(below) + 1, dtype=float))
    values, axes, turned = ascending(table.T, rows, Axis(*axis, x))
    return Channel("intensity", "", values, axes), gaps + turned + saturation(values)


def _technique(channel: Channel, settings: dict[str, Setting]) -> Technique:
    if channel.x.name == "Raman shift":
        return Technique.RAMAN
    if channel.x.unit == "nm" and channel.values.ndim == 1 and shows_ruby(channel.x.values, channel.values):
        return Technique.RUBY
    # What was lit by a laser shone by itself; without a word about it the file does not tell.
    return Technique.PL if "laser_nm" in settings else Technique.SPECTRUM


def _label(first_line: str) -> str:
    found = re.match(r"Data from (.+?)(?: Node)?\s*$", first_line)
    return found[1] if found else ""
