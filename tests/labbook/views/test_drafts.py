"""What is typed and not saved comes back, belongs to one person, and goes when the form is saved."""

import pytest
from django.test import Client

from labbook.models import Draft, Revision, User


@pytest.fixture
def typing(client: Client, member: User) -> Client:
    client.force_login(member)
    return client


def keep(client: Client, name: str = "Half a name", form: str = "/projects/new") -> int:
    said = {"form": form, "title": "New project", "fields": {"name": [name], "password": ["secret"]}}
    return client.post("/drafts/", said, content_type="application/json").status_code


def test_a_draft_is_one_row_overwritten_in_place_and_no_history(typing: Client) -> None:
    assert (keep(typing), keep(typing, "A name")) == (200, 200)

    assert Draft.objects.get().fields == {"name": ["A name"]}
    assert not Revision.objects.exists()


def test_the_form_offers_the_draft_and_restores_it_without_a_script(typing: Client) -> None:
    keep(typing)

    assert b"Draft from" in typing.get("/projects/new").content
    assert b'value="Half a name"' in typing.get("/projects/new?draft=1").content


def test_saving_the_form_forgets_the_draft(typing: Client) -> None:
    keep(typing)

    typing.post("/projects/new", {"name": "Dots", "draft_form": "/projects/new", "idempotency_key": "k"})

    assert not Draft.objects.exists()


def test_a_refused_form_keeps_the_draft(typing: Client) -> None:
    keep(typing)

    answer = typing.post("/projects/new", {"name": "", "draft_form": "/projects/new", "idempotency_key": "k"})

    assert answer.status_code == 422
    assert Draft.objects.exists()


def test_a_draft_is_nobody_elses(typing: Client, owner: User) -> None:
    keep(typing)
    typing.force_login(owner)

    assert b"Draft from" not in typing.get("/projects/new").content


def test_the_beacon_of_a_page_that_is_left_is_kept(typing: Client) -> None:
    typing.post("/drafts/", {"draft_form": "/projects/new", "draft_title": "New", "name": "Left"})

    assert Draft.objects.get().fields == {"name": ["Left"]}


def test_discarding_leads_back_to_the_form_and_nowhere_else(typing: Client) -> None:
    keep(typing)

    assert typing.post("/drafts/discard", {"draft_form": "/projects/new"}).headers["Location"] == "/projects/new"
    assert typing.post("/drafts/discard", {"draft_form": "//evil.example/"}).headers["Location"] == "/"
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    "body", ["nonsense", "[]", '{"fields": 3}', '{"form": "x", "fields": {}}', '{"form": "/a", "fields": {"a": 1}}']
)
def test_what_is_no_draft_is_refused(typing: Client, body: str) -> None:
    assert typing.post("/drafts/", body, content_type="application/json").status_code == 422
    assert not Draft.objects.exists()


def test_a_draft_of_a_megabyte_is_refused_with_the_reason(typing: Client) -> None:
    assert keep(typing, "x" * 1_000_000) == 422


def test_somebody_signed_out_is_told_that_the_draft_stays_on_the_device(client: Client, db: None) -> None:
    assert keep(client) == 401
