"""Tables that a fit tells besides its results, such as reflections or particles, cut to what a page can hold."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from analysis.models import Fit
from analysis.publishing.symbols import unit_text
from labbook.marks.cells import safe_cell

SHOWN_AT_ONCE = 12
MOST_ROWS = 200


@dataclass(frozen=True, slots=True)
class TableShown:
    """One table: the rows that are shown at once, and those behind them."""

    index: int
    title: str
    heads: list[str]
    first: list[list[str]]
    rest: list[list[str]]
    row_count: int

    @property
    def is_cut(self) -> bool:
        """Whether only the download has all of it."""
        return self.row_count > len(self.first) + len(self.rest)


def tables_of(fit: Fit) -> list[TableShown]:
    """Return the tables of a fit."""
    return [table_of(index, one) for index, one in enumerate(fit.tables)]


def table_of(index: int, told: dict[str, Any]) -> TableShown:
    """Return one table as a page shows it."""
    rows = [[cell(one) for one in row] for row in told["rows"][:MOST_ROWS]]
    return TableShown(
        index, told["title"], heads_of(told), rows[:SHOWN_AT_ONCE], rows[SHOWN_AT_ONCE:], len(told["rows"])
    )


def heads_of(told: dict[str, Any]) -> list[str]:
    """Return what stands above the columns."""
    return [f"{label}, {unit_text(unit)}" if unit else label for label, unit in told["columns"]]


def cell(value: Any) -> str:
    """Return a cell as a person reads it."""
    if value is None:
        return "–"
    if isinstance(value, float):
        return f"{value:.5g}".replace("-", "−")
    return str(value)


def csv_of(heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """Return a table as CSV with every digit; no cell is one that a spreadsheet computes."""
    written = io.StringIO()
    lines = csv.writer(written, lineterminator="\n")
    lines.writerow(safe_cell(one) for one in heads)
    lines.writerows([one if isinstance(one, int | float) else safe_cell(one or "") for one in row] for row in rows)
    return written.getvalue()
