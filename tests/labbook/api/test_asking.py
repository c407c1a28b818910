"""Who may ask the API: by token or session, in which lab, and with which role."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from labbook.models import Lab, Membership, User
from labbook.roles import Role
from labbook.services.tokens import make_token


def asking(person: User, lasts: timedelta | None = None) -> Client:
    return Client(headers={"Authorization": f"Token {make_token(user=person, lasts=lasts)}"})


def test_nobody_is_answered_without_a_token_or_with_one_that_ended(member: User) -> None:
    nobody, late = Client(), asking(member, timedelta(seconds=-1))
    wrong = Client(headers={"Authorization": "Token labbook_wrong"})

    for client in (nobody, late, wrong):
        answer = client.get("/api/v1/me")
        assert answer.status_code == 401
        assert answer.json().keys() == {"detail", "errors"}


def test_somebody_who_left_the_lab_is_answered_403(member: User) -> None:
    Membership.objects.filter(user=member).update(is_active=False)

    assert asking(member).get("/api/v1/samples").status_code == 403


def test_somebody_in_several_labs_says_which(member: User, other_lab: Lab) -> None:
    Membership.objects.create(lab=other_lab, user=member, role=Role.GUEST, initials="LM")
    client = asking(member)

    assert client.get("/api/v1/lab").status_code == 400
    assert client.get("/api/v1/lab?lab=elsewhere").json()["role"] == "guest"
    assert client.get("/api/v1/lab?lab=nowhere").status_code == 404
    assert len(client.get("/api/v1/me").json()["labs"]) == 2


def test_a_session_writes_only_with_the_csrf_token(member: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(member)

    answer = client.post("/api/v1/projects", json.dumps({"name": "P"}), content_type="application/json")
    assert answer.status_code == 403
    assert client.get("/api/v1/projects").status_code == 200


def test_projects_are_started_and_changed_field_by_field(member: User) -> None:
    client = asking(member)
    started = client.post("/api/v1/projects", json.dumps({"name": "Pressure"}), content_type="application/json")
    etag = {"If-Match": started["ETag"]}

    def change(**fields: Any) -> Any:
        body = json.dumps(fields)
        return client.patch("/api/v1/projects/pressure", body, content_type="application/json", headers=etag)

    assert started.status_code == 201
    assert change(is_restricted=True).json()["is_restricted"] is True
    assert change(name="Later").status_code == 412


def test_the_lab_is_changed_by_its_owner_only(lab: Lab, owner: User, manager: User) -> None:
    def change(person: User) -> int:
        client = asking(person)
        etag = {"If-Match": client.get("/api/v1/lab")["ETag"]}
        body = json.dumps({"name": "Nano"})
        return int(client.patch("/api/v1/lab", body, content_type="application/json", headers=etag).status_code)

    assert [change(manager), change(owner)] == [403, 200]
    lab.refresh_from_db()
    assert (lab.name, lab.time_zone) == ("Nano", "Europe/Rome")


@pytest.mark.parametrize("lasts", ["365", ""])
def test_a_token_is_shown_once_works_and_is_taken_back_by_its_own_person_only(
    lasts: str, client: Client, member: User, manager: User
) -> None:
    client.force_login(member)
    page = client.post(reverse("token_list"), {"lasts": lasts})
    token = page.context["token"]
    there = reverse("token_revoke", args=[token[:15]])
    asker = Client(headers={"Authorization": f"Token {token}"})

    assert token in page.content.decode()
    assert page["Cache-Control"] == "no-store"
    assert token not in client.get(reverse("token_list")).content.decode()
    client.force_login(manager)
    client.post(there)
    assert asker.get("/api/v1/me").status_code == 200
    client.force_login(member)
    client.post(there)
    assert asker.get("/api/v1/me").status_code == 401
