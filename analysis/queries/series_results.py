"""What was made of a ladder: per method one row per measurement, rounded down the column, in the order of the rungs."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.methods.contract import Method
from analysis.methods.table import METHODS
from analysis.models import Fit, Result, RungPressure
from analysis.publishing.rounding import Number, Printed, column_decimals, printed
from analysis.publishing.symbols import unit_text
from analysis.quantities import QUANTITIES
from analysis.queries.fit_numbers import number_of
from analysis.queries.fit_states import state_of
from labbook.models import User
from measurements.models import Measurement, Rung, Series
from measurements.queries.measurements_conditions import rung_words
from measurements.techniques import Technique

RUBY = "ruby"
# A table wider than this is no table; the rest stands on the page of each fit.
MOST_COLUMNS = 6
MOST_FITS = 600
GOODNESS = "reduced"


@dataclass(frozen=True, slots=True)
class ColumnHead:
    """One quantity of a table."""

    name: str
    label: str
    symbol: str
    unit: str


@dataclass(frozen=True, slots=True)
class RungFit:
    """One fit on a rung: its numbers as its columns round them, and what to know of it."""

    fit: Fit
    measurement: Measurement
    rung: Rung
    place: str
    cells: list[Printed]
    goodness: str
    flags: list[str]

    @property
    def state(self) -> str:
        """Whether it counts, in a word."""
        return state_of(self.fit)

    @property
    def results(self) -> dict[str, Result]:
        """Its results by name."""
        return {one.name: one for one in self.fit.results.all()}


@dataclass(frozen=True, slots=True)
class MethodSection:
    """Everything one method told along a ladder."""

    method: Method
    heads: list[ColumnHead]
    rows: list[RungFit]

    @property
    def done(self) -> list[RungFit]:
        """The rows that have numbers."""
        return [one for one in self.rows if not one.fit.refused]

    @property
    def refused(self) -> list[RungFit]:
        """The rows that have none."""
        return [one for one in self.rows if one.fit.refused]

    @property
    def notes(self) -> list[tuple[str, str]]:
        """What is flagged, each thing once, with the rungs it is said of."""
        said: dict[str, list[str]] = defaultdict(list)
        for row in self.done:
            for text in row.flags:
                said[text].append(rung_words(row.rung))
        return [(text, ", ".join(dict.fromkeys(rungs))) for text, rungs in said.items()]

    @property
    def is_of_ruby(self) -> bool:
        """Whether it says where the others are, and is no result of the sample."""
        return Technique.RUBY in self.method.techniques

    @property
    def has_goodness(self) -> bool:
        """Whether any row says how well it fits."""
        return any(one.goodness for one in self.rows)


def fits_along(series: Series, user: User) -> list[Fit]:
    """Return the current fits of the measurements on a ladder, as far as a person sees them, in its order."""
    fits = Fit.objects.visible_to(user).current().filter(
        lab=series.lab, measurement__rung__series=series, measurement__is_void=False,
        measurement__in=Measurement.objects.visible_to(user),
    )  # fmt: skip
    found = fits.select_related("measurement__rung__ruby_pressure").prefetch_related("results")
    return list(found.order_by("measurement__rung__position", "measurement", "pk")[:MOST_FITS])


def sections_of(fits: Sequence[Fit], series: Series) -> list[MethodSection]:
    """Return fits by method; the ruby comes last, because it says where the others are."""
    by_method: dict[str, list[Fit]] = defaultdict(list)
    for fit in fits:
        by_method[fit.method].append(fit)
    ordered = [name for name in METHODS if name in by_method]
    known = sorted(ordered, key=lambda name: Technique.RUBY in METHODS[name].techniques)
    return [section_of(METHODS[name], by_method[name], series) for name in known]


def section_of(method: Method, fits: Sequence[Fit], series: Series) -> MethodSection:
    """Return what one method told."""
    told = {one.name for fit in fits for one in fit.results.all() if one.value is not None}
    names = [name for name in method.results if name in told][:MOST_COLUMNS]
    decimals = {name: column_decimals(numbers_of(fits, name)) for name in names}
    return MethodSection(method, [head_of(name) for name in names], [row_of(one, names, decimals) for one in fits])


def numbers_of(fits: Sequence[Fit], name: str) -> list[Number]:
    """Return every number of a quantity."""
    return [number_of(one) for fit in fits for one in fit.results.all() if one.name == name]


def head_of(name: str) -> ColumnHead:
    """Return what stands above a quantity."""
    one = QUANTITIES.get(name)
    if one is None:
        return ColumnHead(name, name.replace("_", " "), "", "")
    return ColumnHead(name, one.label, one.symbol or one.label, unit_text(one.unit))


def row_of(fit: Fit, names: Sequence[str], decimals: dict[str, int | None]) -> RungFit:
    """Return the row of one fit."""
    measurement = fit.measurement
    if measurement is None or measurement.rung is None:
        raise ValueError("A fit along a ladder is of a measurement on a rung.")
    results = {one.name: one for one in fit.results.all()}
    cells = [printed(number_of(results[name]) if name in results else Number(), decimals[name]) for name in names]
    reduced = fit.statistics.get(GOODNESS)
    place = ", ".join(filter(None, (measurement.part, measurement.spot)))
    return RungFit(
        fit, measurement, measurement.rung, place, cells,
        goodness=f"{reduced:.2f}" if isinstance(reduced, float | int) else "",
        flags=[str(one["text"]) for one in fit.flags],
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class PressureRow:
    """The pressure of a rung by its ruby, beside the one it was meant to have."""

    rung: Rung
    nominal: str
    told: Printed | None
    drift: str
    spread: str
    scale: str
    fits: list[Fit]


def pressures_of(series: Series, user: User) -> list[PressureRow]:
    """Return the pressures of a ladder's rungs; a rung without ruby has its nominal one only."""
    rungs = list(series.rungs.select_related("ruby_pressure").prefetch_related("ruby_pressure__fits"))
    seen = set(Fit.objects.visible_to(user).filter(measurement__rung__series=series).values_list("pk", flat=True))
    rubies = [one for rung in rungs if (one := ruby_of(rung)) is not None]
    decimals = column_decimals(Number(one.value_gpa, one.stderr_gpa) for one in rubies)
    return [pressure_row(rung, decimals, seen) for rung in rungs]


def ruby_of(rung: Rung) -> RungPressure | None:
    """Return what the ruby says of a rung."""
    found: RungPressure | None = getattr(rung, "ruby_pressure", None)
    return found


def pressure_row(rung: Rung, decimals: int | None, seen: set[int]) -> PressureRow:
    """Return the pressure of one rung."""
    ruby = ruby_of(rung)
    if ruby is None:
        return PressureRow(rung, rung_words(rung), None, "", "", "", [])
    return PressureRow(
        rung,
        rung_words(rung),
        printed(Number(ruby.value_gpa, ruby.stderr_gpa), decimals),
        drift=printed(Number(ruby.drift_gpa), decimals).value if ruby.drift_gpa is not None else "",
        spread=printed(Number(ruby.spread_std_gpa), decimals).value if ruby.spread_std_gpa is not None else "",
        scale=ruby.scale,
        fits=[one for one in ruby.fits.all() if one.pk in seen],
    )
