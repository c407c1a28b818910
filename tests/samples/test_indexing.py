"""Search rows follow what is recorded, in the same transaction and in few queries."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from labbook.errors import Refusal
from labbook.journal import journal_of
from labbook.models import Lab, SearchFact, SearchRow
from samples.kinds import ProcessKind, SampleKind, Unit
from samples.models import Place, Sample, SampleSize, Synthesis
from samples.services.graph import Made, make_process, make_sample
from samples.services.indexing import index_sample, index_synthesis, reindex_after_injection_change
from samples.services.moves import move_samples
from samples.services.pieces import discard_sample
from samples.services.sizes import assign_size, record_size


def facts(sample: Sample, *keys: str) -> set[tuple[str, float | None]]:
    """Return what a sample's search row can be found by under these keys."""
    found = SearchFact.objects.filter(row__record_type="sample", row__record_id=sample.pk, key__in=keys)
    return set(found.values_list("word", "number"))


@pytest.fixture
def synthesis(lab: Lab) -> Synthesis:
    return Synthesis.objects.create(
        lab=lab, code="NC-024", tag="AAAAAA", injection_temperature_c=Decimal(170), growth_s=Decimal("9.7")
    )


def make(
    lab: Lab,
    code: str,
    kind: SampleKind,
    synthesis: Synthesis | None = None,
    *,
    fraction: Sample | None = None,
    solvent: str = "",
    details: dict[str, dict[str, str]] | None = None,
) -> Sample:
    """Make a sample an hour ago."""
    with journal_of(lab, by=None) as journal:
        process = make_process(
            journal, kind=ProcessKind.RECEIVED, at=timezone.now() - timedelta(hours=1), synthesis=synthesis
        )
        made = Made(
            kind=kind, code=code, unit=Unit.UL, amount=Decimal(100), fraction=fraction, solvent=solvent,
            details=details or {},
        )  # fmt: skip
        return make_sample(journal, process=process, made=made)


def test_a_fraction_is_found_by_its_code_synthesis_and_injection(lab: Lab, synthesis: Synthesis) -> None:
    fraction = make(lab, "NC-024-F2", SampleKind.FRACTION, synthesis, solvent="hexane")

    row = SearchRow.objects.get(record_type="sample", record_id=fraction.pk)

    assert (row.kind, row.code, row.status) == ("fraction", "NC-024-F2", "in use")
    assert {word for word, _ in facts(fraction, "word")} == {"nc-024-f2", "nc024f2", "nc-024", "nc024", "hexane"}
    assert facts(fraction, "injT") == {("", 170.0)}
    assert facts(fraction, "growth") == {("", 9.7)}


def test_a_bottle_is_found_by_its_chemical_and_lot(lab: Lab) -> None:
    bottle = make(
        lab, "BT-101", SampleKind.BOTTLE, details={"bottle": {"short": "PbI2", "lot": "MKCR4471", "supplier": "Acme"}}
    )

    assert {"pbi2", "mkcr4471", "acme", "bt-101"} <= {word for word, _ in facts(bottle, "word")}


def test_a_pooled_sample_carries_every_injection(lab: Lab, synthesis: Synthesis) -> None:
    other = Synthesis.objects.create(lab=lab, code="NC-025", tag="BBBBBB", injection_temperature_c=Decimal(180))
    pool = make(lab, "PO-001", SampleKind.FRACTION, synthesis)
    pool.syntheses.add(other)

    index_sample(pool)

    assert facts(pool, "injT") == {("", 170.0), ("", 180.0)}


def test_a_changed_injection_reaches_descendants_and_the_other_syntheses_of_a_pool_stay(
    lab: Lab, synthesis: Synthesis
) -> None:
    other = Synthesis.objects.create(lab=lab, code="NC-025", tag="BBBBBB", injection_temperature_c=Decimal(180))
    fraction = make(lab, "NC-024-F1", SampleKind.FRACTION, synthesis)
    pool = make(lab, "PO-001", SampleKind.FRACTION, synthesis)
    pool.syntheses.add(other)
    synthesis.injection_temperature_c = Decimal(168)
    synthesis.save()

    reindex_after_injection_change(synthesis)

    assert facts(fraction, "injT") == {("", 168.0)}
    assert facts(pool, "injT") == {("", 168.0), ("", 180.0)}
    assert SearchFact.objects.filter(row__record_type="synthesis", key="injT").get().number == 168


def test_a_vial_takes_its_place_to_its_fraction_until_it_is_empty(lab: Lab, synthesis: Synthesis) -> None:
    freezer = Place.objects.create(lab=lab, title="Freezer 1", kind="freezer")
    fraction = make(lab, "NC-024-F1", SampleKind.FRACTION, synthesis)
    vial = make(lab, "NC-024-F1-a", SampleKind.VIAL, synthesis, fraction=fraction)
    at = timezone.now().replace(microsecond=0) - timedelta(minutes=30)
    with journal_of(lab, by=None) as journal:
        move_samples(journal, samples=[vial], place=freezer, at=at, by="LM")

    assert facts(fraction, "stay") == facts(vial, "stay") == {(str(freezer.pk), at.timestamp())}

    with journal_of(lab, by=None) as journal:
        discard_sample(journal, sample=vial, at=timezone.now(), by="LM", reason="dried out")

    assert facts(fraction, "stay") == facts(vial, "stay") == set()


def test_a_size_is_found_on_the_pieces_and_their_own_counts_first(lab: Lab, synthesis: Synthesis) -> None:
    fraction = make(lab, "NC-024-F1", SampleKind.FRACTION, synthesis)
    vial = make(lab, "NC-024-F1-a", SampleKind.VIAL, synthesis, fraction=fraction)
    film = make(lab, "NC-024-F1-FL1", SampleKind.FILM, synthesis, fraction=fraction)
    now = timezone.now()
    with journal_of(lab, by=None) as journal:
        assign_size(journal, sample=fraction, edge_length_nm=Decimal(9), at=now, by="AV")
        record_size(
            journal, sample=film, origin=SampleSize.Origin.MEASURED, edge_length_nm=Decimal("8.7"), at=now, by="GF"
        )

    assert facts(vial, "size") == facts(fraction, "size") == {("assigned", 9.0)}
    assert facts(film, "size") == {("measured", 8.7)}


@pytest.mark.parametrize("edge", ["0", "-1", "1001"])
def test_what_is_no_size_is_refused_and_writes_nothing(lab: Lab, edge: str) -> None:
    fraction = make(lab, "NC-024-F1", SampleKind.FRACTION)

    with pytest.raises(Refusal), journal_of(lab, by=None) as journal:
        assign_size(journal, sample=fraction, edge_length_nm=Decimal(edge), at=timezone.now(), by="AV")

    assert not SampleSize.objects.exists()


@pytest.mark.parametrize("kind", [SampleKind.BOTTLE, SampleKind.FRACTION, SampleKind.FILM])
def test_indexing_takes_at_most_six_queries(lab: Lab, synthesis: Synthesis, kind: SampleKind) -> None:
    sample = make(lab, "NC-024-F1", kind, synthesis)
    sample.title = "Renamed"
    SearchFact.objects.filter(row__record_id=sample.pk, key="injT").update(number=1)

    with CaptureQueriesContext(connection) as changed:
        index_sample(sample)
    with CaptureQueriesContext(connection) as unchanged:
        index_sample(sample)

    assert len(changed) <= 6, changed.captured_queries
    assert len(unchanged) <= 4, unchanged.captured_queries


def test_a_synthesis_is_found_by_its_status_and_operator(lab: Lab, synthesis: Synthesis) -> None:
    synthesis.status, synthesis.operator, synthesis.title = "failed", "AV", "Too hot"
    index_synthesis(synthesis)

    row = SearchRow.objects.get(record_type="synthesis")

    assert (row.kind, row.status, row.by, row.title) == ("synthesis", "failed", "AV", "Too hot")
    assert SearchFact.objects.filter(row=row, word="hot").exists()
