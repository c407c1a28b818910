"""The analysis of a ladder as its page shows it: sentences, what is asked, tables, laws and what is left out."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analysis.methods.table import METHODS
from analysis.models import Fit
from analysis.queries.fit_numbers import ResultRow, result_rows
from analysis.queries.fit_page import title_of
from analysis.queries.fit_states import ACCEPTED, COUNTS, FLAGGED, REJECTED, STALE, state_of
from analysis.queries.series_results import (
    MethodSection,
    PressureRow,
    RungFit,
    fits_along,
    pressures_of,
    sections_of,
)
from labbook.models import User
from measurements.models import Measurement, Rung, Series
from measurements.queries.measurements_conditions import rung_words
from measurements.techniques import TECHNIQUES, Along, Branch, Technique


@dataclass(frozen=True, slots=True)
class LadderFit:
    """A law along the whole ladder."""

    fit: Fit
    results: list[ResultRow]

    @property
    def title(self) -> str:
        """What was done."""
        return title_of(self.fit)

    @property
    def state(self) -> str:
        """Whether it counts, in a word."""
        return state_of(self.fit)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something that is in no table, and why."""

    name: str
    why: str
    fit: Fit | None = None
    measurement: Measurement | None = None


@dataclass(frozen=True, slots=True)
class SeriesAnalysis:
    """Everything that was made of a ladder."""

    series: Series
    sections: list[MethodSection]
    laws: list[LadderFit]
    pressures: list[PressureRow]
    rungs: list[Rung]

    @property
    def to_review(self) -> list[RungFit]:
        """The fits on rungs that a person is asked about; a refused one has nothing to accept."""
        return [one for section in self.sections for one in section.done if one.fit.needs_review]

    @property
    def laws_to_review(self) -> list[LadderFit]:
        """The laws that a person is asked about."""
        return [one for one in self.laws if one.fit.needs_review and not one.fit.refused]

    @property
    def asking(self) -> int:
        """How many fits a person is asked about."""
        return len(self.to_review) + len(self.laws_to_review)

    @property
    def stale_count(self) -> int:
        """How many fits no longer say what a run today would say."""
        everything = [row.fit for section in self.sections for row in section.rows] + [one.fit for one in self.laws]
        return sum(1 for one in everything if one.stale_because)

    @property
    def is_pressure(self) -> bool:
        """Whether it runs along pressure, so that ruby tells where it is."""
        return self.series.along == Along.PRESSURE

    @property
    def has_ruby(self) -> bool:
        """Whether any rung has a pressure by ruby."""
        return any(one.told is not None for one in self.pressures)

    @property
    def left_out(self) -> list[LeftOut]:
        """What stands in no table, and why."""
        return list(left_out_of(self))

    @property
    def sentences(self) -> list[str]:
        """What the ladder says: how its first quantities move, then the laws."""
        told = [one for section in self.sections if (one := sentence_of(section))]
        return told + [one.fit.says for one in self.laws if one.fit.says and one.state in {COUNTS, FLAGGED, ACCEPTED}]


def analysis_of(series: Series, user: User) -> SeriesAnalysis:
    """Return the analysis of a ladder, in a constant number of queries."""
    is_pressure = series.along == Along.PRESSURE
    laws = Fit.objects.visible_to(user).current().filter(series=series).prefetch_related("results").order_by("pk")
    order = {name: index for index, name in enumerate(METHODS)}
    shown = [one for one in laws if one.method not in METHODS or METHODS[one.method].inputs]
    shown.sort(key=lambda fit: order.get(fit.method, len(order)))
    return SeriesAnalysis(
        series,
        sections=sections_of(fits_along(series, user), series),
        laws=[LadderFit(one, result_rows(one.results.all())) for one in shown],
        pressures=pressures_of(series, user) if is_pressure else [],
        rungs=list(series.rungs.order_by("position", "pk")),
    )


def left_out_of(analysis: SeriesAnalysis) -> Iterator[LeftOut]:
    """Yield what was refused or rejected, and rungs on which a technique is missing that others have."""
    for section in analysis.sections:
        for row in section.rows:
            why = row.fit.refused or (f"rejected: {row.fit.verdict_reason}" if row.state == REJECTED else "")
            if why:
                yield LeftOut(f"{row.measurement}, {rung_words(row.rung)}", why, row.fit, row.measurement)
    yield from missing_in(analysis)
    for law in analysis.laws:
        if law.fit.refused:
            yield LeftOut(law.title, law.fit.refused, law.fit)


def missing_in(analysis: SeriesAnalysis) -> Iterator[LeftOut]:
    """Yield the rungs that a technique has nothing on; gaps stay gaps."""
    there: dict[str, set[int]] = defaultdict(set)
    for row in (one for section in analysis.sections for one in section.rows):
        there[TECHNIQUES[Technique(row.measurement.technique)].badge].add(row.rung.pk)
    for badge, rungs in there.items():
        missing = [rung_words(one) for one in analysis.rungs if one.pk not in rungs]
        if missing:
            yield LeftOut(", ".join(missing), f"no {badge} measured there")


def sentence_of(section: MethodSection) -> str:
    """Return how the first quantity of a method that counts for samples moves along the ladder."""
    believed = [one for one in section.done if one.state in {COUNTS, FLAGGED, ACCEPTED, STALE}]
    rows = [one for one in believed if one.rung.branch != Branch.RELEASE]
    if len(rows) < 2 or not section.heads or section.is_of_ruby:
        return ""
    index = main_column(section)
    head = section.heads[index]
    told = [(one.results[head.name].value, one) for one in rows if head.name in one.results]
    known = [(value, one) for value, one in told if value is not None]
    if len(known) < 2:
        return ""
    first, last = known[0], known[-1]
    verb = "rises" if last[0] > first[0] else "falls"
    unit = f" {head.unit}" if head.unit else ""
    extreme = extreme_of(known)
    between = f", by way of {extreme.cells[index]}{unit} at {rung_words(extreme.rung)}" if extreme else ""
    return (
        f"{head.label} {verb} from {first[1].cells[index]}{unit} at {rung_words(first[1].rung)} to "
        f"{last[1].cells[index]}{unit} at {rung_words(last[1].rung)}{between}."
    )


def main_column(section: MethodSection) -> int:
    """Return the column that a sentence is about: an average lifetime before its parts, else the first."""
    preferred = ("tau_amplitude", "peak_energy", "exciton_energy", "pressure")
    names = [one.name for one in section.heads]
    return next((names.index(one) for one in preferred if one in names), 0)


def extreme_of(known: Sequence[tuple[float, RungFit]]) -> RungFit | None:
    """Return the row in between that lies beyond both ends by more than they differ."""
    low, high = sorted((known[0][0], known[-1][0]))
    span = high - low
    beyond = [(max(value - high, low - value), one) for value, one in known[1:-1]]
    farthest = max(beyond, key=lambda pair: pair[0], default=None)
    return farthest[1] if farthest is not None and farthest[0] > span / 2 and farthest[0] > 0 else None
