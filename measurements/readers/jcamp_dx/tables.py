"""A JCAMP-DX table as x and y, after its counts, its ends and its decimal marks were seen to agree."""

import math
import re
from collections.abc import Callable
from functools import partial

import numpy as np

from measurements.readers.jcamp_dx.ordinates import MOST_POINTS, Ordinates, ordinates_of
from measurements.readers.jcamp_dx.records import Block, Record
from measurements.readers.parts.absorption import LARGEST_X
from measurements.readers.parts.text import number
from measurements.readers.recording import Caution, Numbers
from measurements.readers.refusal import Unread

Curve = tuple[Numbers, Numbers, tuple[Caution, ...]]
ORDINATES, PAIRS = "(X++(Y..Y))", frozenset({"(XY..XY)", "(X,Y)", "(XY)"})
# What separates numbers when a comma is a decimal mark, and when it is not.
BETWEEN = {"comma": re.compile(r";\s*|,\s+|\s+"), "point": re.compile(r"[,;\s]+")}
# How many lines may have an x that is not where it should be before the table is refused.
MOST_STRAY_SHARE = 0.05


def form_of(record: Record) -> str:
    """Return how a table is written, such as (XY..XY)."""
    return re.sub(r"\s", "", record.value).upper()


def curve_of(block: Block, record: Record) -> Curve:
    """Return a table's x and y with their factors, and what is doubtful about them.

    Raises Unread where counts or ends are not those stated, and where a comma may be a decimal mark or not.
    """
    if not record.rows:
        raise Unread(f"{record.label} is followed by no values", line=record.line)
    points = block.number("NPOINTS")
    if points is not None and not 1 <= points <= MOST_POINTS:
        raise Unread(f"{points:,.0f} points are promised; 1 to {MOST_POINTS:,} are read", line=record.line)
    read = partial(_ordinates if form_of(record) == ORDINATES else _pairs, block, record)
    if not any("," in row for _, row in record.rows):
        return read("point")
    return _by_either_mark(read, record)


def _by_either_mark(read: Callable[[str], Curve], record: Record) -> Curve:
    """Return the only reading of the commas that agrees with what the block states."""
    readings: dict[str, Curve] = {}
    refusals: dict[str, Unread] = {}
    for mark in BETWEEN:
        try:
            readings[mark] = read(mark)
        except Unread as refusal:
            refusals[mark] = refusal
    if not readings:
        has_points = any("." in row for _, row in record.rows)
        raise refusals["point" if has_points else "comma"]
    mark, (x, y, said) = next(iter(readings.items()))
    if not all(
        np.array_equal(x, other) and np.array_equal(y, values, equal_nan=True) for other, values, _ in readings.values()
    ):
        raise Unread(
            "A comma may be a decimal mark or stand between numbers; both agree with the counts", line=record.line
        )
    if mark == "comma" and len(readings) == 1:
        return x, y, (*said, Caution("commas were read as decimal marks"))
    return x, y, said


def _factors(block: Block) -> tuple[float, float]:
    x_factor, y_factor = block.number("XFACTOR"), block.number("YFACTOR")
    return 1.0 if x_factor is None else x_factor, 1.0 if y_factor is None else y_factor


def _scaled(numbers: list[float], factor: float, record: Record) -> Numbers:
    with np.errstate(over="ignore", invalid="ignore"):
        scaled = np.array(numbers) * factor
    if np.any(np.isinf(scaled)) or not math.isfinite(factor):
        raise Unread("A number is beyond all measure", line=record.line)
    return scaled


def _counted(block: Block, points: int, last_line: int) -> tuple[Caution, ...]:
    """See that there are as many points as promised."""
    promised = block.number("NPOINTS")
    if promised is None:
        return (Caution("the file does not say how many points it has"),)
    if promised != points:
        raise Unread(f"{promised:,.0f} points are promised and {points:,} are there", line=last_line)
    return ()


def _doubtful_first(block: Block, y: Numbers) -> tuple[Caution, ...]:
    stated = block.number("FIRSTY")
    tolerance = 0.01 * float(np.nanmax(np.abs(y))) if np.any(np.isfinite(y)) else 0.0
    if stated is None or not np.isfinite(y[0]) or abs(stated - y[0]) <= tolerance + 1e-12:
        return ()
    return (Caution(f"the header states {stated:g} as the first value; it is {y[0]:g}"),)


def _pairs(block: Block, record: Record, mark: str) -> Curve:
    """Return a table of x and y in turns."""
    numbers: list[float] = []
    for line, row in record.rows:
        cells = [cell for cell in BETWEEN[mark].split(row) if cell]
        if len(cells) % 2:
            raise Unread(f"{len(cells)} numbers make no pairs", line=line)
        numbers.extend(number(cell, line=line) for cell in cells)
    x_factor, y_factor = _factors(block)
    x, y = _scaled(numbers[::2], x_factor, record), _scaled(numbers[1::2], y_factor, record)
    said = _counted(block, len(x), record.rows[-1][0])
    return x, y, (*said, *_ends(block, record, x), *_doubtful_first(block, y))


def _ends(block: Block, record: Record, x: Numbers) -> tuple[Caution, ...]:
    """See that x begins and ends where it is stated to; a list of peaks need not."""
    first, last = block.number("FIRSTX"), block.number("LASTX")
    for name, stated, found in (("begins", first, x[0]), ("ends", last, x[-1])):
        if stated is None or abs(stated - found) <= _tolerance(x):
            continue
        if record.key == "XYPOINTS":
            raise Unread(f"x {name} at {found:g}, the header states {stated:g}", line=record.line)
        return (Caution(f"x {name} at {found:g}, the header states {stated:g}", line=record.line),)
    return ()


def _tolerance(x: Numbers) -> float:
    step = abs(x[-1] - x[0]) / (len(x) - 1) if len(x) > 1 else 0.0
    return float(step / 2 + 1e-5 * np.max(np.abs(x)))


def _ordinates(block: Block, record: Record, mark: str) -> Curve:
    """Return a table of lines that begin with an x, whose other numbers are values at equal steps."""
    rows = record.rows if mark == "point" else [(line, row.replace(",", ".")) for line, row in record.rows]
    points = block.number("NPOINTS")
    found = ordinates_of(rows, None if points is None else int(points))
    said = _counted(block, len(found.values), rows[-1][0])
    if found.doubted_line:
        said = (*said, Caution("the value that checks the last points is not theirs", line=found.doubted_line))
    x_factor, y_factor = _factors(block)
    y = _scaled(found.values, y_factor, record)
    x = _axis(block, found, x_factor)
    return x, y, (*said, *_strays(x, found, x_factor), *_doubtful_first(block, y))


def _axis(block: Block, found: Ordinates, x_factor: float) -> Numbers:
    """Return x from the stated ends, or from one end and the step."""
    points = len(found.values)
    first, last, step = (block.number(key) for key in ("FIRSTX", "LASTX", "DELTAX"))
    if first is None:
        first = _x_of(found.checks[0]) * x_factor
    if last is None:
        if step is None:
            raise Unread("Neither LASTX nor DELTAX says where x goes", line=found.checks[0][1])
        last = first + step * (points - 1)
    if max(abs(first), abs(last)) >= LARGEST_X:
        raise Unread("x is beyond all measure", line=found.checks[0][1])
    return np.linspace(first, last, points)


def _x_of(check: tuple[int, int, str]) -> float:
    _, line, token = check
    return number(token, line=line)


def _strays(x: Numbers, found: Ordinates, x_factor: float) -> tuple[Caution, ...]:
    """See that the lines' own x are where the axis puts them; their rounding is allowed for, a few may stray."""
    strays = []
    step = abs(x[-1] - x[0]) / (len(x) - 1) if len(x) > 1 else 0.0
    for check in found.checks:
        place, line, token = check
        expected, written = x[min(place, len(x) - 1)], _x_of(check)
        decimals = len(token.partition(".")[2])
        rounding = 10.0**-decimals
        # Some programs write x as it is and a factor beside it.
        away = min(abs(written * x_factor - expected) - rounding * abs(x_factor), abs(written - expected) - rounding)
        if away > 1.5 * step + 1e-6 * abs(expected):
            strays.append((line, written * x_factor, expected))
    if not strays:
        return ()
    line, written, expected = strays[0]
    said = f"{len(strays):,} lines have an x that is not theirs, first {written:g} in place of {expected:g}"
    if len(strays) > MOST_STRAY_SHARE * len(found.checks):
        raise Unread(said[0].upper() + said[1:], line=line)
    return (Caution(said, line=line),)
