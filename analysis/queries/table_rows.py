"""Rows of saved tables: rungs of a series, samples by their series, or samples by what is in force of them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from analysis.models import Fit, RungPressure, SavedTable, ValueInForce
from analysis.publishing.ready import RUBY_PRESSURE, ReadyTable
from analysis.publishing.rounding import MISSING, Number
from analysis.publishing.sheet import Cell, Column, Notes
from analysis.queries.kin import near_of, size_name, sizes_by_code
from analysis.queries.table_cells import (
    cell_of,
    columns_of,
    marks_of_rows,
    methods_telling,
    said_of_row,
    speaking,
    why_empty,
)
from labbook.models import User
from measurements.models import Rung, Series
from samples.models import Sample

MOST_ROWS = 200
Marks = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row: what it is called, and its cells."""

    label: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a table under their columns; the first `head_count` columns say what a row is."""

    columns: tuple[Column, ...]
    rows: tuple[TableRow, ...]
    head_count: int


def fits_seen(user: User, ready: ReadyTable, quantities: Sequence[str]) -> QuerySet[Fit]:
    """Return the current fits a person sees that could tell the quantities of a table."""
    told_by_fits = [name for name in quantities if name != RUBY_PRESSURE]
    fits = Fit.objects.visible_to(user).current().filter(method__in=methods_telling(told_by_fits))
    return fits.select_related("measurement__rung", "series__sample").prefetch_related("results")


def rows_of_rungs(table: SavedTable, ready: ReadyTable, quantities: Sequence[str], notes: Notes, user: User) -> Rows:
    """Return one row per rung on which a fit was tried, in the order of the ladder."""
    fits = fits_seen(user, ready, quantities).filter(
        lab=table.lab, measurement__rung__series=table.series, measurement__is_void=False
    )
    by_rung: dict[int, list[Fit]] = defaultdict(list)
    for fit in fits.order_by("pk"):
        if fit.measurement is not None and fit.measurement.rung_id is not None:
            by_rung[fit.measurement.rung_id].append(fit)
    columns = columns_of(ready, quantities)
    found = Rung.objects.filter(pk__in=by_rung).select_related("ruby_pressure").order_by("position", "pk")
    rungs = list(found.prefetch_related("ruby_pressure__fits")[:MOST_ROWS])
    way = [Column("branch", "Way", is_text=True)] if len({one.branch for one in rungs}) > 1 else []
    head = Column("rung", rung_label(table.series), unit=rungs[0].unit if rungs else "", is_exact=True)
    chosen = {rung.pk: counting(by_rung[rung.pk], columns) for rung in rungs}
    said = [said_of_row(chosen[rung.pk]) or [why_empty(by_rung[rung.pk], chosen[rung.pk])] for rung in rungs]
    marks = marks_of_rows([[one for one in row if one] for row in said], notes)
    made = [
        row_of_rung(rung, chosen[rung.pk], columns, notes, way=way, marks=mark)
        for rung, mark in zip(rungs, marks, strict=True)
    ]
    return Rows((head, *way, *columns), tuple(made), 1 + len(way))


def counting(fits: Sequence[Fit], columns: Sequence[Column]) -> list[Fit]:
    """Return the fits that count and speak for a row."""
    return speaking([one for one in fits if one.counts], [one.key for one in columns])


def row_of_rung(
    rung: Rung, fits: Sequence[Fit], columns: Sequence[Column], notes: Notes, *, way: Sequence[Column], marks: Marks
) -> TableRow:
    """Return the row of a rung; one whose fit does not count is empty."""
    head = Cell(Number(float(rung.nominal)), marks=marks)
    ways = [Cell(text=rung.branch) for _ in way]
    cells = (ruby_cell(rung) if one.key == RUBY_PRESSURE else cell_of(fits, one.key, notes) for one in columns)
    return TableRow(str(rung), (head, *ways, *cells))


def ruby_cell(rung: Rung) -> Cell:
    """Return the pressure that the ruby fits of a rung mean together."""
    ruby: RungPressure | None = getattr(rung, "ruby_pressure", None)
    if ruby is None:
        return Cell()
    fit_id = next((one.pk for one in ruby.fits.all()), None)
    return Cell(Number(ruby.value_gpa, ruby.stderr_gpa), fit_id=fit_id)


def rung_label(series: Series | None) -> str:
    """Return what the first column is called."""
    return series.along.capitalize() if series else "Rung"


def rows_of_samples(table: SavedTable, ready: ReadyTable, quantities: Sequence[str], notes: Notes, user: User) -> Rows:
    """Return one row per sample with a series of the table's kind: the newest that counts, the smallest size first."""
    fits = fits_seen(user, ready, quantities).filter(lab=table.lab, series__along=ready.along)
    chosen = set(table.samples.values_list("pk", flat=True))
    if chosen:
        fits = fits.filter(series__sample__in=chosen)
    by_sample: dict[int, list[Fit]] = defaultdict(list)
    samples: dict[int, Sample] = {}
    for fit in fits.order_by("pk"):
        if fit.series is not None:
            by_sample[fit.series.sample_id].append(fit)
            samples[fit.series.sample_id] = fit.series.sample
    columns = columns_of(ready, quantities)
    sizes = sizes_by_code({one.code for one in samples.values()}, table.lab, user)
    ordered = sorted(samples.values(), key=lambda one: (sizes.get(one.code, float("inf")), one.code))[:MOST_ROWS]
    telling = {one.pk: newest_counting(by_sample[one.pk], columns) for one in ordered}
    said = [said_of_row(telling[one.pk]) or [why_empty(by_sample[one.pk], telling[one.pk])] for one in ordered]
    marks = marks_of_rows([[one for one in row if one] for row in said], notes)
    made = [
        TableRow(
            one.code,
            (
                Cell(text=one.code, marks=mark),
                Cell(text=size_name(sizes[one.code]) if one.code in sizes else MISSING),
                *(cell_of(telling[one.pk], column.key, notes) for column in columns),
            ),
        )
        for one, mark in zip(ordered, marks, strict=True)
    ]
    return Rows((*SAMPLE_HEADS, *columns), tuple(made), len(SAMPLE_HEADS))


def newest_counting(fits: Sequence[Fit], columns: Sequence[Column]) -> list[Fit]:
    """Return the fit of the newest series that counts."""
    newest = max((one.series_id or 0 for one in fits if one.counts), default=0)
    return counting([one for one in fits if one.series_id == newest], columns)[-1:]


SAMPLE_HEADS = (
    Column("sample", "Sample", is_text=True),
    Column("size", "NC size", is_text=True),
)


def rows_of_values(table: SavedTable, ready: ReadyTable, quantities: Sequence[str], notes: Notes, user: User) -> Rows:
    """Return one row per sample with what is in force of it as it is, else of what it was made from or into."""
    seen = Sample.objects.visible_to(user).filter(pk__in=table.samples.values("pk"))
    samples = list(seen.order_by("code")[:MOST_ROWS])
    near = near_of(samples)
    everyone = {pk for several in near.values() for pk in several}
    values = ValueInForce.objects.visible_to(user).filter(
        lab=table.lab, sample__in=everyone, state="", quantity__in=quantities
    )
    found = {
        (one.sample_id, one.quantity): one
        for one in values.select_related("sample").prefetch_related("results__fit").order_by("pk")
    }
    columns = columns_of(ready, quantities)
    made = [
        TableRow(
            one.code,
            (Cell(text=one.code), *(value_cell(one, column, near[one.pk], found, notes) for column in columns)),
        )
        for one in samples
    ]
    return Rows((SAMPLE_HEADS[0], *columns), tuple(made), 1)


def value_cell(
    sample: Sample, column: Column, near: Sequence[int], found: dict[tuple[int, str], ValueInForce], notes: Notes
) -> Cell:
    """Return the value in force of a sample, else that of its nearest relative, which is said below."""
    value = next((found[pk, column.key] for pk in near if (pk, column.key) in found), None)
    if value is None:
        return Cell()
    fits = [one.fit for one in value.results.all()]
    is_own = sample.pk in {value.sample_id, value.sample.fraction_id}
    sentences = [] if is_own else [f"Of {value.sample.code}."]
    if value.replicate_count > 1:
        sentences.append(f"Mean of {value.replicate_count} measurements.")
    return Cell(
        Number(value.value, value.stderr),
        fit_id=fits[0].pk if fits else None,
        is_stale=any(one.stale_because for one in fits),
        is_flagged=any(one.flags for one in fits),
        marks=tuple(notes.mark(one) for one in sentences),
    )
