"""Promises about a single sample: treated, discarded, poured back, moved, renamed, pooled, split and received."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from labbook.errors import Refusal
from labbook.journal import Journal, journal_of
from labbook.models import Alias, Lab, Revision, User
from samples.kinds import Precision, ProcessKind, SampleKind, Unit
from samples.lineage.walk import ancestor_links
from samples.models import EntryKind, LabelRequest, Move, Place, PlaceKind, Sample, SampleStatus
from samples.services.dispensing import VialPlan, dispense
from samples.services.moves import move_samples
from samples.services.names import give_alias, request_labels
from samples.services.pieces import discard_sample, keep_after_all, pour_back
from samples.services.pooling import Share, dilute, pool, receive_sample, split, vial_letter
from samples.services.specimens import Ingredient, SpecimenPlan, make_specimen
from samples.services.treatments import treat
from tests.samples.services.making import hours_ago, received


def two_vials(journal: Journal) -> list[Sample]:
    """Fill two vials of 1400 µl."""
    plans = [VialPlan(Decimal(1400)), VialPlan(Decimal(1400))]
    fraction = received(journal, "NC-001-F1", "2800")
    return dispense(journal, fraction=fraction, vials=plans, at=hours_ago(40), operator="AV")


def test_a_treatment_in_place_writes_what_was_lost_and_no_new_sample(lab: Lab, member: User) -> None:
    with journal_of(lab, by=member) as journal:
        fraction = received(journal, "NC-001-F1", "3000")
        process = treat(
            journal, sample=fraction, kind=ProcessKind.CLEAN_UP_SPIN, at=hours_ago(10), operator="AV",
            amount_after=Decimal(2800), phase_kept="supernatant", phase_discarded="pellet of agglomerates",
        )  # fmt: skip

    fraction.refresh_from_db()
    assert fraction.balance == 2800
    assert fraction.ledger.filter(process=process).exists()
    assert process.phase_discarded == "pellet of agglomerates"
    assert Sample.objects.count() == 1


def test_a_treatment_before_the_sample_existed_is_refused(lab: Lab, member: User) -> None:
    with pytest.raises(Refusal, match="cannot be older"), journal_of(lab, by=member) as journal:
        treat(journal, sample=received(journal, "X"), kind=ProcessKind.DRYING, at=hours_ago(80))


def test_a_discarded_sample_loses_its_rest_and_can_be_kept_after_all(lab: Lab, member: User) -> None:
    with journal_of(lab, by=member) as journal:
        vial = two_vials(journal)[0]
        discard_sample(journal, sample=vial, at=hours_ago(1), by="AV", reason="turned yellow")
        vial.refresh_from_db()
        assert vial.status == SampleStatus.DISCARDED
        assert vial.balance == 0
        keep_after_all(journal, sample=vial, at=hours_ago(0), by="AV", reason="wrong vial")

    vial.refresh_from_db()
    assert vial.status == SampleStatus.IN_USE
    assert vial.balance == 1400


def test_discarding_needs_a_reason_and_happens_once(lab: Lab, member: User) -> None:
    with journal_of(lab, by=member) as journal:
        vial = two_vials(journal)[0]

    with pytest.raises(Refusal, match="Say why"), journal_of(lab, by=member) as journal:
        discard_sample(journal, sample=vial, at=hours_ago(1), by="AV", reason=" ")
    with journal_of(lab, by=member) as journal:
        discard_sample(journal, sample=vial, at=hours_ago(1), by="AV", reason="broken")
    with pytest.raises(Refusal, match="already discarded"), journal_of(lab, by=member) as journal:
        discard_sample(journal, sample=vial, at=hours_ago(1), by="AV", reason="broken")


def test_a_cuvette_poured_back_is_a_flagged_credit_and_not_an_edge(lab: Lab, member: User) -> None:
    with journal_of(lab, by=member) as journal:
        vial = two_vials(journal)[0]
        cuvette = make_specimen(
            journal, source=vial, plan=SpecimenPlan(prefix="CV", amount=Decimal(50)), at=hours_ago(5), operator="AV"
        )
        pour_back(journal, cuvette=cuvette, vial=vial, amount=Decimal(40), at=hours_ago(4), by="AV")

    entry = vial.ledger.last()
    assert entry is not None
    assert entry.kind == EntryKind.CREDIT
    assert entry.amount == 40
    assert "NC-001-F1-CV1" in entry.reason
    assert cuvette.pk not in {link.parent_id for link in ancestor_links([vial.pk])}


def test_a_move_entered_late_does_not_change_where_a_vial_is(lab: Lab, member: User) -> None:
    fridge = Place.objects.create(lab=lab, title="Fridge 1", kind=PlaceKind.FRIDGE)
    bench = Place.objects.create(lab=lab, title="Bench 1", kind=PlaceKind.BENCH)
    with journal_of(lab, by=member) as journal:
        vial = two_vials(journal)[0]
        move_samples(journal, samples=[vial], place=fridge, at=hours_ago(2), by="AV")
        move_samples(journal, samples=[vial], place=bench, at=hours_ago(5), by="AV")

    vial.refresh_from_db()
    assert vial.place == fridge
    assert Move.objects.count() == 2


@pytest.mark.parametrize(("hours", "said"), [(-2, "future"), (400, "did not exist")])
def test_an_impossible_moment_of_a_move_is_refused(lab: Lab, member: User, hours: float, said: str) -> None:
    with journal_of(lab, by=member) as journal:
        vial = two_vials(journal)[0]

    with pytest.raises(Refusal, match=said), journal_of(lab, by=member) as journal:
        move_samples(journal, samples=[vial], place=None, at=timezone.now() - timedelta(hours=hours), by="AV")


def test_an_alias_is_kept_once_and_told_in_the_history(lab: Lab, member: User) -> None:
    with journal_of(lab, by=member) as journal:
        sample = received(journal, "RX-001")
        give_alias(journal, sample=sample, text="old 9 nm")
        give_alias(journal, sample=sample, text="OLD-9-NM")

    assert Alias.objects.count() == 1
    assert Revision.objects.filter(action="alias added").exists()


def test_a_label_waits_once_however_often_it_is_asked_for(lab: Lab, member: User) -> None:
    with journal_of(lab, by=member) as journal:
        sample = received(journal, "RX-001")
        added = [request_labels(journal, samples=[sample]) for _ in range(2)]

    assert added == [1, 0]
    assert LabelRequest.objects.count() == 1


def test_pooled_samples_make_one_that_descends_from_all(lab: Lab, member: User) -> None:
    with journal_of(lab, by=member) as journal:
        one, other = received(journal, "RX-001"), received(journal, "RX-002")
        made = pool(
            journal, shares=[Share(one, Decimal(40)), Share(other, Decimal(60))], at=hours_ago(1), operator="AV"
        )  # fmt: skip

    assert made.code == "MX-001"
    assert made.balance == 100
    assert {link.parent_id for link in ancestor_links([made.pk])} == {one.pk, other.pk}


def test_pooling_one_sample_is_no_pooling(lab: Lab, member: User) -> None:
    with pytest.raises(Refusal, match="at least two"), journal_of(lab, by=member) as journal:
        pool(journal, shares=[Share(received(journal, "RX-001"), None)], at=hours_ago(1), operator="AV")


def test_a_vial_splits_into_further_vials_of_its_fraction(lab: Lab, member: User) -> None:
    with journal_of(lab, by=member) as journal:
        vial = two_vials(journal)[0]
        parts = split(journal, source=vial, parts=[Decimal(500), Decimal(500)], at=hours_ago(1), operator="AV")

    assert [part.code for part in parts] == ["NC-001-F1-c", "NC-001-F1-d"]
    vial.refresh_from_db()
    assert vial.balance == 400


def test_a_dilution_adds_up_and_keeps_a_gap_for_the_solvent(lab: Lab, member: User) -> None:
    with journal_of(lab, by=member) as journal:
        made = dilute(
            journal, share=Share(two_vials(journal)[0], Decimal(100)),
            solvent=Ingredient("hexane, lot not recorded", Unit.UL, None, Decimal(900), is_solvent=True),
            at=hours_ago(1), operator="AV",
        )  # fmt: skip

    assert made.balance == 1000
    assert made.origin.inputs.filter(sample__isnull=True, is_solvent=True).exists()


def test_a_received_sample_has_no_parents_and_is_found_by_its_old_name(lab: Lab, member: User) -> None:
    with journal_of(lab, by=member) as journal:
        sample = receive_sample(
            journal, kind=SampleKind.VIAL, unit=Unit.UL, amount=None, at=hours_ago(24), precision=Precision.DAY,
            operator="AV", origin_note="a gift", aliases=["Legacy 12"],
        )  # fmt: skip

    assert not sample.origin.inputs.exists()
    assert Alias.objects.get().text == "Legacy 12"


def test_letters_go_on_after_z() -> None:
    assert [vial_letter(index) for index in (0, 25, 26, 27, 52)] == ["a", "z", "aa", "ab", "ba"]
