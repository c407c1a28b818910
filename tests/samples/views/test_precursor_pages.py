"""A batch is saved from its recipe's form, gaps and deviations included, and shown with what follows from it."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from labbook.journal import journal_of
from labbook.models import Lab, User
from samples.kinds import Unit
from samples.models import ProcessValue, Sample
from samples.queries.precursors import preparation_of
from samples.services.furnishing import furnish_lab
from samples.services.stock import BottleFacts, receive_bottle

OPENED = datetime(2026, 1, 10, tzinfo=UTC)
NEW_OLEATE = "/precursors/new/?recipe=cs-oleate"
CARBONATE: BottleFacts = {"formula": "Cs2CO3", "molar_mass_g_per_mol": Decimal("325.82")}
OCTADECENE: BottleFacts = {"formula": "C18H36", "density_g_per_ml": Decimal("0.789")}
OLEIC_ACID: BottleFacts = {"formula": "C18H34O2", "density_g_per_ml": Decimal("0.895")}


@pytest.fixture
def stock(lab: Lab, owner: User) -> dict[str, Sample]:
    """A furnished lab with a bottle of each chemical of Cs-oleate."""
    furnish_lab(lab, owner)
    wanted = (
        ("Cs2CO3", "25000", Unit.MG, CARBONATE),
        ("ODE", "1000000", Unit.UL, OCTADECENE),
        ("OA", "500000", Unit.UL, OLEIC_ACID),
    )
    with journal_of(lab, by=owner) as journal:
        return {
            short: receive_bottle(
                journal, chemical=short, short=short, amount=Decimal(amount), unit=unit, at=OPENED, **facts
            )
            for short, amount, unit, facts in wanted
        }


def sent(stock: dict[str, Sample], **changes: str) -> dict[str, str]:
    """Return the form as a browser sends it with every bottle chosen and "as planned" pressed."""
    return {
        "cs2co3__bottle": stock["Cs2CO3"].code,
        "ode__bottle": stock["ODE"].code,
        "oa__bottle": stock["OA"].code,
        "as_planned": "1",
        **changes,
    }


def test_as_planned_saves_the_whole_batch_with_one_tap(
    client: Client, lab: Lab, member: User, stock: dict[str, Sample]
) -> None:
    client.force_login(member)

    answer = client.post(NEW_OLEATE, sent(stock))

    batch = Sample.objects.get(kind="precursor")
    stock["Cs2CO3"].refresh_from_db()
    values = dict(ProcessValue.objects.filter(process=batch.origin).values_list("key", "actual"))
    assert answer["Location"] == f"/precursors/{batch.code}/"
    assert (batch.code, batch.balance, batch.made_by) == ("CS-001", Decimal(10650), "LM")
    assert stock["Cs2CO3"].balance == Decimal(24800)
    assert values == {"degas_temperature_c": 120, "degas_time_min": 30, "hold_time_min": None}


def test_the_newest_open_bottle_is_chosen_and_no_amount_is_typed_ahead(
    client: Client, member: User, stock: dict[str, Sample]
) -> None:
    client.force_login(member)

    form = client.get(NEW_OLEATE).context["form"]

    assert form["cs2co3__bottle"].value() == stock["Cs2CO3"].code
    assert form["cs2co3__amount"].value() is None


def test_saved_as_typed_what_is_empty_stays_not_recorded(
    client: Client, member: User, stock: dict[str, Sample]
) -> None:
    client.force_login(member)

    client.post(NEW_OLEATE, sent(stock, as_planned="", cs2co3__amount="199,6 mg"))

    batch = Sample.objects.get(kind="precursor")
    carbonate = batch.origin.inputs.get(key="cs2co3")
    assert (carbonate.amount, carbonate.planned_amount, carbonate.as_written) == (
        Decimal("199.6"),
        Decimal(200),
        "199,6 mg",
    )
    assert (batch.balance, batch.origin.inputs.get(key="ode").amount) == (None, None)


def test_a_lot_that_was_not_recorded_is_a_gap_with_its_amount(
    client: Client, member: User, stock: dict[str, Sample]
) -> None:
    client.force_login(member)

    client.post(NEW_OLEATE, sent(stock, oa__bottle=""))

    gap = Sample.objects.get(kind="precursor").origin.inputs.get(key="oa")
    assert (gap.sample, gap.description, gap.amount) == (None, "oleic acid, lot not recorded", Decimal(650))


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("cs2co3__amount", "some", "is not a number"),
        ("cs2co3__amount", "0.2 flurb", "is not a unit"),
        ("cs2co3__amount", "-0.2 g", "cannot be below zero"),
        ("cs2co3__amount", "0.2 ml", "density"),
        ("cs2co3__bottle", "BT-999", "valid choice"),
        ("cs2co3__amount", "26 g", "left by the book"),
        ("degas_temperature_c", "hot", "is not a number"),
        ("degas_temperature_c", "-300", "absolute zero"),
        ("volume", "10.65 g", "density"),
        ("at", "2100-01-01", "future"),
        ("at", "2025-12-31", "cannot be older than its source"),
        ("code", "BT-001", "already used"),
    ],
)
def test_bad_input_is_answered_at_its_field_and_nothing_is_used(
    client: Client, member: User, stock: dict[str, Sample], field: str, typed: str, message: str
) -> None:
    client.force_login(member)

    answer = client.post(NEW_OLEATE, sent(stock, **{field: typed}))

    errors = answer.context["form"].errors
    stock["ODE"].refresh_from_db()
    assert answer.status_code == 422
    assert message in " ".join(str(one) for messages in errors.values() for one in messages)
    assert field in errors
    assert stock["ODE"].balance == Decimal(1000000)
    assert not Sample.objects.filter(kind="precursor").exists()


def test_a_use_beyond_the_book_is_possible_with_the_offered_recount(
    client: Client, member: User, stock: dict[str, Sample]
) -> None:
    client.force_login(member)
    refused = client.post(NEW_OLEATE, sent(stock, cs2co3__amount="26 g"))
    offer = refused.context["offer"]

    client.post(
        NEW_OLEATE,
        sent(stock, cs2co3__amount="26 g", recount=f"{offer['sample']} {offer['recount']} {offer['unit']}"),
    )

    stock["Cs2CO3"].refresh_from_db()
    assert (stock["Cs2CO3"].balance, stock["Cs2CO3"].status) == (Decimal(0), "empty")


def test_the_page_derives_the_cesium_of_the_recipe_and_shows_its_notes(
    client: Client, member: User, stock: dict[str, Sample]
) -> None:
    client.force_login(member)
    client.post(NEW_OLEATE, sent(stock))
    batch = Sample.objects.get(kind="precursor")

    preparation = preparation_of(batch, seen_by=member)
    page = client.get(f"/precursors/{batch.code}/").content.decode()

    # 0.200 g / 325.82 g/mol × 2 = 1.227671721 mmol in 10.65 ml: 0.115274340 mmol/ml (science.md §11).
    assert [round(fact.value, 9) for fact in preparation.facts] == [1.227671721, 0.115274340]
    assert "two Cs per formula" in page
    assert "not stated" in page


def test_a_guest_reads_and_cannot_prepare(client: Client, guest: User, stock: dict[str, Sample]) -> None:
    client.force_login(guest)

    assert client.get("/precursors/").status_code == 200
    assert client.get(NEW_OLEATE).status_code == 403


@pytest.mark.parametrize("slug", ["tem-grid", "nothing"])
def test_only_a_recipe_that_prepares_a_precursor_starts_one(
    client: Client, member: User, stock: dict[str, Sample], slug: str
) -> None:
    client.force_login(member)

    assert client.get(f"/precursors/new/?recipe={slug}").status_code == 404


# Session, person, membership, two of the recipe cards' counts, the cards, the batches and their uses.
LIST_QUERIES = 8


def test_the_list_costs_the_same_for_three_and_thirty_batches(
    client: Client, member: User, stock: dict[str, Sample], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(member)
    for number in range(3):
        client.post(NEW_OLEATE, sent(stock, code=f"CS-{number + 100}"))
    with django_assert_num_queries(LIST_QUERIES):
        client.get("/precursors/")
    for number in range(27):
        client.post(NEW_OLEATE, sent(stock, code=f"CS-{number + 200}"))

    with django_assert_num_queries(LIST_QUERIES):
        assert len(client.get("/precursors/").context["batches"]) == 30


def test_two_short_bottles_are_recounted_one_after_the_other_and_as_planned_stays(
    client: Client, lab: Lab, member: User, stock: dict[str, Sample]
) -> None:
    client.force_login(member)
    data = sent(stock, cs2co3__amount="26 g", oa__amount="2 l", as_planned="1")
    agreed: list[str] = []
    for _ in range(2):
        refused = client.post(NEW_OLEATE, {**data, "recount": agreed})
        offer = refused.context["offer"]
        agreed.append(f"{offer['sample']} {offer['recount']} {offer['unit']}")

    assert '<input type="hidden" name="as_planned" value="1">' in refused.content.decode()
    assert client.post(NEW_OLEATE, {**data, "recount": agreed}).status_code == 302
