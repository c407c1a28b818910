"""The inbox page: what is dropped opens a batch, names can be tried, and a plain form works without a script."""

from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse

from labbook.models import Lab, User
from labbook.services.projects import start_project
from measurements.models import Batch, FileDerivation, InboxRow, RawFile, ReadingState
from measurements.queries.inbox import unassigned_count
from measurements.services.proposing import propose_for
from tests.measurements.inboxes import Read, arrive, make_batch, make_samples

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(client: Client, lab: Lab, member: User) -> Client:
    make_samples(lab, member)
    client.force_login(member)
    return client


def tried(browser: Client, name: str) -> str:
    """Return what the tester says of a name."""
    return browser.get(reverse("inbox_name"), {"name": name}).content.decode()


def line_of(browser: Client, row: InboxRow) -> str:
    """Return the address of what is done with one line."""
    return reverse("inbox_line_act", args=[row.batch_id, row.pk])


def test_the_page_lists_open_batches_with_what_waits_in_them(browser: Client, lab: Lab, member: User) -> None:
    batch = make_batch(lab, member, title="Session of March")
    propose_for(batch, [arrive(batch, "a.txt", Read()), arrive(batch, "b.txt", Read(y_max=5))])

    text = browser.get(reverse("inbox_list")).content.decode()

    assert "Session of March" in text
    assert "2 to assign" in text


def test_the_count_of_the_top_bar_leaves_out_what_the_person_does_not_see(
    lab: Lab, member: User, manager: User
) -> None:
    secret = start_project(lab=lab, name="Secret", is_restricted=True, by=manager)
    batch = make_batch(lab, manager, project=secret)
    propose_for(batch, [arrive(batch, "a.txt", Read())])

    assert (unassigned_count(lab, manager), unassigned_count(lab, member)) == (1, 0)


def test_a_drop_opens_a_batch_and_says_where_it_is(browser: Client) -> None:
    answer = browser.post(reverse("inbox_new"))

    batch = Batch.objects.get()
    assert answer.status_code == 201
    assert answer.json() == {"batch": batch.pk, "address": reverse("inbox_batch", args=[batch.pk])}


def test_a_plain_form_sends_files_without_a_script(browser: Client) -> None:
    file = BytesIO(b"nothing any reader knows")
    file.name = "NC-024-F2-FL1_PL_280K.txt"

    answer = browser.post(reverse("inbox_post"), {"files": [file]})

    row = InboxRow.objects.select_related("sample").get()
    assert answer.headers["Location"] == reverse("inbox_batch", args=[row.batch_id])
    assert row.sample is not None
    assert row.sample.code == "NC-024-F2-FL1"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("NC-024-F2-DAC1_PL_1.27GPa_01.txt", ["NC-024-F2-DAC1", "PL", "1.27 GPa", "certain"]),
        ("IRF_50ns.img", ["IRF", "TRPL"]),
        ("notes.docx", ["names no sample that you see"]),
        ("", ["Type a file name"]),
    ],
)
def test_a_name_is_tried_before_it_is_used(browser: Client, name: str, said: list[str]) -> None:
    text = tried(browser, name)

    assert all(one in text for one in said)


def test_codes_are_offered_while_they_are_typed(browser: Client) -> None:
    answer = browser.get(reverse("inbox_codes"), {"q": "nc-024-f2-d"})

    assert answer.json() == {"codes": ["NC-024-F2-DAC1"]}


def test_a_series_is_split_into_a_line_for_each_spectrum(browser: Client, lab: Lab, member: User) -> None:
    batch = make_batch(lab, member)
    propose_for(batch, [arrive(batch, "NC-024-F2-FL1_PL.txt", Read(shape=(3, 512)))])

    browser.post(line_of(browser, InboxRow.objects.get()), {"do": "split"})

    rows = InboxRow.objects.order_by("row")
    assert [row.row for row in rows] == [0, 1, 2]
    assert {row.sample and row.sample.code for row in rows} == {"NC-024-F2-FL1"}


def test_a_line_is_kept_together_with_another_by_hand(browser: Client, lab: Lab, member: User) -> None:
    batch = make_batch(lab, member)
    propose_for(batch, [arrive(batch, "NC-024-F2-FL1_PL.txt", Read()), arrive(batch, "notes.docx")])
    main, notes = InboxRow.objects.order_by("pk")

    browser.post(line_of(browser, notes), {"do": "join", "joins": main.pk})

    notes.refresh_from_db()
    assert (notes.joins, notes.edited) == (main, ["joins"])


def test_a_file_is_marked_as_made_from_another_by_a_program_and_a_person(
    browser: Client, lab: Lab, member: User
) -> None:
    batch = make_batch(lab, member)
    image, edges = arrive(batch, "TG1_BF_01.tif", Read("TEM image")), arrive(batch, "edges.csv", Read("TEM edges"))
    propose_for(batch, [image, edges])

    browser.post(
        line_of(browser, InboxRow.objects.get(file_name=edges)),
        {"do": "derive", "source": "TG1_BF_01.tif", "program": "ImageJ", "person": "AV"},
    )

    made = FileDerivation.objects.get()
    assert (made.derived, made.source, made.program, made.person) == (edges.raw_file, image.raw_file, "ImageJ", "AV")


def test_a_file_is_not_made_from_what_was_made_from_it(browser: Client, lab: Lab, member: User) -> None:
    batch = make_batch(lab, member)
    image, edges = arrive(batch, "TG1_BF_01.tif", Read("TEM image")), arrive(batch, "edges.csv", Read("TEM edges"))
    propose_for(batch, [image, edges])
    FileDerivation.objects.create(derived=edges.raw_file, source=image.raw_file)

    answer = browser.post(
        line_of(browser, InboxRow.objects.get(file_name=image)), {"do": "derive", "source": "edges.csv"}
    )

    assert answer.status_code == 422
    assert "itself made from this one" in answer.content.decode()


def test_a_reader_that_does_not_know_the_file_cannot_be_chosen(browser: Client, lab: Lab, member: User) -> None:
    batch = make_batch(lab, member)
    propose_for(batch, [arrive(batch, "two.csv")])
    RawFile.objects.update(state=ReadingState.SEVERAL, candidates=["powder_xy", "tem_edges"])

    answer = browser.post(line_of(browser, InboxRow.objects.get()), {"do": "read", "reader": "cif"})

    assert answer.status_code == 422
    assert RawFile.objects.get().reader_choice == ""


def test_today_loads_its_card_of_files_that_wait(client: Client, lab: Lab, member: User) -> None:
    batch = make_batch(lab, member, title="The day at the streak camera")
    propose_for(batch, [arrive(batch, "scan 1.txt", Read()), arrive(batch, "scan 2.txt", Read())])
    client.force_login(member)

    today, card = client.get("/").content.decode(), client.get("/inbox/waiting").content.decode()

    assert 'hx-get="/inbox/waiting"' in today
    assert '<a href="/inbox/">Upload inbox</a>' in today
    assert "2 files wait<" in card
    assert f'href="/inbox/{batch.pk}"' in card
    assert "The day at the streak camera" in card


def test_the_card_of_an_empty_inbox_says_so(client: Client, member: User) -> None:
    client.force_login(member)

    assert "No file waits" in client.get("/inbox/waiting").content.decode()
