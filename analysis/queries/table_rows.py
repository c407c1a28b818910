"""Rows of saved tables: rungs of a series, samples by their series, or samples by what is in force of them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from analysis.models import Fit, RungPressure, SavedTable, ValueInForce
from analysis.publishing.ready import RUBY_PRESSURE, ReadyTable
from analysis.publishing.rounding import Number
from analysis.publishing.sheet import Cell, Column, Notes
from analysis.queries.table_cells import cell_of, columns_of, marks_of, methods_telling, speaking, why_empty
from labbook.models import User
from measurements.models import Rung, Series
from measurements.queries.overlays import relatives_of
from measurements.queries.traces import sizes_of
from samples.models import Sample

MOST_ROWS = 200


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
    fits = Fit.objects.visible_to(user).current().filter(method__in=methods_telling(quantities))
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
    head = Column(
        "rung", rung_label(table.series), rung_symbol(table.series), rungs[0].unit if rungs else "", is_exact=True
    )
    made = [row_of_rung(rung, by_rung[rung.pk], columns, notes, has_way=bool(way)) for rung in rungs]
    return Rows((head, *way, *columns), tuple(made), 1 + len(way))


def row_of_rung(rung: Rung, fits: Sequence[Fit], columns: Sequence[Column], notes: Notes, *, has_way: bool) -> TableRow:
    """Return the row of a rung; one whose fit does not count is empty and says why."""
    counting = [one for one in fits if one.counts]
    chosen = speaking(counting, [one.key for one in columns])
    marks = marks_of(chosen, notes) if chosen else (notes.mark(why_empty(fits)),)
    head = Cell(Number(float(rung.nominal)), marks=marks)
    way = [Cell(text=rung.branch)] if has_way else []
    cells = (ruby_cell(rung) if one.key == RUBY_PRESSURE else cell_of(chosen, one.key, notes) for one in columns)
    return TableRow(str(rung), (head, *way, *cells))


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


def rung_symbol(series: Series | None) -> str:
    """Return the symbol of what a ladder runs along."""
    return {"pressure": "Pressure", "temperature": "T"}.get(series.along, "") if series else ""


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
    sizes = sizes_of({one.code for one in samples.values()}, table.lab)
    ordered = sorted(samples.values(), key=lambda one: (sizes.get(one.code, float("inf")), one.code))[:MOST_ROWS]
    made = [row_of_sample(one, by_sample[one.pk], columns, notes, sizes.get(one.code)) for one in ordered]
    return Rows((*SAMPLE_HEADS, *columns), tuple(made), len(SAMPLE_HEADS))


SAMPLE_HEADS = (
    Column("sample", "Sample", is_text=True),
    Column("size", "NC size", "NC size", "nm", decimals=1),
)


def row_of_sample(
    sample: Sample, fits: Sequence[Fit], columns: Sequence[Column], notes: Notes, size_nm: float | None
) -> TableRow:
    """Return the row of a sample: the newest series whose fit counts."""
    counting = [one for one in fits if one.counts]
    newest = max((one.series_id or 0 for one in counting), default=0)
    chosen = speaking([one for one in counting if one.series_id == newest], [one.key for one in columns])
    marks = marks_of(chosen, notes) if chosen else (notes.mark(why_empty(fits)),)
    heads = (Cell(text=sample.code, marks=marks), Cell(Number(size_nm)))
    return TableRow(sample.code, (*heads, *(cell_of(chosen[:1], one.key, notes) for one in columns)))


def rows_of_values(table: SavedTable, ready: ReadyTable, quantities: Sequence[str], notes: Notes, user: User) -> Rows:
    """Return one row per sample with what is in force of it as it is, else of what it was made from or into."""
    samples = list(table.samples.order_by("code")[:MOST_ROWS])
    near = relatives_of([one.pk for one in samples])
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
    sentences = [f"Of {value.sample.code}."] if value.sample_id != sample.pk else []
    if value.replicate_count > 1:
        sentences.append(f"Mean of {value.replicate_count} measurements.")
    return Cell(
        Number(value.value, value.stderr),
        fit_id=fits[0].pk if fits else None,
        is_stale=any(one.stale_because for one in fits),
        is_flagged=any(one.flags for one in fits),
        marks=tuple(notes.mark(one) for one in sentences),
    )
