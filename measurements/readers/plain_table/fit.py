"""A table found in rows of cells: where it begins, how wide it is and which of its columns are numbers."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from measurements.readers.plain_table.dialect import Dialect, is_gap

Row = tuple[int, list[str]]

FEWEST_ROWS = 2
# Below it the rows differ so much in width that they are lines of something else.
LEAST_EVEN_SHARE = 0.8
# Several numbers in one cell: the row was cut at the wrong mark.
UNCUT = re.compile(r"[\d.,;\s+\-eE]*\d[\d.,;\s+\-eE]*")


@dataclass(frozen=True, slots=True)
class Fit:
    """What one dialect makes of rows; `first_line` is that of the first row of numbers."""

    dialect: Dialect
    first_line: int
    width: int
    number_columns: tuple[int, ...]
    # Cells among the numbers that are text, and rows of another width.
    wrong: int

    @property
    def rank(self) -> tuple[int, int]:
        """How badly it fits: what is wrong, then how much is not a number."""
        return self.wrong, self.width - len(self.number_columns)


def fit_of(rows: Sequence[Row], dialect: Dialect) -> Fit | None:
    """Return the table that rows hold, or None where they hold none."""
    with_numbers = [index for index, (_, cells) in enumerate(rows) if has_numbers(cells, dialect)]
    if not with_numbers:
        return None
    width = Counter(len(rows[index][1]) for index in with_numbers).most_common(1)[0][0]
    first = next(index for index in with_numbers if len(rows[index][1]) == width)
    first += is_header(rows[first : first + 2], dialect)
    region = [cells for _, cells in rows[first:]]
    even = [cells for cells in region if len(cells) == width]
    if len(region) < FEWEST_ROWS or len(even) < LEAST_EVEN_SHARE * len(region):
        return None
    numbers = number_columns(even, dialect)
    if len(numbers) < 2 or is_cut_wrongly(even, numbers, dialect):
        return None
    wrong = len(region) - len(even) + text_cells(even, numbers, dialect)
    return Fit(dialect, rows[first][0], width, numbers, wrong)


def has_numbers(cells: Sequence[str], dialect: Dialect) -> bool:
    """Say whether a row may be one of the table; where white space cuts, words between numbers are prose."""
    numbers = sum(dialect.is_number(cell) for cell in cells)
    return numbers >= 2 and (dialect.delimiter != " " or all(dialect.is_number(one) or is_gap(one) for one in cells))


def is_header(rows: Sequence[Row], dialect: Dialect) -> bool:
    """Say whether the first of two rows names the columns, as “nm, 100, 120” names those of a series."""
    if len(rows) < 2:
        return False
    names, below = rows[0][1], rows[1][1]
    pairs = zip(names, below, strict=False)
    is_named = any(dialect.is_number(low) and not (dialect.is_number(top) or is_gap(top)) for top, low in pairs)
    return is_named and has_numbers(below, dialect) and len(names) == len(below)


def number_columns(rows: Sequence[Sequence[str]], dialect: Dialect) -> tuple[int, ...]:
    """Return the columns of numbers: those that begin with one, or are mostly numbers."""
    found = []
    for column, cells in enumerate(zip(*rows, strict=True)):
        stated = [cell for cell in cells if not is_gap(cell)]
        count = sum(map(dialect.is_number, stated))
        if count and (dialect.is_number(stated[0]) or count >= len(stated) / 2):
            found.append(column)
    return tuple(found)


def is_cut_wrongly(rows: Sequence[Sequence[str]], numbers: Sequence[int], dialect: Dialect) -> bool:
    """Say whether a column beside the numbers holds several numbers in a cell."""
    others = set(range(len(rows[0]))) - set(numbers)
    return any(UNCUT.fullmatch(cells[other]) for cells in rows for other in others if not is_gap(cells[other]))


def text_cells(rows: Sequence[Sequence[str]], numbers: Sequence[int], dialect: Dialect) -> int:
    """Return how many cells among the numbers are neither numbers nor gaps."""
    return sum(not (dialect.is_number(cells[column]) or is_gap(cells[column])) for cells in rows for column in numbers)
