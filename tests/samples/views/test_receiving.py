"""Receiving a sample without parents, and pooling: what they write and what they refuse at its place."""

from decimal import Decimal

import pytest
from django.test import Client

from labbook.journal import journal_of
from labbook.models import Alias, Code, Lab, Revision, User
from samples.kinds import ProcessKind, SampleKind, Unit
from samples.models import LabelRequest, LedgerEntry, Sample
from tests.samples.services.making import received

GIFT = {"kind": "fraction", "amount": "2 ml", "origin_note": "from before the notebook"}


@pytest.fixture
def two(lab: Lab, member: User) -> list[Sample]:
    """Two fractions of 2 ml each."""
    with journal_of(lab, by=member) as journal:
        return [received(journal, f"NC-024-F{number}", "2000") for number in (1, 2)]


def test_a_sample_is_received_with_its_names_and_no_parents(client: Client, lab: Lab, member: User) -> None:
    client.force_login(member)

    answer = client.post(
        "/samples/receive/", {**GIFT, "code": "OLD-7", "aliases": "red 7, batch 12", "at": "2025-03-01"}
    )

    sample = Sample.objects.get()
    assert answer["Location"] == "/s/OLD-7"
    assert (sample.origin.kind, sample.origin.note) == (ProcessKind.RECEIVED, "from before the notebook")
    assert (sample.balance, sample.unit, sample.made_at_precision) == (Decimal(2000), Unit.UL, "day")
    assert set(Alias.objects.values_list("text", flat=True)) == {"red 7", "batch 12"}
    assert not sample.origin.inputs.exists()


@pytest.mark.parametrize(
    ("kind", "typed", "amount", "unit"),
    [
        ("fraction", "650 µl", Decimal(650), "ul"),
        ("fraction", "3 mg", Decimal(3), "mg"),
        ("vial", "", None, "ul"),
        ("film", "", Decimal(1), "piece"),
        ("film", "1 piece", Decimal(1), "piece"),
    ],
)
def test_the_unit_is_the_one_that_was_typed(
    client: Client, lab: Lab, member: User, kind: str, typed: str, amount: Decimal | None, unit: str
) -> None:
    client.force_login(member)

    client.post("/samples/receive/", {**GIFT, "kind": kind, "amount": typed})

    sample = Sample.objects.get()
    assert (sample.balance, sample.unit) == (amount, unit)


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("amount", "2", "Say the unit too"),
        ("amount", "450 mn", "is not a unit"),
        ("amount", "-2 ml", "below zero"),
        ("amount", "2 pieces", "not a number of pieces"),
        ("kind", "bottle", "valid choice"),
        ("code", "x" * 61, "at most 60 characters"),
        ("code", "NC-024-F1", "already used"),
        ("title", "x" * 1_000_000, "at most 200 characters"),
        ("origin_note", "", "required"),
        ("at", "2100-01-01", "future"),
    ],
)
def test_bad_input_is_answered_at_its_field_and_receives_nothing(
    client: Client, two: list[Sample], member: User, field: str, typed: str, message: str
) -> None:
    client.force_login(member)
    before = (Sample.objects.count(), Code.objects.count(), Revision.objects.count())

    answer = client.post("/samples/receive/", {**GIFT, field: typed})

    assert answer.status_code == 422
    assert message in " ".join(answer.context["form"].errors[field])
    assert (Sample.objects.count(), Code.objects.count(), Revision.objects.count()) == before


def test_a_specimen_has_no_volume(client: Client, lab: Lab, member: User) -> None:
    client.force_login(member)

    answer = client.post("/samples/receive/", {**GIFT, "kind": "film"})

    assert answer.context["form"].errors["amount"] == ["A specimen is one piece; leave the amount empty."]


def test_a_name_that_says_nothing_undoes_the_whole_receiving(client: Client, lab: Lab, member: User) -> None:
    client.force_login(member)

    answer = client.post("/samples/receive/", {**GIFT, "aliases": "red 7, …"})

    assert answer.status_code == 422
    assert not Sample.objects.exists()
    assert not Alias.objects.exists()


def test_a_second_tap_receives_no_second_sample(client: Client, lab: Lab, member: User) -> None:
    client.force_login(member)
    tap = {**GIFT, "idempotency_key": "one"}

    assert client.post("/samples/receive/", tap)["Location"] == client.post("/samples/receive/", tap)["Location"]
    assert Sample.objects.count() == 1


def test_a_guest_neither_receives_nor_pools(client: Client, lab: Lab, guest: User) -> None:
    client.force_login(guest)

    assert client.post("/samples/receive/", GIFT).status_code == 403
    assert client.post("/samples/pool/", {"shares": "x"}).status_code == 403


def test_pooled_samples_make_one_fraction_of_both(client: Client, two: list[Sample], member: User) -> None:
    client.force_login(member)

    client.post("/samples/pool/", {"shares": "NC-024-F1 0.5 ml\n\nnc024f2 700 µl", "title": "red ones"})

    pooled = Sample.objects.get(origin__kind=ProcessKind.POOLING)
    assert (pooled.kind, pooled.balance, pooled.title) == (SampleKind.FRACTION, Decimal(1200), "red ones")
    assert set(pooled.origin.inputs.values_list("sample__code", "amount")) == {
        ("NC-024-F1", Decimal(500)),
        ("NC-024-F2", Decimal(700)),
    }
    assert LabelRequest.objects.get().sample == pooled


def test_the_page_starts_with_what_was_selected(client: Client, two: list[Sample], member: User) -> None:
    client.force_login(member)

    form = client.get("/samples/pool/?from=NC-024-F1&from=NC-024-F2").context["form"]

    assert form["shares"].value() == "NC-024-F1\nNC-024-F2"


@pytest.mark.parametrize(
    ("shares", "message"),
    [
        ("NC-024-F1 0.5\nNC-999 1", "Line 2: There is no sample NC-999 here."),
        ("NC-024-F1 0.5\nNC-024-F2 some", "Line 2: NC-024-F2:"),
        ("\nNC-024-F1 450 mn", "Line 2: NC-024-F1:"),
        ("NC-024-F1 -1\nNC-024-F2 1", "Line 1: NC-024-F1:"),
        ("NC-024-F1 0.5", "at least two different samples"),
        ("NC-024-F1 0.5\nNC-024-F1 0.5", "at least two different samples"),
        ("x" * 5001, "at most 5000 characters"),
    ],
)
def test_a_pooling_names_the_line_it_refuses(
    client: Client, two: list[Sample], member: User, shares: str, message: str
) -> None:
    client.force_login(member)
    before = Revision.objects.count()

    answer = client.post("/samples/pool/", {"shares": shares})

    assert answer.status_code == 422
    assert message in " ".join(answer.context["form"].errors["shares"])
    assert Revision.objects.count() == before


def test_pooling_beyond_the_book_goes_on_after_one_tap_for_each(
    client: Client, two: list[Sample], member: User
) -> None:
    client.force_login(member)
    data = {"shares": "NC-024-F1 3 ml\nNC-024-F2 4 ml"}
    agreed: list[str] = []
    for _ in two:
        offer = client.post("/samples/pool/", {**data, "recount": agreed}).context["offer"]
        agreed.append(f"{offer['sample']} {offer['recount']} {offer['unit']}")

    answer = client.post("/samples/pool/", {**data, "recount": agreed})

    assert answer.status_code == 302
    assert LedgerEntry.objects.filter(kind="recount").count() == 2
    assert Sample.objects.get(origin__kind=ProcessKind.POOLING).balance == 7000


def test_a_liquid_and_a_solid_are_not_pooled(client: Client, lab: Lab, two: list[Sample], member: User) -> None:
    Sample.objects.filter(pk=two[1].pk).update(unit=Unit.MG)
    client.force_login(member)

    answer = client.post("/samples/pool/", {"shares": "NC-024-F1\nNC-024-F2"})

    assert "Liquids and solids" in " ".join(answer.context["form"].errors["shares"])
