"""Writes the search rows of samples and syntheses in the transaction that changes them."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from decimal import Decimal

from labbook.models import Alias, SearchFact, SearchRow
from labbook.services.search import Fact, Findable, add_facts, write_search_row, write_search_rows
from samples.kinds import SPECIMEN_KINDS, SampleKind
from samples.models import BottleDetail, Sample, SpecimenDetail, Synthesis
from samples.queries.recorded import Recorded, recorded_about

INJECTION, GROWTH, SIZE, STAY = "injT", "growth", "size", "stay"
PROCESS_KEYS = (INJECTION, GROWTH)
# What was measured of a sample; the floor above writes these facts, and indexing a sample leaves them alone.
MEASURED_KEYS = ("tech", "P", "T")
# What fits say of it, written by the floor above that.
ANALYSED_KEYS = ("crystallite", "delta", "exciton", "fwhm", "peak", "pl", "plqy", "tau", "tau1", "tau2")
BOTTLE_TEXTS = ("short", "chemical", "formula", "cas", "lot", "supplier")
SPECIMEN_TEXTS = ("substrate", "substrate_lot", "detail")
SAMPLES_AT_ONCE = 500


@dataclass(slots=True)
class Waiting:
    """What changed while indexing was put off."""

    samples: set[int] = field(default_factory=set)
    syntheses: set[int] = field(default_factory=set)


_waiting: ContextVar[Waiting | None] = ContextVar("what waits to be indexed", default=None)


@contextmanager
def indexing_once() -> Iterator[None]:
    """Put indexing off to the end of a long write, so that what changes often is indexed once.

    It stands inside the transaction; when that fails nothing is indexed.
    """
    waiting = Waiting()
    token = _waiting.set(waiting)
    try:
        yield
    finally:
        _waiting.reset(token)
    for synthesis in Synthesis.objects.filter(pk__in=waiting.syntheses):
        index_synthesis(synthesis)
    index_samples(sorted(waiting.samples))


def index_samples(ids: Sequence[int]) -> None:
    """Bring the search rows of many samples up to date; vials do not take their fractions along here."""
    for start in range(0, len(ids), SAMPLES_AT_ONCE):
        some = Sample.objects.filter(pk__in=ids[start : start + SAMPLES_AT_ONCE])
        found = some.select_related("bottle", "specimen").order_by("pk")
        write_search_rows([(sample, findable(sample, recorded_about(sample))) for sample in found])


def index_sample(sample: Sample) -> None:
    """Bring a sample's search row up to date; a vial that changes its place takes its fraction along."""
    waiting = _waiting.get()
    if waiting is not None:
        waiting.samples.add(sample.pk)
        if sample.kind == SampleKind.VIAL and sample.fraction_id:
            waiting.samples.add(sample.fraction_id)
        return
    row = findable(sample, recorded_about(sample))
    before = write_search_row(sample, row)
    if sample.kind == SampleKind.VIAL and sample.fraction and stays_in(before) != stays_in(row.facts):
        index_sample(sample.fraction)


def findable(sample: Sample, recorded: list[Recorded]) -> Findable:
    """Return what lists and search show and filter of a sample."""
    return Findable(
        kind=sample.kind,
        code=sample.code,
        title=sample.title,
        status=sample.status,
        by=sample.made_by,
        made_at=sample.made_at,
        texts=(*names_in(recorded), *detail_texts(sample), sample.solvent, sample.look, sample.note),
        facts=frozenset(facts_of(sample, recorded)),
        kept_keys=(*MEASURED_KEYS, *ANALYSED_KEYS),
    )


def index_synthesis(synthesis: Synthesis) -> None:
    """Bring a synthesis's search row up to date."""
    waiting = _waiting.get()
    if waiting is not None:
        waiting.syntheses.add(synthesis.pk)
        return
    aliases = Alias.objects.filter(code__record_type="synthesis", code__record_id=synthesis.pk)
    write_search_row(
        synthesis,
        Findable(
            kind="synthesis",
            code=synthesis.code,
            title=synthesis.title,
            status=synthesis.status,
            by=synthesis.operator,
            made_at=synthesis.injected_at or synthesis.started_at,
            texts=(*aliases.values_list("text", flat=True), synthesis.look, synthesis.note),
            facts=frozenset(process_facts(synthesis.injection_temperature_c, synthesis.growth_s)),
        ),
    )


def reindex_after_injection_change(synthesis: Synthesis) -> None:
    """Copy a synthesis's injection temperature and growth time to everything that descends from it."""
    index_synthesis(synthesis)
    of_one = Synthesis.samples.through.objects
    sample_ids = of_one.filter(synthesis=synthesis).values("sample_id")
    waiting = _waiting.get()
    if waiting is not None:
        waiting.samples.update(of_one.filter(synthesis=synthesis).values_list("sample_id", flat=True))
        return
    rows = {row.record_id: row for row in SearchRow.objects.filter(record_type="sample", record_id__in=sample_ids)}
    pairs = of_one.filter(sample_id__in=sample_ids).values_list(
        "sample_id", "synthesis__injection_temperature_c", "synthesis__growth_s"
    )
    wanted = {
        (rows[sample_id], fact)
        for sample_id, injection, growth in pairs
        if sample_id in rows
        for fact in process_facts(injection, growth)
    }
    SearchFact.objects.filter(row__in=rows.values(), key__in=PROCESS_KEYS).delete()
    add_facts(sorted(wanted, key=lambda pair: (pair[0].pk, pair[1].key)))


def facts_of(sample: Sample, recorded: list[Recorded]) -> Iterator[Fact]:
    """Return what a sample can be found by besides its words."""
    for row in recorded:
        if row.what == "synthesis":
            yield from process_facts(row.first, row.second)
        elif row.what == "stay":
            yield Fact(STAY, row.text, row.since.timestamp() if row.since else None)
    # A size of its own counts before the one it has from its fraction.
    sizes = sorted((row for row in recorded if row.what == "size"), key=lambda row: row.second != sample.pk)
    for row in sizes[:1]:
        yield Fact(SIZE, row.text, row.first)


def process_facts(injection: Decimal | float | None, growth: Decimal | float | None) -> Iterator[Fact]:
    """Return the facts of an injection temperature in °C and a growth time in s, where they are known."""
    for key, number in zip(PROCESS_KEYS, (injection, growth), strict=True):
        if number is not None:
            yield Fact(key, "", float(number))


def names_in(recorded: list[Recorded]) -> list[str]:
    """Return the codes of the syntheses and the other names."""
    return [row.text for row in recorded if row.what in ("synthesis", "alias")]


def stays_in(facts: frozenset[Fact]) -> set[Fact]:
    """Return the facts that say where something is."""
    return {fact for fact in facts if fact.key == STAY}


def detail_texts(sample: Sample) -> list[str]:
    """Return the texts of the detail row of a bottle or a specimen."""
    name, texts = ("bottle", BOTTLE_TEXTS) if sample.kind == SampleKind.BOTTLE else ("specimen", SPECIMEN_TEXTS)
    if sample.kind != SampleKind.BOTTLE and sample.kind not in SPECIMEN_KINDS:
        return []
    if name in sample._state.fields_cache:
        row = getattr(sample, name)
        return [getattr(row, text) for text in texts] if row else []
    details = BottleDetail.objects if name == "bottle" else SpecimenDetail.objects
    return [text for values in details.filter(sample=sample).values_list(*texts) for text in values]
