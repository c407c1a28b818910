"""A synthesis is planned, stamped, debited and ended, and nothing of it is lost."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.utils import timezone

from labbook.errors import Refusal
from labbook.journal import journal_of
from labbook.models import Lab, User
from labbook.quantities import parse_amount, parse_quantity
from labbook.roles import Role
from samples.models import ProcessInput, Sample, SampleStatus, StepStatus, Synthesis, SynthesisStatus
from samples.services.steps import finish_step
from samples.services.syntheses import (
    crude_of,
    dial_input,
    duplicate_synthesis,
    end_synthesis,
    injection_of,
    plan_synthesis,
    record_injection,
    settle_input,
    stamp,
    start_synthesis,
    undo_stamp,
)
from samples.services.values import record_value
from tests.making import make_lab, make_person
from tests.samples.services.bench import batch, injected, planned
from tests.samples.services.making import hours_ago


@pytest.fixture
def running(lab: Lab, member: User) -> Synthesis:
    """A running synthesis with both batches."""
    synthesis = planned(lab, member, cs=batch(lab, member, "CS-019", "10680"), pb=batch(lab, member, "PB-031", "14940"))
    with journal_of(lab, by=member) as journal:
        return start_synthesis(journal, synthesis=synthesis)


def press(lab: Lab, by: User, synthesis: Synthesis, moment: str, at: datetime) -> list[Refusal]:
    """Press a stamp button."""
    with journal_of(lab, by=by) as journal:
        return stamp(journal, synthesis=synthesis, moment=moment, at=at)


def balance(code: str) -> Decimal | None:
    """What the book says of a sample."""
    return Sample.objects.get(code=code).balance


def test_a_plan_takes_the_next_code_and_copies_the_recipe(lab: Lab, member: User) -> None:
    synthesis = planned(lab, member, cs=batch(lab, member, "CS-019", "10680"))

    process = injection_of(synthesis)
    assert synthesis.code == "NC-001"
    assert [step.key for step in process.steps.all()] == ["nitrogen", "heat", "inject", "quench", "cool"]
    assert process.steps.get(key="inject").stamps == ["injected", "turned_red"]
    assert process.inputs.get(key="cs_batch").planned_amount == Decimal(1000)
    assert process.inputs.get(key="pb_batch").sample is None


def test_a_plan_debits_nothing(lab: Lab, member: User) -> None:
    planned(lab, member, cs=batch(lab, member, "CS-019", "10680"), pb=batch(lab, member, "PB-031", "14940"))

    assert (balance("CS-019"), balance("PB-031")) == (Decimal(10680), Decimal(14940))


def test_the_injection_debits_its_inputs_and_the_ice_bath_makes_the_crude(
    lab: Lab, member: User, running: Synthesis
) -> None:
    at = timezone.now() - timedelta(seconds=30)

    assert press(lab, member, running, "injected", at) == []
    press(lab, member, running, "ice_bath", at + timedelta(seconds=6, microseconds=912_345))

    running.refresh_from_db()
    crude = crude_of(running)
    assert (balance("CS-019"), balance("PB-031")) == (Decimal(9680), Decimal(0))
    assert running.injected_at == at
    assert running.growth_s == Decimal("6.912")
    assert crude is not None
    assert (crude.code, crude.balance) == ("NC-001-C", Decimal(15940))


def test_a_dialed_amount_is_debited_and_a_later_correction_is_a_row_of_its_own(
    lab: Lab, member: User, running: Synthesis
) -> None:
    line = injection_of(running).inputs.get(key="cs_batch")
    with journal_of(lab, by=member) as journal:
        dial_input(journal, line=line, used=parse_amount("1.01 ml", "ul"))
    at = timezone.now() - timedelta(seconds=30)
    press(lab, member, running, "injected", at)
    press(lab, member, running, "ice_bath", at + timedelta(seconds=5))

    line.refresh_from_db()
    with journal_of(lab, by=member) as journal:
        dial_input(journal, line=line, used=parse_amount("0,98 ml", "ul"))

    changes = [entry.amount for entry in Sample.objects.get(code="CS-019").ledger.all()]
    assert changes == [Decimal(10680), Decimal(-1010), Decimal(30)]
    assert balance("CS-019") == Decimal(9700)
    assert balance("NC-001-C") == Decimal(15920)


def test_taking_the_stamps_back_returns_the_amounts_and_keeps_the_code(
    lab: Lab, member: User, running: Synthesis
) -> None:
    at = timezone.now() - timedelta(seconds=30)
    press(lab, member, running, "injected", at)
    press(lab, member, running, "ice_bath", at + timedelta(seconds=5))

    for moment in ("ice_bath", "injected"):
        with journal_of(lab, by=member) as journal:
            undo_stamp(journal, synthesis=running, moment=moment)

    running.refresh_from_db()
    crude = crude_of(running)
    assert (running.injected_at, running.growth_s) == (None, None)
    assert (balance("CS-019"), balance("PB-031")) == (Decimal(10680), Decimal(14940))
    assert crude is not None
    assert (crude.status, crude.balance) == (SampleStatus.PLANNED, Decimal(0))
    press(lab, member, running, "injected", at)
    press(lab, member, running, "ice_bath", at + timedelta(seconds=7))
    assert balance("NC-001-C") == Decimal(15940)


def test_the_injection_stamp_stays_while_the_ice_bath_is_stamped(lab: Lab, member: User, running: Synthesis) -> None:
    at = timezone.now() - timedelta(seconds=30)
    press(lab, member, running, "injected", at)
    press(lab, member, running, "ice_bath", at + timedelta(seconds=5))

    with pytest.raises(Refusal, match="later stamp"), journal_of(lab, by=member) as journal:
        undo_stamp(journal, synthesis=running, moment="injected")


@pytest.mark.parametrize(("moment", "seconds"), [("ice_bath", -60), ("injected", 3600)])
def test_an_ice_bath_before_its_injection_and_a_future_stamp_are_refused(
    lab: Lab, member: User, running: Synthesis, moment: str, seconds: int
) -> None:
    with pytest.raises(Refusal):
        press(lab, member, running, moment, timezone.now() + timedelta(seconds=seconds))

    running.refresh_from_db()
    assert running.injected_at is None
    assert running.ice_bath_at is None


def test_a_stamp_is_kept_though_the_book_is_short_and_a_recount_settles_it(lab: Lab, member: User) -> None:
    synthesis = planned(lab, member, cs=batch(lab, member, "CS-019", "700"), pb=batch(lab, member, "PB-031", "14940"))
    with journal_of(lab, by=member) as journal:
        start_synthesis(journal, synthesis=synthesis)
    at = timezone.now() - timedelta(seconds=30)

    left_open = press(lab, member, synthesis, "injected", at)

    synthesis.refresh_from_db()
    assert synthesis.injected_at == at
    assert [refusal.offer["recount"] for refusal in left_open] == ["1000"]
    assert (balance("CS-019"), balance("PB-031")) == (Decimal(700), Decimal(0))
    with journal_of(lab, by=member) as journal:
        line = injection_of(synthesis).inputs.get(key="cs_batch")
        settle_input(journal, line=line, recount=Decimal(1000))
    assert balance("CS-019") == Decimal(0)


def test_a_growth_time_without_stamps_keeps_its_words(lab: Lab, member: User) -> None:
    synthesis = planned(lab, member)

    with journal_of(lab, by=member) as journal:
        growth = parse_quantity("about 7 s".removeprefix("about "), "s")
        record_injection(journal, synthesis=synthesis, injected_at=hours_ago(5), growth=growth)

    synthesis.refresh_from_db()
    assert synthesis.growth_s == Decimal(7)
    assert injection_of(synthesis).values.get(key="growth_s").actual_as_written == "7 s"


def test_finishing_asks_for_the_injection_temperature_or_a_reason(lab: Lab, member: User, running: Synthesis) -> None:
    injected(lab, member, running)

    with pytest.raises(Refusal) as refused, journal_of(lab, by=member) as journal:
        end_synthesis(journal, synthesis=running, outcome=SynthesisStatus.FINISHED)
    assert refused.value.field == "injection_temperature_c"

    with journal_of(lab, by=member) as journal:
        actual = parse_quantity("169.2", "°C")
        record_value(journal, process=injection_of(running), key="injection_temperature_c", actual=actual)
        end_synthesis(journal, synthesis=running, outcome=SynthesisStatus.FINISHED, at=journal.at)

    running.refresh_from_db()
    assert (running.status, running.fraction_count) == (SynthesisStatus.FINISHED, 0)


def test_an_aborted_synthesis_debits_only_the_inputs_that_were_used(lab: Lab, member: User, running: Synthesis) -> None:
    line = injection_of(running).inputs.get(key="pb_batch")

    with journal_of(lab, by=member) as journal:
        end_synthesis(
            journal, synthesis=running, outcome=SynthesisStatus.ABORTED, at=journal.at, reason="flask cracked",
            used=[line],
        )  # fmt: skip

    running.refresh_from_db()
    assert (running.status, running.end_reason) == (SynthesisStatus.ABORTED, "flask cracked")
    assert (balance("CS-019"), balance("PB-031")) == (Decimal(10680), Decimal(0))


def test_a_failed_synthesis_needs_its_reason_and_its_stock_stays_used(
    lab: Lab, member: User, running: Synthesis
) -> None:
    injected(lab, member, running)

    with pytest.raises(Refusal) as refused, journal_of(lab, by=member) as journal:
        end_synthesis(journal, synthesis=running, outcome=SynthesisStatus.FAILED, at=journal.at)
    with journal_of(lab, by=member) as journal:
        end_synthesis(
            journal, synthesis=running, outcome=SynthesisStatus.FAILED, at=journal.at, reason="never turned red"
        )

    assert refused.value.field == "reason"
    assert balance("CS-019") == Decimal(9670)


def test_a_step_as_planned_takes_single_plans_and_leaves_ranges_open(lab: Lab, member: User) -> None:
    synthesis = planned(lab, member)
    step = injection_of(synthesis).steps.get(key="heat")

    with journal_of(lab, by=member) as journal:
        finish_step(journal, step=step, at=journal.at, as_planned=True)

    step.refresh_from_db()
    synthesis.refresh_from_db()
    assert step.status == StepStatus.DONE
    assert synthesis.injection_temperature_c == Decimal(170)


def test_a_duplicate_copies_the_plan_and_asks_again_for_an_empty_batch(
    lab: Lab, member: User, running: Synthesis
) -> None:
    injected(lab, member, running)

    with journal_of(lab, by=member) as journal:
        again = duplicate_synthesis(journal, synthesis=running, operator="LM")

    lines = {line.key: line for line in injection_of(again).inputs.all()}
    assert (again.code, again.copied_from, again.injected_at) == ("NC-002", running, None)
    assert (str(lines["cs_batch"].sample), lines["pb_batch"].sample) == ("CS-019", None)
    assert injection_of(again).values.get(key="injection_temperature_c").planned_low == Decimal(170)


def test_an_empty_batch_cannot_be_planned(lab: Lab, member: User, running: Synthesis) -> None:
    injected(lab, member, running)
    pb = Sample.objects.get(code="PB-031")

    with pytest.raises(Refusal) as refused, journal_of(lab, by=member) as journal:
        plan_synthesis(journal, recipe=running.recipe, operator="LM", pb_batch=pb)

    assert refused.value.field == "pb_batch"
    assert Synthesis.objects.count() == 1


@pytest.fixture
def many_planned(transactional_db: None) -> tuple[Lab, User, list[Synthesis]]:
    """Fifty syntheses that all want 1 ml of one batch of 10.65 ml."""
    lab = make_lab("Rush hour")
    by = make_person(lab, "LM", Role.MEMBER)
    cs = batch(lab, by, "CS-019", "10650")
    return lab, by, [planned(lab, by, cs=cs) for _ in range(50)]


def test_fifty_injections_at_once_from_one_batch_never_overdraw_it(
    many_planned: tuple[Lab, User, list[Synthesis]],
) -> None:
    lab, by, syntheses = many_planned

    def inject(synthesis: Synthesis) -> bool:
        try:
            injected(lab, by, synthesis, cs_ul="1000")
        except Refusal:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(max_workers=10) as people:
        done = list(people.map(inject, syntheses))

    assert sum(done) == 10
    assert balance("CS-019") == Decimal(650)
    assert ProcessInput.objects.filter(sample__code="CS-019", used_at__isnull=False).count() == 10
    assert Sample.objects.filter(code__endswith="-C").count() == 10
