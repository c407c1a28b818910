"""Saved tables as a person sees them: filled from what counts today, with what changed since they were confirmed."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from analysis.models import SavedTable
from analysis.publishing.ready import TABLES, ReadyTable
from analysis.publishing.ready import Rows as RowKind
from analysis.publishing.sheet import Footnote, Notes, TableSheet
from analysis.publishing.symbols import unit_text
from analysis.queries.making import series_seen_of
from analysis.queries.table_rows import Rows, rows_of_rungs, rows_of_samples, rows_of_values
from labbook.models import Lab, User

FILLED = {RowKind.RUNGS: rows_of_rungs, RowKind.SAMPLES: rows_of_samples, RowKind.VALUES: rows_of_values}


@dataclass(frozen=True, slots=True)
class Changed:
    """One thing that is not as it was when the table or figure was confirmed; empty for what was or is not there."""

    name: str
    before: str
    now: str


@dataclass(frozen=True, slots=True)
class FilledTable:
    """A table of today, and what its numbers rest on by what a person calls it."""

    sheet: TableSheet
    head_count: int
    sources: dict[str, str]


def tables_seen(lab: Lab, user: User) -> QuerySet[SavedTable]:
    """Return the saved tables a person sees, newest first."""
    return SavedTable.objects.visible_to(user).filter(lab=lab).select_related("series__sample").order_by("-pk")


def ready_of(table: SavedTable) -> ReadyTable:
    """Return the ready table that a saved one is of."""
    return TABLES[table.kind]


def quantities_of(table: SavedTable) -> list[str]:
    """Return the quantities that a saved table shows."""
    ready = ready_of(table)
    chosen = table.recipe.get("quantities") or ready.quantities
    return [name for name in ready.offered if name in chosen]


def fill(table: SavedTable, user: User) -> FilledTable:
    """Return a table filled from the fits that count today, as far as the person sees them."""
    ready, quantities, notes = ready_of(table), quantities_of(table), Notes()
    rows = FILLED[ready.rows](table, ready, quantities, notes, user)
    sheet = TableSheet(
        title=table.title,
        columns=rows.columns,
        rows=tuple(row.cells for row in rows.rows),
        footnotes=(*notes.footnotes(), *(Footnote(one) for one in ready.footnotes)),
        facts=facts_of(table, user),
    ).rounded(is_aligned=table.recipe.get("is_aligned", True))
    return FilledTable(sheet, rows.head_count, sources_of(sheet, rows))


def facts_of(table: SavedTable, user: User) -> tuple[tuple[str, str], ...]:
    """Return where a table is from, for those who read a file of it."""
    seen = series_seen_of(table, user) if ready_of(table).rows == RowKind.RUNGS else None
    series = [("series", f"{seen} (no. {seen.pk})")] if seen else []
    return (*series, ("table", table.slug), ("lab", table.lab.name))


def sources_of(sheet: TableSheet, rows: Rows) -> dict[str, str]:
    """Return every number as "τ₁ at 0.13 GPa": "2.28 ± 0.08 ns, fit 12"."""
    told = {}
    for row, cells in zip(rows.rows, sheet.rows, strict=True):
        for column, cell in list(zip(sheet.columns, cells, strict=True))[rows.head_count :]:
            if cell.fit_id is not None:
                unit = unit_text(column.unit)
                power = f" ×10^{column.power}" if column.power else ""
                told[f"{column.symbol or column.label}, {row.label}"] = (
                    f"{cell.written(column)}{power}{f' {unit}' if unit else ''}, fit {cell.fit_id}"
                )
    return told


def hash_of(sources: Mapping[str, str]) -> str:
    """Return one hash of everything that numbers rest on."""
    return hashlib.sha256(json.dumps(dict(sources), sort_keys=True).encode()).hexdigest()


def changes_between(before: Mapping[str, str], now: Mapping[str, str]) -> list[Changed]:
    """Return what is not as it was, in the order of today, then what is gone."""
    names = dict.fromkeys([*now, *before])
    return [
        Changed(one, before.get(one, ""), now.get(one, "")) for one in names if before.get(one, "") != now.get(one, "")
    ]
