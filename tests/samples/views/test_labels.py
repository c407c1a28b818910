"""The label queue: what waits, who may take it out, and what it costs."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from labbook.journal import journal_of
from labbook.models import Lab, Project, User
from samples.models import LabelRequest, Sample
from samples.services.names import request_labels
from tests.samples.services.making import received


@pytest.fixture
def waiting(lab: Lab, member: User) -> list[Sample]:
    """Three fractions whose labels wait."""
    return ask_for(lab, member, 3)


def ask_for(lab: Lab, by: User, count: int, first: int = 1) -> list[Sample]:
    with journal_of(lab, by=by) as journal:
        made = [received(journal, f"NC-024-F{number}") for number in range(first, first + count)]
        request_labels(journal, samples=made)
    return made


def test_what_waits_is_listed_with_its_tag(client: Client, waiting: list[Sample], guest: User) -> None:
    client.force_login(guest)

    page = client.get("/labels/").content.decode()

    assert all(one.code in page and one.tag in page for one in waiting)
    assert "Printing comes in a later version" in page
    assert "Take out of the queue" not in page


def test_a_chosen_label_is_taken_out_and_the_sample_stays(client: Client, waiting: list[Sample], member: User) -> None:
    client.force_login(member)

    client.post("/labels/remove/", {"chosen": waiting[1].code})

    assert set(LabelRequest.objects.values_list("sample__code", flat=True)) == {"NC-024-F1", "NC-024-F3"}
    assert Sample.objects.count() == 3


def test_a_guest_takes_no_label_out(client: Client, waiting: list[Sample], guest: User) -> None:
    client.force_login(guest)

    assert client.post("/labels/remove/", {"chosen": waiting[0].code}).status_code == 403
    assert LabelRequest.objects.count() == 3


def test_labels_of_another_lab_or_a_closed_project_are_neither_seen_nor_taken_out(
    client: Client, lab: Lab, waiting: list[Sample], member: User, stranger: User
) -> None:
    closed = Project.objects.create(lab=lab, name="Closed", slug="closed", is_restricted=True)
    Sample.objects.filter(pk=waiting[0].pk).update(project=closed)
    codes = {"chosen": [one.code for one in waiting]}

    client.force_login(stranger)
    client.post("/labels/remove/", codes)
    assert LabelRequest.objects.count() == 3

    client.force_login(member)
    assert waiting[0].code not in client.get("/labels/").content.decode()
    client.post("/labels/remove/", codes)
    assert LabelRequest.objects.get().sample == waiting[0]


def test_the_page_costs_the_same_with_more_labels(client: Client, lab: Lab, member: User) -> None:
    client.force_login(member)
    ask_for(lab, member, 2)
    client.get("/labels/")
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get("/labels/")
    ask_for(lab, member, 20, first=10)
    with CaptureQueriesContext(connection) as many:
        client.get("/labels/")

    assert len(many) == len(few) <= 8
