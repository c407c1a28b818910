"""The rungs that committed lines stand on, found on the ladders of their samples or added to them."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from labbook.journal import Journal
from measurements.matching.rungs import Rung as Words
from measurements.matching.rungs import along_of
from measurements.models import InboxRow, Rung, Series
from measurements.services.series import MOST_AT_ONCE, add_rungs, series_of
from measurements.techniques import COLUMN_OF, Along, Branch
from samples.kinds import SampleKind
from samples.models import Sample

Place = tuple[int, Along, Decimal, str]
# The ways that a ladder may be climbed; a word of another ladder is no way of this one.
WAYS = {
    Along.PRESSURE: (Branch.COMPRESSION, Branch.RELEASE),
    Along.TEMPERATURE: (Branch.COOLING, Branch.WARMING),
    Along.AGE: (),
}
SCALE = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Standing:
    """The rung of every place, and which of them were not there before."""

    at: dict[Place, Rung]
    new_ids: set[int]


def words_of(row: InboxRow) -> Words:
    """Return the rung of a line in the words of matching."""
    return Words(
        row.pressure_gpa, row.temperature_k, row.age_days, row.branch, row.part, row.spot, row.replicate or None
    )


def place_of(row: InboxRow) -> Place | None:
    """Return sample, ladder, value and way of a line; a load that says nothing else is being compressed."""
    if row.sample is None:
        return None
    is_load = row.sample.kind == SampleKind.LOAD
    along = along_of(words_of(row), is_load=is_load)
    if along is None:
        return None
    way = row.branch if row.branch in WAYS[along] else ""
    if is_load and not way:
        way = Branch.COMPRESSION
    value: Decimal = getattr(row, COLUMN_OF[along])
    return row.sample.pk, along, value.quantize(SCALE), way


def rungs_for(journal: Journal, rows: Sequence[InboxRow]) -> Standing:
    """Return the rung of every place that lines stand on; missing ones are added, a ladder at a time."""
    places = list(dict.fromkeys(place for place in map(place_of, rows) if place))
    samples: dict[int, Sample] = {row.sample.pk: row.sample for row in rows if row.sample}
    standing = Standing({}, set())
    for sample_id, along in dict.fromkeys(place[:2] for place in places):
        series = series_of(journal, sample=samples[sample_id], along=along)
        fill_ladder(journal, series, [place for place in places if place[:2] == (sample_id, along)], standing)
    return standing


def fill_ladder(journal: Journal, series: Series, places: Sequence[Place], standing: Standing) -> None:
    """Find or add the rungs of places on one ladder, those of one way at once."""
    there = {(rung.nominal, rung.branch): rung for rung in series.rungs.all()}
    for way in dict.fromkeys(place[3] for place in places):
        missing = [place[2] for place in places if place[3] == way and (place[2], way) not in there]
        for start in range(0, len(missing), MOST_AT_ONCE):
            made = add_rungs(journal, series, values=missing[start : start + MOST_AT_ONCE], branch=way)
            there |= {(rung.nominal, rung.branch): rung for rung in made}
            standing.new_ids.update(rung.pk for rung in made)
    standing.at.update({place: there[place[2], place[3]] for place in places})
