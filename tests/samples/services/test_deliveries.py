"""Many bottles at once are the same rows as one by one; what could be refused goes the single way."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db.models import QuerySet
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from labbook.errors import Refusal
from labbook.journal import journal_of
from labbook.models import Code, CodeCounter, Lab, Revision, SearchFact, SearchRow, User
from labbook.services.codes import take_tags
from samples.kinds import Unit
from samples.models import BottleDetail, LedgerEntry, Process, Sample
from samples.services.deliveries import Delivery, receive_bottles
from samples.services.indexing import index_sample, indexing_once
from samples.services.stock import receive_bottle
from tests.samples.services.making import hours_ago, received

ARRIVED = hours_ago(48)
IDENTITIES = {"id", "lab", "tag", "sample", "process", "origin", "row", "record", "hash", "previous_hash", "at"}
MOMENTS = {"created_at", "recorded_at", "sequence"}


def delivery(code: str, amount: str | None = "25000", **said: Any) -> Delivery:
    """A bottle of lead iodide."""
    return Delivery(
        code, "lead iodide", "PbI2", None if amount is None else Decimal(amount), Unit.MG, ARRIVED,
        as_written="25 g", facts={"lot": "SIM-4158", "cas": "10101-63-0"}, **said,
    )  # fmt: skip


def one_by_one(lab: Lab, by: User, deliveries: list[Delivery]) -> None:
    with journal_of(lab, by=by) as journal:
        for one in deliveries:
            receive_bottle(
                journal, code=one.code, chemical=one.chemical, short=one.short, amount=one.amount, unit=one.unit,
                at=one.at, as_written=one.as_written, note=one.note, **one.facts,
            )  # fmt: skip


def told(lab: Lab) -> dict[str, Any]:
    """Everything a lab's bottles left behind, but for ids, tags and the moment of writing."""
    tables: dict[str, QuerySet[Any]] = {
        "process": Process.objects.filter(lab=lab).order_by("pk"),
        "sample": Sample.objects.filter(lab=lab).order_by("code"),
        "code": Code.objects.filter(lab=lab).order_by("code"),
        "counter": CodeCounter.objects.filter(lab=lab).order_by("prefix"),
        "detail": BottleDetail.objects.filter(sample__lab=lab).order_by("pk"),
        "ledger": LedgerEntry.objects.filter(sample__lab=lab).order_by("sample__code", "pk"),
        "row": SearchRow.objects.filter(lab=lab).order_by("code"),
        "revision": Revision.objects.filter(lab=lab).order_by("record_type", "record_id", "sequence"),
    }
    rows = {
        name: [
            {key: value for key, value in row.items() if key.removesuffix("_id") not in IDENTITIES | MOMENTS}
            for row in table.values()
        ]
        for name, table in tables.items()
    }
    facts = SearchFact.objects.filter(lab=lab).values_list("row__code", "key", "word", "number")
    # A process is labelled by its own number.
    labels = [{**one, "record_label": ""} if one["record_type"] == "process" else one for one in rows["revision"]]
    return {**rows, "revision": labels, "fact": sorted(facts, key=str)}


@pytest.mark.parametrize("amount", ["25000", "0", None])
def test_many_at_once_leave_the_same_rows_as_one_by_one(
    lab: Lab, other_lab: Lab, member: User, amount: str | None
) -> None:
    deliveries = [delivery("BT-007", amount), delivery("BT-003", amount, note="Place as written: shelf")]

    one_by_one(lab, member, deliveries)
    with journal_of(other_lab, by=member) as journal:
        receive_bottles(journal, deliveries)

    assert told(lab) == told(other_lab)


def test_a_taken_code_receives_none_of_them(lab: Lab, member: User) -> None:
    one_by_one(lab, member, [delivery("BT-001")])

    with pytest.raises(Refusal, match="already used") as refused, journal_of(lab, by=member) as journal:
        receive_bottles(journal, [delivery("BT-002"), delivery("BT-001")])

    assert refused.value.field == "code"
    assert Sample.objects.count() == 1


def test_what_can_be_refused_is_not_plain() -> None:
    now = timezone.now()

    assert delivery("BT-001").is_plain(now=now)
    assert not delivery("BT-001", "-1").is_plain(now=now)
    assert not delivery("").is_plain(now=now)
    assert not delivery("BT-001").is_plain(now=ARRIVED - timedelta(days=1))


def test_two_hundred_bottles_cost_few_queries(
    lab: Lab, member: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    deliveries = [delivery(f"BT-{number:03d}") for number in range(1, 201)]

    # One of the index about each sample, and a few for all of them.
    with django_assert_max_num_queries(260), journal_of(lab, by=member) as journal:
        receive_bottles(journal, deliveries)


def test_new_tags_differ_from_each_other_and_from_those_taken(lab: Lab, member: User) -> None:
    one_by_one(lab, member, [delivery("BT-001")])

    tags = take_tags(600)

    assert len(set(tags)) == 600
    assert Sample.objects.get().tag not in tags


def test_what_is_indexed_at_the_end_is_found_as_if_at_once(lab: Lab, member: User) -> None:
    with journal_of(lab, by=member) as journal:
        with indexing_once():
            sample = received(journal, "NC-001-F1")
            sample.solvent = "n-hexane"
            sample.save()
            index_sample(sample)
            assert not SearchRow.objects.exists()
        assert SearchFact.objects.filter(row__code="NC-001-F1", word="n-hexane").exists()
