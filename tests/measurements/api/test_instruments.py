"""Instruments, sessions and calibrations through REST: settings as an object, merged edits, clocks, who may what."""

import json
from datetime import date
from typing import Any

import pytest
from django.test import Client

from labbook.journal import journal_of
from labbook.models import Lab, User
from labbook.services.projects import start_project
from measurements.models import Calibration, Instrument, InstrumentSession, Measurement
from measurements.services.calibrations import add_calibration
from measurements.services.furnishing import furnish_lab
from measurements.services.sessions import add_session
from tests.measurements.measuring import measure


@pytest.fixture
def streak(lab: Lab, manager: User) -> Instrument:
    furnish_lab(lab, by=manager)
    return Instrument.objects.get(lab=lab, technique="TRPL")


def sent(client: Client, method: str, address: str, body: dict[str, Any], match: str = "") -> Any:
    headers = {"If-Match": match} if match else {}
    address = f"/api/v1/{address}"
    return client.generic(method, address, json.dumps(body), content_type="application/json", headers=headers)


def test_an_instrument_has_its_settings_with_the_sources_words(
    client: Client, member: User, streak: Instrument
) -> None:
    client.force_login(member)

    answer = client.get("/api/v1/instruments/streak camera").json()

    spot = next(one for one in answer["settings"] if one["key"] == "spot_radius_um")
    assert (spot["value"], spot["unit"], spot["as_written"]) == (2, "µm", "r = 2 m")
    assert "C5680" in answer["names_in_files"]


@pytest.mark.parametrize(
    ("address", "count"),
    [
        ("instruments", 10),
        ("instruments?technique=XRD", 2),
        ("calibrations?kind=irf", 2),
        ("calibrations?kind=sphere", 0),
        ("calibrations?instrument=0", 0),
        ("sessions", 0),
    ],
)
def test_lists_are_narrowed(client: Client, member: User, streak: Instrument, address: str, count: int) -> None:
    client.force_login(member)

    assert client.get(f"/api/v1/{address}").json()["count"] == count


def test_a_list_takes_as_many_queries_for_ten_as_for_one(
    client: Client, member: User, streak: Instrument, django_assert_max_num_queries: Any
) -> None:
    client.force_login(member)
    client.get("/api/v1/instruments")

    with django_assert_max_num_queries(8):
        client.get("/api/v1/instruments")
    with django_assert_max_num_queries(8):
        client.get("/api/v1/calibrations")


def test_a_word_that_is_no_technique_is_refused(client: Client, member: User, streak: Instrument) -> None:
    client.force_login(member)

    assert client.get("/api/v1/instruments?technique=alchemy").status_code == 400
    assert client.get("/api/v1/calibrations?kind=mood").status_code == 400


def test_a_manager_adds_an_instrument_with_settings(client: Client, manager: User, lab: Lab) -> None:
    client.force_login(manager)
    body = {"title": "Lamp", "technique": "PL", "settings": {"bandpass_nm": "2 nm", "mode": "corrected"}}

    answer = sent(client, "POST", "instruments", body)

    assert answer.status_code == 201
    assert {one["key"]: one["value"] for one in answer.json()["record"]["settings"]} == {
        "bandpass_nm": 2, "mode": "corrected",
    }  # fmt: skip


def test_a_change_writes_only_what_it_names_and_needs_the_version(
    client: Client, manager: User, streak: Instrument
) -> None:
    client.force_login(manager)
    etag = client.get(f"/api/v1/instruments/{streak.pk}")["ETag"]
    address, body = f"instruments/{streak.pk}", {"settings": {"mode": "analog"}}

    blind = sent(client, "PATCH", address, body)
    first = sent(client, "PATCH", address, body, match=etag)
    clash = sent(client, "PATCH", address, {"settings": {"mode": "counting"}}, match=etag)
    unknown = sent(client, "PATCH", address, {"settings": {"warp": "9"}}, match=etag)

    assert [one.status_code for one in (blind, first, clash, unknown)] == [428, 200, 409, 400]
    assert clash.json()["conflicts"][0]["field"] == "settings.mode"
    assert streak.settings.get(key="mode").text == "analog"
    assert streak.settings.get(key="crystal").text == "BBO"


def test_a_member_keeps_sessions_and_calibrations_and_no_instruments(
    client: Client, member: User, streak: Instrument
) -> None:
    client.force_login(member)
    calibration = {"instrument": "Streak camera", "kind": "irf", "applies_to": "50 ns", "value": "0.52 ± 0.02 ns"}
    session = {"instrument": streak.pk, "day": "2026-03-08", "settings": {"window_ns": "50 ns"}}

    answers = [
        sent(client, "POST", "sessions", session),
        sent(client, "POST", "calibrations", calibration),
        sent(client, "POST", "instruments", {"title": "Mine", "technique": "PL"}),
        sent(client, "POST", f"instruments/{streak.pk}/clock", {"clock_says": "14:00"}),
        sent(client, "POST", "sessions", {"day": "2026-03-08"}),
        sent(client, "POST", "calibrations", {**calibration, "instrument": "Sun"}),
    ]

    assert [one.status_code for one in answers] == [201, 201, 403, 403, 400, 400]
    assert InstrumentSession.objects.get().settings == {"window_ns": "50"}
    assert answers[1].json()["record"]["stderr"] == 0.02


def test_a_session_is_changed_its_clock_read_and_its_history_told(
    client: Client, member: User, streak: Instrument
) -> None:
    client.force_login(member)
    with journal_of(streak.lab, by=member) as journal:
        session = add_session(journal, instrument=streak, day=date(2026, 3, 8), project=None, facts={})
    address = f"sessions/{session.pk}"

    clock = sent(client, "POST", f"{address}/clock", {"clock_says": "2020-01-01 00:00"})
    etag = client.get(f"/api/v1/{address}")["ETag"]
    changed = sent(client, "PATCH", address, {"note": "Laser hopped.", "clock_offset_s": "3 min"}, match=etag)

    assert clock.json()["record"]["clock_offset_s"] < 0
    assert (changed.json()["note"], changed.json()["clock_offset_s"]) == ("Laser hopped.", 180)
    assert client.get(f"/api/v1/{address}/history").json()["count"] == 3


def test_a_calibration_is_retired_by_its_version(client: Client, member: User, streak: Instrument) -> None:
    client.force_login(member)
    one = streak.calibrations.get(applies_to="100 ns")
    etag = client.get(f"/api/v1/calibrations/{one.pk}")["ETag"]

    answer = sent(client, "PATCH", f"calibrations/{one.pk}", {"is_retired": True}, match=etag)

    assert (answer.status_code, answer.json()["is_retired"], answer.json()["value"]) == (200, True, 1)


def test_a_standard_in_a_restricted_project_is_not_named_to_others(
    client: Client, lab: Lab, manager: User, member: User, streak: Instrument
) -> None:
    secret = start_project(lab=lab, name="Secret", by=manager, is_restricted=True)
    irf = measure(lab, manager, None, "TRPL", reference_kind="IRF", instrument=streak)
    Measurement.objects.filter(pk=irf.pk).update(project=secret)
    with journal_of(lab, by=manager) as journal:
        add_calibration(journal, instrument=streak, kind="irf", facts={"measurement": irf})
    address = f"/api/v1/calibrations/{Calibration.objects.latest('pk').pk}"

    client.force_login(manager)
    seen = client.get(address).json()["measurement_id"]
    client.force_login(member)

    assert (seen, client.get(address).json()["measurement_id"]) == (irf.pk, None)
