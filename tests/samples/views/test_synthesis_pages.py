"""A synthesis by its pages: planned, run, precipitated, corrected and ended."""

import time
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from labbook.journal import journal_of
from labbook.models import Lab, Project, User
from labbook.quantities import parse_quantity
from labbook.services.editing import version_token
from samples.models import LabelRequest, Place, Process, Sample, Synthesis, SynthesisStatus
from samples.queries.growth_plot import rank_words
from samples.queries.run_cards import Card
from samples.services.device_time import tap_moment
from samples.services.precipitation import FractionRow, record_fractions
from samples.services.syntheses import injection_of, plan_synthesis, start_synthesis
from samples.services.values import record_value
from tests.samples.services.bench import batch, bottle, degrees, hot_injection, injected, planned, row

PLAN = "/syntheses/new/hot-injection/"
PAGE_QUERIES = 15
LIST_QUERIES = 12


@pytest.fixture
def batches(lab: Lab, member: User) -> tuple[Sample, Sample]:
    """A Cs-oleate batch and a PbI2 flask in a furnished lab."""
    hot_injection(lab)
    return batch(lab, member, "CS-019", "10680"), batch(lab, member, "PB-031", "14940")


@pytest.fixture
def running(lab: Lab, member: User, batches: tuple[Sample, Sample]) -> Synthesis:
    """A running synthesis."""
    synthesis = planned(lab, member, cs=batches[0], pb=batches[1])
    with journal_of(lab, by=member) as journal:
        return start_synthesis(journal, synthesis=synthesis)


@pytest.fixture
def crude(lab: Lab, member: User, running: Synthesis) -> Synthesis:
    """A synthesis whose crude holds 15.95 ml."""
    injected(lab, member, running)
    running.refresh_from_db()
    return running


def tap(client: Client, synthesis: Synthesis, do: str, **fields: str) -> int:
    """Tap a button of run mode and return the status of the answer."""
    return client.post(f"/syntheses/{synthesis.code}/run/", {"do": do, **fields}).status_code


def table(synthesis: Synthesis, *rows: dict[str, str], **shared: str) -> dict[str, str]:
    """The precipitation table as a browser sends it."""
    data = {"rows-TOTAL_FORMS": "5", "rows-INITIAL_FORMS": "0", "operator": "LM", "version": version_token(synthesis)}
    start = {"rpm": "7500", "minutes": "5", "hexane_ml": "3", "vials": "1", "filtered": "on"}
    fridge = str(Place.objects.get(title="Fridge 1").pk)
    for index in range(5):
        row = rows[index] if index < len(rows) else {}
        data |= {f"rows-{index}-{name}": text for name, text in {**start, "place": fridge, **row}.items()}
    return {**data, **shared}


def test_the_newest_batches_are_chosen_already_and_start_leads_to_run_mode(
    client: Client, member: User, batches: tuple[Sample, Sample]
) -> None:
    client.force_login(member)
    form = client.get(PLAN).context["form"]
    sent = {name: form[name].value() or "" for name in form.fields}

    answer = client.post(PLAN, {**sent, "temperature": "170", "do": "start"})

    synthesis = Synthesis.objects.get()
    assert answer["Location"] == "/syntheses/NC-001/run/"
    assert (synthesis.status, synthesis.operator) == (SynthesisStatus.RUNNING, "LM")
    assert {str(line.sample) for line in injection_of(synthesis).inputs.all()} == {"CS-019", "PB-031"}


def test_a_scanned_code_takes_its_batch_and_writes_nothing(
    client: Client, lab: Lab, member: User, batches: tuple[Sample, Sample]
) -> None:
    other = batch(lab, member, "CS-020", "5000")
    client.force_login(member)

    answer = client.post(PLAN, {"scan": "cs-020", "do": "scan", "operator": "LM"})

    assert answer.context["form"]["cs_batch"].value() == str(other.pk)
    assert not Synthesis.objects.exists()


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [("temperature", "hot", "not a number"), ("cs_oleate", "1 kg", "a mass"), ("title", "x" * 1_000_000, "200")],
)
def test_a_bad_plan_is_said_at_its_field_and_writes_nothing(
    client: Client, member: User, batches: tuple[Sample, Sample], field: str, text: str, said: str
) -> None:
    client.force_login(member)

    answer = client.post(PLAN, {"operator": "LM", "do": "plan", field: text})

    assert answer.status_code == 422
    assert said in " ".join(answer.context["form"].errors[field])
    assert not Synthesis.objects.exists()


def test_stamps_take_the_device_time_and_growth_is_computed(client: Client, member: User, running: Synthesis) -> None:
    client.force_login(member)
    now_ms = time.time() * 1000

    tap(client, running, "stamp:injected", tapped_ms=str(now_ms - 9000), sent_ms=str(now_ms - 8000))
    tap(client, running, "stamp:ice_bath", tapped_ms=str(now_ms - 2100), sent_ms=str(now_ms - 2000))

    running.refresh_from_db()
    assert running.growth_s == Decimal("6.900")


def test_a_device_whose_clock_is_ahead_is_corrected_at_sending() -> None:
    now = timezone.now()
    ahead_ms = (now + timedelta(hours=1)).timestamp() * 1000

    at, shift_s = tap_moment(tapped_ms=ahead_ms - 5000, sent_ms=ahead_ms, now=now)

    assert abs((now - at).total_seconds() - 5) < 0.01
    assert shift_s == pytest.approx(-3600, abs=0.01)


def test_a_second_stamp_is_refused_and_keeps_the_first(client: Client, member: User, running: Synthesis) -> None:
    client.force_login(member)
    tap(client, running, "stamp:injected")
    running.refresh_from_db()
    first = running.injected_at

    assert tap(client, running, "stamp:injected") == 422
    running.refresh_from_db()
    assert running.injected_at == first


def test_the_same_tap_sent_again_after_a_lost_answer_stamps_once(
    client: Client, member: User, running: Synthesis
) -> None:
    client.force_login(member)
    key = {"idempotency_key": "one-tap", "tapped_ms": str(time.time() * 1000 - 500)}

    statuses = [tap(client, running, "stamp:injected", **key, sent_ms=str(time.time() * 1000)) for _ in range(2)]

    running.refresh_from_db()
    assert statuses == [302, 302]
    assert running.injected_at is not None


def test_a_dial_steps_from_its_plan_and_a_stale_one_is_refused(
    client: Client, member: User, running: Synthesis
) -> None:
    client.force_login(member)
    dial = "dial:injection_temperature_c"
    address = f"/syntheses/{running.code}/run/?step=3"

    client.post(address, {"do": f"{dial}:down", "seen": "", "number": ""})
    stale = client.post(address, {"do": dial, "seen": "", "number": "150"})

    running.refresh_from_db()
    assert running.injection_temperature_c == Decimal("169.9")
    assert stale.status_code == 422
    assert "meanwhile" in stale.content.decode()


def test_the_stamps_of_one_injection_stand_on_one_card(client: Client, member: User, running: Synthesis) -> None:
    client.force_login(member)

    card = client.get(f"/syntheses/{running.code}/run/?step=3").context["card"]

    assert [one.moment for one in card.stamps] == ["injected", "turned_red", "ice_bath"]
    assert [dial.label for dial in card.dials] == ["Temperature", "Cs-oleate"]
    assert card.title == "Inject Cs-oleate at 170\u202f°C"


def test_a_guest_reads_and_cannot_run(client: Client, guest: User, running: Synthesis) -> None:
    client.force_login(guest)

    assert client.get(f"/syntheses/{running.code}/").status_code == 200
    assert client.get(f"/syntheses/{running.code}/run/").status_code == 403
    assert client.post(f"/syntheses/{running.code}/start/").status_code == 403


def test_somebody_of_another_lab_finds_no_such_synthesis(client: Client, stranger: User, running: Synthesis) -> None:
    client.force_login(stranger)

    assert {client.get(f"/syntheses/{running.code}/{part}").status_code for part in ("", "run/", "fractions/")} == {404}


def test_one_save_of_the_table_says_exactly_what_it_made(client: Client, member: User, crude: Synthesis) -> None:
    client.force_login(member)
    rows = ({"as_planned": "on"}, {"meoac_ml": "7.0", "vials": "2", "split": "on"}, {"as_planned": "on"})

    answer = client.post(
        f"/syntheses/{crude.code}/fractions/",
        table(crude, *rows, stop="on", stop_reason="no obvious precipitate"),
        follow=True,
    )

    said = [str(message) for message in answer.context["messages"]]
    made = "3 rounds, 3 fractions, 4 vials in Fridge 1 and Freezer 1, 4 labels queued"
    assert said == [f"Saved {made}, stopped: no obvious precipitate."]
    assert LabelRequest.objects.count() == 4
    meoac = Process.objects.filter(kind="precipitation", inputs__key="meoac").order_by("round_number")
    assert list(meoac.values_list("inputs__amount", flat=True)) == [5300, 7000, 9400]


def test_the_toast_undoes_the_save(client: Client, member: User, crude: Synthesis) -> None:
    client.force_login(member)
    client.post(f"/syntheses/{crude.code}/fractions/", table(crude, {"as_planned": "on"}))
    made = Process.objects.get(kind="precipitation")

    client.post(f"/syntheses/{crude.code}/fractions/undo/?made={made.pk}")

    crude.refresh_from_db()
    assert crude.fraction_count == 0
    assert Sample.objects.get(code="NC-001-C").balance == Decimal(15950)


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ({"meoac_ml": "5 kg"}, "meoac_ml"),
        ({"look": "red"}, "meoac_ml"),
        ({"as_planned": "on", "vials": "-1"}, "vials"),
        ({"as_planned": "on", "at": "2999-01-01"}, "at"),
    ],
)
def test_a_bad_row_is_said_in_the_row_and_nothing_is_written(
    client: Client, member: User, crude: Synthesis, row: dict[str, str], field: str
) -> None:
    client.force_login(member)

    answer = client.post(f"/syntheses/{crude.code}/fractions/", table(crude, {"as_planned": "on"}, row))

    assert answer.status_code == 422
    assert field in answer.context["formset"].forms[1].errors
    assert not Process.objects.filter(kind="precipitation").exists()


def test_a_short_bottle_offers_a_recount_that_saves_the_table(
    client: Client, lab: Lab, member: User, crude: Synthesis
) -> None:
    short = bottle(lab, member, "MeOAc", "1000")
    client.force_login(member)
    sent = table(crude, {"as_planned": "on"}, meoac=str(short.pk))
    address = f"/syntheses/{crude.code}/fractions/"

    refused = client.post(address, sent)
    saved = client.post(address, {**sent, "recount": refused.context["offer"]})

    assert (refused.status_code, saved.status_code) == (422, 302)
    assert Sample.objects.get(code=short.code).balance == Decimal(0)


def test_more_rows_without_a_script_keep_what_was_typed(client: Client, member: User, crude: Synthesis) -> None:
    client.force_login(member)

    answer = client.post(f"/syntheses/{crude.code}/fractions/", {**table(crude, {"meoac_ml": "5.4"}), "do": "more"})

    forms = answer.context["formset"].forms
    assert (len(forms), forms[0]["meoac_ml"].value()) == (10, "5.4")
    assert not Process.objects.filter(kind="precipitation").exists()


def test_a_corrected_actual_changes_the_page_and_the_ledger(client: Client, member: User, crude: Synthesis) -> None:
    client.force_login(member)
    process = injection_of(crude)
    line = process.inputs.get(key="cs_batch")
    sent = {f"i-{one.pk}": str((one.amount or 0) / 1000) for one in process.inputs.all()}
    sent |= {f"i-{line.pk}": "0,98", "v-injection_temperature_c": "169.2", "process": str(process.pk)}

    client.post(f"/syntheses/{crude.code}/values/", {**sent, "version": version_token(process)})

    crude.refresh_from_db()
    assert crude.injection_temperature_c == Decimal("169.2")
    assert Sample.objects.get(code="CS-019").balance == Decimal(9700)


def test_two_people_who_change_one_actual_choose_between_them(
    client: Client, lab: Lab, member: User, crude: Synthesis
) -> None:
    client.force_login(member)
    process = injection_of(crude)
    stale = version_token(process)
    with journal_of(lab, by=None) as journal:
        record_value(journal, process=process, key="injection_temperature_c", actual=parse_quantity("168", "°C"))
    sent = {f"i-{one.pk}": str((one.amount or 0) / 1000) for one in process.inputs.all()}

    answer = client.post(
        f"/syntheses/{crude.code}/values/",
        {**sent, "v-injection_temperature_c": "169", "process": str(process.pk), "version": stale},
    )

    crude.refresh_from_db()
    assert answer.status_code == 409
    assert crude.injection_temperature_c == Decimal(168)


def test_a_forged_version_writes_nothing(client: Client, member: User, crude: Synthesis) -> None:
    client.force_login(member)

    answer = client.post(f"/syntheses/{crude.code}/edit/", {"look": "green", "version": "9:forged"})

    crude.refresh_from_db()
    assert answer.status_code == 422
    assert crude.look == ""


def test_an_end_asks_for_the_temperature_or_the_reason_it_has_none(
    client: Client, member: User, crude: Synthesis
) -> None:
    client.force_login(member)
    address = f"/syntheses/{crude.code}/end/"

    asked = client.post(address, {"outcome": "finished", "version": version_token(crude)})
    crude.refresh_from_db()
    sent = {"outcome": "finished", "temperature_reason": "probe broken", "version": version_token(crude)}
    ended = client.post(address, sent)

    crude.refresh_from_db()
    assert "temperature" in asked.context["form"].errors
    assert (ended.status_code, crude.status) == (302, SynthesisStatus.FINISHED)


def test_a_note_with_html_is_shown_as_text(client: Client, member: User, crude: Synthesis) -> None:
    client.force_login(member)
    sent = {"note": "<script>alert(1)</script> fine", "version": version_token(crude)}

    client.post(f"/syntheses/{crude.code}/edit/", sent)

    assert b"<script>alert" not in client.get(f"/syntheses/{crude.code}/").content


def test_a_restricted_batch_shows_its_amount_and_not_its_code(
    client: Client, lab: Lab, member: User, crude: Synthesis
) -> None:
    secret = Project.objects.create(lab=lab, name="Secret", slug="secret", is_restricted=True)
    Sample.objects.filter(code="PB-031").update(project=secret)
    client.force_login(member)

    page = client.get(f"/syntheses/{crude.code}/").content.decode()

    assert "PB-031" not in page


def test_run_mode_and_the_fraction_table_cost_few_queries(
    client: Client, lab: Lab, member: User, crude: Synthesis, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for short in ("MeOAc", "hexane"):
        bottle(lab, member, short)
    client.force_login(member)
    client.get("/syntheses/")

    with django_assert_max_num_queries(8):
        client.get(f"/syntheses/{crude.code}/run/?step=3")
    with django_assert_max_num_queries(12):
        client.get(f"/syntheses/{crude.code}/fractions/")


def test_the_page_and_the_list_cost_the_same_for_one_round_and_for_eight(
    client: Client, lab: Lab, member: User, crude: Synthesis
) -> None:
    client.force_login(member)
    record(lab, member, crude, row(4.5, "5300"))

    few = costs(client, crude)
    record(lab, member, crude, *(row(4 - place / 4, "1000", vials=4) for place in range(7)))
    many = costs(client, crude)

    assert (Sample.objects.filter(kind="vial").count(), crude.processes.filter(round_number=8).count()) == (29, 1)
    assert few == many
    assert many["/"] <= PAGE_QUERIES
    assert many[""] <= LIST_QUERIES


def record(lab: Lab, by: User, synthesis: Synthesis, *rows: FractionRow) -> None:
    """Record rounds through the table's service."""
    with journal_of(lab, by=by) as journal:
        record_fractions(journal, synthesis=synthesis, rows=rows, operator="LM")


def costs(client: Client, synthesis: Synthesis) -> dict[str, int]:
    """Count the queries of the synthesis's page and of the list."""
    counted = {}
    for name, address in (("/", f"/syntheses/{synthesis.code}/"), ("", "/syntheses/")):
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        counted[name] = len(captured)
    return counted


def test_a_growth_time_is_ranked_among_the_others() -> None:
    others = [Decimal(text) for text in ("7.1", "5.3", "10.6", "12.0", "8.0", "8.1", "14.0", "9.7", "19.9")]

    assert rank_words(Decimal("6.9"), others) == "2nd shortest of 10"
    assert rank_words(Decimal("20"), others) == "longest of 10"


def test_an_injection_known_only_to_its_day_is_recorded_without_a_stamp(
    client: Client, lab: Lab, member: User, batches: tuple[Sample, Sample]
) -> None:
    synthesis = planned(lab, member, cs=batches[0], pb=batches[1])
    client.force_login(member)
    day = timezone.localtime().strftime("%Y-%m-%d")
    sent = {"injected_at": day, "growth": "7", "temperature": "168", "cs_oleate": "1.1", "look": "turbid red"}

    answer = client.post(f"/syntheses/{synthesis.code}/record/", {**sent, "version": version_token(synthesis)})

    synthesis.refresh_from_db()
    page = client.get(f"/syntheses/{synthesis.code}/")
    crude = page.context["crude"]
    assert answer["Location"] == f"/syntheses/{synthesis.code}/"
    assert (synthesis.injected_at, synthesis.growth_s) == (None, Decimal(7))
    assert (crude.made_amount, crude.made_at_precision, crude.look) == (Decimal(16040), "day", "turbid red")
    assert injection_of(synthesis).inputs.get(key="cs_batch").amount == Decimal(1100)
    day_shown = f"{int(day[-2:])} "
    assert f'<span class="when"><time datetime="{day}">{day_shown}' in page.content.decode()


def test_an_injection_recorded_afterwards_to_the_second_has_its_growth_computed(
    client: Client, lab: Lab, member: User, batches: tuple[Sample, Sample]
) -> None:
    synthesis = planned(lab, member, cs=batches[0], pb=batches[1])
    client.force_login(member)
    at = timezone.localtime() - timedelta(hours=2)
    sent = {"injected_at": f"{at:%Y-%m-%d %H:%M}:05", "ice_bath_at": f"{at:%Y-%m-%d %H:%M}:12", "cs_oleate": "1"}

    client.post(f"/syntheses/{synthesis.code}/record/", {**sent, "version": version_token(synthesis)})

    synthesis.refresh_from_db()
    assert synthesis.growth_s == Decimal(7)
    assert client.get(f"/syntheses/{synthesis.code}/record/").status_code == 302


@pytest.mark.parametrize(
    ("field", "sent"),
    [
        ("ice_bath_at", {"injected_at": "2026-01-05", "ice_bath_at": "2026-01-05 10:00"}),
        ("growth", {"injected_at": "2026-01-05 10:00", "ice_bath_at": "2026-01-05 10:01", "growth": "7"}),
        ("injected_at", {"injected_at": "3026-01-05"}),
        ("injected_at", {"injected_at": ""}),
    ],
)
def test_what_cannot_be_so_is_asked_about_and_writes_nothing(
    client: Client, lab: Lab, member: User, batches: tuple[Sample, Sample], field: str, sent: dict[str, str]
) -> None:
    synthesis = planned(lab, member, cs=batches[0], pb=batches[1])
    client.force_login(member)

    answer = client.post(f"/syntheses/{synthesis.code}/record/", {**sent, "version": version_token(synthesis)})

    synthesis.refresh_from_db()
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert synthesis.status == SynthesisStatus.PLANNED


def test_more_than_the_book_has_is_recorded_once_a_recount_is_agreed_to(
    client: Client, lab: Lab, member: User, batches: tuple[Sample, Sample]
) -> None:
    synthesis = planned(lab, member, cs=batches[0], pb=batches[1])
    client.force_login(member)
    sent = {"injected_at": timezone.localtime().strftime("%Y-%m-%d"), "cs_oleate": "11"}
    sent["version"] = version_token(synthesis)

    refused = client.post(f"/syntheses/{synthesis.code}/record/", sent)
    agreed = client.post(f"/syntheses/{synthesis.code}/record/", {**sent, "recount": "CS-019 11000 ul"})

    batches[0].refresh_from_db()
    assert (refused.status_code, agreed.status_code) == (422, 302)
    assert b"Recount CS-019" in refused.content
    assert batches[0].balance == 0


def test_an_ended_synthesis_is_opened_again_from_its_page_with_a_reason(
    client: Client, member: User, crude: Synthesis
) -> None:
    client.force_login(member)
    client.post(
        f"/syntheses/{crude.code}/end/", {"outcome": "failed", "reason": "spilt", "version": version_token(crude)}
    )

    assert b"Why it is opened again" in client.get(f"/syntheses/{crude.code}/").content
    client.post(f"/syntheses/{crude.code}/reopen/", {"reason": "the vial was found"})

    crude.refresh_from_db()
    assert crude.status == SynthesisStatus.RUNNING


def test_a_planned_range_is_shown_and_cannot_be_ticked_as_planned(
    client: Client, lab: Lab, member: User, batches: tuple[Sample, Sample]
) -> None:
    with journal_of(lab, by=member) as journal:
        synthesis = plan_synthesis(
            journal, recipe=hot_injection(lab), operator="LM", planned_temperature=degrees("140–220 °C"),
            cs_batch=batches[0], pb_batch=batches[1],
        )  # fmt: skip
        start_synthesis(journal, synthesis=synthesis)
    client.force_login(member)
    address = f"/syntheses/{synthesis.code}/run/?step={injection_card(client, synthesis)}"

    answer = client.post(address, {"do": "planned"})

    value = injection_of(synthesis).values.get(key="injection_temperature_c")
    assert "140–220" in client.get(f"/syntheses/{synthesis.code}/").content.decode()
    assert value.actual is None
    assert answer.status_code == 422
    assert "say what it was" in answer.content.decode()


def injection_card(client: Client, synthesis: Synthesis) -> int:
    """Return the number of the card with the stamps."""
    cards: list[Card] = client.get(f"/syntheses/{synthesis.code}/run/").context["cards"]
    return next(card.number for card in cards if card.stamps)


def test_the_filter_of_a_row_is_a_treatment_of_its_fraction_and_stands_in_the_statement(
    client: Client, member: User, crude: Synthesis
) -> None:
    client.force_login(member)

    client.post(f"/syntheses/{crude.code}/fractions/", table(crude, {"as_planned": "on"}))

    treatment = Process.objects.get(kind="filtering")
    assert str(treatment.treats) == f"{crude.code}-F1"
    assert treatment.values.get(key="filter_pore_um").actual == Decimal("0.22")
    assert b"0.22 \xc2\xb5m PVDF" in client.get(f"/s/{crude.code}-F1").content
    assert "was filtered" in client.get(f"/s/{crude.code}-F1-a/statement/").content.decode()
