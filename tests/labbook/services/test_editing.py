"""Edits of two people at once are merged, or both are shown; a token fits one record only."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from django.db import connections

from labbook.errors import Conflict, Refusal
from labbook.models import Lab, Project, Revision, User
from labbook.services.editing import edit_record, read_version_token, version_token
from samples.models import Place


@pytest.fixture
def fridge(lab: Lab) -> Place:
    return Place.objects.create(lab=lab, title="Fridge 1", kind="fridge", nominal_temperature_c=Decimal(4))


def test_an_edit_is_saved_and_told_in_the_history(fridge: Place, member: User) -> None:
    edit_record(record=fridge, changes={"title": "Fridge A"}, token=version_token(fridge), by=member, reason="moved")

    fridge.refresh_from_db()
    told = Revision.objects.get()
    assert (fridge.title, fridge.version) == ("Fridge A", 2)
    assert (told.changes, told.by, told.reason) == ({"title": ["Fridge 1", "Fridge A"]}, member, "moved")


def test_edits_of_different_fields_from_the_same_version_are_merged(fridge: Place, member: User, owner: User) -> None:
    token = version_token(fridge)

    edit_record(record=fridge, changes={"title": "Fridge A", "kind": "fridge"}, token=token, by=member)
    edit_record(record=fridge, changes={"title": "Fridge 1", "kind": "freezer"}, token=token, by=owner)

    fridge.refresh_from_db()
    assert (fridge.title, fridge.kind, fridge.version) == ("Fridge A", "freezer", 3)


def test_two_edits_of_one_field_are_a_conflict_that_writes_nothing(fridge: Place, member: User, owner: User) -> None:
    token = version_token(fridge)
    edit_record(record=fridge, changes={"title": "Fridge A"}, token=token, by=member)

    with pytest.raises(Conflict) as caught:
        edit_record(record=fridge, changes={"title": "Fridge B", "kind": "freezer"}, token=token, by=owner)

    fridge.refresh_from_db()
    assert caught.value.conflicts == [{"field": "title", "base": "Fridge 1", "yours": "Fridge B", "theirs": "Fridge A"}]
    assert (fridge.title, fridge.kind, Revision.objects.count()) == ("Fridge A", "fridge", 1)


def test_the_same_change_by_two_people_is_no_conflict(fridge: Place, member: User, owner: User) -> None:
    token = version_token(fridge)
    changes = {"nominal_temperature_c": Decimal("-20.0")}

    edit_record(record=fridge, changes=changes, token=token, by=member)
    saved = edit_record(record=fridge, changes={"nominal_temperature_c": Decimal(-20)}, token=token, by=owner)

    assert saved.version == 2


def test_a_write_that_means_every_field_conflicts_also_on_the_value_it_read(
    fridge: Place, member: User, owner: User
) -> None:
    token = version_token(fridge)
    edit_record(record=fridge, changes={"title": "Fridge A"}, token=token, by=member)

    with pytest.raises(Conflict):
        edit_record(record=fridge, changes={"title": "Fridge 1"}, token=token, by=owner, every_field_is_meant=True)


@pytest.mark.parametrize("forged", ["", "1", "1:abc", "nonsense", "99:abc"])
def test_a_forged_token_is_refused(fridge: Place, member: User, forged: str) -> None:
    with pytest.raises(Refusal, match="not genuine"):
        edit_record(record=fridge, changes={"title": "Mine"}, token=forged, by=member)

    assert Place.objects.get().title == "Fridge 1"


def test_a_token_of_another_record_is_refused(fridge: Place, lab: Lab) -> None:
    bench = Place.objects.create(lab=lab, title="Bench", kind="bench")

    with pytest.raises(Refusal):
        read_version_token(fridge, version_token(bench))


def test_a_field_that_is_not_editable_is_refused(fridge: Place, member: User) -> None:
    for name in ("version", "lab", "created_by.email", "_meta.label", "nothing"):
        with pytest.raises(Refusal, match="cannot be edited"):
            edit_record(record=fridge, changes={name: "9"}, token=version_token(fridge), by=member)


def test_a_title_of_a_megabyte_is_refused_at_its_field(fridge: Place, member: User) -> None:
    with pytest.raises(Refusal) as caught:
        edit_record(record=fridge, changes={"title": "x" * 1_000_000}, token=version_token(fridge), by=member)

    assert caught.value.field == "title"
    assert "120" in caught.value.message


def test_a_link_to_another_labs_record_is_refused(fridge: Place, member: User, stranger: User) -> None:
    elsewhere = stranger.memberships.get().lab
    foreign = Place.objects.create(lab=elsewhere, title="Their fridge", kind="fridge")

    with pytest.raises(Refusal, match="no such record"):
        edit_record(record=fridge, changes={"parent": foreign}, token=version_token(fridge), by=member)


def test_the_name_of_a_restricted_project_stays_out_of_the_history(lab: Lab, member: User) -> None:
    from labbook.journal import plain

    secret = Project(lab=lab, name="Patent", slug="patent", is_restricted=True)

    assert "Patent" not in str(plain(secret))


@pytest.mark.django_db(transaction=True)
def test_eight_writers_of_one_field_leave_one_value_and_seven_conflicts(fridge: Place, member: User) -> None:
    token = version_token(fridge)

    def write(number: int) -> bool:
        try:
            edit_record(record=fridge, changes={"title": f"Fridge {number + 10}"}, token=token, by=member)
        except Conflict:
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(8) as pool:
        saved = list(pool.map(write, range(8)))

    fridge.refresh_from_db()
    assert (saved.count(True), fridge.version, Revision.objects.count()) == (1, 2, 1)
