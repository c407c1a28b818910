"""The audit of the graph: a whole lab has no violation, and every broken rule is named."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from labbook.journal import journal_of
from labbook.models import Code, Lab, Project, Revision, SearchRow, User
from samples.models import LedgerEntry, Move, Place, PlaceKind, ProcessInput, Sample
from samples.queries.audit import violations_in
from samples.services.moves import move_samples
from tests.samples.services.making import hours_ago, pooled, received


@pytest.fixture
def pool_of_two(lab: Lab, member: User) -> Sample:
    """A pool of two received fractions, in the fridge."""
    fridge = Place.objects.create(lab=lab, title="Fridge", kind=PlaceKind.FRIDGE)
    with journal_of(lab, by=member) as journal:
        made = pooled(journal, "MX-001", received(journal, "RX-001"), received(journal, "RX-002"), amount="20")
        return move_samples(journal, samples=[made], place=fridge, at=hours_ago(0.5), by="LM")[0]


def broken(lab: Lab) -> set[str]:
    """Return the names of the rules that do not hold."""
    return {one.rule for one in violations_in(lab)}


def test_a_lab_that_was_only_written_by_services_is_whole(lab: Lab, pool_of_two: Sample) -> None:
    assert broken(lab) == set()


def test_a_balance_that_the_ledger_does_not_add_up_to_is_found(lab: Lab, pool_of_two: Sample) -> None:
    Sample.objects.filter(pk=pool_of_two.pk).update(balance=41)

    assert broken(lab) == {"balance"}


def test_a_ledger_row_that_was_taken_out_or_altered_is_found(lab: Lab, pool_of_two: Sample) -> None:
    used = Sample.objects.get(code="RX-001")
    LedgerEntry.objects.filter(sample=used, kind="use").update(amount=-10)
    LedgerEntry.objects.filter(sample=pool_of_two).delete()

    assert {one.of for one in violations_in(lab)} == {"RX-001", "MX-001"}


def test_a_circle_is_found(lab: Lab, pool_of_two: Sample) -> None:
    parent = Sample.objects.get(code="RX-001")
    ProcessInput.objects.create(process=parent.origin, sample=pool_of_two, unit="ul")

    found = violations_in(lab)

    assert {(one.rule, one.of) for one in found} == {("origin", "RX-001"), ("origin", "MX-001")}


def test_a_code_row_that_is_missing_or_leads_nowhere_is_found(lab: Lab, pool_of_two: Sample) -> None:
    Code.objects.filter(code="MX-001").update(record_id=999_999)

    assert [one.problem for one in violations_in(lab)] == [
        "has no code row", "its code row leads to a sample that is not there",
    ]  # fmt: skip


def test_a_search_row_that_forgot_the_project_is_found(lab: Lab, pool_of_two: Sample) -> None:
    project = Project.objects.create(lab=lab, name="Secret", slug="secret", is_restricted=True)
    SearchRow.objects.filter(code="MX-001").update(project=project)

    assert broken(lab) == {"search"}


def test_a_place_that_no_move_led_to_is_found(lab: Lab, pool_of_two: Sample) -> None:
    Move.objects.filter(sample=pool_of_two).delete()

    assert broken(lab) == {"place"}


def test_a_record_of_another_lab_is_found(lab: Lab, other_lab: Lab, pool_of_two: Sample) -> None:
    Place.objects.filter(lab=lab).update(lab=other_lab)

    assert broken(lab) == {"border"}


def test_a_changed_history_row_is_found(lab: Lab, pool_of_two: Sample) -> None:
    first = Revision.objects.filter(lab=lab).order_by("sequence").first()
    assert first is not None
    Revision.objects.filter(pk=first.pk).update(reason="another reason")

    assert broken(lab) == {"history"}


def test_the_command_prints_one_line_and_exits_1_on_a_violation(lab: Lab, pool_of_two: Sample) -> None:
    whole, cut = StringIO(), StringIO()

    call_command("audit_graph", stdout=whole)
    Sample.objects.filter(pk=pool_of_two.pk).update(balance=41)
    with pytest.raises(SystemExit) as stopped:
        call_command("audit_graph", lab.slug, stdout=cut)

    assert json.loads(whole.getvalue())["ok"] is True
    assert json.loads(cut.getvalue())["violations"]["balance"] == 1
    assert stopped.value.code == 1
