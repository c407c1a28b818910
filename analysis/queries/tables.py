"""Saved tables as a person sees them: filled from what counts today, with what changed since they were confirmed."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from analysis.models import SavedTable
from analysis.publishing.ready import TABLES, ReadyTable
from analysis.publishing.ready import Rows as RowKind
from analysis.publishing.rounding import printed
from analysis.publishing.sheet import Footnote, Notes, TableSheet
from analysis.publishing.symbols import unit_text
from analysis.queries.kin import size_name, sizes_by_code
from analysis.queries.making import series_seen_of
from analysis.queries.table_rows import Rows, rows_of_rungs, rows_of_samples, rows_of_values
from labbook.models import Lab, User
from measurements.models import Series
from samples.models import Sample

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
    series = series_seen_of(table, user) if ready.rows == RowKind.RUNGS else None
    sheet = TableSheet(
        title=table.title,
        columns=rows.columns,
        rows=tuple(row.cells for row in rows.rows),
        footnotes=(*notes.footnotes(), *(Footnote(one) for one in (*whose(series, user), *ready.footnotes))),
        facts=facts_of(table, series),
    ).rounded(is_aligned=table.recipe.get("is_aligned", True))
    return FilledTable(sheet, rows.head_count, sources_of(sheet, rows))


def whose(series: Series | None, user: User) -> list[str]:
    """Return the sample of a series' table with its size; a table of a paper that names none says too little."""
    sample = (
        Sample.objects.visible_to(user).filter(pk=series.sample_id).select_related("lab").first() if series else None
    )
    if sample is None:
        return []
    size = sizes_by_code([sample.code], sample.lab, user).get(sample.code)
    return [f"Sample: {sample.code}{f', {size_name(size)}' if size is not None else ''}."]


def facts_of(table: SavedTable, series: Series | None) -> tuple[tuple[str, str], ...]:
    """Return where a table is from, for those who read a file of it."""
    of_series = [("series", f"{series} (no. {series.pk})")] if series else []
    return (*of_series, ("table", table.slug), ("lab", table.lab.name))


def sources_of(sheet: TableSheet, rows: Rows) -> dict[str, str]:
    """Return every number as "τ₁, 0.13 GPa": "2.28 ± 0.08 ns, fit 12", each rounded by itself.

    The numbers beside it, which decide the decimals and the power of its column, are no part of what it rests on.
    """
    told = {}
    for row, cells in zip(rows.rows, sheet.rows, strict=True):
        for column, cell in list(zip(sheet.columns, cells, strict=True))[rows.head_count :]:
            if cell.fit_id is not None:
                number = " ".join(filter(None, (str(printed(cell.number)), unit_text(column.unit))))
                told[f"{column.symbol or column.label}, {row.label}"] = f"{number}, fit {cell.fit_id}"
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
