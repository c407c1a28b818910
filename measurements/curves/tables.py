"""Plots as tables: wide (one column a trace) and long (one line a point), each with names and a row of units."""

import csv
import io
from collections.abc import Iterable, Iterator

from measurements.curves.drawing import Drawing, DrawnLine


def wide(drawing: Drawing) -> Iterator[str]:
    """Yield CSV lines with two columns a trace: its axis and its values; shorter traces end in empty cells."""
    lines = drawing.lines
    yield from head(drawing)
    yield row(part for one in lines for part in (one.line.x_name or "x", one.trace.label))
    yield row(part for one in lines for part in (one.line.x_unit, unit_of(one)))
    for index in range(max((len(one.line.x) for one in lines), default=0)):
        yield row(part for one in lines for part in point(one, index))


def long(drawing: Drawing) -> Iterator[str]:
    """Yield CSV lines with one point each: trace, sample, measurement, file, axis and value."""
    yield from head(drawing)
    yield row(["trace", "sample", "measurement", "file", "x", "y"])
    yield row(["", "", "", "", drawing.x_label, drawing.y_label])
    for one in drawing.lines:
        trace = one.trace
        before = [trace.label, trace.sample_code, str(trace.measurement_id or ""), trace.file_name]
        for index in range(len(one.line.x)):
            yield row([*before, *point(one, index)])


def head(drawing: Drawing) -> Iterator[str]:
    """Yield the comment lines that say what was done to the numbers."""
    for note in drawing.notes:
        yield row([f"# {note}"])
    for one in drawing.lines:
        if one.divided_by != 1.0:
            yield row([f"# {one.trace.label}: divided by {one.divided_by!r}"])
        if one.lifted_by:
            yield row([f"# {one.trace.label}: lifted by {one.lifted_by!r}"])
    for left in drawing.left_out:
        yield row([f"# {left.trace.label}: left out. {left.reason}"])


def unit_of(one: DrawnLine) -> str:
    """Return the unit of a trace's values."""
    return "normalised" if one.divided_by != 1.0 else one.line.y_unit


def point(one: DrawnLine, index: int) -> list[str]:
    """Return one point with every digit it has; beyond a trace's end nothing."""
    if index >= len(one.line.x):
        return ["", ""]
    return [repr(float(one.line.x[index])), repr(float(one.line.y[index]))]


def row(cells: Iterable[str]) -> str:
    """Return one CSV line; a cell that a spreadsheet would take for a formula becomes text."""
    written = io.StringIO()
    csv.writer(written).writerow([safe(cell) for cell in cells])
    return written.getvalue()


def safe(cell: str) -> str:
    """Return a cell that no spreadsheet computes; numbers stay numbers."""
    if cell[:1] in {"=", "+", "@"} or (cell[:1] == "-" and not cell[1:2].isdigit()):
        return f"'{cell}"
    return cell
