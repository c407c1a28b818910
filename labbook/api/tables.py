"""Rows as a CSV table: nested fields as columns with a dot, lists joined, no cell that a spreadsheet computes."""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rest_framework.renderers import BaseRenderer

from labbook.marks.cells import safe_cell


@dataclass(frozen=True, slots=True)
class Table:
    """What an answer says as a table."""

    columns: Sequence[str]
    rows: Iterable[Mapping[str, Any]]


class CsvRenderer(BaseRenderer):
    """Writes a table; numbers stay numbers, text that begins like a formula is marked as text."""

    media_type = "text/csv"
    format = "csv"
    charset = "utf-8"

    def render(self, data: Any, accepted_media_type: Any = None, renderer_context: Any = None) -> bytes:
        """Return the table's text."""
        written = io.StringIO()
        rows = csv.writer(written, lineterminator="\n")
        rows.writerow(data.columns)
        paths = [column.split(".") for column in data.columns]
        rows.writerows([cell(value_at(row, path)) for path in paths] for row in data.rows)
        return written.getvalue().encode()


def value_at(row: Mapping[str, Any], path: Sequence[str]) -> Any:
    """Return the value of a column; nothing where the nested record is missing."""
    value: Any = row
    for name in path:
        value = value.get(name) if value is not None else None
    return value


def cell(value: Any) -> Any:
    """Return a value as a cell."""
    if value is None or isinstance(value, bool):
        return "" if value is None else str(value).lower()
    if isinstance(value, int | float):
        return value
    if isinstance(value, list):
        return safe_cell("; ".join(str(cell(one)) for one in value))
    return safe_cell(json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else value)
