"""The ancestry strip says where a sample came from, at a constant cost, and keeps what is restricted to itself."""

from datetime import timedelta
from decimal import Decimal

from pytest_django.fixtures import DjangoAssertNumQueries

from labbook.journal import journal_of
from labbook.marks.strips import Strip
from labbook.models import Lab, Project, User
from samples.lineage.strip import ancestry_strip
from samples.models import Process, Sample, Synthesis
from samples.services.pooling import Share, pool
from tests.samples.lineage.story import START, tell


def words(strip: Strip) -> list[str]:
    """Return every lane and the trunk as one line each: codes with the words on the arrows."""
    lanes = [" > ".join(f"{stop.code} [{stop.edge}]" for stop in one.stops) for one in (*strip.lanes, strip.trunk)]
    return [line.replace("\u202f", " ") for line in lanes]


def test_a_film_leads_back_to_both_bottles_with_the_amounts_on_the_way(lab: Lab, owner: User) -> None:
    film = tell(lab, owner)["NC-024-F1-FL1"]
    assert words(ancestry_strip(film, owner)) == [
        "BT-PB-024 [0.2497 g] > PB-024 [14.94 of 14.94 ml]",
        "BT-CS-024 [0.1983 g] > CS-024 [1.01 of 10.68 ml]",
        "NC-024 [round 1] > NC-024-F1 [0.70 of 2.80 ml] > NC-024-F1-b [50 µl] > NC-024-F1-FL1 []",
    ]


def test_the_stops_say_lot_and_temperature(lab: Lab, owner: User) -> None:
    strip = ancestry_strip(tell(lab, owner)["NC-024-F1-FL1"], owner)
    assert [lane.stops[0].sub for lane in strip.lanes] == ["PbI₂ · lot SIM4158", "Cs₂CO₃ · lot SIM4021"]
    assert strip.trunk.stops[0].sub.replace("\u202f", " ") == "169.2 °C · 6.9 s"
    assert strip.trunk.stops[-1].is_here


def test_a_synthesis_has_the_strip_of_its_precursors(lab: Lab, owner: User) -> None:
    synthesis = tell(lab, owner).synthesis
    assert synthesis is not None
    assert words(ancestry_strip(synthesis, owner))[-1] == "NC-024 []"
    assert len(ancestry_strip(synthesis, owner).lanes) == 2


def test_a_pooled_sample_shows_each_synthesis_in_a_lane_of_its_own(lab: Lab, owner: User) -> None:
    strip = ancestry_strip(pooled(lab, owner, 2), owner)
    assert [[stop.code for stop in lane.stops][-3:] for lane in strip.lanes] == [
        ["NC-001", "NC-001-F1", "NC-001-F1-a"],
        ["NC-002", "NC-002-F1", "NC-002-F1-a"],
    ]
    assert strip.lanes[0].stops[0].sub == "Cs₂CO₃ · lot SIM4021; PbI₂ · lot SIM4158"


def test_more_than_three_syntheses_are_counted_in_one_lane(lab: Lab, owner: User) -> None:
    strip = ancestry_strip(pooled(lab, owner, 4), owner)
    assert "4 syntheses" in [stop.code for stop in strip.lanes[0].stops]
    assert len(strip.lanes) == 1


def test_a_restricted_sample_is_walked_through_and_keeps_its_code_to_itself(lab: Lab, owner: User, guest: User) -> None:
    film = tell(lab, owner)["NC-024-F1-FL1"]
    secret = Project.objects.create(lab=lab, name="Secret", slug="secret", is_restricted=True)
    Sample.objects.filter(code__in=["NC-024-C", "NC-024-F1", "NC-024-S1"]).update(project=secret)
    Synthesis.objects.update(project=secret)
    Process.objects.filter(synthesis__isnull=False).update(project=secret)
    lines = words(ancestry_strip(film, guest))
    assert lines[-1].startswith("restricted [restricted] > restricted [")
    assert lines[0].startswith("BT-PB-024 [0.2497 g] > PB-024 [restricted]")
    assert "NC-024 " not in " ".join(lines)


def test_the_strip_costs_the_same_for_one_synthesis_and_for_four(
    lab: Lab, owner: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    film, mixed = tell(lab, owner)["NC-024-F1-FL1"], pooled(lab, owner, 4)
    for sample in (film, mixed):
        with django_assert_num_queries(5):
            ancestry_strip(sample, owner)


def pooled(lab: Lab, owner: User, count: int) -> Sample:
    """Return a sample pooled from one vial of each of several syntheses."""
    stories = [tell(lab, owner, f"{number:03d}") for number in range(1, count + 1)]
    shares = [Share(story[f"NC-{number:03d}-F1-a"], Decimal(100)) for number, story in enumerate(stories, start=1)]
    with journal_of(lab, by=owner) as journal:
        return pool(journal, shares=shares, at=START + timedelta(days=3), operator="AV")
