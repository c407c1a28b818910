"""PerkinElmer UV WinLab tables: one line that names the units, such as nm and A, and rows of numbers."""

import re

from measurements.readers.parts.absorption import curve, technique_of, x_unit, y_unit
from measurements.readers.parts.numeric_rows import columns_with_gaps
from measurements.readers.parts.text import is_number, text_of
from measurements.readers.recording import Recording
from measurements.readers.refusal import Unread
from measurements.readers.source import Source

X = r'"?\s*(?:nm|cm-1)\s*"?'
Y = r'"?\s*(?:A|%\s?T|%\s?R|T|R|ABS)\s*"?'
UNITS = re.compile(rf"(?P<x>{X})\s*(?P<mark>[,;\t])(?P<y>\s*{Y}(?:\s*[,;\t]\s*{Y})*)\s*[,;\t]?\s*$", re.I)


def recognises(source: Source) -> bool:
    """Say whether the first line has units alone, and the second a number for each."""
    lines = source.head_lines
    found = UNITS.match(lines[0]) if lines else None
    return bool(found) and (len(lines) < 2 or not lines[1].strip() or _begins_with_number(lines[1]))


def _begins_with_number(line: str) -> bool:
    return is_number(re.split(r"[,;\t]", line)[0].strip().strip('"'))


def read(source: Source) -> tuple[Recording, ...]:
    """Return one recording for each column of values.

    Raises Unread for a header without rows, for short or long rows, and for text where a number should be.
    """
    text = text_of(source)
    found = UNITS.match(text.lines[0])
    if not found:
        raise Unread("The first line does not name the units", line=1)
    mark = found["mark"]
    names = [name.strip().strip('"').strip() for name in (found["x"], *found["y"].split(mark)) if name.strip()]
    written = [(place, line) for place, line in enumerate(text.lines, 1) if line.strip()][1:]
    rows = [(place, _cells(line, mark, len(names), place)) for place, line in written]
    if not rows:
        raise Unread("The units are followed by no values", line=1)
    (x, *columns), gaps = columns_with_gaps(rows, len(names))
    recordings = []
    for position, (name, y) in enumerate(zip(names[1:], columns, strict=True), 1):
        units = x_unit(names[0]), y_unit(name)
        channel, said = curve(x, y, *units)
        recordings.append(
            Recording(
                technique_of(*units),
                (channel,),
                label="" if len(columns) == 1 else f"column {position}",
                instrument="PerkinElmer UV WinLab",
                header={"columns": tuple(names)},
                cautions=(*said, *gaps, *text.cautions),
            )
        )
    return tuple(recordings)


def _cells(line: str, mark: str, width: int, place: int) -> list[str]:
    cells = [cell.strip().strip('"') for cell in line.split(mark)]
    while len(cells) > width and not cells[-1]:
        cells.pop()
    if len(cells) > width:
        raise Unread(f"{len(cells)} values for {width} columns", line=place)
    return cells
