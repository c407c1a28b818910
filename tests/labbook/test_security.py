"""What a browser is told to do and not to do, how people get in, and what nobody is told."""

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import DataError
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from labbook.http import answer_once
from labbook.journal import journal_of
from labbook.models import Project, Revision, User
from labbook.services.sign_in_links import make_sign_in_link
from samples.models import Place, PlaceKind

PASSWORD = "granite-otter-velvet-19"
EVERYWHERE = ("/", "/accounts/login/", "/nowhere", "/s/nothing", "/static/nothing.js", "/styles/x.css",
              "/api/v1/samples/", "/api/v1/docs/", "/sign-in/nothing/", "/people/?a=%00")  # fmt: skip


@pytest.fixture
def known(member: User) -> User:
    """A member with a password."""
    member.set_password(PASSWORD)
    member.save()
    cache.clear()
    return member


def sign_in(client: Client, email: str, password: str, **more: str) -> int:
    """Send the sign-in form."""
    return client.post("/accounts/login/", {"login": email, "password": password, **more}).status_code


@pytest.mark.parametrize("address", EVERYWHERE)
@pytest.mark.parametrize("is_signed_in", [True, False])
def test_every_answer_forbids_foreign_scripts_frames_and_guessing(
    client: Client, member: User, address: str, is_signed_in: bool
) -> None:
    if is_signed_in:
        client.force_login(member)

    answer = client.get(address)

    policy = answer.headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "style-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("address", ["/", "/samples/", "/activity/?format=csv", "/nowhere", "/people/"])
def test_what_a_signed_in_person_reads_stays_in_no_cache(client: Client, member: User, address: str) -> None:
    client.force_login(member)

    assert client.get(address).headers["Cache-Control"] == "private, no-store"


def test_the_style_sheet_may_be_kept_also_by_a_signed_in_browser(client: Client, member: User) -> None:
    client.force_login(member)

    assert "no-store" not in client.get("/styles/x.css").headers["Cache-Control"]


def test_the_session_is_a_new_one_after_signing_in_and_no_script_reads_it(client: Client, member: User) -> None:
    client.cookies["sessionid"] = planted = "a" * 32

    client.post(reverse("sign_in_link", args=[make_sign_in_link(user=member)]))

    cookie = client.cookies["sessionid"]
    assert cookie.value not in ("", planted)
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


@pytest.mark.parametrize("to", ["//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"])
def test_signing_in_leads_nowhere_else(client: Client, known: User, to: str) -> None:
    answer = client.post("/accounts/login/", {"login": known.email, "password": PASSWORD, "next": to})

    assert answer.status_code == 302
    assert answer.headers["Location"] == "/"


def test_the_selection_leads_back_to_the_list_only(client: Client, member: User) -> None:
    client.force_login(member)

    answer = client.post("/samples/selection", {"query": "\r\nSet-Cookie: x=1"})

    assert answer.headers["Location"].startswith("/samples/?")
    assert "x" not in answer.cookies


def test_ten_wrong_passwords_close_the_door_for_a_while(client: Client, known: User) -> None:
    for number in range(12):
        sign_in(client, known.email, f"wrong {number}")

    sign_in(client, known.email, PASSWORD)

    assert "_auth_user_id" not in client.session


def test_nobody_signs_up(client: Client, db: None) -> None:
    before = User.objects.count()

    client.post("/accounts/signup/", {"email": "new@nowhere.example", "password1": PASSWORD, "password2": PASSWORD})

    assert User.objects.count() == before


def test_a_forgotten_password_does_not_tell_who_has_an_account(client: Client, known: User) -> None:
    there = client.post("/accounts/password/reset/", {"email": known.email})
    not_there = client.post("/accounts/password/reset/", {"email": "nobody@nowhere.example"})

    assert (there.status_code, there.headers["Location"]) == (not_there.status_code, not_there.headers["Location"])
    assert known.email not in client.get(there.headers["Location"]).content.decode()
    assert [one.to for one in mail.outbox] == [[known.email]]


def test_an_address_with_the_character_zero_is_not_understood(client: Client, member: User) -> None:
    client.force_login(member)

    assert client.get("/search?q=a%00b").status_code == 400
    assert client.get("/s/a%00b").status_code == 400
    assert client.get("/samples/?kind=vial&%00=1").status_code == 400


@pytest.mark.parametrize("key", ["a\0b", "k" * 1_000_000])
def test_an_idempotency_key_that_cannot_be_kept_is_refused(client: Client, manager: User, key: str) -> None:
    client.force_login(manager)

    answer = client.post("/places/new/", {"title": "Fridge", "kind": "fridge", "idempotency_key": key})

    assert answer.status_code == 422
    assert not Place.objects.exists()


def test_one_persons_key_is_nothing_to_another(client: Client, manager: User, owner: User) -> None:
    for number, person in enumerate((manager, owner)):
        client.force_login(person)
        fields = {"title": f"Fridge {number}", "kind": "fridge", "idempotency_key": "same"}
        assert client.post("/places/new/", fields).status_code == 302

    assert Place.objects.count() == 2


def test_a_draft_with_the_character_zero_is_refused(client: Client, member: User) -> None:
    client.force_login(member)

    assert client.post("/drafts/", {"draft_form": "/places/new/", "title": "a\0b"}).status_code == 422


def test_the_history_of_a_shared_record_does_not_name_what_lies_in_a_restricted_project(
    member: User, other_lab: None
) -> None:
    lab = member.memberships.get().lab
    secret = Project.objects.create(lab=lab, name="Secret", slug="secret", is_restricted=True)
    hidden = Place(lab=lab, title="Quokka", kind=PlaceKind.BOX, pk=7)
    hidden.project = secret  # type: ignore[attr-defined]
    shelf = Place.objects.create(lab=lab, title="Shelf", kind=PlaceKind.ROOM)

    with journal_of(lab, by=member) as journal:
        journal.changed(shelf, "loaded", {"held": (None, hidden)})

    assert Revision.objects.get(record_id=shelf.pk).changes == {"held": [None, {"id": 7, "name": "restricted"}]}


@pytest.mark.parametrize("address", ["/samples/selection", "/labels/"])
def test_a_ticked_code_with_the_character_zero_names_nothing(client: Client, member: User, address: str) -> None:
    client.force_login(member)

    assert client.post(address, {"chosen": ["a\0b", "RX-001"]}).status_code < 500


def test_what_no_column_holds_is_refused_and_not_a_crash(member: User, rf: RequestFactory) -> None:
    request = rf.post("/api/v1/anything")
    request.user = member

    def write() -> HttpResponse:
        raise DataError("text fields cannot contain NUL")

    assert answer_once(request, write).status_code == 422
