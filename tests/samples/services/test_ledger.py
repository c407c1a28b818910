"""Promises of the ledger: append only, never below zero, a recount in one transaction, fifty writers at once."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from labbook.errors import Refusal
from labbook.journal import journal_of
from labbook.models import HistoryHead, Lab, Revision, User
from samples.models import EntryKind, LedgerEntry, Process, Sample, SampleStatus
from samples.services.graph import use
from samples.services.ledger import change_amount, recount_sample
from tests.making import make_lab
from tests.samples.services.making import hours_ago, pooled, pooling, received


def test_a_use_beyond_the_balance_is_refused_with_the_offer_of_a_recount(lab: Lab, member: User) -> None:
    with journal_of(lab, by=member) as journal:
        vial = received(journal, "RX-001", "100")

    with pytest.raises(Refusal) as refused, journal_of(lab, by=member) as journal:
        pooled(journal, "MX-001", vial, amount="150")

    assert refused.value.offer == {"sample": "RX-001", "recount": "150", "unit": "ul"}
    vial.refresh_from_db()
    assert vial.balance == 100
    assert not Process.objects.filter(kind="pooling").exists()


def test_a_recount_and_its_use_are_written_together(lab: Lab, member: User) -> None:
    with journal_of(lab, by=member) as journal:
        vial = received(journal, "RX-001", "100")
        use(journal, process=pooling(journal), sample=vial, amount=Decimal(150), recount=Decimal(160))

    vial.refresh_from_db()
    assert vial.balance == 10
    assert [(entry.kind, entry.amount) for entry in vial.ledger.all()] == [
        ("made", Decimal(100)),
        ("recount", Decimal(60)),
        ("use", Decimal(-150)),
    ]


def test_an_amount_that_was_not_recorded_shows_as_unknown_and_suspends_the_check(lab: Lab, member: User) -> None:
    with journal_of(lab, by=member) as journal:
        vial = received(journal, "RX-001", "100")
        use(journal, process=pooling(journal), sample=vial, amount=None)
        use(journal, process=pooling(journal), sample=vial, amount=Decimal(500))

    vial.refresh_from_db()
    assert vial.balance is None
    assert vial.status == SampleStatus.IN_USE


def test_a_recount_ends_the_not_knowing(lab: Lab, member: User) -> None:
    with journal_of(lab, by=member) as journal:
        vial = received(journal, "RX-001", None)
        recount_sample(journal, sample=vial, counted=Decimal(42), at=timezone.now(), by="AV", reason="weighed")

    vial.refresh_from_db()
    assert vial.balance == 42


def test_a_sample_used_up_is_empty_and_a_credit_fills_it_again(lab: Lab, member: User) -> None:
    with journal_of(lab, by=member) as journal:
        vial = received(journal, "RX-001", "100")
        use(journal, process=pooling(journal), sample=vial, amount=Decimal(100))
        vial.refresh_from_db()
        assert vial.status == SampleStatus.EMPTY
        change_amount(
            journal, sample=vial, kind=EntryKind.CREDIT, amount=Decimal(5), at=hours_ago(0), by="AV", reason="back"
        )  # fmt: skip

    vial.refresh_from_db()
    assert vial.status == SampleStatus.IN_USE


@pytest.mark.parametrize("amount", ["0", "-1"])
def test_an_amount_of_nothing_or_less_is_refused(lab: Lab, member: User, amount: str) -> None:
    with pytest.raises(Refusal, match="more than zero"), journal_of(lab, by=member) as journal:
        use(journal, process=pooling(journal), sample=received(journal, "RX-001"), amount=Decimal(amount))


def test_the_database_itself_refuses_a_balance_below_zero(lab: Lab, member: User) -> None:
    with journal_of(lab, by=member) as journal:
        vial = received(journal, "RX-001", "100")

    with pytest.raises(IntegrityError), transaction.atomic():
        Sample.objects.filter(pk=vial.pk).update(balance=-1)


@pytest.mark.django_db(transaction=True)
def test_fifty_writers_at_once_never_overdraw_and_lose_nothing() -> None:
    lab = make_lab("Busy")
    with journal_of(lab, by=None) as journal:
        vial = received(journal, "RX-001", "300")

    with ThreadPoolExecutor(max_workers=50) as pool:
        outcomes = list(pool.map(lambda _: take_ten(lab, vial), range(50)))

    vial.refresh_from_db()
    assert outcomes.count("used") == 30
    assert outcomes.count("refused") == 20
    assert vial.balance == 0
    assert LedgerEntry.objects.filter(sample=vial, kind=EntryKind.USE).count() == 30
    sequences = list(Revision.objects.filter(lab=lab).order_by("sequence").values_list("sequence", flat=True))
    assert sequences == list(range(1, HistoryHead.objects.get(lab=lab).length + 1))


@pytest.mark.django_db(transaction=True)
def test_a_circle_cannot_be_closed_from_both_ends_at_once() -> None:
    lab = make_lab("Circle")
    with journal_of(lab, by=None) as journal:
        one = pooled(journal, "MX-001", received(journal, "RX-001"), amount="20", hours=2)
        other = pooled(journal, "MX-002", received(journal, "RX-002"), amount="20", hours=2)

    with ThreadPoolExecutor(max_workers=2) as pool:
        outcomes = list(pool.map(lambda pair: feed(lab, *pair), [(one, other), (other, one)]))

    assert sorted(outcomes) == ["refused", "used"]


def take_ten(lab: Lab, vial: Sample) -> str:
    """Take ten µl out of a vial on a connection of one's own."""
    try:
        with journal_of(lab, by=None) as journal:
            use(journal, process=pooling(journal), sample=vial, amount=Decimal(10))
    except Refusal:
        return "refused"
    finally:
        connection.close()
    return "used"


def feed(lab: Lab, target: Sample, source: Sample) -> str:
    """Let what made a sample use another one as well."""
    try:
        with journal_of(lab, by=None) as journal:
            use(journal, process=target.origin, sample=source, amount=Decimal(1), at=hours_ago(0))
    except Refusal:
        return "refused"
    finally:
        connection.close()
    return "used"
