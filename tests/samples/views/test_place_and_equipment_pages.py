"""A manager keeps places and equipment; everybody sees them."""

from decimal import Decimal

import pytest
from django.test import Client

from labbook.models import Lab, Revision, User
from labbook.services.editing import version_token
from samples.models import Equipment, Place

FRIDGE = {"title": "Fridge 1", "kind": "fridge", "nominal_temperature_c": "5"}
ROTOR = {"title": "Rotor A", "kind": "rotor", "rotor_radius_mm": "8.4 cm", "tube_volume_ml": "50"}


def test_a_manager_adds_a_place_with_its_temperature(client: Client, lab: Lab, manager: User) -> None:
    client.force_login(manager)

    client.post("/places/new/", FRIDGE)

    place = Place.objects.get()
    assert (place.title, place.nominal_temperature_c, place.lab) == ("Fridge 1", Decimal(5), lab)
    assert Revision.objects.get().record_type == "place"


def test_a_rotor_radius_in_centimeters_is_stored_in_millimeters(client: Client, lab: Lab, manager: User) -> None:
    client.force_login(manager)

    client.post("/equipment/new/", ROTOR)

    rotor = Equipment.objects.get()
    assert (rotor.rotor_radius_mm, rotor.tube_volume_ml) == (Decimal(84), Decimal(50))


@pytest.mark.parametrize(
    ("address", "sent", "field"),
    [
        ("/places/new/", {**FRIDGE, "title": "FRIDGE 0"}, "title"),
        ("/places/new/", {**FRIDGE, "nominal_temperature_c": "-400"}, "nominal_temperature_c"),
        ("/places/new/", {**FRIDGE, "kind": "cave"}, "kind"),
        ("/places/new/", {**FRIDGE, "title": "x" * 1_000_000}, "title"),
        ("/equipment/new/", {**ROTOR, "rotor_radius_mm": "-3"}, "rotor_radius_mm"),
        ("/equipment/new/", {**ROTOR, "rotor_radius_mm": "8 g"}, "rotor_radius_mm"),
        ("/equipment/new/", {**ROTOR, "title": ""}, "title"),
    ],
)
def test_bad_input_is_answered_at_its_field_and_adds_nothing(
    client: Client, lab: Lab, manager: User, address: str, sent: dict[str, str], field: str
) -> None:
    Place.objects.create(lab=lab, title="Fridge 0", kind="fridge")
    client.force_login(manager)

    answer = client.post(address, sent)

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert (Place.objects.count(), Equipment.objects.count()) == (1, 0)


@pytest.mark.parametrize("address", ["/places/new/", "/equipment/new/"])
def test_a_member_reads_the_lists_and_adds_nothing(client: Client, lab: Lab, member: User, address: str) -> None:
    client.force_login(member)

    assert client.get(address.removesuffix("new/")).status_code == 200
    assert client.get(address).status_code == 403


def test_a_place_is_renamed_and_retired(client: Client, lab: Lab, manager: User) -> None:
    place = Place.objects.create(lab=lab, title="Fridge 0", kind="fridge")
    client.force_login(manager)

    client.post(
        f"/places/{place.pk}/",
        {"title": "Fridge A", "kind": "fridge", "is_retired": "on", "version": version_token(place)},
    )

    place.refresh_from_db()
    assert (place.title, place.is_retired, place.version) == ("Fridge A", True, 2)


def test_another_labs_place_is_not_found(client: Client, other_lab: Lab, manager: User) -> None:
    theirs = Place.objects.create(lab=other_lab, title="Fridge 0", kind="fridge")
    client.force_login(manager)

    assert client.get(f"/places/{theirs.pk}/").status_code == 404
