"""What the lab knows around a batch: codes that its names may mean, and loads measured in its session."""

from collections.abc import Iterable, Iterator

from django.db.models import Q, QuerySet

from labbook.models import Alias, Code, Lab, User
from measurements.matching.codes import Known, book_of, possible_codes
from measurements.matching.evidence import Piece, Surroundings
from measurements.models import Batch, Measurement
from samples.kinds import SampleKind
from samples.models import Sample

CODES_AT_ONCE = 2000
# Of a whole synthesis so many samples are offered.
MOST_OF_A_SYNTHESIS = 200


def surroundings_of(batch: Batch, texts: Iterable[str]) -> Surroundings:
    """Return the samples that texts may name, as whoever opened the batch sees them; the queries do not grow."""
    wanted = sorted({code for text in texts for code in possible_codes(text)})
    names = list(names_like(batch.lab, wanted))
    ids = {record_id for _, record_type, record_id in names if record_type == "sample"}
    loads = session_loads(batch)
    samples = known_samples(batch, {*ids, *loads, *([batch.sample_id] if batch.sample_id else [])})
    of_syntheses = samples_of_syntheses(batch, {one for _, record_type, one in names if record_type == "synthesis"})
    pieces = {one.pk: piece_of(one) for one in [*samples, *(two for many in of_syntheses.values() for two in many)]}
    return Surroundings(
        book=book_of(known_names(names, pieces.keys(), of_syntheses)),
        pieces=pieces,
        shared_sample_id=batch.sample_id,
        session_load_ids=tuple(one for one in loads if one in pieces),
    )


def names_like(lab: Lab, wanted: list[str]) -> Iterator[tuple[str, str, int]]:
    """Yield code or alias, type and id of every sample and synthesis that is called so."""
    kinds = ("sample", "synthesis")
    for start in range(0, len(wanted), CODES_AT_ONCE):
        some = wanted[start : start + CODES_AT_ONCE]
        codes = Code.objects.filter(lab=lab, normalized__in=some, record_type__in=kinds)
        yield from codes.order_by("code").values_list("code", "record_type", "record_id")
        aliases = Alias.objects.filter(lab=lab, normalized__in=some, code__record_type__in=kinds)
        yield from aliases.order_by("text").values_list("text", "code__record_type", "code__record_id")


def visible_samples(batch: Batch) -> "QuerySet[Sample]":
    """Return the samples that whoever opened the batch may see; without a person those of no restricted project."""
    samples = Sample.objects.filter(lab=batch.lab)
    if isinstance(batch.created_by, User):
        return samples.visible_to(batch.created_by)
    return samples.filter(Q(project__isnull=True) | Q(project__is_restricted=False))


def known_samples(batch: Batch, ids: Iterable[int]) -> list[Sample]:
    """Return the visible samples among some ids."""
    return list(visible_samples(batch).filter(pk__in=set(ids)))


def samples_of_syntheses(batch: Batch, ids: set[int]) -> dict[int, list[Sample]]:
    """Return the samples of each synthesis that a name may mean."""
    if not ids:
        return {}
    links = Sample.syntheses.through.objects.filter(synthesis_id__in=ids).values_list("synthesis_id", "sample_id")
    pairs = list(links[: MOST_OF_A_SYNTHESIS * len(ids)])
    samples = {one.pk: one for one in known_samples(batch, [sample_id for _, sample_id in pairs])}
    found: dict[int, list[Sample]] = {one: [] for one in ids}
    for synthesis_id, sample_id in pairs:
        if sample_id in samples:
            found[synthesis_id].append(samples[sample_id])
    return found


def known_names(
    names: list[tuple[str, str, int]], seen: Iterable[int], of_syntheses: dict[int, list[Sample]]
) -> Iterator[Known]:
    """Yield what each name may mean; the name of a hidden sample means nothing here."""
    seen = set(seen)
    for name, record_type, record_id in names:
        if record_type == "sample" and record_id in seen:
            yield Known(name, (record_id,))
        elif of_syntheses.get(record_id) and record_type == "synthesis":
            ids = tuple(one.pk for one in sorted(of_syntheses[record_id], key=lambda one: one.code))
            yield Known(name, ids, is_sample=False)


def piece_of(sample: Sample) -> Piece:
    """Return what matching needs of a sample."""
    parents = frozenset([sample.fraction_id] if sample.fraction_id else ())
    return Piece(sample.code, sample.kind == SampleKind.LOAD, parents)


def session_loads(batch: Batch) -> list[int]:
    """Return the loads measured in the batch's session, or with its instrument on its day, the latest first."""
    measured = Measurement.objects.filter(lab=batch.lab, is_void=False, sample__kind=SampleKind.LOAD)
    if batch.session_id:
        measured = measured.filter(session=batch.session_id)
    elif batch.instrument_id and batch.day:
        measured = measured.filter(instrument=batch.instrument_id, measured_at__date=batch.day)
    else:
        return []
    return list(dict.fromkeys(measured.order_by("-pk").values_list("sample_id", flat=True)[:500]))
