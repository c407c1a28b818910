"""A lab is founded with an owner and furniture, under a name that no page has."""

import pytest
from django.conf import settings

from labbook.errors import Refusal
from labbook.models import Lab, Revision, User
from labbook.roles import Role
from labbook.services.labs import change_lab, found_lab
from labbook.services.versions import version_token


@pytest.fixture
def founder(db: None) -> User:
    return User.objects.create_user("founder@example.org")


def test_a_new_lab_has_its_owner_and_what_the_upper_floors_furnish(founder: User) -> None:
    lab = found_lab(name="Dots", slug="", owner=founder, initials="FO")

    assert (lab.slug, founder.memberships.get().role) == ("dots", Role.OWNER)
    assert settings.LAB_FURNISHERS
    assert Revision.objects.filter(lab=lab, record_type="recipe").exists()


@pytest.mark.parametrize("slug", ["samples", "people", "q", "accounts", "nanocrystals", "é"])
def test_a_name_that_an_address_already_has_is_refused(lab: Lab, founder: User, slug: str) -> None:
    with pytest.raises(Refusal) as caught:
        found_lab(name="Dots", slug=slug if slug != "é" else "///", owner=founder, initials="FO")

    assert caught.value.field == "slug"
    assert Lab.objects.count() == 1


def test_a_time_zone_that_does_not_exist_is_refused(lab: Lab, owner: User) -> None:
    with pytest.raises(Refusal) as caught:
        change_lab(lab=lab, changes={"time_zone": "Mars/Olympus"}, token=version_token(lab), by=owner)

    assert caught.value.field == "time_zone"


def test_name_and_time_zone_of_two_owners_are_merged(lab: Lab, owner: User) -> None:
    token = version_token(lab)

    change_lab(lab=lab, changes={"name": "Dots", "time_zone": "Europe/Rome"}, token=token, by=owner)
    change_lab(lab=lab, changes={"name": "Nanocrystals", "time_zone": "Europe/Paris"}, token=token, by=owner)

    lab.refresh_from_db()
    assert (lab.name, lab.time_zone, lab.version) == ("Dots", "Europe/Paris", 3)
