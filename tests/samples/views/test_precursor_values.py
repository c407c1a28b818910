"""A saved batch is corrected: its numbers, the ledgers of its bottles, and what two people do at once."""

import re
from decimal import Decimal

import pytest
from django.test import Client

from labbook.journal import journal_of
from labbook.models import Lab, User
from labbook.services.versions import version_token
from samples.models import LedgerEntry, Sample
from samples.services.ledger import recount_sample
from tests.samples.views.test_precursor_pages import NEW_OLEATE, sent, stock

__all__ = ["stock"]

VALUES = "/precursors/CS-001/values/"


@pytest.fixture
def batch(client: Client, member: User, stock: dict[str, Sample]) -> Sample:
    """A batch of Cs-oleate made as planned, in a browser in which its maker is signed in."""
    client.force_login(member)
    client.post(NEW_OLEATE, sent(stock))
    return Sample.objects.get(code="CS-001")


def shown(client: Client, batch: Sample, **changes: str) -> dict[str, str]:
    """Return the form as the page shows it, with some boxes changed by what they stand for."""
    form = client.get(VALUES).context["form"]
    fields = {name: str(form[name].value() or "") for name in form.fields}
    batch.origin.refresh_from_db()
    return {**fields, **changes, "version": version_token(batch.origin)}


def box(batch: Sample, key: str) -> str:
    """Return the name of an input's box."""
    return f"i-{batch.origin.inputs.get(key=key).pk}"


def test_every_box_stands_on_the_page_with_its_number(client: Client, batch: Sample) -> None:
    page = client.get(VALUES).content.decode()

    for name, number in ((box(batch, "cs2co3"), "0.2"), ("v-degas_time_min", "30"), (f"m-{batch.pk}", "10.65")):
        assert re.search(rf'<input[^>]*name="{name}"[^>]*value="{number}"', page), name


def test_the_form_sent_back_as_shown_changes_nothing(client: Client, batch: Sample) -> None:
    entries, version = LedgerEntry.objects.count(), batch.origin.version

    assert client.post(VALUES, shown(client, batch)).status_code == 302

    batch.origin.refresh_from_db()
    assert (LedgerEntry.objects.count(), batch.origin.version) == (entries, version)


def test_a_corrected_amount_is_a_row_of_its_difference_on_the_bottle(
    client: Client, batch: Sample, stock: dict[str, Sample]
) -> None:
    answer = client.post(VALUES, shown(client, batch, **{box(batch, "cs2co3"): "0.1983"}))

    entry = stock["Cs2CO3"].ledger.latest("pk")
    stock["Cs2CO3"].refresh_from_db()
    assert answer["Location"] == "/precursors/CS-001/"
    assert (entry.kind, entry.amount, entry.process) == ("correction", Decimal("1.7"), batch.origin)
    assert stock["Cs2CO3"].balance == Decimal("24801.7")
    assert batch.origin.inputs.get(key="cs2co3").amount == Decimal("198.3")


def test_values_and_volume_are_corrected_with_it(client: Client, batch: Sample) -> None:
    client.post(VALUES, shown(client, batch, **{"v-degas_temperature_c": "118.5", f"m-{batch.pk}": "10.5"}))

    batch.refresh_from_db()
    value = batch.origin.values.get(key="degas_temperature_c")
    assert (value.actual, batch.made_amount, batch.balance) == (Decimal("118.5"), Decimal(10500), Decimal(10500))
    assert batch.ledger.latest("pk").reason == "10.5 was made instead"


def test_a_volume_that_was_not_recorded_is_counted_in(client: Client, member: User, stock: dict[str, Sample]) -> None:
    client.force_login(member)
    client.post(NEW_OLEATE, sent(stock, as_planned=""))
    batch = Sample.objects.get(code="CS-001")

    client.post(VALUES, shown(client, batch, **{f"m-{batch.pk}": "10.5"}))

    batch.refresh_from_db()
    assert (batch.made_amount, batch.balance) == (Decimal(10500), Decimal(10500))


def test_more_than_the_bottle_holds_is_refused_at_its_box_and_possible_after_a_recount(
    client: Client, lab: Lab, owner: User, batch: Sample, stock: dict[str, Sample]
) -> None:
    with journal_of(lab, by=owner) as journal:
        recount_sample(
            journal, sample=stock["Cs2CO3"], counted=Decimal(1), at=journal.at, by="AV", reason="nearly empty"
        )
    wanted = shown(client, batch, **{box(batch, "cs2co3"): "0.21"})

    refused = client.post(VALUES, wanted)
    page = refused.content.decode()
    offer = refused.context["offer"]
    agreed = client.post(VALUES, {**wanted, "recount": f"{offer['sample']} {offer['recount']} {offer['unit']}"})

    stock["Cs2CO3"].refresh_from_db()
    assert (refused.status_code, offer["recount"]) == (422, "10")
    assert "Recount BT" in page
    assert "10 mg more was used" in page
    assert agreed.status_code == 302
    assert stock["Cs2CO3"].balance == 0
    assert stock["Cs2CO3"].status == "empty"


def test_the_same_amount_corrected_twice_is_asked_about_in_its_own_unit(
    client: Client, batch: Sample, stock: dict[str, Sample]
) -> None:
    name = box(batch, "cs2co3")
    mine = shown(client, batch, **{name: "0.19"})
    client.post(VALUES, shown(client, batch, **{name: "0.21"}))

    answer = client.post(VALUES, mine)
    choice = answer.context["choices"][0]
    batch.origin.refresh_from_db()
    token = version_token(batch.origin)
    client.post(VALUES, {**mine, name: choice.theirs_sent, "version": token})

    stock["Cs2CO3"].refresh_from_db()
    assert answer.status_code == 409
    assert (choice.name, choice.label) == (name, stock["Cs2CO3"].code)
    assert (choice.base, choice.yours, choice.theirs) == ("200\u202fmg", "190\u202fmg", "210\u202fmg")
    assert stock["Cs2CO3"].balance == Decimal(24790)


def test_a_volume_corrected_twice_is_asked_about(client: Client, batch: Sample) -> None:
    name = f"m-{batch.pk}"
    mine = shown(client, batch, **{name: "10.4"})
    client.post(VALUES, shown(client, batch, **{name: "10.5"}))

    assert client.post(VALUES, mine).status_code == 409
    batch.refresh_from_db()
    assert batch.balance == Decimal(10500)


def test_an_amount_that_was_used_is_not_emptied(client: Client, batch: Sample) -> None:
    answer = client.post(VALUES, shown(client, batch, **{box(batch, "oa"): ""}))

    assert answer.status_code == 422
    assert "cannot be emptied" in answer.content.decode()
