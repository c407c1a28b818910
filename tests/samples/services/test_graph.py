"""Promises of the graph: order, no circles, no output without a process, projects and syntheses inherited."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from labbook.errors import Refusal
from labbook.journal import journal_of
from labbook.models import Code, Lab, Project, Revision, User
from labbook.services.projects import start_project
from samples.kinds import SampleKind, Unit
from samples.lineage.walk import path_down
from samples.models import LedgerEntry, Process, Sample, SampleStatus
from samples.services.graph import Made, make_sample, use
from tests.making import make_lab
from tests.samples.services.making import hours_ago, pooled, pooling, received


def test_a_use_debits_its_source_in_the_same_transaction(lab: Lab, member: User) -> None:
    with journal_of(lab, by=member) as journal:
        vial = received(journal, "RX-001", "100")
        pooled(journal, "MX-001", vial, received(journal, "RX-002"), amount="40")

    vial.refresh_from_db()
    assert vial.balance == Decimal(60)
    assert [entry.amount for entry in vial.ledger.all()] == [Decimal(100), Decimal(-40)]


def test_what_is_made_cannot_be_older_than_its_source(lab: Lab, member: User) -> None:
    with pytest.raises(Refusal, match="cannot be older than its source"), journal_of(lab, by=member) as journal:
        pooled(journal, "MX-001", received(journal, "RX-001"), hours=72)

    assert not Sample.objects.exists()


def test_a_circle_is_refused_and_the_way_round_is_named(lab: Lab, member: User) -> None:
    with journal_of(lab, by=member) as journal:
        first = pooled(journal, "MX-001", received(journal, "RX-001"), hours=3)
        second = pooled(journal, "MX-002", first, hours=2)
        third = pooled(journal, "MX-003", second, hours=1)

    with pytest.raises(Refusal) as refused, journal_of(lab, by=member) as journal:
        use(journal, process=first.origin, sample=third, amount=Decimal("0.5"), at=hours_ago(0))

    assert "MX-001 → MX-002 → MX-003" in refused.value.message
    assert not first.origin.inputs.filter(sample=third).exists()


def test_the_way_round_does_not_name_what_the_person_may_not_see(lab: Lab, member: User, owner: User) -> None:
    secret = start_project(lab=lab, name="Secret", is_restricted=True, by=owner)
    with journal_of(lab, by=member) as journal:
        first = pooled(journal, "MX-001", received(journal, "RX-001"), hours=3)
        second = pooled(journal, "MX-002", first, hours=2)
        third = pooled(journal, "MX-003", second, hours=1)
    Sample.objects.filter(pk=second.pk).update(project=secret)

    with pytest.raises(Refusal) as refused, journal_of(lab, by=member) as journal:
        use(journal, process=first.origin, sample=third, amount=Decimal("0.5"), at=hours_ago(0))

    assert "MX-001 → restricted → MX-003" in refused.value.message
    assert "MX-002" not in refused.value.message


def test_a_sample_cannot_be_made_of_itself(lab: Lab, member: User) -> None:
    with journal_of(lab, by=member) as journal:
        sample = pooled(journal, "MX-001", received(journal, "RX-001"))

    with pytest.raises(Refusal, match="descends from what it would make"), journal_of(lab, by=member) as journal:
        use(journal, process=sample.origin, sample=sample, amount=Decimal("0.1"), at=hours_ago(0))


def test_an_output_without_a_process_cannot_be_written(lab: Lab) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Sample.objects.create(lab=lab, code="X", tag="222222", kind="vial", unit="ul", made_at=hours_ago(1))


def test_a_taken_code_is_refused_and_changes_nothing(lab: Lab, member: User) -> None:
    with journal_of(lab, by=member) as journal:
        received(journal, "RX-001")

    with pytest.raises(Refusal) as refused, journal_of(lab, by=member) as journal:
        received(journal, "RX-001")

    assert refused.value.field == "code"
    assert Sample.objects.count() == Process.objects.count() == 1


def test_two_labs_may_use_the_same_code(lab: Lab, member: User) -> None:
    for one in (lab, make_lab("Second")):
        with journal_of(one, by=member) as journal:
            received(journal, "RX-001")

    assert Code.objects.filter(code="RX-001").count() == 2


def test_outputs_inherit_the_project_of_their_inputs(lab: Lab, member: User) -> None:
    secret = Project.objects.create(lab=lab, name="Secret", slug="secret", is_restricted=True)
    with journal_of(lab, by=member) as journal:
        source = received(journal, "RX-001")
        source.project = secret
        source.save()
        made = pooled(journal, "MX-001", source)

    assert made.project == secret
    assert made.origin.project == secret
    assert Revision.objects.filter(record_label="MX-001", project=secret).exists()


def test_samples_of_two_projects_cannot_be_mixed(lab: Lab, member: User) -> None:
    with journal_of(lab, by=member) as journal:
        one, other = received(journal, "RX-001"), received(journal, "RX-002")
        for sample, name in ((one, "a"), (other, "b")):
            sample.project = Project.objects.create(lab=lab, name=name, slug=name)
            sample.save()

    with pytest.raises(Refusal, match="another project"), journal_of(lab, by=member) as journal:
        pooled(journal, "MX-001", one, other)


def test_a_gap_shows_as_an_input_without_a_sample(lab: Lab, member: User) -> None:
    with journal_of(lab, by=member) as journal:
        process = pooling(journal)
        use(
            journal, process=process, sample=None, amount=None, unit=Unit.UL, description="hexane, lot not recorded"
        )  # fmt: skip

    line = process.inputs.get()
    assert line.sample is None
    assert line.description == "hexane, lot not recorded"


def test_a_planned_sample_cannot_be_used(lab: Lab, member: User) -> None:
    with journal_of(lab, by=member) as journal:
        made = Made(
            kind=SampleKind.CRUDE, code="NC-001-C", unit=Unit.UL, amount=None, status=SampleStatus.PLANNED
        )  # fmt: skip
        planned = make_sample(journal, process=pooling(journal, hours=2), made=made)

    with pytest.raises(Refusal, match="not made yet"), journal_of(lab, by=member) as journal:
        pooled(journal, "MX-001", planned)


class AnyGraph(TestCase):
    """Properties of graphs that grow by chance."""

    @given(st.lists(st.sets(st.integers(0, 30), min_size=1, max_size=3), min_size=1, max_size=12))
    def test_the_ledger_adds_up_and_no_way_leads_back(self, choices: list[set[int]]) -> None:
        lab = make_lab(f"Chance {Lab.objects.count()}")
        with journal_of(lab, by=None) as journal:
            samples = [received(journal, "S0", "1000")]
            for number, chosen in enumerate(choices, start=1):
                parents = {index % len(samples) for index in chosen}
                chosen_ones = [samples[one] for one in sorted(parents)]
                samples.append(pooled(journal, f"S{number}", *chosen_ones, makes="1000"))

        for sample in Sample.objects.filter(lab=lab):
            entries = LedgerEntry.objects.filter(sample=sample)
            assert sample.balance == sum((entry.amount or 0 for entry in entries), Decimal(0))
            assert sample.balance is not None
            assert sample.balance >= 0
            for line in sample.origin.inputs.all():
                assert line.sample_id is None or not path_down(sample.pk, line.sample_id)
