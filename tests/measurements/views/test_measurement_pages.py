"""Pages of measurements: the list and its facets, one of them, correcting it, and what was measured of a sample."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from labbook.journal import journal_of
from labbook.models import Lab, User
from labbook.roles import Role
from labbook.services.projects import start_project
from labbook.services.versions import version_token
from measurements.models import Instrument, Measurement
from measurements.services.measurements import void_measurement
from measurements.services.references import add_reference
from measurements.services.series import start_series
from samples.models import Sample
from tests.making import make_person
from tests.measurements.measuring import make_sample, measure, with_file
from tests.samples.lineage.story import tell


@pytest.fixture
def sample(lab: Lab, member: User) -> Sample:
    """A fraction."""
    return make_sample(lab, member, "NC-024-F2")


def page(client: Client, user: User, address: str) -> str:
    client.force_login(user)
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def listed(client: Client, user: User, query: str = "") -> list[int]:
    client.force_login(user)
    answer = client.get(f"/measurements/?{query}")
    return [line.measurement.pk for line in answer.context["lines"]]


def test_each_facet_narrows_the_list(client: Client, lab: Lab, member: User, sample: Sample) -> None:
    streak = Instrument.objects.create(lab=lab, title="Streak camera", technique="TRPL")
    with journal_of(lab, by=member) as journal:
        rung = start_series(journal, sample=sample, along="pressure", values=[Decimal(1)]).rungs.get()
    old = measure(lab, member, sample, "PL", operator="AV", measured_at=timezone.now() - timedelta(days=40))
    decay = measure(lab, member, sample, "TRPL", instrument=streak, rung=rung)
    dark = measure(lab, member, None, "PL", reference_kind="dark")
    day = (timezone.now() - timedelta(days=30)).date()

    assert listed(client, member) == [dark.pk, decay.pk, old.pk]
    assert listed(client, member, "tech=trpl") == [decay.pk]
    assert listed(client, member, "tech=trpl&tech=pl") == [dark.pk, decay.pk, old.pk]
    assert listed(client, member, "sample=nc-024") == [decay.pk, old.pk]
    assert listed(client, member, "sample=none") == [dark.pk]
    assert listed(client, member, "instrument=streak camera") == [decay.pk]
    assert listed(client, member, "by=av") == [old.pk]
    assert listed(client, member, f"made_to={day}") == [old.pk]
    assert listed(client, member, f"made_from={day}") == [dark.pk, decay.pk]
    assert listed(client, member, "along=pressure") == [decay.pk]
    assert listed(client, member, "P_from=0.5&P_to=2") == [decay.pk]


def test_what_is_void_is_hidden_until_it_is_asked_for(client: Client, lab: Lab, member: User, sample: Sample) -> None:
    one = measure(lab, member, sample)
    with journal_of(lab, by=member) as journal:
        void_measurement(journal, one, reason="shutter closed")

    assert listed(client, member) == []
    assert listed(client, member, "status=void") == [one.pk]
    assert listed(client, member, "status=any") == [one.pk]


def test_the_list_costs_the_same_however_long_it_is(
    client: Client, lab: Lab, member: User, sample: Sample, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(12):
        with_file(measure(lab, member, sample), f"scan_{number}.txt")
    client.force_login(member)
    client.get("/measurements/")

    with django_assert_max_num_queries(10):
        answer = client.get("/measurements/?tech=pl&by=LM")

    assert len(answer.context["lines"]) == 12
    assert answer.content.count(b"<polyline") == 12


def test_the_page_of_a_measurement_tells_where_every_value_comes_from(
    client: Client, lab: Lab, member: User, sample: Sample, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    camera = Instrument.objects.create(lab=lab, title="Streak camera", technique="TRPL", clock_offset_s="90")
    camera.settings.create(key="window_ns", number="50")
    facts = {"instrument": camera, "measured_at_origin": "instrument", "pressure_gpa": "1.27"}
    one = measure(lab, member, sample, "TRPL", **facts, conditions={"lens": "10 cm"})
    part = with_file(one, "NC-024-F2_TRPL.img")
    dark = measure(lab, member, None, "TRPL", reference_kind="dark")
    with journal_of(lab, by=member) as journal:
        add_reference(journal, one, reference=dark, part="dark")
    client.force_login(member)
    client.get(f"/m/{one.pk}")

    with django_assert_max_num_queries(22):
        text = client.get(f"/m/{one.pk}").content.decode()

    for told in ("1.27", "its clock was 90", "10 cm", "the instrument", "NC-024-F2_TRPL.img", f"/m/{dark.pk}"):
        assert told in text, told
    assert part.raw_file.sha256 in text
    assert "Integration time" in text
    assert f"/m/{one.pk}" in page(client, member, f"/m/{dark.pk}")


def test_a_hidden_sample_is_not_named(client: Client, lab: Lab, member: User, sample: Sample) -> None:
    one = measure(lab, member, sample)
    Sample.objects.filter(pk=sample.pk).update(
        project=start_project(lab=lab, name="Secret", is_restricted=True, by=member)
    )
    outsider = make_person(lab, "XX", Role.MEMBER)

    for address in (f"/m/{one.pk}", "/measurements/?q=pl"):
        text = page(client, outsider, address)
        assert "restricted" in text
        assert f"/s/{sample.code}" not in text


def test_a_form_understands_units_and_conditions(client: Client, lab: Lab, member: User, sample: Sample) -> None:
    client.force_login(member)
    sent = {
        "sample": sample.code, "technique": "TRPL", "excitation_power_mw": "650 µW", "temperature_k": "25 °C",
        "replicate": "1", "conditions": "Window: 0.05 µs\nlens = 10 cm", "measured_at": "2026-03-12",
    }  # fmt: skip

    answer = client.post("/measurements/new", sent)

    one = Measurement.objects.get()
    assert answer.headers["Location"] == f"/m/{one.pk}"
    assert (f"{one.excitation_power_mw:f}", f"{one.temperature_k:f}") == ("0.650000", "298.150")
    assert one.conditions == {"window_ns": "50", "lens": "10 cm"}
    assert (one.measured_at_precision, one.measured_at_origin) == ("day", "person")


@pytest.mark.parametrize("line", ["Windo: 50 ns", "Window", "Window: 50 GPa", "MCP gain: much"])
def test_a_condition_that_is_not_understood_is_refused(client: Client, lab: Lab, member: User, line: str) -> None:
    client.force_login(member)

    answer = client.post(
        "/measurements/new", {"reference_kind": "dark", "technique": "PL", "replicate": "1", "conditions": line}
    )

    assert answer.status_code == 422
    assert answer.context["form"].errors["conditions"]


def test_saving_what_the_form_showed_changes_nothing(client: Client, lab: Lab, member: User, sample: Sample) -> None:
    one = measure(lab, member, sample, conditions={"window_ns": "50"}, pressure_gpa="1.27")
    client.force_login(member)
    form = client.get(f"/m/{one.pk}/edit").context["form"]
    shown = {name: bound for name in form.fields if (bound := form[name].value()) not in (None, "")}

    client.post(f"/m/{one.pk}/edit", {**shown, "conditions": "Window: 50 ns", "version": version_token(one)})

    one.refresh_from_db()
    assert one.version == 1


def test_the_wrong_sample_is_put_right_with_a_reason(client: Client, lab: Lab, member: User, sample: Sample) -> None:
    one = measure(lab, member, sample)
    right = make_sample(lab, member, "NC-024-F3")
    client.force_login(member)
    sent = {"sample": "nc-024-f3", "version": version_token(one)}

    refused = client.post(f"/m/{one.pk}/sample", sent)
    client.post(f"/m/{one.pk}/sample", {**sent, "reason": "labels swapped"})

    one.refresh_from_db()
    assert refused.status_code == 422
    assert one.sample == right


def test_what_was_measured_of_a_parent_shows_by_link(
    client: Client, lab: Lab, member: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    story = tell(lab, member)
    film, vial = story["NC-024-F1-FL1"], story["NC-024-F1-b"]
    of_film, of_vial = measure(lab, member, film, "PL"), measure(lab, member, vial, "PL")
    client.force_login(member)
    address = reverse("sample_measurements", args=[film.code])
    client.get(address)

    with django_assert_max_num_queries(12):
        answer = client.get(address, headers={"HX-Request": "true"})

    text = answer.content.decode()
    assert "<html" not in text
    assert [group.badge for group in answer.context["measured"].groups] == ["PL"]
    assert text.index(f"/m/{of_film.pk}") < text.index("from parent") < text.index(f"/m/{of_vial.pk}")
    assert "on piece" in page(client, member, reverse("sample_measurements", args=[story["NC-024-F1"].code]))


def test_a_hidden_parent_is_walked_through_and_not_named(client: Client, lab: Lab, member: User) -> None:
    story = tell(lab, member)
    film, vial, fraction = story["NC-024-F1-FL1"], story["NC-024-F1-b"], story["NC-024-F1"]
    hidden, seen = measure(lab, member, vial, "TRPL"), measure(lab, member, fraction, "PL")
    secret = start_project(lab=lab, name="Secret", is_restricted=True, by=member)
    Sample.objects.filter(pk=vial.pk).update(project=secret)
    Measurement.objects.filter(pk=hidden.pk).update(project=secret)
    outsider = make_person(lab, "XX", Role.MEMBER)

    text = page(client, outsider, reverse("sample_measurements", args=[film.code]))

    assert f"/m/{seen.pk}" in text
    assert f"/m/{hidden.pk}" not in text
    assert f"{vial.code}<" not in text


def test_search_finds_measurements_beside_samples(client: Client, lab: Lab, member: User, sample: Sample) -> None:
    one = measure(lab, member, sample, "TRPL")

    text = page(client, member, "/search?q=tech:trpl")

    assert f'href="/m/{one.pk}"' in text
    assert f"/s/{sample.code}" in text


def test_conditions_of_another_name_survive_a_save(client: Client, lab: Lab, member: User, sample: Sample) -> None:
    one = measure(lab, member, sample, conditions={"shutter_angle": "12", "objective": "50×"})
    client.force_login(member)
    form = client.get(f"/m/{one.pk}/edit").context["form"]
    shown = {name: bound for name in form.fields if (bound := form[name].value()) not in (None, "")}
    lines = f"{form['conditions'].value()}\nWindow: 100 ns"

    client.post(f"/m/{one.pk}/edit", {**shown, "conditions": lines, "version": version_token(one)})

    one.refresh_from_db()
    assert one.conditions == {"shutter_angle": "12", "objective": "50×", "window_ns": "100"}


def test_two_people_who_change_the_conditions_see_both_as_typed(
    client: Client, lab: Lab, member: User, sample: Sample
) -> None:
    one = measure(lab, member, sample)
    sent = {"technique": "PL", "replicate": "1", "version": version_token(one)}
    client.force_login(member)
    client.post(f"/m/{one.pk}/edit", {**sent, "conditions": "Window: 50 ns"})

    panel = client.post(f"/m/{one.pk}/edit", {**sent, "conditions": "Window: 100 ns"})

    assert panel.status_code == 409
    (choice,) = [one for one in panel.context["choices"] if one.name == "conditions"]
    assert (choice.yours_sent, choice.theirs_sent) == ("Window: 100 ns", "Window: 50 ns")


@pytest.mark.parametrize("words", ["made:0001-01-01", "made:<0001-01-01", "made:>9999-12-31", "age:>999999d"])
def test_days_at_the_ends_of_the_calendar_find_nothing_and_break_nothing(
    client: Client, member: User, words: str
) -> None:
    client.force_login(member)

    answers = [client.get(reverse(name), {"q": words}) for name in ("measurement_list", "sample_list", "search")]

    assert [one.status_code for one in answers] == [200, 200, 200]
