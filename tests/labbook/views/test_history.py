"""The history of a record, of a field and of the lab is read by whom may see it, and put back by whom may record."""

from decimal import Decimal

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from labbook.models import Lab, User
from labbook.services.editing import edit_record
from labbook.services.projects import start_project
from labbook.services.versions import version_token
from samples.models import Place


@pytest.fixture
def fridge(lab: Lab, member: User) -> Place:
    place = Place.objects.create(lab=lab, title="Fridge", kind="fridge", nominal_temperature_c=Decimal(4))
    for changes in ({"title": "=cmd()"}, {"nominal_temperature_c": Decimal(5)}):
        edit_record(record=place, changes=changes, token=version_token(place), by=member, reason="<i>moved</i>")
        place.refresh_from_db()
    return place


def test_who_changed_this_value_shows_that_field_alone(client: Client, fridge: Place, guest: User) -> None:
    client.force_login(guest)

    page = client.get(f"/history/place/{fridge.pk}/?field=title&part").content.decode()

    assert "=cmd()" in page
    assert "nominal temperature" not in page
    assert "&lt;i&gt;moved&lt;/i&gt;" in page


def test_a_guest_is_offered_nothing_to_put_back(client: Client, fridge: Place, guest: User, member: User) -> None:
    client.force_login(guest)
    assert b"Put back" not in client.get(f"/history/place/{fridge.pk}/").content

    client.force_login(member)
    assert b"Put back" in client.get(f"/history/place/{fridge.pk}/").content


def test_a_value_is_put_back_from_the_page(client: Client, fridge: Place, member: User) -> None:
    client.force_login(member)
    said = {"sequence": "0", "field": "title", "version": version_token(fridge)}

    answer = client.post(f"/history/place/{fridge.pk}/restore", said)

    fridge.refresh_from_db()
    assert (answer.status_code, fridge.title) == (302, "Fridge")


def test_putting_back_over_somebody_elses_change_is_refused(client: Client, fridge: Place, member: User) -> None:
    client.force_login(member)
    token = version_token(fridge)
    edit_record(record=fridge, changes={"title": "New"}, token=token, by=member)

    answer = client.post(f"/history/place/{fridge.pk}/restore", {"sequence": "0", "field": "title", "version": token})

    fridge.refresh_from_db()
    assert (answer.status_code, fridge.title) == (409, "New")


def test_activity_is_narrowed_by_person_record_and_day(
    client: Client, fridge: Place, lab: Lab, member: User, owner: User
) -> None:
    start_project(lab=lab, name="Tuesday work", is_restricted=False, by=owner)
    client.force_login(owner)

    def told(query: str) -> str:
        return client.get(f"/activity/?{query}").content.decode()

    assert "Tuesday work" not in told(f"person={member.pk}")
    assert "Tuesday work" in told("record=tuesday")
    assert "Tuesday work" not in told("last_day=2020-01-01")
    assert "Enter a valid date" in told("first_day=yesterday")


def test_activity_goes_on_page_by_page(client: Client, lab: Lab, member: User) -> None:
    place = Place.objects.create(lab=lab, title="Shelf", kind="bench")
    for number in range(51):
        changes = {"title": f"Shelf {number}"}
        place.version = edit_record(record=place, changes=changes, token=version_token(place), by=member).version
    client.force_login(member)

    first = client.get("/activity/").content.decode()

    assert "Shelf 50" in first
    assert "before=2" in first
    assert "Shelf 50" not in client.get("/activity/?before=2").content.decode()


def test_the_activity_table_holds_no_formula(client: Client, fridge: Place, member: User) -> None:
    client.force_login(member)

    answer = client.get("/activity/?format=csv")

    lines = b"".join(answer).decode().splitlines()
    assert lines[0].startswith("at,by,record")
    assert any("'=cmd()" in line for line in lines)


def test_activity_costs_as_many_queries_for_fifty_rows_as_for_one(
    client: Client, fridge: Place, member: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(member)
    client.get("/activity/")

    with django_assert_max_num_queries(8):
        client.get("/activity/")
