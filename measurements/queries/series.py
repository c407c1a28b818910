"""A ladder as its page shows it: rungs by techniques, gaps as gaps, and the ruby of each rung."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from labbook.models import Lab, User
from labbook.search.find import projects_of
from measurements.models import Measurement, Rung, Series
from measurements.queries.measurements import MeasurementLine, lines_of, with_pictures
from measurements.queries.measurements_conditions import plain
from measurements.queries.of_sample import ORDER, badge_of
from measurements.techniques import Along
from samples.models import Sample

RUBY = "RUBY"
MOST_LINES = 1000
# Suggested names say how the file of one more measurement would be called.
NAMED_FOR = "PL"


@dataclass(frozen=True, slots=True)
class RungRow:
    """One step of a ladder: per technique its measurements, and how many looks at ruby stand before and after."""

    rung: Rung
    cells: list[tuple[str, list[MeasurementLine]]]
    ruby_before: int
    ruby_after: int
    ruby_other: int
    names: list[str]

    @property
    def ruby_count(self) -> int:
        """How many looks at ruby there are."""
        return self.ruby_before + self.ruby_after + self.ruby_other


@dataclass(frozen=True, slots=True)
class Ladder:
    """A series with its steps and what was measured on them."""

    series: Series
    sample: Sample | None
    badges: list[str]
    rows: list[RungRow]
    lines: list[MeasurementLine]

    @property
    def is_pressure(self) -> bool:
        """Whether it runs along pressure, so that ruby tells where it is."""
        return self.series.along == Along.PRESSURE

    @property
    def gaps(self) -> list[str]:
        """How many rungs have each technique, for those that not all have: "2 of 8 rungs have TRPL"."""
        counts = Counter(badge for row in self.rows for badge, lines in row.cells if lines)
        whole = len(self.rows)
        return [f"{counts[badge]} of {whole} rungs have {badge}" for badge in self.badges if counts[badge] < whole]

    @property
    def ids(self) -> list[int]:
        """The measurements on its rungs, ruby left out."""
        return [one.measurement.pk for one in self.lines if badge_of(one) != RUBY]


def series_seen(lab: Lab, user: User) -> QuerySet[Series]:
    """Return the ladders a person sees, newest first, with the numbers of their rungs and measurements."""
    counting = Q(rungs__measurements__is_void=False)
    return (
        Series.objects.visible_to(user)
        .filter(lab=lab)
        .select_related("sample")
        .annotate(
            rung_count=Count("rungs", distinct=True),
            measurement_count=Count("rungs__measurements", filter=counting, distinct=True),
        )
        .order_by("-pk")
    )


def ladder_of(series: Series, user: User) -> Ladder:
    """Return a series as its page shows it, in a constant number of queries."""
    rungs = list(series.rungs.order_by("position", "pk"))
    for rung in rungs:
        rung.series = series
    seen = Measurement.objects.visible_to(user).filter(rung__in=rungs, is_void=False)
    found = list(with_pictures(seen).order_by("rung__position", "pk")[:MOST_LINES])
    lines = lines_of(found, projects_of(series.lab, user).hidden)
    badges = sorted({badge_of(one) for one in lines} - {RUBY}, key=lambda one: ORDER[one])
    sample = Sample.objects.visible_to(user).filter(pk=series.sample_id).first()
    rows = [row_of(rung, [one for one in lines if one.measurement.rung_id == rung.pk], badges) for rung in rungs]
    if sample is not None:
        for row in rows:
            row.names.extend(suggested_names(sample, row))
    return Ladder(series, sample, badges, rows, lines)


def row_of(rung: Rung, lines: Sequence[MeasurementLine], badges: Sequence[str]) -> RungRow:
    """Return one step with what was measured on it."""
    ruby = Counter(one.measurement.part for one in lines if badge_of(one) == RUBY)
    before, after = ruby.pop("before", 0), ruby.pop("after", 0)
    cells = [(badge, [one for one in lines if badge_of(one) == badge]) for badge in badges]
    return RungRow(rung, cells, before, after, sum(ruby.values()), [])


def suggested_names(sample: Sample, row: RungRow) -> list[str]:
    """Return names for the next files of a step, which the inbox recognises: NC-024-F2_PL_1.27GPa_01.txt."""
    counts = {badge: len(lines) for badge, lines in row.cells} or {NAMED_FOR: 0}
    where = f"{plain(row.rung.nominal):f}{row.rung.unit}"
    return [f"{sample.code}_{badge}_{where}_{count + 1:02d}.txt" for badge, count in counts.items()]
