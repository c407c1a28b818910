"""One save of the precipitation table makes rounds, fractions, vials, amounts and labels, or nothing."""

from decimal import Decimal

import pytest

from labbook.errors import Refusal
from labbook.journal import journal_of
from labbook.models import Lab, User
from samples.models import LabelRequest, LedgerEntry, Move, Place, Process, Sample, SampleStatus, Synthesis
from samples.services.dispensing import VialPlan, dispense, next_letters
from samples.services.pieces import consume
from samples.services.precipitation import (
    FractionRow,
    RoundRow,
    SpinRow,
    UseLine,
    planned_meoac_ul,
    record_clean_up_spin,
    record_fractions,
)
from samples.services.undoing_fractions import undo_fractions
from tests.samples.services.bench import batch, bottle, injected, planned, row, three_rounds
from tests.samples.services.making import hours_ago


@pytest.fixture
def synthesis(lab: Lab, member: User) -> Synthesis:
    """A synthesis whose crude holds 15.95 ml."""
    made = planned(lab, member, cs=batch(lab, member, "CS-019", "10680"), pb=batch(lab, member, "PB-031", "14940"))
    injected(lab, member, made)
    made.refresh_from_db()
    return made


def balances(*codes: str) -> list[Decimal | None]:
    """What the book says of samples."""
    found = dict(Sample.objects.values_list("code", "balance"))
    return [found[code] for code in codes]


@pytest.mark.parametrize(
    ("in_ul", "plan_ul"), [("16000", "5300"), ("21300", "7100"), ("28400", "9500"), ("21100", "7000")]
)
def test_the_planned_meoac_follows_from_the_volume_in_the_tube(in_ul: str, plan_ul: str) -> None:
    assert planned_meoac_ul(Decimal(in_ul)) == Decimal(plan_ul)


def test_one_save_makes_rounds_fractions_vials_and_labels(lab: Lab, member: User, synthesis: Synthesis) -> None:
    receipt = three_rounds(lab, member, synthesis)

    synthesis.refresh_from_db()
    assert [one.fraction.code for one in receipt.rounds] == ["NC-001-F1", "NC-001-F2", "NC-001-F3"]
    assert [vial.code for vial in receipt.vials] == ["NC-001-F1-a", "NC-001-F2-a", "NC-001-F2-b", "NC-001-F3-a"]
    assert LabelRequest.objects.filter(lab=lab).count() == receipt.label_count == 4
    assert (synthesis.fraction_count, synthesis.stop_reason) == (3, "no obvious precipitate")


def test_every_round_empties_its_source_and_the_supernatant_is_computed(
    lab: Lab, member: User, synthesis: Synthesis
) -> None:
    three_rounds(lab, member, synthesis)

    assert balances("NC-001-C", "NC-001-S1", "NC-001-S2") == [Decimal(0)] * 3
    made = dict(Sample.objects.filter(kind="supernatant").values_list("code", "made_amount"))
    assert made == {"NC-001-S1": Decimal(21250), "NC-001-S2": Decimal(28250), "NC-001-S3": Decimal(37650)}


def test_dispensing_empties_the_fraction_and_shares_it_out(lab: Lab, member: User, synthesis: Synthesis) -> None:
    three_rounds(lab, member, synthesis)

    assert balances("NC-001-F2", "NC-001-F2-a", "NC-001-F2-b") == [Decimal(0), Decimal(1500), Decimal(1500)]
    assert Sample.objects.get(code="NC-001-F2").status == SampleStatus.EMPTY


def test_a_volume_read_in_the_tube_corrects_the_book_with_its_reason(
    lab: Lab, member: User, synthesis: Synthesis
) -> None:
    with journal_of(lab, by=member) as journal:
        record_fractions(journal, synthesis=synthesis, rows=[row(4, "5400", in_ul=Decimal(16000))], operator="LM")

    entries = LedgerEntry.objects.filter(sample__code="NC-001-C").values_list("kind", "amount")
    assert list(entries) == [("made", Decimal(15950)), ("recount", Decimal(50)), ("use", Decimal(-16000))]
    assert balances("NC-001-S1") == [Decimal(21400)]


def test_a_refused_row_is_named_and_nothing_of_the_table_is_written(
    lab: Lab, member: User, synthesis: Synthesis
) -> None:
    short = bottle(lab, member, "MeOAc", "6000")
    rows = [
        FractionRow(RoundRow(at=hours_ago(4), meoac=UseLine(Decimal(5300), short), hexane=UseLine(Decimal(3000))), ()),
        FractionRow(RoundRow(at=hours_ago(3), meoac=UseLine(Decimal(7000), short), hexane=UseLine(Decimal(3000))), ()),
    ]
    processes = Process.objects.count()

    with pytest.raises(Refusal) as refused, journal_of(lab, by=member) as journal:
        record_fractions(journal, synthesis=synthesis, rows=rows, operator="LM")

    assert refused.value.field == "rows.2.meoac"
    assert refused.value.offer["recount"] == "7000"
    assert Process.objects.count() == processes
    assert balances("NC-001-C", short.code) == [Decimal(15950), Decimal(6000)]


def test_more_in_the_vials_than_in_the_book_is_recounted_with_a_flagged_reason(
    lab: Lab, member: User, synthesis: Synthesis
) -> None:
    with journal_of(lab, by=member) as journal:
        receipt = record_fractions(journal, synthesis=synthesis, rows=[row(4, "5300", vials=0)], operator="LM")
    fraction = receipt.rounds[0].fraction

    with journal_of(lab, by=member) as journal:
        plans = [VialPlan(Decimal(1600)), VialPlan(Decimal(1500))]
        dispense(journal, fraction=fraction, vials=plans, at=hours_ago(3), operator="LM")

    recount = fraction.ledger.get(kind="recount")
    assert recount.amount == Decimal(100)
    assert "the vials hold 100 µl more" in recount.reason
    assert balances(fraction.code) == [Decimal(0)]


def test_what_stays_behind_in_the_fraction_becomes_a_loss(lab: Lab, member: User, synthesis: Synthesis) -> None:
    with journal_of(lab, by=member) as journal:
        receipt = record_fractions(journal, synthesis=synthesis, rows=[row(4, "5300", vials=0)], operator="LM")
        fraction = receipt.rounds[0].fraction
        dispense(journal, fraction=fraction, vials=[VialPlan(Decimal(2800))], at=hours_ago(3), operator="LM")

    assert fraction.ledger.get(kind="loss").amount == Decimal(-200)


def test_fridge_and_freezer_arms_become_siblings_in_their_places(lab: Lab, member: User, synthesis: Synthesis) -> None:
    fridge, freezer = Place.objects.get(title="Fridge 1"), Place.objects.get(title="Freezer 1")
    vials = (VialPlan(place=fridge, arm="fridge"), VialPlan(place=freezer, arm="freezer"))
    one = row(4, "5300")

    with journal_of(lab, by=member) as journal:
        receipt = record_fractions(journal, synthesis=synthesis, rows=[FractionRow(one.round, vials)], operator="LM")

    cold, frozen = (Sample.objects.get(pk=vial.pk) for vial in receipt.vials)
    assert (cold.place, frozen.place) == (fridge, freezer)
    assert list(cold.vial.siblings.all()) == [frozen.vial]
    assert Move.objects.filter(sample__in=[cold, frozen]).count() == 2


def test_a_clean_up_spin_names_its_phases_and_loses_its_volume(lab: Lab, member: User, synthesis: Synthesis) -> None:
    with journal_of(lab, by=member) as journal:
        receipt = record_fractions(journal, synthesis=synthesis, rows=[row(4, "5300", vials=0)], operator="LM")
        spin = SpinRow(hours_ago(3), "supernatant", "pellet", "agglomerates discarded", amount_after_ul=Decimal(2800))
        process = record_clean_up_spin(journal, fraction=receipt.rounds[0].fraction, spin=spin, operator="LM")

    assert (process.phase_kept, process.phase_discarded, process.outcome) == (
        "supernatant", "pellet", "agglomerates discarded",
    )  # fmt: skip
    assert balances("NC-001-F1") == [Decimal(2800)]


def test_after_a_stop_no_round_can_be_added(lab: Lab, member: User, synthesis: Synthesis) -> None:
    three_rounds(lab, member, synthesis)

    with pytest.raises(Refusal, match="stopped"), journal_of(lab, by=member) as journal:
        record_fractions(journal, synthesis=synthesis, rows=[row(0.5, "9000")], operator="LM")


def test_undo_returns_every_amount_and_gives_no_code_out_again(lab: Lab, member: User, synthesis: Synthesis) -> None:
    meoac = bottle(lab, member, "MeOAc")
    with_bottle = RoundRow(at=hours_ago(4), meoac=UseLine(Decimal(5300), meoac), hexane=UseLine(Decimal(3000)))
    with journal_of(lab, by=member) as journal:
        rows = [FractionRow(with_bottle, (VialPlan(), VialPlan())), row(3, "7000")]
        receipt = record_fractions(journal, synthesis=synthesis, rows=rows, operator="LM")

    with journal_of(lab, by=member) as journal:
        undo_fractions(journal, synthesis=synthesis, process_ids=receipt.process_ids)

    synthesis.refresh_from_db()
    assert balances("NC-001-C", meoac.code) == [Decimal(15950), Decimal(100000)]
    assert not Sample.objects.filter(kind__in=["vial", "fraction", "supernatant"]).exclude(status="discarded").exists()
    assert (synthesis.fraction_count, LabelRequest.objects.count()) == (0, 0)
    again = three_rounds(lab, member, synthesis)
    assert [one.fraction.code for one in again.rounds] == ["NC-001-F3", "NC-001-F4", "NC-001-F5"]


def test_undo_is_refused_once_a_vial_was_used(lab: Lab, member: User, synthesis: Synthesis) -> None:
    receipt = three_rounds(lab, member, synthesis)
    with journal_of(lab, by=member) as journal:
        consume(journal, sample=receipt.vials[0], amount=Decimal(5), at=hours_ago(1))

    with pytest.raises(Refusal, match="NC-001-F1-a was used since"), journal_of(lab, by=member) as journal:
        undo_fractions(journal, synthesis=synthesis, process_ids=receipt.process_ids)


def test_letters_go_on_after_z() -> None:
    assert next_letters({"a"}, 3) == ["b", "c", "d"]
    assert next_letters(set(), 28)[-2:] == ["aa", "ab"]
