"""The rows of the permission walk for saved tables and figures, and for making them of a series."""

from typing import Any

from tests.walk_fits import Named, series
from tests.walk_world import Records


def table(records: Records) -> dict[str, Any]:
    """Name the saved table."""
    return {"slug": records.analysed.table.slug}


def figure(records: Records) -> dict[str, Any]:
    """Name the saved figure."""
    return {"slug": records.analysed.figure.slug}


# Name, least action to read, least action to write, record, what the address needs besides, whole lab's.
PUBLISHING_ROWS: tuple[tuple[str, str, str, Named | None, dict[str, Any], bool], ...] = (
    ("table_list", "read", "record", None, {}, False),
    ("table_detail", "read", "record", table, {}, False),
    ("table_confirm", "record", "record", table, {}, False),
    ("table_export", "read", "read", lambda r: {**table(r), "format": "csv"}, {}, False),
    ("figure_list", "read", "record", None, {}, False),
    ("figure_keep", "record", "record", None, {}, False),
    ("figure_detail", "read", "record", figure, {}, False),
    ("figure_confirm", "record", "record", figure, {}, False),
    ("figure_export", "read", "read", lambda r: {**figure(r), "format": "svg"}, {}, False),
    ("series_table", "record", "record", lambda r: {**series(r), "kind": "s2"}, {}, False),
    ("series_figure", "record", "record", lambda r: {**series(r), "kind": "s7"}, {}, False),
)
