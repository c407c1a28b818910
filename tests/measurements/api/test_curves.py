"""Curves through the API: found by measurement and file, answered whole, in part, thinned, by row, as text or npz."""

import csv
import io

import numpy as np
import pytest
from django.test import Client
from django.urls import reverse

from labbook.models import User
from measurements.curves.printing import drawing_process
from measurements.models import Batch, Curve
from tests.measurements.curves.plotting import X, line_at, stored
from tests.measurements.inboxes import Read, arrive

pytestmark = pytest.mark.django_db


@pytest.fixture
def curve(batch: Batch) -> Curve:
    """A spectrum with numbers."""
    arrive(batch, "film.txt", Read(shape=(161,)))
    Curve.objects.update(store_key=stored(line_at(680.0), ("wavelength", "nm", X)), x_name="wavelength", unit="counts")
    return Curve.objects.get()


@pytest.fixture
def asking(client: Client, member: User) -> Client:
    client.force_login(member)
    return client


def test_curves_are_listed_by_their_file(asking: Client, curve: Curve) -> None:
    sha256 = curve.recording.raw_file.sha256

    found = asking.get(reverse("api_curves"), {"file": sha256}).json()
    none = asking.get(reverse("api_curves"), {"measurement": 1}).json()

    assert [one["id"] for one in found["items"]] == [curve.pk]
    assert none["items"] == []


def test_a_curve_is_answered_with_its_axis(asking: Client, curve: Curve) -> None:
    told = asking.get(reverse("api_curve", args=[curve.pk])).json()

    assert told["axes"][0]["unit"] == "nm"
    assert told["axes"][0]["values"] == X.tolist()
    assert told["values"] == line_at(680.0).tolist()


def test_a_part_has_only_what_lies_inside_and_thinning_keeps_the_peak(asking: Client, curve: Curve) -> None:
    told = asking.get(reverse("api_curve", args=[curve.pk]), {"from": "650", "to": "700", "points": "10"}).json()

    places = told["axes"][0]["values"]
    assert len(places) <= 10
    assert min(places) >= 650
    assert max(places) <= 700
    assert max(told["values"]) == line_at(680.0).max()


def test_csv_has_a_row_of_units_and_every_digit(asking: Client, curve: Curve) -> None:
    answer = asking.get(reverse("api_curve_as", args=[curve.pk, "csv"]))

    rows = list(csv.reader(io.StringIO(answer.content.decode())))
    assert rows[:2] == [["wavelength", "intensity"], ["nm", "counts"]]
    assert [float(row[1]) for row in rows[2:]] == line_at(680.0).tolist()


@pytest.mark.parametrize("by_suffix", [True, False])
def test_npz_is_read_by_numpy(asking: Client, curve: Curve, *, by_suffix: bool) -> None:
    place = reverse("api_curve_as", args=[curve.pk, "npz"]) if by_suffix else reverse("api_curve", args=[curve.pk])

    answer = asking.get(place, {} if by_suffix else {"format": "npz"})

    arrays = np.load(io.BytesIO(answer.content), allow_pickle=False)
    assert np.array_equal(arrays["values"], line_at(680.0))
    assert np.array_equal(arrays["axis_0"], X)


def test_a_row_of_a_map_is_answered_alone(asking: Client, curve: Curve) -> None:
    key = stored(np.arange(6.0).reshape(2, 3), ("time", "ns", np.arange(2.0)), ("wavelength", "nm", np.arange(3.0)))
    Curve.objects.update(store_key=key, shape=[2, 3])

    told = asking.get(reverse("api_curve", args=[curve.pk]), {"row": "1"}).json()
    refused = asking.get(reverse("api_curve", args=[curve.pk]), {"row": "2"})

    assert told["values"] == [3.0, 4.0, 5.0]
    assert refused.status_code == 400
    assert "2 rows" in refused.json()["detail"]


@pytest.mark.parametrize("words", [{"from": "x"}, {"points": "0"}, {"row": "-1"}, {"colour": "blue"}])
def test_nonsense_is_refused(asking: Client, curve: Curve, words: dict[str, str]) -> None:
    assert asking.get(reverse("api_curve", args=[curve.pk]), words).status_code == 400


def test_a_gap_is_null(asking: Client, curve: Curve) -> None:
    Curve.objects.update(store_key=stored([1.0, np.nan], ("wavelength", "nm", np.arange(2.0))))

    assert asking.get(reverse("api_curve", args=[curve.pk])).json()["values"] == [1.0, None]


def test_the_recipe_of_an_overlay_is_answered_as_json_and_as_a_figure(asking: Client, curve: Curve) -> None:
    drawn = asking.get(reverse("api_curves_drawn"), {"c": str(curve.pk), "norm": "max"}).json()
    figure = asking.get(reverse("api_curves_figure_svg"), {"c": str(curve.pk), "norm": "max"})

    assert max(drawn["traces"][0]["y"]) == 1.0
    assert b"<svg" in figure.content
    drawing_process().close()


def test_curves_of_another_lab_are_not_there(client: Client, stranger: User, curve: Curve) -> None:
    client.force_login(stranger)

    assert client.get(reverse("api_curve", args=[curve.pk])).status_code == 404
    assert client.get(reverse("api_curves")).json()["items"] == []
