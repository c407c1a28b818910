"""Shimadzu UVProbe text: a title, column names, and spectra side by side or one below the other."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from measurements.readers.parts.absorption import curve, technique_of, y_unit
from measurements.readers.parts.numeric_rows import columns_with_gaps, is_gap
from measurements.readers.parts.text import Text, is_number, text_of
from measurements.readers.parts.uvprobe_summary import is_summary, summarised
from measurements.readers.recording import Caution, Numbers, Recording
from measurements.readers.refusal import Unread
from measurements.readers.source import Source

COLUMNS = re.compile(r'^\s*"?Wavelength nm\.?"?\s*[\s,;]\s*"?[^\d\s",;]', re.I)
# Names without quotation marks may be apart by nothing but the blank that the first of them has too.
CELLS = re.compile(r'"([^"]*)"|(Wavelength nm\.?|(?:(?!Wavelength nm)[^",;\t])+)', re.I)
# Column names stand near the top; fluorimeters write some twenty lines of settings before them.
MOST_LINES_BEFORE = 60
Row = tuple[int, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Block:
    """Spectra that share their rows: what they are called, what the columns are, and the rows, with line numbers."""

    above: tuple[str, ...]
    names: tuple[str, ...]
    separator: str | None
    line: int
    rows: tuple[Row, ...]


def recognises(source: Source) -> bool:
    """Say whether a line near the top names a wavelength column as UVProbe does, or the text begins as its summary."""
    return is_summary(source.head_lines) or any(COLUMNS.match(line) for line in source.head_lines[:MOST_LINES_BEFORE])


def read(source: Source) -> tuple[Recording, ...]:
    """Return one recording for each spectrum.

    Raises Unread for column names without rows, short rows, and text where a number should be.
    """
    text = text_of(source)
    if is_summary(text.lines):
        return (summarised(text),)
    at = [index for index, line in enumerate(text.lines) if COLUMNS.match(line)]
    if not at:
        raise Unread("No line names the wavelength column", line=1)
    whole, cut = _without_cut_row(text)
    starts = [0, *(_title_before(text.lines, index) for index in at[1:])]
    ends = [*starts[1:], len(whole)]
    blocks = [_block(whole, *place) for place in zip(starts, at, ends, strict=True)]
    return tuple(one for block in blocks for one in _recordings(block, (*text.cautions, *cut)))


def _without_cut_row(text: Text) -> tuple[tuple[str, ...], tuple[Caution, ...]]:
    """Leave out a last row that ends in the middle: it has no line end, and less than all the rows above it have."""
    lines = text.lines
    above = [line.strip() for line in lines[-12:-1] if is_number(line.strip()[-1:])]
    shapes = {_shape(line) for line in above}
    if not lines[-1].strip() or len(shapes) != 1 or _shape(lines[-1].strip()) >= shapes.pop():
        return lines, ()
    return lines[:-1], (Caution("the last row is cut off and was left out", line=len(lines)),)


def _shape(line: str) -> tuple[int, int]:
    """Return how many cells a row has, and how many decimals the last of them."""
    return len(re.split(r"[\s;]+|,(?=[^,]*\.)", line)), len(re.split(r"[.,]", line)[-1])


def _title_before(lines: Sequence[str], index: int) -> int:
    """Return where a further block begins: at its title, if the line above its column names is no row of numbers."""
    above = lines[index - 1].strip()
    return index - 1 if above and not is_number(re.split(r"[\s,;]", above)[0]) else index


def _block(lines: Sequence[str], start: int, at: int, end: int) -> Block:
    separator = _separator(lines[at])
    names = tuple(_cells(lines[at]))
    rows = [(number, lines[number - 1]) for number in range(at + 2, end + 1) if lines[number - 1].strip()]
    if not rows:
        raise Unread("The column names are followed by no values", line=at + 1)
    split = tuple((number, _split(line, separator, len(names), number)) for number, line in rows)
    return Block(tuple(lines[start:at]), names, separator, at + 1, split)


def _separator(line: str) -> str | None:
    """Return what stands between the column names; None is any white space."""
    between = re.sub(r'"[^"]*"', "", line) if '"' in line else line
    return next((mark for mark in ("\t", ";", ",") if mark in between), None)


def _cells(line: str) -> list[str]:
    return [(quoted or bare).strip() for quoted, bare in CELLS.findall(line) if (quoted or bare).strip()]


def _split(line: str, separator: str | None, width: int, number: int) -> list[str]:
    cells = line.split(separator) if separator and separator in line else line.split()
    while len(cells) > width and not cells[-1].strip():
        cells.pop()
    if len(cells) > width:
        raise Unread(f"{len(cells)} values for {width} columns", line=number)
    return [cell.strip().strip('"') for cell in cells]


def _recordings(block: Block, cautions: tuple[Caution, ...]) -> list[Recording]:
    """Return a recording for each column of values, over the last wavelengths before it."""
    kinds = ["wavelength" in name.lower() for name in block.names]
    values = [index for index, is_x in enumerate(kinds) if not is_x]
    labels = _labels(block, values)
    made = []
    for position, index in enumerate(values):
        x_column = max(place for place in range(index) if kinds[place])
        x, y, gaps = _pair(block, x_column, index)
        unit = y_unit(block.names[index])
        channel, said = curve(x, y, "nm", unit)
        made.append(
            Recording(
                technique_of("nm", unit),
                (channel,),
                label=labels[position].removesuffix(" - RawData"),
                instrument="Shimadzu UVProbe" if unit in {"A", "%T", "%R"} else "Shimadzu",
                settings={"title": labels[position]} if labels[position] else {},
                header={"title": block.above, "columns": block.names},
                cautions=(*said, *gaps, *cautions),
            )
        )
    return made


def _labels(block: Block, values: Sequence[int]) -> list[str]:
    """Return what the spectra are called: one title for each, or the same for all with the column's number."""
    titles = _cells(block.above[-1]) if block.above else []
    if len(titles) == len(values):
        return titles
    title = " ".join(titles)
    return [title] if len(values) == 1 else [f"{title} {position}".strip() for position in range(1, len(values) + 1)]


def _pair(block: Block, x_column: int, y_column: int) -> tuple[Numbers, Numbers, tuple[Caution, ...]]:
    """Return a spectrum's wavelengths and values; a shorter spectrum ends early, an empty value stays a gap."""
    pairs = [(line, _two(cells, x_column, y_column, line)) for line, cells in block.rows]
    while pairs and not any(pairs[-1][1]):
        pairs.pop()
    if not pairs:
        raise Unread(f"Column {y_column + 1} has no values", line=block.line)
    rows = [(line, (x, y or "nan")) for line, (x, y) in pairs]
    (x, y), said = columns_with_gaps(rows, 2)
    if all(is_gap(cells[1]) for _, cells in rows) or not np.any(np.isfinite(y)):
        raise Unread(f"Column {y_column + 1} has no values", line=block.line)
    return x, y, said


def _two(cells: Sequence[str], x_column: int, y_column: int, line: int) -> tuple[str, str]:
    if len(cells) <= x_column and y_column > 1:
        return "", ""
    if len(cells) <= y_column:
        raise Unread(f"{len(cells)} of {y_column + 1} values", line=line)
    return cells[x_column], cells[y_column]
