"""Measurements and series through REST: the page's filters, tables, edits that merge, and what is done with them."""

import json
from typing import Any

import pytest
from django.test import Client

from labbook.models import Lab, User
from measurements.models import Measurement, Series
from samples.models import Sample
from tests.measurements.measuring import make_sample, measure, with_file


@pytest.fixture
def sample(lab: Lab, member: User, client: Client) -> Sample:
    """A fraction; the member is signed in."""
    client.force_login(member)
    return make_sample(lab, member, "NC-024-F2")


def sent(client: Client, method: str, address: str, body: dict[str, Any], match: str = "") -> Any:
    headers = {"If-Match": match} if match else {}
    return client.generic(method, address, json.dumps(body), content_type="application/json", headers=headers)


def test_the_list_has_the_filters_of_the_page(client: Client, lab: Lab, member: User, sample: Sample) -> None:
    wanted = measure(lab, member, sample, "TRPL", pressure_gpa="1.27")
    part = with_file(wanted, "NC-024-F2_TRPL_1.27GPa_01.img")
    measure(lab, member, sample, "PL")

    answer = client.get("/api/v1/measurements?tech=trpl&P=1..2").json()

    (one,) = answer["items"]
    assert (one["id"], one["sample"], one["pressure_gpa"], one["state"]) == (wanted.pk, "NC-024-F2", 1.27, "read")
    assert one["files"][0]["sha256"] == part.raw_file.sha256
    assert len(one["curves"]) == 1


def test_a_table_has_the_fields_that_are_asked_for(client: Client, lab: Lab, member: User, sample: Sample) -> None:
    one = measure(lab, member, sample, "PL", temperature_k="80")

    answer = client.get("/api/v1/measurements.csv?fields=id,sample,temperature_k")

    lines = answer.content.decode().splitlines()
    assert lines[0] == "id,sample,temperature_k"
    assert lines[1].startswith(f"{one.pk},NC-024-F2,80")


def test_a_filter_that_is_not_understood_is_answered_400(client: Client, sample: Sample) -> None:
    answer = client.get("/api/v1/measurements?P=much")

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == "P:much"


def test_a_change_names_only_what_it_means_and_merges(client: Client, lab: Lab, member: User, sample: Sample) -> None:
    one = measure(lab, member, sample, "PL")
    address = f"/api/v1/measurements/{one.pk}"
    read = client.get(address).headers["ETag"]

    unversioned = sent(client, "PATCH", address, {"spot": "spot 2"})
    first = sent(client, "PATCH", address, {"excitation_power_mw": "650 µW"}, read)
    second = sent(client, "PATCH", address, {"spot": "spot 2"}, read)
    clash = sent(client, "PATCH", address, {"excitation_power_mw": "1 mW"}, read)

    assert unversioned.status_code == 428
    assert first.json()["excitation_power_mw"] == 0.65
    assert (second.json()["spot"], second.json()["excitation_power_mw"]) == ("spot 2", 0.65)
    assert clash.status_code == 409
    assert clash.json()["conflicts"][0]["field"] == "excitation_power_mw"


def test_a_measurement_is_kept_made_void_and_restored(client: Client, sample: Sample) -> None:
    made = sent(client, "POST", "/api/v1/measurements", {"sample": "NC-024-F2", "technique": "Raman"})
    address = f"/api/v1/measurements/{made.json()['record']['id']}"

    unsaid = sent(client, "POST", f"{address}/void", {})
    void = sent(client, "POST", f"{address}/void", {"reason": "laser off"})
    again = sent(client, "POST", f"{address}/restore", {})

    assert unsaid.status_code == 422
    assert void.json()["record"]["state"] == "void"
    assert again.json()["record"]["state"] == "no file"
    actions = [one["action"] for one in client.get(f"{address}/history").json()["items"]]
    assert actions == ["restored", "made void", "created"]


def test_the_right_sample_needs_the_version_that_was_read(
    client: Client, lab: Lab, member: User, sample: Sample
) -> None:
    make_sample(lab, member, "NC-024-F3")
    one = measure(lab, member, sample)
    address, body = f"/api/v1/measurements/{one.pk}", {"sample": "NC-024-F3", "reason": "swapped"}

    unversioned = sent(client, "POST", f"{address}/move", body)
    moved = sent(client, "POST", f"{address}/move", body, client.get(address).headers["ETag"])

    assert unversioned.status_code == 428
    assert moved.json()["record"]["sample"] == "NC-024-F3"


def test_a_series_is_begun_filled_and_its_rungs_merged(client: Client, lab: Lab, member: User, sample: Sample) -> None:
    body = {"sample": "NC-024-F2", "along": "pressure", "values": "0, 0.13", "branch": "compression"}
    made = sent(client, "POST", "/api/v1/series", body).json()["record"]
    address = f"/api/v1/series/{made['id']}"

    sent(client, "POST", f"{address}/add-rungs", {"values": "1270 MPa", "branch": "compression"})
    rungs = client.get(address).json()["rungs"]
    last = f"/api/v1/rungs/{rungs[2]['id']}"
    changed = sent(client, "POST", f"{last}/change", {"nominal": "1.3 GPa", "reason": "misread"})
    measure(lab, member, sample, rung=Series.objects.get().rungs.get(pk=rungs[2]["id"]))
    sent(client, "POST", f"{last}/merge", {"into": rungs[1]["id"], "reason": "the same"})

    assert [one["nominal"] for one in rungs] == [0, 0.13, 1.27]
    assert changed.status_code == 200
    assert Measurement.objects.get().rung_id == rungs[1]["id"]
    assert len(client.get(f"{address}/rungs").json()["items"]) == 2


def test_a_title_of_a_series_is_changed_with_its_version(client: Client, sample: Sample) -> None:
    made = sent(client, "POST", "/api/v1/series", {"sample": "NC-024-F2", "along": "age"}).json()["record"]
    address = f"/api/v1/series/{made['id']}"

    answer = sent(client, "PATCH", address, {"title": "Shelf life"}, client.get(address).headers["ETag"])

    assert answer.json()["title"] == "Shelf life"
