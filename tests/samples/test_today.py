"""Today shows what runs, waits, expires and was touched, to whom it concerns."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from labbook.journal import journal_of
from labbook.models import Draft, Lab, Project, User
from samples.kinds import ProcessKind, SampleKind, Unit
from samples.models import LabelRequest, Process, ProcessStatus, ProcessValue, Sample, Synthesis, SynthesisStatus
from samples.queries.today import expiring_bottles, last_touched, milestones_of, running_syntheses
from samples.services.graph import Made, make_process, make_sample

NOW = timezone.now()


def running(lab: Lab, code: str, **facts: object) -> Synthesis:
    """Make a synthesis that runs since an hour and was injected hotter than planned."""
    one = Synthesis.objects.create(
        lab=lab, code=code, tag=code[-6:].replace("-", "Z"), status=SynthesisStatus.RUNNING,
        started_at=NOW - timedelta(hours=1), injected_at=NOW - timedelta(minutes=20), **facts,
    )  # fmt: skip
    process = Process.objects.create(
        lab=lab, kind=ProcessKind.HOT_INJECTION, synthesis=one, started_at=NOW, status=ProcessStatus.RUNNING
    )
    ProcessValue.objects.create(
        process=process, key="injection_temperature_c", unit="°C",
        planned_low=Decimal(210), planned_high=Decimal(210), actual=Decimal("206.2"),
    )  # fmt: skip
    return one


def made(lab: Lab, user: User, code: str, kind: SampleKind = SampleKind.VIAL, **more: dict[str, object]) -> Sample:
    with journal_of(lab, by=user) as journal:
        process = make_process(journal, kind=ProcessKind.RECEIVED, at=NOW - timedelta(days=1))
        one = Made(kind=kind, code=code, unit=Unit.UL, amount=Decimal(700), details=more)
        return make_sample(journal, process=process, made=one)


def test_a_running_synthesis_shows_its_injection_beside_the_plan_and_where_it_stands(
    client: Client, lab: Lab, member: User
) -> None:
    running(lab, "NC-029")
    client.force_login(member)

    page = client.get("/").content.decode()

    assert "Continue NC-029" in page
    assert "206.2" in page
    assert "−3.8" in page
    assert '<li class="now" aria-current="step"><b>Ice bath</b>' in page


def test_the_first_stop_that_has_not_happened_is_now(lab: Lab) -> None:
    synthesis = running(lab, "NC-029", ice_bath_at=NOW)
    round_one = Process(
        kind=ProcessKind.PRECIPITATION, round_number=1, started_at=NOW, status=ProcessStatus.DONE, lab=lab
    )

    stops = milestones_of(synthesis, [round_one])

    assert [(stop.title, stop.state) for stop in stops] == [
        ("Started", "done"), ("Injection", "done"), ("Ice bath", "done"), ("Round 1", "done"), ("Round 2", "now"),
        ("Vials", ""),
    ]  # fmt: skip


def test_an_empty_lab_says_how_to_begin(client: Client, member: User) -> None:
    client.force_login(member)

    page = client.get("/").content.decode()

    assert "Nothing running." in page
    assert "Hot injection CsPbI₃" in page
    assert "No labels waiting." in page


@pytest.mark.parametrize(("days", "is_shown"), [(-5, True), (30, True), (31, False)])
def test_bottles_that_expire_within_thirty_days_are_shown(lab: Lab, member: User, days: int, is_shown: bool) -> None:
    details = {"short": "ODE", "expires_on": NOW.date() + timedelta(days=days)}
    made(lab, member, "BT-101", SampleKind.BOTTLE, bottle=details)

    assert bool(expiring_bottles(lab, member, NOW.date())) is is_shown


def test_what_a_person_touched_last_comes_first_and_once(lab: Lab, member: User, owner: User) -> None:
    made(lab, member, "NC-024-F2-a")
    made(lab, member, "NC-024-F2-b")
    made(lab, owner, "NC-024-F2-c")

    assert [one.label for one in last_touched(lab, member)] == ["NC-024-F2-b", "NC-024-F2-a"]


def test_restricted_syntheses_vials_and_labels_stay_with_their_members(
    client: Client, lab: Lab, member: User, owner: User
) -> None:
    secret = Project.objects.create(lab=lab, name="Secret", slug="secret", is_restricted=True)
    secret.members.add(owner)
    vial = made(lab, owner, "NC-024-F2-a")
    Sample.objects.filter(pk=vial.pk).update(project=secret)
    LabelRequest.objects.create(lab=lab, sample=vial)
    running(lab, "NC-029", project=secret)
    client.force_login(member)

    page = client.get("/").content.decode()

    assert "NC-029" not in page
    assert "NC-024-F2-a" not in page
    assert "No labels waiting." in page
    assert running_syntheses(lab, owner)


def test_a_full_day_costs_no_more_queries_than_twelve(client: Client, lab: Lab, member: User) -> None:
    client.force_login(member)
    client.get("/")
    counts = []
    for numbers in (range(2), range(2, 12)):
        for number in numbers:
            running(lab, f"NC-{number:03d}")
            made(lab, member, f"NC-{number:03d}-F1-a")
            bottle = {"short": "ODE", "expires_on": NOW.date()}
            LabelRequest.objects.create(
                lab=lab, sample=made(lab, member, f"BT-{number:03d}", SampleKind.BOTTLE, bottle=bottle)
            )
            Draft.objects.create(user=member, form=f"/x/{number}", title="Plan")
        with CaptureQueriesContext(connection) as asked:
            client.get("/")
        counts.append(len(asked))

    assert counts[0] == counts[1] <= 13, "\n".join(one["sql"][:150] for one in asked.captured_queries)
