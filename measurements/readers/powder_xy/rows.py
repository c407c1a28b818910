"""The rows of a powder pattern in columns, whatever separates them, and whether they can be little else."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from measurements.readers.parts.numeric_rows import columns_with_gaps, is_gap
from measurements.readers.parts.text import is_number, number
from measurements.readers.recording import Caution, Numbers
from measurements.readers.refusal import Unread

COMMENTS = ("#", "'", "!", "/*", "*/", "//", ";", "%", '"')
# Steps of goniometers and of integrated frames; time bases, nanometres and wavenumbers are coarser or start higher.
FINEST_STEP_DEG, COARSEST_STEP_DEG = 0.0004, 0.2
FIRST_DEG, LAST_FIRST_DEG, LAST_DEG = 0.5, 60.0, 180.0
LEAST_ROWS, LEAST_SPAN_DEG = 100, 5.0
LEAST_ROWS_WITH_ERRORS, LEAST_SPAN_WITH_ERRORS_DEG = 50, 0.2
STEP_TOLERANCE_FRACTION = 0.3
# So many rows are looked at one by one before a file is taken for a pattern.
CLOSE_ROWS = 40
LONGEST_ROW = 200
FIRST_CHARACTERS = frozenset("+-.,0123456789")


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of cells with their lines, and the comments that stand between them."""

    first_line: int
    last_line: int
    cells: list[tuple[int, list[str]]]
    comments: dict[str, tuple[str, ...]] = field(default_factory=dict)
    cautions: tuple[Caution, ...] = ()

    @property
    def width(self) -> int:
        """How many cells the first row has."""
        return len(self.cells[0][1]) if self.cells else 0

    def table(self) -> tuple[Numbers, tuple[Caution, ...]]:
        """Return the rows as columns; a value that is not a number is a gap, and a caution counts them.

        Raises Unread, naming the line, for text, short or long rows, and angles that are not numbers.
        """
        for line, cells in self.cells:
            if len(cells) != self.width:
                raise Unread(f"{len(cells)} of {self.width} numbers", line=line)
        return columns_with_gaps(self.cells, self.width)


def rows_of(lines: Sequence[str], *, is_whole: bool) -> Rows:
    """Return the rows, from the first line with two numbers on.

    Of a whole file every later line is one; the beginning of a file ends where something else follows.
    """
    found: list[tuple[int, list[str]]] = []
    comments: list[tuple[int, str]] = []
    for line, text in enumerate((one.strip() for one in lines), 1):
        if not text:
            continue
        cells = cells_of(text)
        if _are_numbers(cells):
            found.append((line, cells))
        elif found and text.startswith(COMMENTS):
            comments.append((line, text))
        elif found and is_whole:
            # What a short row misses is said where the columns are made.
            found.append((line, cells))
        elif found:
            break
    first = found[0][0] if found else len(lines) + 1
    last = found[-1][0] if found else len(lines)
    between = [(line, text) for line, text in comments if line < last]
    said = (
        (Caution(f"comments between the rows were left out: {len(between):,}", line=between[0][0]),) if between else ()
    )
    kept = {"comment below": tuple(text for _, text in comments)} if comments else {}
    return Rows(first, last, found, kept, said)


def cells_of(text: str) -> list[str]:
    """Return a line's cells: semicolons separate, then tabs, then blanks; a comma only where nothing else does."""
    for mark in (";", "\t"):
        if mark in text:
            return [cell.strip() for cell in text.strip(mark + " ").split(mark)]
    blank = text.split()
    if "," in text and (len(blank) == 1 or all(cell.endswith(",") for cell in blank[:-1])):
        return [cell.strip() for cell in text.strip(", ").split(",")]
    return blank


def first_row_in(lines: Sequence[str]) -> int | None:
    """Return the index of the first line that is a row of numbers."""
    return next((index for index, line in enumerate(lines) if _is_row(line.strip())), None)


def looks_like_a_pattern(lines: Sequence[str]) -> bool:
    """Say whether bare columns, from the first row on, can be little else than a powder pattern.

    The first rows are seen one by one, of the others a few that lie evenly among them.
    """
    close = rows_of(lines[:CLOSE_ROWS], is_whole=False)
    if not _begins_as_a_pattern(close, len(lines)):
        return False
    far = lines[CLOSE_ROWS :: max(len(lines) // CLOSE_ROWS, 1)]
    cells = [row for _, row in close.cells] + [cells_of(line.strip()) for line in far if _is_row(line.strip())]
    if any(len(row) != close.width for row in cells):
        return False
    table = np.nan_to_num(columns_with_gaps(list(enumerate(cells)), close.width)[0])
    x, y = table[0], table[1]
    least_span = LEAST_SPAN_DEG if close.width == 2 else LEAST_SPAN_WITH_ERRORS_DEG
    if x[-1] > LAST_DEG or x[-1] - x[0] < least_span or not np.all(np.diff(x) > 0):
        return False
    if not np.all(y >= 0) or not y.any():
        return False
    return close.width == 2 or bool(np.all(table[2] >= 0) and np.mean(table[2] <= y) > 0.5)


def _begins_as_a_pattern(rows: Rows, lines: int) -> bool:
    """Say whether enough rows follow each other by even steps from an angle at which a scan may begin."""
    least_rows = LEAST_ROWS if rows.width == 2 else LEAST_ROWS_WITH_ERRORS
    if rows.width not in {2, 3} or lines < least_rows or len(rows.cells) < 2:
        return False
    x = np.array([number(cells[0]) for _, cells in rows.cells])
    return bool(FIRST_DEG <= x[0] < LAST_FIRST_DEG) and _is_even(x)


def _is_even(x: Numbers) -> bool:
    step = np.diff(x)
    usual = float(np.median(step))
    if not FINEST_STEP_DEG <= usual <= COARSEST_STEP_DEG:
        return False
    return bool(np.all(np.abs(step - usual) <= STEP_TOLERANCE_FRACTION * usual))


def _is_row(text: str) -> bool:
    return text[:1] in FIRST_CHARACTERS and len(text) <= LONGEST_ROW and _are_numbers(cells_of(text))


def _are_numbers(cells: list[str]) -> bool:
    return len(cells) > 1 and is_number(cells[0]) and all(is_number(one) or is_gap(one) for one in cells[1:])
