"""Walks every address as everybody: nobody reads or writes what is not theirs, and no page says that it exists."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.conf import settings
from django.contrib.messages import get_messages
from django.db import connection, transaction
from django.http import SimpleCookie
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from pytest_django import DjangoDbBlocker

from labbook.models import User
from labbook.roles import Role, may
from tests.walk_addresses import EVERYBODYS, PACKAGES, PAGES, Page
from tests.walk_world import Records, World, make_world

ROLE_OF = {
    "guest": Role.GUEST,
    "member": Role.MEMBER,
    "manager": Role.MANAGER,
    "owner": Role.OWNER,
    "insider": Role.MEMBER,
    "stranger": Role.OWNER,
}
# When thorough, every page is walked by everybody on every database.
IS_THOROUGH = os.environ.get("LABBOOK_THOROUGH") == "1"
# What a page may answer to somebody who may use it; an empty POST is refused, not crashed on.
FINE = {200, 201, 204, 302, 303, 400, 405, 409, 410, 415, 422, 428}
HIDDEN_FROM_ALL_ELSE = {404, 405}


@dataclass(frozen=True)
class Address:
    """One row of the address table as Django resolves it."""

    name: str
    pattern: str


def addresses(patterns: list[Any] | None = None, before: str = "") -> Iterator[Address]:
    """Yield every address of the notebook, those of packages left out."""
    for one in patterns if patterns is not None else get_resolver().url_patterns:
        text = before + str(one.pattern)
        if text.lstrip("^").startswith(PACKAGES):
            continue
        if isinstance(one, URLResolver):
            yield from addresses(list(one.url_patterns), text)
        elif isinstance(one, URLPattern):
            yield Address(one.name or "", text)


NAMES = {one.name for one in addresses()} - EVERYBODYS
WALKED = sorted(NAMES & set(PAGES))


@dataclass(frozen=True)
class Walk:
    """The world, one client for all walks, and a session of everybody who signs in."""

    world: World
    client: Client
    sessions: dict[str, str]

    def client_of(self, who: str) -> Client:
        """Return the client as it is after somebody signed in; nobody has no session."""
        key = self.sessions.get(who)
        self.client.cookies = SimpleCookie({settings.SESSION_COOKIE_NAME: key} if key else {})
        return self.client


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Walk]:
    """Build the world and sign everybody in once for all walks; it is taken down with its transaction."""
    with django_db_blocker.unblock(), transaction.atomic():
        world = make_world()
        yield Walk(world, Client(), {who: session_of(person) for who, person in world.people.items()})
        transaction.set_rollback(True)


def session_of(person: User) -> str:
    """Sign somebody in and return the key of the session."""
    client = Client()
    client.force_login(person)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


@pytest.fixture
def walk(built: Walk, db: None) -> Walk:
    """Give one walk the world as it was built; what the walk writes is undone after it."""
    return built


def test_every_address_has_a_name_and_a_row_in_the_table_of_the_walk() -> None:
    nameless = [one.pattern for one in addresses() if not one.name]
    missing, gone = NAMES - set(PAGES), set(PAGES) - NAMES

    assert not nameless
    assert not missing, f"add to tests/walk_addresses.py: {', '.join(sorted(missing))}"
    assert not gone, f"take out of tests/walk_addresses.py: {', '.join(sorted(gone))}"


def address_of(name: str, page: Page, records: Records) -> str:
    return reverse(name, kwargs=page.names(records) if page.names else page.fixed)


def answers(client: Client, address: str) -> Iterator[tuple[str, HttpResponseBase]]:
    """Yield the answers to GET and to an empty POST, whatever the POST wrote undone."""
    yield "GET", client.get(address)
    with transaction.atomic():
        answer = client.post(address)
        transaction.set_rollback(True)
    yield "POST", answer


def told_in(answer: HttpResponseBase) -> str:
    """Return everything an answer says: body, the place it leads to, and the messages of the next page."""
    streamed = getattr(answer, "streaming_content", None)
    body = b"".join(streamed) if streamed is not None else getattr(answer, "content", b"")
    request = getattr(answer, "wsgi_request", None)
    toasts = " ".join(str(one) for one in get_messages(request)) if request else ""
    return f"{body.decode(errors='replace')} {answer.headers.get('Location', '')} {toasts}"


def sides(world: World, who: str) -> tuple[list[Records], list[Records]]:
    """Return the records that a person may see, and those that must not exist for them."""
    if who == "stranger":
        return [world.foreign], [world.own, world.hidden]
    if who == "insider":
        return [world.own, world.hidden], [world.foreign]
    return [world.own], [world.hidden, world.foreign]


def assert_says_nothing_of(answer: HttpResponseBase, unseen: list[Records], where: str, address: str = "") -> None:
    """Fail when an answer tells of hidden records; repeating what was asked for tells nothing."""
    text = told_in(answer)
    for part in filter(None, address.split("/")):
        text = text.replace(part, "")
    for records in unseen:
        assert records.marker not in text, f"{where} tells of {records.marker}"
        assert records.synthesis.code not in text, f"{where} tells of {records.synthesis.code}"


def walkers(name: str) -> list[str]:
    """Return who walks a page: everybody; on PostgreSQL two, who take turns, since permissions are the same code."""
    if IS_THOROUGH or connection.vendor != "postgresql":
        return list(ROLE_OF)
    return list(ROLE_OF)[WALKED.index(name) % 3 :: 3]


@pytest.mark.parametrize("name", WALKED)
def test_nobody_gets_further_than_their_role_and_their_records(name: str, walk: Walk) -> None:
    page, world = PAGES[name], walk.world
    for who in walkers(name):
        client, role = walk.client_of(who), ROLE_OF[who]
        seen, unseen = sides(world, who)
        check_seen(client, name, page, role, seen[-1:] if who == "insider" else seen, unseen, who)
        if page.names:
            check_unseen(client, name, page, role, unseen, who, world)


def check_seen(
    client: Client, name: str, page: Page, role: int, seen: list[Records], unseen: list[Records], who: str
) -> None:
    """Check what is theirs: answered when the role allows it, 403 when not."""
    for records in seen:
        for method, answer in answers(client, address_of(name, page, records)):
            where = f"{method} {name} as {who} on {records.marker}"
            allowed = may(role, page.reads if method == "GET" else page.writes)
            expected = FINE if allowed else {403, 405}
            if not allowed and method == "POST" and may(role, page.reads):
                expected = {403, 405}
            assert answer.status_code in expected, f"{where}: {answer.status_code}"
            assert_says_nothing_of(answer, unseen, where)


def check_unseen(
    client: Client, name: str, page: Page, role: int, unseen: list[Records], who: str, world: World
) -> None:
    """Check what is not theirs: 404 as if it did not exist, or 403 when the role would not even do for their own."""
    for records in unseen:
        if page.is_shared and records is world.hidden and who != "stranger":
            continue
        address = address_of(name, page, records)
        for method, answer in answers(client, address):
            where = f"{method} {name} as {who} on {records.marker}"
            allowed = may(role, page.reads if method == "GET" else page.writes)
            assert answer.status_code in (HIDDEN_FROM_ALL_ELSE if allowed else {403, 404, 405}), (
                f"{where}: {answer.status_code}"
            )
            assert_says_nothing_of(answer, [records], where, address)


@pytest.mark.parametrize("name", WALKED)
def test_somebody_signed_out_or_gone_sees_nothing(name: str, walk: Walk) -> None:
    page, world = PAGES[name], walk.world
    everything = [world.own, world.hidden, world.foreign]
    # A page that names no record, or one of the whole lab's, has one address for all of them.
    places = dict.fromkeys(address_of(name, page, records) for records in everything)
    for who in ("nobody", "former"):
        client = walk.client_of(who)
        for address in places:
            for method, answer in answers(client, address):
                where = f"{method} {name} as {who}"
                refused = {302, 401, 403, 405} if who == "nobody" else {401, 403, 404, 405}
                assert answer.status_code in refused, f"{where}: {answer.status_code}"
                if answer.status_code == 302:
                    assert reverse("account_login") in answer.headers["Location"], where
                    continue
                assert_says_nothing_of(answer, everything, where, address)
