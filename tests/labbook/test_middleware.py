"""One lab has bare addresses, several have their names in front, and nothing leads out of the notebook."""

import pytest
from django.test import Client

from labbook.models import Lab, Membership, User
from labbook.roles import Role
from labbook.services.people import invite_person


@pytest.fixture
def two_labs(client: Client, lab: Lab, owner: User, stranger: User) -> Client:
    other = stranger.memberships.get().lab
    invite_person(lab=other, email=owner.email, name="", initials="OO", role=Role.MEMBER, by=stranger)
    client.force_login(owner)
    return client


def test_somebody_in_one_lab_sees_bare_addresses(client: Client, member: User) -> None:
    client.force_login(member)

    assert client.get("/people/").status_code == 200
    assert client.get("/nanocrystals/people/?a=1").headers["Location"] == "/people/?a=1"


def test_somebody_in_two_labs_sees_the_labs_name_in_every_address(two_labs: Client) -> None:
    assert two_labs.get("/people/?a=1").headers["Location"] == "/nanocrystals/people/?a=1"

    page = two_labs.get("/elsewhere/people/").content.decode()
    assert "ST" in page
    assert 'href="/elsewhere/' in page


def test_a_lab_that_is_not_theirs_is_not_found(client: Client, member: User, other_lab: Lab) -> None:
    client.force_login(member)

    assert client.get("/elsewhere/people/").status_code == 404


@pytest.mark.parametrize("address", ["/nanocrystals//evil.example/", "/nanocrystals///evil.example"])
def test_no_address_leads_out_of_the_notebook(client: Client, member: User, address: str) -> None:
    client.force_login(member)

    assert not client.get(address).headers["Location"].startswith("//")


def test_a_redirect_of_a_scripted_form_is_told_not_followed(client: Client, member: User) -> None:
    client.force_login(member)
    answer = client.post("/projects/new", {"name": "Dots"}, headers={"Labbook-Form": "1"})

    assert (answer.status_code, answer.headers["Labbook-Location"]) == (200, "/projects/dots")
    assert answer.headers["Labbook-Person"] == str(member.pk)


def test_a_scripted_form_of_somebody_signed_out_is_answered_401(client: Client, lab: Lab) -> None:
    answer = client.post("/projects/new", {"name": "Dots"}, headers={"Labbook-Form": "1"})

    assert answer.status_code == 401


def test_somebody_without_a_lab_is_told_so(client: Client, db: None) -> None:
    client.force_login(User.objects.create_user("alone@example.org"))

    answer = client.get("/people/")

    assert answer.status_code == 403
    assert b"belongs to no lab yet" in answer.content


def test_somebody_in_several_labs_changes_the_lab_in_the_account_menu(
    client: Client, lab: Lab, other_lab: Lab, member: User
) -> None:
    Membership.objects.create(lab=other_lab, user=member, role=Role.GUEST, initials="LM")
    client.force_login(member)

    page = client.get(f"/{other_lab.slug}/")

    doors = {door.label: (door.address, door.is_current) for door in page.context["lab_doors"]}
    assert doors == {lab.name: (f"/{lab.slug}/", False), other_lab.name: (f"/{other_lab.slug}/", True)}
    assert f'href="/{lab.slug}/"' in page.content.decode()


def test_somebody_in_one_lab_has_no_other_to_change_to(client: Client, lab: Lab, member: User) -> None:
    client.force_login(member)

    assert client.get("/").context["lab_doors"] == []
