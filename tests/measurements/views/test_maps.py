"""A map's page, numbers and pictures; a line is no map and says so."""

import numpy as np
import pytest
from django.test import Client
from django.urls import reverse

from labbook.models import User
from measurements.models import Batch, Curve
from tests.measurements.curves.plotting import stored
from tests.measurements.inboxes import Read, arrive

pytestmark = pytest.mark.django_db
VALUES = np.arange(8)[:, None] * 10.0 + np.arange(5)[None, :]


@pytest.fixture
def curve(batch: Batch) -> Curve:
    """A streak image of 8 times and 5 wavelengths."""
    arrive(batch, "IRF.img", Read(technique="TRPL", shape=(8, 5)))
    key = stored(VALUES, ("time", "ns", np.arange(8.0)), ("wavelength", "nm", 640 + 10 * np.arange(5.0)))
    Curve.objects.update(store_key=key, x_name="wavelength", unit="counts")
    return Curve.objects.get()


@pytest.fixture
def signed_in(client: Client, member: User) -> Client:
    client.force_login(member)
    return client


def test_the_numbers_are_little_endian_floats_with_their_shape(signed_in: Client, curve: Curve) -> None:
    answer = signed_in.get(reverse("map_numbers", args=[curve.pk]))

    numbers = np.frombuffer(answer.content, "<f4")
    assert (answer.headers["X-Rows"], answer.headers["X-Columns"]) == ("8", "5")
    assert numbers[:40].reshape(8, 5).tolist() == VALUES.tolist()
    assert numbers[40:45].tolist() == [640, 650, 660, 670, 680]
    assert numbers[45:].tolist() == list(range(8))


def test_the_page_has_cuts_along_both_axes_summed_over_the_bands(signed_in: Client, curve: Curve) -> None:
    page = signed_in.get(reverse("curve_detail", args=[curve.pk]), {"x1": "650", "x2": "660", "y1": "0", "y2": "1"})

    spectrum, decay = page.context["map"].cuts
    assert spectrum.drawing.lines[0].line.y.tolist() == [10 + 2 * index for index in range(5)]
    assert decay.drawing.lines[0].line.y.tolist() == [20 * row + 3 for row in range(8)]
    assert "sum over wavelength from 650 to 660 nm, 2 px" in page.content.decode()


def test_a_map_has_a_picture_without_a_script(signed_in: Client, curve: Curve) -> None:
    page = signed_in.get(reverse("curve_detail", args=[curve.pk])).content.decode()
    picture = signed_in.get(reverse("map_picture", args=[curve.pk]))

    assert f'<image href="{reverse("map_picture", args=[curve.pk])}' in page
    assert picture.content.startswith(b"\x89PNG")


def test_a_line_is_no_map(signed_in: Client, batch: Batch) -> None:
    arrive(batch, "film.txt", Read())

    answer = signed_in.get(reverse("map_numbers", args=[Curve.objects.get().pk]))

    assert answer.status_code == 422


def test_numbers_that_are_gone_are_said_to_be_gone(signed_in: Client, curve: Curve) -> None:
    Curve.objects.update(store_key="00" * 32)

    assert signed_in.get(reverse("map_numbers", args=[curve.pk])).status_code == 410
    assert "not in the store" in signed_in.get(reverse("curve_detail", args=[curve.pk])).content.decode()


def test_a_map_of_another_lab_is_not_there(client: Client, stranger: User, curve: Curve) -> None:
    client.force_login(stranger)

    assert client.get(reverse("map_numbers", args=[curve.pk])).status_code == 404
