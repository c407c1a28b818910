"""The pages of instruments: what the list counts, settings with units and source notes, clocks, sessions."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from labbook.journal import journal_of
from labbook.models import Lab, Revision, User
from labbook.services.editing import version_token
from labbook.services.projects import start_project
from measurements.models import Calibration, Instrument, InstrumentSession, Measurement, Recording
from measurements.queries.instruments import offset_words
from measurements.services.calibrations import add_calibration
from measurements.services.furnishing import furnish_lab
from measurements.services.sessions import add_session
from tests.measurements.measuring import make_sample, measure, with_file

NEW = {"title": "Fluorometer 2", "technique": "PL", "clock_offset_s": "3 min", "settings.bandpass_nm": "2 nm"}


@pytest.fixture
def streak(lab: Lab, manager: User) -> Instrument:
    furnish_lab(lab, by=manager)
    return Instrument.objects.get(lab=lab, technique="TRPL")


@pytest.fixture
def browser(client: Client, manager: User) -> Client:
    client.force_login(manager)
    return client


def begin(instrument: Instrument, by: User, **facts: Any) -> InstrumentSession:
    project = facts.pop("project", None)
    with journal_of(instrument.lab, by=by) as journal:
        return add_session(journal, instrument=instrument, day=date(2026, 3, 8), project=project, facts=facts)


def text(browser: Client, name: str, *arguments: object) -> str:
    answer = browser.get(reverse(name, args=arguments))
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_list_counts_what_a_person_may_see(
    browser: Client, lab: Lab, manager: User, member: User, streak: Instrument
) -> None:
    secret = start_project(lab=lab, name="Secret", by=manager, is_restricted=True)
    session = begin(streak, manager, project=secret)
    hidden = measure(lab, manager, None, "TRPL", reference_kind="IRF", instrument=streak, session=session)
    Measurement.objects.filter(pk=hidden.pk).update(project=secret)
    with_file(hidden, "irf.img", secret)

    (mine,) = [one for one in browser.get("/instruments/").context["lines"] if one.instrument == streak]
    browser.force_login(member)
    (theirs,) = [one for one in browser.get("/instruments/").context["lines"] if one.instrument == streak]

    assert (mine.session_count, mine.file_count, mine.calibration) == (1, 1, "valid")
    assert (theirs.session_count, theirs.file_count, theirs.last_day) == (0, 0, None)


def test_the_list_takes_as_many_queries_for_ten_as_for_one(
    browser: Client, streak: Instrument, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    browser.get("/instruments/")

    with django_assert_max_num_queries(14):
        browser.get("/instruments/")


def test_the_page_of_one_takes_a_bounded_number_of_queries(
    browser: Client, lab: Lab, manager: User, streak: Instrument, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    session = begin(streak, manager)
    sample = make_sample(lab, manager, "NC-024-F2")
    for number in range(5):
        one = measure(lab, manager, sample, "TRPL", instrument=streak, session=session)
        with_file(one, f"NC-024-F2_TRPL_{number}.img")
    browser.get(reverse("instrument_detail", args=[streak.pk]))

    with django_assert_max_num_queries(20):
        browser.get(reverse("instrument_detail", args=[streak.pk]))
    with django_assert_max_num_queries(16):
        browser.get(reverse("session_detail", args=[session.pk]))


def test_settings_stand_beside_the_sources_words_and_what_these_leave_open(browser: Client, streak: Instrument) -> None:
    page = text(browser, "instrument_detail", streak.pk)

    for words in ("150\u202fmW/cm²", "“a typical of pump fluence of 150 mW/cm2”", "“r = 2 m”", "as written: 0.5 ps"):
        assert words in page


def test_a_manager_adds_an_instrument_whose_settings_are_stored_in_their_units(
    browser: Client, lab: Lab, manager: User
) -> None:
    answer = browser.post("/instruments/new", {**NEW, "settings.focal_length_mm": "10 cm"})

    made = Instrument.objects.get()
    assert answer["Location"] == reverse("instrument_detail", args=[made.pk])
    assert made.clock_offset_s == 180
    assert dict(made.settings.values_list("key", "number")) == {"bandpass_nm": 2, "focal_length_mm": 100}
    assert Revision.objects.get().changes["settings"][1] == {"bandpass_nm": "2", "focal_length_mm": "100"}


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "STREAK CAMERA"}, "title"),
        ({"technique": "alchemy"}, "technique"),
        ({"time_zone": "Mars/Olympus"}, "time_zone"),
        ({"settings.bandpass_nm": "2 kg"}, "settings.bandpass_nm"),
        ({"settings.bandpass_nm": "-2"}, "settings.bandpass_nm"),
        ({"settings.window_ns": "0.0000001"}, "settings.window_ns"),
        ({"clock_offset_s": "soon"}, "clock_offset_s"),
    ],
)
def test_bad_input_is_answered_at_its_field_and_adds_nothing(
    browser: Client, streak: Instrument, sent: dict[str, str], field: str
) -> None:
    answer = browser.post("/instruments/new", {**NEW, **sent})

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert Instrument.objects.count() == 10


def test_an_unusual_setting_is_saved_and_warned_about(browser: Client, streak: Instrument) -> None:
    sent = {"title": "Streak camera", "technique": "TRPL", "settings.pulse_rate_mhz": "900"}

    browser.post(reverse("instrument_edit", args=[streak.pk]), {**sent, "version": version_token(streak)})

    assert "usually 0.001 to 200 MHz" in text(browser, "instrument_detail", streak.pk)


def test_an_emptied_setting_goes_and_one_with_a_source_note_stays_not_stated(
    browser: Client, streak: Instrument
) -> None:
    sent = {"title": "Streak camera", "technique": "TRPL", "version": version_token(streak)}

    browser.post(reverse("instrument_edit", args=[streak.pk]), sent)

    assert not streak.settings.filter(key="crystal").exists()
    spot = streak.settings.get(key="spot_radius_um")
    assert (spot.number, spot.text, bool(spot.source_note)) == (None, "", True)


def test_two_managers_change_two_settings_and_neither_is_lost(browser: Client, streak: Instrument) -> None:
    address = reverse("instrument_edit", args=[streak.pk])
    shown = browser.get(address).context["form"]
    sent = {name: "" if shown[name].value() is None else shown[name].value() for name in shown.fields}
    sent = {**sent, "is_retired": "", "version": version_token(streak)}

    browser.post(address, {**sent, "settings.mode": "photon counting"})
    browser.post(address, {**sent, "settings.filter": "long pass"})
    clash = browser.post(address, {**sent, "settings.mode": "analog"})

    assert dict(streak.settings.filter(key__in=["mode", "filter"]).values_list("key", "text")) == {
        "mode": "photon counting", "filter": "long pass",
    }  # fmt: skip
    assert clash.status_code == 409


def test_what_the_clock_says_is_taken_down_and_read_back(browser: Client, streak: Instrument) -> None:
    answer = browser.post(reverse("instrument_clock", args=[streak.pk]), {"clock_says": "2020-01-01 00:00"})
    wrong = browser.post(reverse("instrument_clock", args=[streak.pk]), {"clock_says": "noon"})

    streak.refresh_from_db()
    assert (answer.status_code, wrong.status_code) == (302, 422)
    assert streak.clock_offset_s < -180 * 86_400
    assert "behind" in text(browser, "instrument_detail", streak.pk)


@pytest.mark.parametrize(
    ("offset_s", "words"),
    [("0", ""), ("180", "3 min ahead"), ("-40", "40 s behind"), ("3661.5", "1 h 1 min 1.5 s ahead"),
     ("172800", "2 d ahead"), ("600", "10 min ahead")],
)  # fmt: skip
def test_an_offset_is_said_in_words(offset_s: str, words: str) -> None:
    assert offset_words(Decimal(offset_s)) == words


def test_a_member_begins_a_session_and_changes_no_instrument(client: Client, member: User, streak: Instrument) -> None:
    client.force_login(member)
    sent = {"day": "2026-03-08", "operator": "LM", "settings.window_ns": "0.05 us"}

    client.post(reverse("session_new", args=[streak.pk]), sent)

    session = InstrumentSession.objects.get()
    assert (session.day, session.operator, session.settings) == (date(2026, 3, 8), "LM", {"window_ns": "50"})
    for name in ("instrument_edit", "instrument_clock"):
        assert client.post(reverse(name, args=[streak.pk])).status_code == 403


def test_a_session_shows_its_measurements_and_says_how_many_moments_moved(
    browser: Client, lab: Lab, manager: User, streak: Instrument
) -> None:
    session = begin(streak, manager, operator="GF")
    one = measure(lab, manager, make_sample(lab, manager, "NC-024-F2"), "TRPL", instrument=streak, session=session)
    recording = with_file(one, "NC-024-F2_TRPL.img").recording
    Measurement.objects.update(measured_at_origin="instrument")
    Recording.objects.filter(pk=recording.pk if recording else 0).update(
        instrument_time="2026-03-08T10:20:00Z", time_as_written="10:20:00", time_zone_state="stated"
    )
    sent = {"operator": "GF", "clock_offset_s": "3 min", "version": version_token(session)}

    answer = browser.post(reverse("session_edit", args=[session.pk]), sent, follow=True)

    page = answer.content.decode()
    assert "1 measurement has another moment now." in page
    assert "NC-024-F2" in page
    assert "3 min ahead" in page
    assert Measurement.objects.get().measured_at == datetime(2026, 3, 8, 10, 17, tzinfo=UTC)


def test_a_restricted_session_is_not_found_by_others(
    client: Client, lab: Lab, manager: User, member: User, streak: Instrument
) -> None:
    secret = start_project(lab=lab, name="Secret", by=manager, is_restricted=True)
    session = begin(streak, manager, project=secret, title="hush")
    client.force_login(member)

    assert client.get(reverse("session_detail", args=[session.pk])).status_code == 404
    assert "hush" not in text(client, "instrument_detail", streak.pk)


def test_a_calibration_is_typed_with_its_error_and_a_newer_one_counts(browser: Client, streak: Instrument) -> None:
    sent = {"kind": "irf", "applies_to": "50 ns", "value": "520 ± 20 ps", "valid_from": "2026-03-01"}

    answer = browser.post(reverse("calibration_new", args=[streak.pk]), sent, follow=True)

    made = Calibration.objects.get(valid_from=date(2026, 3, 1))
    assert (made.value, made.stderr, made.unit, made.as_written) == (
        Decimal("0.52"), Decimal("0.02"), "ns", "520 ± 20 ps",
    )  # fmt: skip
    assert "the one that begins last counts" in answer.content.decode()


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"value": ""}, "value"),
        ({"value": "5 kg"}, "value"),
        ({"kind": "mood"}, "kind"),
        ({"valid_until": "2026-02-01"}, "valid_until"),
        ({"valid_from": "yesterday"}, "valid_from"),
        ({"measurement": "999999"}, "measurement"),
    ],
)
def test_a_calibration_that_says_nothing_is_refused_at_its_field(
    browser: Client, streak: Instrument, sent: dict[str, str], field: str
) -> None:
    told = {"kind": "irf", "value": "0.5 ns", "valid_from": "2026-03-01", **sent}

    answer = browser.post(reverse("calibration_new", args=[streak.pk]), told)

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert Calibration.objects.count() == 2


def test_a_calibration_rests_on_a_look_at_a_standard(
    browser: Client, lab: Lab, manager: User, streak: Instrument
) -> None:
    irf = measure(lab, manager, None, "TRPL", reference_kind="IRF", instrument=streak)

    browser.post(reverse("calibration_new", args=[streak.pk]), {"kind": "irf", "measurement": str(irf.pk)})

    assert Calibration.objects.get(measurement=irf).value is None
    assert reverse("measurement_detail", args=[irf.pk]) in text(browser, "instrument_detail", streak.pk)


def test_who_may_not_see_the_standard_cannot_unlink_it(
    client: Client, lab: Lab, manager: User, member: User, streak: Instrument
) -> None:
    secret = start_project(lab=lab, name="Secret", by=manager, is_restricted=True)
    irf = measure(lab, manager, None, "TRPL", reference_kind="IRF", instrument=streak, title="hush")
    Measurement.objects.filter(pk=irf.pk).update(project=secret)
    with journal_of(lab, by=manager) as journal:
        resting = add_calibration(journal, instrument=streak, kind="irf", facts={"measurement": irf})
    client.force_login(member)

    client.post(
        reverse("calibration_edit", args=[resting.pk]),
        {"note": "checked", "value": "", "version": version_token(resting)},
    )

    resting.refresh_from_db()
    assert (resting.measurement, resting.note) == (irf, "checked")
    assert "hush" not in text(client, "instrument_detail", streak.pk)


def test_a_retired_calibration_stays_and_no_longer_counts(browser: Client, streak: Instrument) -> None:
    only = streak.calibrations.get(applies_to="100 ns")
    sent = {"applies_to": "100 ns", "value": "1 ns", "is_retired": "on", "version": version_token(only)}

    browser.post(reverse("calibration_edit", args=[only.pk]), sent)

    only.refresh_from_db()
    assert (only.is_retired, only.as_written) == (True, "1 ns temporal resolution")


def test_a_log_sheet_is_asked_for_printed_and_given_as_a_table(
    browser: Client, lab: Lab, manager: User, streak: Instrument
) -> None:
    make_sample(lab, manager, "NC-024-F2")
    asked = {"sample": "NC-024-F2", "ladder": "0,0.13,1.27", "repeats": "2"}
    address = reverse("log_sheet", args=[streak.pk])

    form, sheet = browser.get(address), browser.get(address, asked)
    table = browser.get(reverse("log_sheet_table", args=[streak.pk]), asked)

    assert (form.status_code, sheet.status_code) == (200, 200)
    assert "NC-024-F2_TRPL_1.27GPa_02.img" in sheet.content.decode()
    rows = table.content.decode().splitlines()
    assert rows[0].split("\t") == ["file", "sample", "pressure", "technique", "spot", "time", "remark"]
    assert len(rows) == 7
    assert 'filename="log-sheet-' in table["Content-Disposition"]


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"sample": "NC-999"}, "sample"),
        ({"sample": "NC-024-F2", "ladder": "tea"}, "ladder"),
        ({"sample": "NC-024-F2", "repeats": "500"}, "repeats"),
        ({"sample": "NC-024-F2", "day": "someday"}, "day"),
        ({"sample": "NC-024-F2", "technique": "alchemy"}, "technique"),
    ],
)
def test_what_cannot_go_on_a_sheet_is_said_at_its_field(
    browser: Client, lab: Lab, manager: User, streak: Instrument, asked: dict[str, str], field: str
) -> None:
    make_sample(lab, manager, "NC-024-F2")

    answer = browser.get(reverse("log_sheet", args=[streak.pk]), asked)
    table = browser.get(reverse("log_sheet_table", args=[streak.pk]), asked)

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert table.status_code == 422
