"""Writes the search rows of measurements, and on their samples' rows what was measured of them."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from django.db.models import Q

from labbook.models import SearchFact
from labbook.services.search import Fact, Findable, replace_facts, write_search_rows
from measurements.models import Measurement
from measurements.queries.states import state_of
from measurements.techniques import TECHNIQUES, Along, Technique
from samples.models import Sample
from samples.services.indexing import ANALYSED_KEYS, MEASURED_KEYS

TECHNIQUE, PRESSURE, TEMPERATURE = MEASURED_KEYS
SAMPLES_AT_ONCE = 500
# Of a fraction with hundreds of measurements no more than this is read.
READ_OF_MEASURED = (
    "technique", "pressure_gpa", "temperature_k", "project_id", "sample__fraction_id", "sample__project_id",
    "rung__nominal", "rung__series__along",
)  # fmt: skip
# The longest word that a fact holds.
LONGEST = SearchFact._meta.get_field("word").max_length or 0


def index_measurements(measurements: Iterable[Measurement]) -> None:
    """Bring the search rows of measurements up to date, and what their samples can be found by.

    Call it in the transaction that wrote them. When a measurement left a sample, call
    `index_measured_samples` for that sample too.
    """
    wanted = Measurement.objects.filter(pk__in=[one.pk for one in measurements])
    found = wanted.select_related("sample", "instrument", "rung__series").prefetch_related("parts__file_name")
    rows = list(found.order_by("pk"))
    write_search_rows([(one, findable(one)) for one in rows])
    index_measured_samples({one.sample_id for one in rows if one.sample_id})


def index_measured_samples(sample_ids: Iterable[int]) -> None:
    """Write what was measured of samples, and of the fractions they are pieces of, on their search rows."""
    ids = set(sample_ids)
    pieces = Sample.objects.filter(pk__in=ids, fraction__isnull=False)
    wanted = sorted(ids | set(pieces.values_list("fraction_id", flat=True)))
    for start in range(0, len(wanted), SAMPLES_AT_ONCE):
        some = wanted[start : start + SAMPLES_AT_ONCE]
        replace_facts("sample", measured_facts(some), keys=MEASURED_KEYS)


def findable(measurement: Measurement) -> Findable:
    """Return what lists and search show and filter of a measurement."""
    sample = sample_told(measurement)
    reference = measurement.get_reference_kind_display() if measurement.reference_kind else ""
    names = [part.file_name.name for part in measurement.parts.all() if is_told(measurement, part.file_name.project_id)]
    return Findable(
        kind="measurement",
        code=f"{measurement.technique} {measurement.pk}",
        title=" ".join(filter(None, (sample.code if sample else reference, measurement.title))),
        status=state_of(measurement),
        by=measurement.operator,
        made_at=measurement.measured_at,
        texts=(sample.code if sample else reference, *names, measurement.spot, measurement.note),
        facts=frozenset(facts_of(measurement)),
        kept_keys=ANALYSED_KEYS,
    )


def facts_of(measurement: Measurement) -> Iterator[Fact]:
    """Return what a measurement can be found by besides its words."""
    yield from condition_facts(measurement.technique, *conditions_of(measurement))
    sample = sample_told(measurement)
    if sample is not None:
        yield Fact("sample", sample.code.lower()[:LONGEST])
    elif not measurement.sample_id:
        yield Fact("sample", "none")
    if measurement.instrument is not None:
        yield Fact("instrument", measurement.instrument.title.lower()[:LONGEST])
    if measurement.rung is not None:
        yield Fact("along", measurement.rung.series.along)


def sample_told(measurement: Measurement) -> Sample | None:
    """Return the sample of a measurement, unless it lies in another project than who sees the measurement sees."""
    sample = measurement.sample
    return sample if sample is not None and is_told(measurement, sample.project_id) else None


def is_told(measurement: Measurement, project_id: int | None) -> bool:
    """Say whether who sees the measurement surely sees what lies in a project."""
    return project_id in (None, measurement.project_id)


def conditions_of(measurement: Measurement) -> tuple[Decimal | None, Decimal | None]:
    """Return the pressure in GPa and the temperature in K; those of its rung where it says none."""
    pressure_gpa, temperature_k, rung = measurement.pressure_gpa, measurement.temperature_k, measurement.rung
    if rung is not None and rung.series.along == Along.PRESSURE and pressure_gpa is None:
        pressure_gpa = rung.nominal
    if rung is not None and rung.series.along == Along.TEMPERATURE and temperature_k is None:
        temperature_k = rung.nominal
    return pressure_gpa, temperature_k


def condition_facts(technique: str, pressure_gpa: Decimal | None, temperature_k: Decimal | None) -> Iterator[Fact]:
    """Return the facts of a technique under each of its names, of a pressure in GPa and a temperature in K."""
    badge = TECHNIQUES[Technique(technique)].badge
    yield from {Fact(TECHNIQUE, technique.lower()), Fact(TECHNIQUE, badge.lower())}
    for key, number in ((PRESSURE, pressure_gpa), (TEMPERATURE, temperature_k)):
        if number is not None:
            yield Fact(key, "", float(number))


def measured_facts(sample_ids: Sequence[int]) -> dict[int, frozenset[Fact]]:
    """Return what was measured of each sample or, for a fraction, of its pieces.

    A measurement or a piece in another project than the sample's own is left out, because whoever
    sees the sample would learn of it.
    """
    facts: dict[int, set[Fact]] = {one: set() for one in sample_ids}
    projects = dict(Sample.objects.filter(pk__in=sample_ids).values_list("pk", "project_id"))
    measured = Measurement.objects.filter(
        Q(sample__in=sample_ids) | Q(sample__fraction__in=sample_ids), is_void=False
    ).select_related("sample", "rung__series")
    for measurement in measured.only(*READ_OF_MEASURED):
        sample = measurement.sample
        its = {sample.pk, sample.fraction_id or 0} & facts.keys() if sample else set()
        told = {one for one in its if sample and {measurement.project_id, sample.project_id} <= {None, projects[one]}}
        for one in told:
            facts[one].update(condition_facts(measurement.technique, *conditions_of(measurement)))
    return {one: frozenset(found) for one, found in facts.items()}
