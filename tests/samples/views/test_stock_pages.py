"""The pages of stock: who may receive, what a form refuses and where it says so, and what a list costs."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from labbook.journal import journal_of
from labbook.models import Lab, Revision, User
from labbook.services.editing import edit_record, version_token
from samples.kinds import Unit
from samples.models import Place, Sample
from samples.queries.stock import bottle_state, remaining_curve
from samples.services.pieces import consume
from samples.services.stock import receive_bottle

OPENED = datetime(2026, 1, 10, tzinfo=UTC)
LEAD = {"chemical": "lead iodide", "short": "PbI2", "lot": "SIM4158", "amount": "25 g"}


def receive(lab: Lab, by: User, number: int = 1) -> Sample:
    """Receive a bottle of 25 g lead iodide."""
    with journal_of(lab, by=by) as journal:
        return receive_bottle(
            journal, chemical="lead iodide", short="PbI2", lot=f"SIM{number}", amount=Decimal(25000), unit=Unit.MG,
            at=OPENED, operator="AV",
        )  # fmt: skip


def test_a_manager_receives_a_bottle(client: Client, lab: Lab, manager: User) -> None:
    client.force_login(manager)

    answer = client.post("/stock/new/", LEAD)

    bottle = Sample.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/stock/{bottle.code}/")
    assert (bottle.balance, bottle.unit, bottle.made_by, bottle.bottle.lot) == (Decimal(25000), "mg", "GF", "SIM4158")


def test_a_member_may_not_receive_a_bottle(client: Client, lab: Lab, member: User) -> None:
    client.force_login(member)

    assert client.post("/stock/new/", LEAD).status_code == 403
    assert not Sample.objects.exists()


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("amount", "25", "Say the unit too"),
        ("amount", "25 flurb", "is not a unit"),
        ("amount", "-25 g", "cannot be below zero"),
        ("amount", "much", "is not a number"),
        ("amount", "25 °C", "An amount is a mass, a volume or a number of pieces"),
        ("at", "2100-01-01", "future"),
        ("purity_percent", "120", "at most 100"),
        ("density_g_per_ml", "heavy", "is not a number"),
        ("chemical", "", "required"),
        ("chemical", "x" * 1_000_000, "at most 120 characters"),
        ("opened_on", "31.13.2026", "valid date"),
    ],
)
def test_bad_input_is_answered_at_its_field_and_writes_nothing(
    client: Client, lab: Lab, manager: User, field: str, typed: str, message: str
) -> None:
    client.force_login(manager)

    answer = client.post("/stock/new/", {**LEAD, field: typed})

    assert answer.status_code == 422
    assert message in " ".join(answer.context["form"].errors[field])
    assert not Sample.objects.exists()
    assert not Revision.objects.exists()


def test_a_taken_code_is_answered_at_the_code(client: Client, lab: Lab, manager: User) -> None:
    taken = receive(lab, manager)
    client.force_login(manager)

    answer = client.post("/stock/new/", {**LEAD, "code": taken.code})

    assert answer.status_code == 422
    assert "already used" in " ".join(answer.context["form"].errors["code"])
    assert Sample.objects.count() == 1


def test_a_second_tap_on_receive_makes_no_second_bottle(client: Client, lab: Lab, manager: User) -> None:
    client.force_login(manager)

    first = client.post("/stock/new/", {**LEAD, "idempotency_key": "one"})
    second = client.post("/stock/new/", {**LEAD, "idempotency_key": "one"})

    assert first["Location"] == second["Location"]
    assert Sample.objects.count() == 1


def test_another_of_the_same_asks_for_the_amount_only(client: Client, lab: Lab, manager: User) -> None:
    bottle = receive(lab, manager)
    client.force_login(manager)

    form = client.get(f"/stock/new/?like={bottle.code}").context["form"]

    assert (form["chemical"].value(), form["lot"].value()) == ("lead iodide", "SIM1")
    assert (form["amount"].value(), form["opened_on"].value()) == (None, None)


def test_a_bottle_of_another_lab_is_not_found_nor_copied(
    client: Client, other_lab: Lab, stranger: User, manager: User
) -> None:
    theirs = receive(other_lab, stranger)
    client.force_login(manager)

    assert client.get(f"/stock/{theirs.code}/").status_code == 404
    assert client.get(f"/stock/new/?like={theirs.code}").status_code == 404


def test_html_in_a_note_is_shown_as_text(client: Client, lab: Lab, manager: User) -> None:
    client.force_login(manager)
    client.post("/stock/new/", {**LEAD, "note": "<script>alert(1)</script>", "supplier": "<b>bold</b>"})

    page = client.get(f"/stock/{Sample.objects.get().code}/").content.decode()

    assert "<script>alert" not in page
    assert "<b>bold</b>" not in page


def test_an_edit_of_the_lot_is_saved_and_told(client: Client, lab: Lab, member: User, manager: User) -> None:
    bottle = receive(lab, manager)
    client.force_login(member)

    answer = client.post(f"/stock/{bottle.code}/edit/", edited(bottle, lot="SIM2"))

    bottle.bottle.refresh_from_db()
    assert answer.status_code == 302
    assert bottle.bottle.lot == "SIM2"
    assert Revision.objects.latest("sequence").changes == {"bottle.lot": ["SIM1", "SIM2"]}


def test_two_edits_of_the_lot_are_shown_as_a_conflict(client: Client, lab: Lab, member: User, manager: User) -> None:
    bottle = receive(lab, manager)
    mine = edited(bottle, lot="MINE")
    token = version_token(bottle)
    edit_record(record=bottle, changes={"bottle.lot": "THEIRS"}, token=token, by=manager)
    client.force_login(member)

    answer = client.post(f"/stock/{bottle.code}/edit/", mine)

    assert answer.status_code == 409
    assert "THEIRS" in answer.content.decode()
    assert Sample.objects.get(pk=bottle.pk).bottle.lot == "THEIRS"


def test_a_forged_version_token_changes_nothing(client: Client, lab: Lab, member: User, manager: User) -> None:
    bottle = receive(lab, manager)
    client.force_login(member)

    answer = client.post(f"/stock/{bottle.code}/edit/", {**edited(bottle, lot="SIM2"), "version": "1:forged"})

    assert answer.status_code == 422
    assert Sample.objects.get(pk=bottle.pk).bottle.lot == "SIM1"


def test_an_edit_refuses_an_impossible_purity_at_its_field(
    client: Client, lab: Lab, member: User, manager: User
) -> None:
    bottle = receive(lab, manager)
    client.force_login(member)

    answer = client.post(f"/stock/{bottle.code}/edit/", edited(bottle, purity_percent="120"))

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["bottle.purity_percent"])


def edited(bottle: Sample, **bottle_fields: str) -> dict[str, str]:
    """Return the edit form of a bottle as a browser sends it, with some fields changed."""
    sent = {"bottle.chemical": "lead iodide", "bottle.short": "PbI2", "bottle.lot": "SIM1", "note": ""}
    changed = {f"bottle.{name}": value for name, value in bottle_fields.items()}
    return {**sent, **changed, "version": version_token(bottle)}


def test_the_bottle_page_says_what_is_left_and_who_used_it(client: Client, lab: Lab, manager: User) -> None:
    bottle = receive(lab, manager)
    with journal_of(lab, by=manager) as journal:
        consume(
            journal,
            sample=bottle,
            amount=Decimal(250),
            at=timezone.now() - timedelta(hours=1),
            operator="GF",
            purpose="titration",
        )
    client.force_login(manager)

    page = client.get(f"/stock/{bottle.code}/").content.decode()

    assert "24.75" in page
    assert "titration" in page
    assert "<polyline" in page


@pytest.mark.parametrize(
    ("days", "state"), [(-1, "expired"), (0, "due"), (30, "due"), (31, "in use")]
)  # fmt: skip
def test_a_bottle_is_announced_thirty_days_before_it_expires(lab: Lab, manager: User, days: int, state: str) -> None:
    today = timezone.localdate()
    bottle = receive(lab, manager)
    bottle.bottle.expires_on = today + timedelta(days=days)

    assert bottle_state(bottle, on=today) == state


def test_the_list_costs_the_same_for_three_and_thirty_bottles(
    client: Client, lab: Lab, manager: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    Place.objects.create(lab=lab, title="Lab room", kind="room")
    for number in range(3):
        receive(lab, manager, number)
    client.force_login(manager)
    client.get("/stock/")
    with django_assert_num_queries(LIST_QUERIES):
        client.get("/stock/")
    for number in range(27):
        receive(lab, manager, number)

    with django_assert_num_queries(LIST_QUERIES):
        assert len(client.get("/stock/").context["bottles"]) == 30


# Session, person, membership, and the bottles with their labels and places.
LIST_QUERIES = 4


@pytest.mark.parametrize(("state", "count"), [("in use", 1), ("expired", 0), ("empty", 0), ("nonsense", 1)])
def test_the_list_is_narrowed_by_state(client: Client, lab: Lab, manager: User, state: str, count: int) -> None:
    receive(lab, manager)
    client.force_login(manager)

    assert len(client.get("/stock/", {"state": state}).context["bottles"]) == count


def test_a_curve_of_one_entry_is_not_drawn(lab: Lab, manager: User) -> None:
    bottle = receive(lab, manager)

    assert remaining_curve(list(bottle.ledger.all())) == ""
