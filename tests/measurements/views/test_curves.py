"""Plots get their numbers from the address alone, and nobody gets numbers that are not theirs."""

import csv
import io

import pytest
from django.test import Client
from django.urls import reverse

from labbook.models import Lab, User
from labbook.services.projects import start_project
from measurements.models import Batch, Curve, MeasurementRecording
from measurements.services.receiving import receive_file
from samples.models import Sample
from tests.measurements.measuring import make_sample, measure


@pytest.fixture
def curve(batch: Batch, member: User, spectrum: bytes) -> Curve:
    """The curve of a received spectrum."""
    receive_file(batch=batch, name="film.txt", folder="", stream=io.BytesIO(spectrum), by=member)
    return Curve.objects.get()


def test_the_address_says_what_is_drawn(client: Client, curve: Curve, member: User) -> None:
    client.force_login(member)

    told = client.get(reverse("plot_data"), {"c": str(curve.pk), "x": "ev", "norm": "max"}).json()

    trace = told["traces"][0]
    assert told["x_label"] == "Energy (eV)"
    assert max(trace["y"]) == 1.0
    assert trace["x"] == sorted(trace["x"])
    assert any("λ²/hc" in note for note in told["notes"])


def test_peak_and_width_are_read_off_the_points(client: Client, curve: Curve, member: User) -> None:
    client.force_login(member)

    peak = client.get(reverse("plot_data"), {"c": str(curve.pk)}).json()["traces"][0]["peak"]

    assert peak["x"] == 680.0
    # A Lorentzian of half width 6 nm whose lowest point is 79.80: 2·6·sqrt(900/459.9 - 1) = 11.7 nm.
    assert peak["fwhm"] == pytest.approx(11.7, abs=0.1)


def test_an_axis_that_cannot_be_drawn_is_said(client: Client, curve: Curve, member: User) -> None:
    client.force_login(member)

    told = client.get(reverse("plot_data"), {"c": str(curve.pk), "x": "q"}).json()

    assert told["traces"] == []
    assert "no q" in told["left_out"][0]["reason"]


def test_numbers_of_another_lab_are_not_told(client: Client, curve: Curve, stranger: User) -> None:
    client.force_login(stranger)

    told = client.get(reverse("plot_data"), {"c": str(curve.pk)}).json()

    assert (told["traces"], told["left_out"]) == ([], [])


@pytest.mark.parametrize("shape", ["wide", "long"])
def test_a_table_has_every_point_and_a_row_of_units(client: Client, curve: Curve, member: User, shape: str) -> None:
    client.force_login(member)

    answer = client.get(reverse("plot_table", args=[shape]), {"c": str(curve.pk)})

    rows = list(csv.reader(io.StringIO(answer.getvalue().decode())))
    told = [row for row in rows if not row[0].startswith("#")]
    assert len(told) == 64 + 2
    assert "nm" in told[1][0] + told[1][-2]
    assert told[2][-2:] == ["640.0", "79.8"]


@pytest.mark.parametrize("words", [{"c": "nonsense"}, {"c": "1.x"}, {"points": "-5"}, {"from": "nan", "to": "1e999"}])
def test_nonsense_in_the_address_draws_nothing(
    client: Client, curve: Curve, member: User, words: dict[str, str]
) -> None:
    client.force_login(member)

    answer = client.get(reverse("plot_data"), words)

    assert answer.status_code == 200


def test_a_sample_in_a_hidden_project_is_not_named_on_the_plot_of_an_open_measurement(
    client: Client, curve: Curve, lab: Lab, member: User, manager: User
) -> None:
    secret = start_project(lab=lab, name="Secret", is_restricted=True, by=manager)
    sample = make_sample(lab, manager, "NC-777-F1")
    measurement = measure(lab, manager, sample)
    MeasurementRecording.objects.create(
        measurement=measurement,
        recording=curve.recording,
        raw_file=curve.recording.raw_file,
        file_name=curve.recording.raw_file.names.get(),
    )
    Sample.objects.filter(pk=sample.pk).update(project=secret)
    words = [{"c": str(curve.pk)}, {"m": str(measurement.pk)}]

    told = {}
    for person in (member, manager):
        client.force_login(person)
        told[person] = [client.get(reverse("plot_data"), one).content.decode() for one in words]

    assert not any("NC-777" in one for one in told[member])
    assert all("NC-777" in one for one in told[manager])
