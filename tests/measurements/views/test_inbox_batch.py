"""The match table on its page: what is shown, saved, refused, assigned and undone."""

import json
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from labbook.models import Lab, User
from labbook.services.projects import start_project
from labbook.services.versions import version_token
from measurements.models import Batch, InboxRow, InstrumentSession, Measurement, Receipt, RowState
from measurements.services.proposing import propose_for
from tests.measurements.inboxes import Read, arrive, make_batch, make_instrument, make_samples

pytestmark = pytest.mark.django_db


@pytest.fixture
def batch(lab: Lab, member: User) -> Batch:
    make_samples(lab, member)
    return make_batch(lab, member)


@pytest.fixture
def browser(client: Client, member: User) -> Client:
    client.force_login(member)
    return client


def put(batch: Batch, *paths: str) -> list[InboxRow]:
    """Let files come and be proposed, each with a curve of its own."""
    names = [arrive(batch, path, Read(y_max=100 + number)) for number, path in enumerate(paths)]
    propose_for(batch, names)
    return list(InboxRow.objects.filter(batch=batch).order_by("pk"))


def page(browser: Client, batch: Batch) -> str:
    """Return the page of a batch."""
    return browser.get(reverse("inbox_batch", args=[batch.pk])).content.decode()


def do(browser: Client, batch: Batch, what: str, rows: list[InboxRow], **more: str) -> int:
    """Press a button of the table with lines ticked, and return the answer's status."""
    address = reverse("inbox_rows", args=[batch.pk])
    return browser.post(address, {"do": what, "chosen": [row.pk for row in rows], **more}).status_code


def cell(browser: Client, row: InboxRow, name: str, text: str, was: str) -> tuple[int, str]:
    """Leave one cell, and return the answer."""
    address = reverse("inbox_cells", args=[row.batch_id])
    answer = browser.post(address, {"row": row.pk, "cell": name, "text": text, "was": was})
    return answer.status_code, answer.content.decode()


def test_a_sure_line_is_ticked_and_says_why(browser: Client, batch: Batch) -> None:
    put(batch, "NC-024-F2-DAC1_PL_0.13GPa.txt")

    text = page(browser, batch)

    assert "Assign 1 file" in text
    assert "<b>certain</b>" in text
    assert "NC-024-F2-DAC1 in the name" in text
    assert "checked" in text
    assert "<polyline" in text


def test_a_doubtful_line_is_not_ticked_and_offers_its_candidates_with_role(browser: Client, batch: Batch) -> None:
    make_samples(batch.lab, User.objects.get(name="LM"), fraction="NC-027-F2")
    put(batch, "NC-024-F2-a or NC-027-F2-a PL.txt")

    text = page(browser, batch)

    assert "checked" not in text
    assert "NC-027-F2-a</span>" in text
    assert "vial" in text


def test_a_candidate_is_taken_with_one_press(browser: Client, batch: Batch) -> None:
    (row,) = put(batch, "scan 3 PL.txt")

    status = do(browser, batch, f"take:{row.pk}:NC-024-F2-a", [])

    row.refresh_from_db()
    assert (status, row.sample and row.sample.code, row.confidence_percent) == (302, "NC-024-F2-a", 100)


def test_a_cell_is_saved_as_it_is_left_and_answers_with_its_line(browser: Client, batch: Batch) -> None:
    (row,) = put(batch, "NC-024-F2-FL1_PL.txt")

    status, text = cell(browser, row, "rung", "280 K cooling", "")

    row.refresh_from_db()
    assert (status, row.temperature_k, row.branch, row.edited) == (200, Decimal(280), "cooling", ["rung"])
    assert 'value="280 K cooling"' in text


def test_a_cell_that_somebody_else_set_meanwhile_is_not_overwritten(browser: Client, batch: Batch) -> None:
    (row,) = put(batch, "NC-024-F2-FL1_PL.txt")
    cell(browser, row, "rung", "280 K", "")

    status, text = cell(browser, row, "rung", "300 K", "")

    row.refresh_from_db()
    assert (status, row.temperature_k) == (409, Decimal(280))
    assert "280 K" in json.loads(text)["said"]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("sample", "NC-999", "There is no sample NC-999 here."),
        ("rung", "lukewarm", "is no rung"),
        ("technique", "sorcery", "There is no technique sorcery here."),
    ],
)
def test_a_cell_that_means_nothing_is_refused_in_words(
    browser: Client, batch: Batch, name: str, text: str, said: str
) -> None:
    (row,) = put(batch, "scan.txt")

    status, answer = cell(browser, row, name, text, "PL" if name == "technique" else "")

    assert status == 422
    assert said in json.loads(answer)["said"]


def test_without_a_script_typed_cells_are_saved_with_the_whole_form(browser: Client, batch: Batch) -> None:
    first, second = put(batch, "scan 1 PL.txt", "scan 2 PL.txt")
    typed = {
        f"sample-{first.pk}": "nc024f2a", f"technique-{first.pk}": "PL", f"rung-{first.pk}": "60 d",
        f"was-{first.pk}": json.dumps(["", "PL", ""]),
        f"sample-{second.pk}": "IRF", f"technique-{second.pk}": "PL", f"rung-{second.pk}": "",
        f"was-{second.pk}": json.dumps(["", "PL", ""]),
    }  # fmt: skip

    status = do(browser, batch, "save", [], **typed)

    first.refresh_from_db()
    second.refresh_from_db()
    assert status == 302
    assert (first.sample and first.sample.code, first.age_days) == ("NC-024-F2-a", Decimal(60))
    assert (second.reference_kind, second.edited) == ("IRF", ["sample"])


def test_rungs_are_given_in_the_order_of_the_lines(browser: Client, batch: Batch) -> None:
    rows = put(batch, "load scan 1.txt", "load scan 2.txt", "load scan 10.txt")

    do(browser, batch, "rungs", rows, rungs="0, 0.13, 0,4", unit="GPa")

    assert list(InboxRow.objects.order_by("pk").values_list("pressure_gpa", flat=True)) == [
        Decimal(0), Decimal("0.13"), Decimal("0.4"),
    ]  # fmt: skip


def test_more_rungs_than_lines_are_refused_and_nothing_is_written(browser: Client, batch: Batch) -> None:
    rows = put(batch, "load scan 1.txt")

    status = do(browser, batch, "rungs", rows, rungs="0 GPa; 1 GPa", unit="GPa")

    assert status == 422
    assert InboxRow.objects.get().pressure_gpa is None


def test_a_log_sheet_fills_what_it_names_and_says_what_it_could_not_place(browser: Client, batch: Batch) -> None:
    put(batch, "scan 1.txt", "scan 2.txt")
    log = "file\tsample\trung\nSCAN-1\tNC-024-F2-DAC1\t0.13 GPa\nscan 9\tNC-024-F2-a\t\nscan 2.txt\tNC-999\t1 GPa"

    do(browser, batch, "log", [], log=log)
    text = page(browser, batch)

    first, second = InboxRow.objects.order_by("pk")
    assert (first.sample and first.sample.code, first.pressure_gpa) == ("NC-024-F2-DAC1", Decimal("0.13"))
    assert (second.sample, second.pressure_gpa) == (None, None)
    assert "Line 3: no file scan 9 waits here." in text
    assert "Line 4: There is no sample NC-999 here." in text


def test_ticked_lines_are_set_together_and_filled_down(browser: Client, batch: Batch) -> None:
    rows = put(batch, "scan 1.txt", "scan 2.txt", "scan 3.txt")

    do(browser, batch, "set", rows[:1], many_sample="NC-024-F2-FL1", many_rung="80 K", many_technique="PLQY")
    do(browser, batch, "fill:sample", rows)

    codes = [row.sample and row.sample.code for row in InboxRow.objects.order_by("pk")]
    assert codes == ["NC-024-F2-FL1"] * 3
    assert list(InboxRow.objects.order_by("pk").values_list("technique", flat=True)) == ["PLQY", "PL", "PL"]


def test_what_is_shared_matches_the_table_anew(browser: Client, batch: Batch) -> None:
    put(batch, "scan 0.4GPa.txt")
    maya = make_instrument(batch.lab)
    address = reverse("inbox_shared", args=[batch.pk])
    facts = {"sample": "NC-024-F2-DAC1", "instrument": maya.pk, "day": "2026-03-08", "excitation": "532"}

    answer = browser.post(address, {**facts, "version": version_token(batch)})

    row = InboxRow.objects.get()
    assert answer.status_code == 302
    assert (row.sample and row.sample.code, row.instrument) == ("NC-024-F2-DAC1", maya)
    assert InstrumentSession.objects.get().settings == {"excitation_wavelength_nm": "532"}


def test_assigning_answers_with_a_receipt_and_a_way_back(browser: Client, batch: Batch) -> None:
    rows = put(batch, "NC-024-F2-DAC1_PL_0.13GPa.txt", "NC-024-F2-DAC1_PL_0.4GPa.txt")

    do(browser, batch, "assign", rows)
    receipt = Receipt.objects.get()
    text = browser.get(reverse("inbox_receipt", args=[receipt.pk])).content.decode()
    undone = browser.post(reverse("inbox_undo", args=[receipt.pk]))

    assert "2 files assigned" in text
    assert "NC-024-F2-DAC1_PL_0.13GPa.txt" in text
    assert undone.status_code == 302
    assert not Measurement.objects.filter(is_void=False).exists()
    assert {row.state for row in InboxRow.objects.all()} == {RowState.WAITING}


def test_lines_that_lack_something_are_named_and_nothing_is_written(browser: Client, batch: Batch) -> None:
    rows = put(batch, "NC-024-F2-FL1_PL.txt", "scan 3.txt")

    answer = browser.post(reverse("inbox_rows", args=[batch.pk]), {"do": "assign", "chosen": [row.pk for row in rows]})

    assert answer.status_code == 422
    assert "scan 3.txt: say which sample it is of." in answer.content.decode()
    assert not Measurement.objects.exists()


def test_a_line_whose_sample_the_person_does_not_see_tells_nothing_of_it(
    lab: Lab, manager: User, browser: Client
) -> None:
    secret = start_project(lab=lab, name="Secret", is_restricted=True, by=manager)
    make_samples(lab, manager, secret, "NC-099-F1")
    batch = make_batch(lab, manager)
    put(batch, "scan.txt", "other PL.txt")
    InboxRow.objects.filter(file_name__name="scan.txt").update(
        sample=make_samples(lab, manager, secret, "NC-098-F1")["NC-098-F1"], why="NC-098-F1 in the folder"
    )

    text = page(browser, batch)

    assert "NC-098" not in text
    assert "restricted" in text


def test_two_hundred_lines_take_no_more_queries_than_one(
    browser: Client, batch: Batch, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    put(batch, *(f"NC-024-F2-FL1_PL_{number}K.txt" for number in range(80, 280)))

    with django_assert_max_num_queries(15):
        text = page(browser, batch)

    assert "Assign 200 files" in text


def test_a_batch_of_which_the_rest_is_set_aside_is_closed_and_a_late_file_opens_it(
    browser: Client, batch: Batch
) -> None:
    rows = put(batch, "notes.txt")

    do(browser, batch, "aside", rows)
    closed = Batch.objects.get().is_closed
    put(batch, "late PL.txt")

    assert (closed, Batch.objects.get().is_closed) == (True, False)
