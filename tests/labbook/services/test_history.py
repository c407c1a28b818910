"""An earlier value or state comes back as a new revision, through the same checks as any edit."""

from decimal import Decimal

import pytest

from labbook.errors import Conflict, Refusal
from labbook.models import Lab, Revision, User
from labbook.services.editing import edit_record
from labbook.services.history import restore
from labbook.services.versions import version_token
from samples.models import Place


@pytest.fixture
def fridge(lab: Lab, member: User) -> Place:
    room = Place.objects.create(lab=lab, title="Room", kind="room")
    place = Place.objects.create(lab=lab, title="Fridge", kind="fridge", nominal_temperature_c=Decimal(4), parent=room)
    for changes in ({"title": "Fridge A"}, {"nominal_temperature_c": Decimal(-20), "parent": None}):
        edit_record(record=place, changes=changes, token=version_token(place), by=member)
        place.refresh_from_db()
    return place


def test_one_field_comes_back_and_the_others_stay(fridge: Place, owner: User) -> None:
    restore(record=fridge, sequence=0, field="title", token=version_token(fridge), by=owner)

    fridge.refresh_from_db()
    assert (fridge.title, fridge.nominal_temperature_c, fridge.version) == ("Fridge", Decimal(-20), 4)
    assert Revision.objects.latest("sequence").action == "restored"


def test_a_whole_state_comes_back_numbers_and_links_included(fridge: Place, owner: User) -> None:
    restore(record=fridge, sequence=0, token=version_token(fridge), by=owner)

    fridge.refresh_from_db()
    assert (fridge.title, fridge.nominal_temperature_c) == ("Fridge", Decimal(4))
    assert fridge.parent is not None
    assert fridge.parent.title == "Room"


def test_what_another_person_changed_meanwhile_is_a_conflict(fridge: Place, owner: User, member: User) -> None:
    token = version_token(fridge)
    edit_record(record=fridge, changes={"title": "Fridge Z"}, token=token, by=member)

    with pytest.raises(Conflict):
        restore(record=fridge, sequence=0, field="title", token=token, by=owner)


def test_a_field_that_cannot_be_edited_is_not_restored(fridge: Place, owner: User) -> None:
    with pytest.raises(Refusal, match="nothing to put back"):
        restore(record=fridge, sequence=0, field="version", token=version_token(fridge), by=owner)


def test_a_link_to_something_that_is_gone_is_refused(fridge: Place, owner: User) -> None:
    Place.objects.filter(title="Room").delete()

    with pytest.raises(Refusal, match="does not exist any more"):
        restore(record=fridge, sequence=0, field="parent", token=version_token(fridge), by=owner)
