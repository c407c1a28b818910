"""Many people at the same moment: nothing is overdrawn, doubled, lost or stuck, and the graph still holds."""

from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import TypeVar

import pytest
from django.db import connection

from labbook.errors import Refusal
from labbook.journal import journal_of
from labbook.models import Lab, User
from labbook.roles import Role
from labbook.services.codes import next_code
from labbook.services.editing import version_token
from labbook.services.retrying import again_after_deadlock
from samples.kinds import SampleKind
from samples.models import Move, Place, PlaceKind, Process, Sample, Synthesis
from samples.queries.audit import violations_in
from samples.services.editing import edit_sample
from samples.services.moves import move_samples
from samples.services.pooling import Share, pool
from samples.services.precipitation import VialPlan, dispense
from tests.making import make_lab, make_person
from tests.samples.services.bench import batch, bottle, injected, planned, three_rounds
from tests.samples.services.making import hours_ago, received

pytestmark = pytest.mark.django_db(transaction=True)
Task = TypeVar("Task")


@pytest.fixture
def busy() -> Lab:
    """A lab that every thread can see: its rows are committed."""
    return make_lab("Busy")


@pytest.fixture
def person(busy: Lab) -> User:
    """Everybody who writes at once."""
    return make_person(busy, "AV", Role.OWNER)


def at_once(do: Callable[[Task], object], tasks: Iterable[Task], writers: int = 50) -> Counter[str]:
    """Do all tasks at the same moment, each on a connection of its own; count what came of them."""

    def one(task: Task) -> str:
        try:
            again_after_deadlock(lambda: do(task))
        except Refusal:
            return "refused"
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(max_workers=writers) as threads:
        return Counter(threads.map(one, list(tasks)))


def test_injections_from_one_batch_never_take_more_than_it_holds(busy: Lab, person: User) -> None:
    cs, pb = batch(busy, person, "CS-001", "5050"), batch(busy, person, "PB-001", None)
    syntheses = [planned(busy, person, cs=cs, pb=pb) for _ in range(8)]

    outcomes = at_once(lambda one: injected(busy, person, one), syntheses)

    cs.refresh_from_db()
    assert outcomes == {"done": 5, "refused": 3}
    assert cs.balance == 0
    assert Synthesis.objects.filter(lab=busy, injected_at__isnull=False).count() == 5
    assert not violations_in(busy)


def test_a_table_saved_by_two_people_at_once_makes_its_rounds_once(busy: Lab, person: User) -> None:
    for short in ("hexane", "MeOAc"):
        bottle(busy, person, short)
    synthesis = planned(busy, person, cs=batch(busy, person, "CS-001", "5000"), pb=batch(busy, person, "PB-001", None))
    injected(busy, person, synthesis)

    outcomes = at_once(lambda _: three_rounds(busy, person, synthesis), range(8))

    assert outcomes == {"done": 1, "refused": 7}
    # Three rounds and the stop.
    assert Process.objects.filter(synthesis=synthesis, round_number__isnull=False).count() == 4
    assert not violations_in(busy)


def test_a_fraction_is_dispensed_once(busy: Lab, person: User) -> None:
    with journal_of(busy, by=person) as journal:
        fraction = received(journal, "RX-001", "3000")

    def dispense_it(_: int) -> None:
        with journal_of(busy, by=person) as journal:
            dispense(journal, fraction=fraction, vials=[VialPlan(), VialPlan()], at=hours_ago(1), operator="AV")

    outcomes = at_once(dispense_it, range(20))

    assert outcomes["done"] == 1
    assert Sample.objects.filter(fraction=fraction, kind=SampleKind.VIAL).count() == 2
    assert not violations_in(busy)


def test_fifty_new_codes_are_fifty_different_ones(busy: Lab, person: User) -> None:
    def make(_: int) -> None:
        with journal_of(busy, by=person) as journal:
            received(journal, next_code(lab=busy, prefix="MX"))

    outcomes = at_once(make, range(50))

    codes = sorted(Sample.objects.filter(lab=busy).values_list("code", flat=True))
    assert outcomes == {"done": 50}
    assert codes == [f"MX-{number:03d}" for number in range(1, 51)]
    assert not violations_in(busy)


def test_of_fifty_who_change_the_same_field_one_wins_and_nobody_is_overwritten(busy: Lab, person: User) -> None:
    with journal_of(busy, by=person) as journal:
        vial = received(journal, "RX-001")
    token = version_token(vial)

    outcomes = at_once(
        lambda n: edit_sample(record=vial, changes={"title": f"title {n}"}, token=token, by=person), range(50)
    )

    assert outcomes == {"done": 1, "refused": 49}
    assert not violations_in(busy)


def test_pooling_the_same_vials_in_both_orders_never_stands_still(busy: Lab, person: User) -> None:
    with journal_of(busy, by=person) as journal:
        one, other = received(journal, "RX-001", "1000"), received(journal, "RX-002", "1000")

    def pool_them(n: int) -> None:
        order = (one, other) if n % 2 else (other, one)
        with journal_of(busy, by=person) as journal:
            pool(
                journal, shares=[Share(vial, Decimal(25)) for vial in order], at=hours_ago(1), operator="AV"
            )  # fmt: skip

    outcomes = at_once(pool_them, range(50))

    one.refresh_from_db()
    assert outcomes == {"done": 40, "refused": 10}
    assert one.balance == 0
    assert not violations_in(busy)


def test_moving_the_same_vials_at_the_same_moment_leaves_one_move_each(busy: Lab, person: User) -> None:
    places = [Place.objects.create(lab=busy, title=f"Fridge {n}", kind=PlaceKind.FRIDGE) for n in range(20)]
    with journal_of(busy, by=person) as journal:
        vials = [received(journal, f"RX-{n:03d}") for n in range(1, 4)]

    def move(n: int) -> None:
        with journal_of(busy, by=person) as journal:
            order = vials if n % 2 else vials[::-1]
            move_samples(journal, samples=order, place=places[n], at=hours_ago(1), by="AV")

    outcomes = at_once(move, range(20))

    assert outcomes == {"done": 1, "refused": 19}
    assert Move.objects.filter(sample__in=vials).count() == 3
    assert not violations_in(busy)
