"""Search rows follow what is recorded, in the same transaction and in few queries."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from labbook.journal import journal_of
from labbook.models import Lab, SearchFact, SearchRow
from samples.kinds import ProcessKind, SampleKind, Unit
from samples.models import Move, Place, Sample, SampleSize, Synthesis
from samples.services.graph import Made, make_process, make_sample
from samples.services.indexing import index_sample, index_synthesis, reindex_after_injection_change


def facts(sample: Sample, *keys: str) -> set[tuple[str, float | None]]:
    """Return what a sample's search row can be found by under these keys."""
    found = SearchFact.objects.filter(row__record_type="sample", row__record_id=sample.pk, key__in=keys)
    return set(found.values_list("word", "number"))


@pytest.fixture
def synthesis(lab: Lab) -> Synthesis:
    return Synthesis.objects.create(
        lab=lab, code="NC-024", tag="AAAAAA", injection_temperature_c=Decimal(170), growth_s=Decimal("9.7")
    )


def make(lab: Lab, code: str, kind: SampleKind, synthesis: Synthesis | None = None, **more: object) -> Sample:
    """Make a sample an hour ago."""
    with journal_of(lab, by=None) as journal:
        process = make_process(
            journal, kind=ProcessKind.RECEIVED, at=timezone.now() - timedelta(hours=1), synthesis=synthesis
        )
        made = Made(kind=kind, code=code, unit=Unit.UL, amount=Decimal(100), **more)  # type: ignore[arg-type]
        return make_sample(journal, process=process, made=made)


def test_a_fraction_is_found_by_its_code_synthesis_and_injection(lab: Lab, synthesis: Synthesis) -> None:
    fraction = make(lab, "NC-024-F2", SampleKind.FRACTION, synthesis, solvent="hexane")

    row = SearchRow.objects.get(record_type="sample", record_id=fraction.pk)

    assert (row.kind, row.code, row.status) == ("fraction", "NC-024-F2", "in use")
    assert {word for word, _ in facts(fraction, "word")} == {"nc-024-f2", "nc024f2", "nc-024", "nc024", "hexane"}
    assert facts(fraction, "injT") == {("", 170.0)}
    assert facts(fraction, "growth") == {("", 9.7)}
