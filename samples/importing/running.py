"""Runs an import: every table checked whole first, then all of it written in one transaction, or none of it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from labbook.journal import Journal, journal_of
from labbook.models import Lab, User
from samples.importing.cells import Record, read_records
from samples.importing.columns import NOT_YET, SHAPES
from samples.importing.context import Writing
from samples.importing.known import Sorted, fingerprint, sort_records
from samples.importing.problems import Problem
from samples.importing.references import check_references
from samples.importing.tables import TABLE_SUFFIXES, Source, Table, read_table
from samples.importing.writing import write_rows
from samples.kinds import ProcessKind
from samples.models import ImportedRow, Place, RecipeVersion
from samples.services.indexing import indexing_once


@dataclass(slots=True)
class ImportReport:
    """What an import created, left unchanged and cannot take yet, and everything that is wrong with it."""

    created: Counter[str] = field(default_factory=Counter)
    unchanged: Counter[str] = field(default_factory=Counter)
    not_yet: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    errors: list[Problem] = field(default_factory=list)
    is_dry_run: bool = False

    @property
    def tables(self) -> list[tuple[str, int, int]]:
        """Return each table with how many of its lines are new and how many were already here."""
        names = sorted(self.created | self.unchanged)
        return [(name, self.created[name], self.unchanged[name]) for name in names]

    @property
    def wrong_line_count(self) -> int:
        """Return how many lines, or whole files, have to be mended."""
        return len({(problem.file, problem.row) for problem in self.errors})

    def plain(self) -> dict[str, Any]:
        """Return the report as its one JSON line."""
        return {
            "dry_run": self.is_dry_run,
            "created": dict(self.created),
            "unchanged": dict(self.unchanged),
            "not_yet": [problem.plain() for problem in self.not_yet],
            "warnings": [problem.plain() for problem in self.warnings],
            "errors": [problem.plain() for problem in self.errors],
        }


def import_tables(*, lab: Lab, by: User | None, sources: Sequence[Source], dry_run: bool = False) -> ImportReport:
    """Import tables into a lab, all or nothing; the same tables twice change nothing."""
    report = ImportReport(is_dry_run=dry_run)
    records = _read(lab, sources, report)
    found = sort_records(lab, records)
    report.unchanged = found.unchanged
    report.errors += found.problems
    report.errors += check_references(lab, found.new, records)
    if not report.errors:
        _write(lab, by, found, report, dry_run=dry_run)
    report.errors.sort(key=lambda one: (one.file, one.row or 0))
    return report


def _read(lab: Lab, sources: Sequence[Source], report: ImportReport) -> list[Record]:
    zone, now = ZoneInfo(lab.time_zone), timezone.now()
    if not sources:
        report.errors.append(Problem("", f"there is no table here ({', '.join(TABLE_SUFFIXES)})"))
    records: list[Record] = []
    names: dict[str, str] = {}
    for source in sources:
        table = _table_of(source, report, names)
        if table is None:
            continue
        read, problems = read_records(table, SHAPES[table.name], zone=zone, now=now)
        records += read
        report.errors += problems
    return records


def _table_of(source: Source, report: ImportReport, names: dict[str, str]) -> Table | None:
    if Path(source.file).suffix.lower() not in TABLE_SUFFIXES:
        report.errors.append(Problem(source.file, f"is no table ({', '.join(TABLE_SUFFIXES)})"))
        return None
    table = read_table(source)
    if isinstance(table, Problem):
        report.errors.append(table)
        return None
    first = names.setdefault(table.name, source.file)
    if first != source.file:
        report.errors.append(Problem(source.file, f"the table {table.name} came already as {first}"))
        return None
    if table.name not in SHAPES:
        words = NOT_YET.get(table.name, f"a table {table.name[:40]}")
        report.not_yet += [Problem(source.file, f"{words} cannot be imported yet", row.number) for row in table.rows]
        return None
    return table


def _write(lab: Lab, by: User | None, found: Sorted, report: ImportReport, *, dry_run: bool) -> None:
    with transaction.atomic():
        with journal_of(lab, by=by, reason="import of tables") as journal:
            writing = _writing(journal)
            with indexing_once():
                report.errors += write_rows(writing, found.new)
        report.warnings += writing.warnings
        if report.errors or dry_run:
            transaction.set_rollback(True)
        else:
            remember(lab, found)
    if not report.errors:
        report.created = Counter(record.table for record in found.new)


def remember(lab: Lab, found: Sorted) -> None:
    """Write down which lines were imported, so that the next import knows them."""
    ImportedRow.objects.bulk_create(
        [
            ImportedRow(lab=lab, table=record.table, key=found.keys[id(record)], fingerprint=fingerprint(record))
            for record in found.new
        ],
        batch_size=500,
    )


def _writing(journal: Journal) -> Writing:
    versions = RecipeVersion.objects.filter(recipe__lab=journal.lab, recipe__is_retired=False)
    recipes: dict[str, RecipeVersion] = {}
    for version in versions.select_related("recipe").order_by("number"):
        recipes[version.recipe.kind] = version
        if version.recipe.kind == ProcessKind.PREPARATION:
            recipes[f"{ProcessKind.PREPARATION}:{version.content.get('makes', '').casefold()}"] = version
    places = {place.title.casefold(): place for place in Place.objects.in_lab(journal.lab)}
    return Writing(journal=journal, recipes=recipes, places=places)
