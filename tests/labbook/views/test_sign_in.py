"""The one-time sign-in link: who gets in, once, and what everybody else is told."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from labbook.models import Lab, SignInLink, User
from labbook.services.sign_in_links import make_sign_in_link, use_sign_in_link


def address_of(user: User) -> str:
    """Make a link and return its path."""
    return reverse("sign_in_link", args=[make_sign_in_link(user=user)])


def is_signed_in(client: Client) -> bool:
    """Say whether the browser holds a session of a person."""
    return "_auth_user_id" in client.session


def test_the_button_behind_the_link_signs_its_person_in(client: Client, owner: User) -> None:
    address = address_of(owner)

    page = client.get(address)
    answer = client.post(address)

    assert f"Sign in as {owner.name}" in page.content.decode()
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.session["_auth_user_id"] == str(owner.pk)


def test_looking_at_the_link_neither_signs_in_nor_uses_it_up(client: Client, owner: User) -> None:
    address = address_of(owner)

    client.get(address)
    client.head(address)

    assert not is_signed_in(client)
    assert client.get(address).status_code == 200


def test_a_used_link_is_refused_with_the_way_to_another(client: Client, owner: User) -> None:
    address = address_of(owner)
    Client().post(address)

    answer = client.post(address)

    assert answer.status_code == 410
    assert "make sign-in-link" in answer.content.decode()
    assert not is_signed_in(client)


def test_a_link_older_than_an_hour_is_refused(client: Client, owner: User) -> None:
    address = address_of(owner)
    SignInLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    assert client.get(address).status_code == 410
    assert client.post(address).status_code == 410
    assert not is_signed_in(client)


def test_the_link_of_a_person_who_left_is_refused(client: Client, owner: User) -> None:
    address = address_of(owner)
    User.objects.filter(pk=owner.pk).update(is_active=False)

    assert client.post(address).status_code == 410
    assert not is_signed_in(client)


def test_a_post_from_another_site_does_not_sign_in(owner: User) -> None:
    strict = Client(enforce_csrf_checks=True)

    assert strict.post(address_of(owner)).status_code == 403
    assert not is_signed_in(strict)


def test_the_token_itself_is_not_kept(owner: User) -> None:
    token = make_sign_in_link(user=owner)

    assert token not in str(SignInLink.objects.values_list())


def test_making_a_link_sweeps_away_those_that_ran_out(owner: User) -> None:
    make_sign_in_link(user=owner)
    SignInLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    make_sign_in_link(user=owner)

    assert SignInLink.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_eight_who_press_at_once_one_gets_in(owner: User) -> None:
    token = make_sign_in_link(user=owner)

    def press(_number: int) -> bool:
        try:
            return use_sign_in_link(token=token) is not None
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as people:
        got_in = list(people.map(press, range(8)))

    assert sum(got_in) == 1


def test_the_command_prints_a_link_for_the_owner_unless_told_another(
    client: Client, lab: Lab, member: User, owner: User
) -> None:
    for arguments, person in (([], owner), (["--email", member.email.upper()], member)):
        printed = StringIO()
        call_command("sign_in_link", *arguments, "--address", "127.0.0.1:8000", stdout=printed)
        link = printed.getvalue().strip()

        client.post(link.removeprefix("http://127.0.0.1:8000"))

        assert client.session["_auth_user_id"] == str(person.pk)


def test_the_command_says_when_there_is_nobody_to_sign_in(db: None) -> None:
    with pytest.raises(CommandError, match="Nobody belongs to a lab here yet"):
        call_command("sign_in_link")
    with pytest.raises(CommandError, match="Nobody here has the address"):
        call_command("sign_in_link", "--email", "nobody@elsewhere.example")
