"""The columns of a table that nobody can be sure of are chosen once and remembered for tables like it."""

from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse

from labbook.models import Lab, User
from measurements.models import FileName, InboxRow, RawFile, ReadingState, RememberedColumns

pytestmark = pytest.mark.django_db

CHOICE = {
    "x_column": "0", "y_columns": ["1"], "x_unit": "nm", "y_unit": "", "technique": "PL", "delimiter": ",",
    "decimal_mark": ".",
}  # fmt: skip


@pytest.fixture
def browser(client: Client, lab: Lab, member: User) -> Client:
    client.force_login(member)
    return client


def send(browser: Client, name: str, first: int) -> FileName:
    """Send a table whose commas may be either, and return its name."""
    rows = "".join(f"{first + number},{number + 2},{number * 3 + 7},{number + 4}\n" for number in range(60))
    file = BytesIO(rows.encode())
    file.name = name
    browser.post(reverse("inbox_post"), {"files": [file]})
    return FileName.objects.select_related("raw_file").get(name=name)


def test_a_doubtful_table_shows_its_rows_and_is_read_as_chosen(browser: Client) -> None:
    table = send(browser, "PL table.csv", 500)
    address = reverse("file_columns", args=[table.pk])

    shown = browser.get(address).content.decode()
    answer = browser.post(address, CHOICE)

    table.raw_file.refresh_from_db()
    assert "<td>500</td>" in shown
    assert answer.headers["Location"] == reverse("inbox_batch", args=[table.batch_id])
    assert table.raw_file.state == ReadingState.READ
    assert InboxRow.objects.get().technique == "PL"


def test_the_next_table_of_the_same_layout_needs_no_choice(browser: Client) -> None:
    first = send(browser, "first.csv", 500)
    browser.post(reverse("file_columns", args=[first.pk]), CHOICE)

    second = send(browser, "second.csv", 540)

    assert RememberedColumns.objects.count() == 1
    assert RawFile.objects.get(pk=second.raw_file_id).state == ReadingState.READ
    assert InboxRow.objects.get(file_name=second).recording is not None


def test_a_column_is_not_drawn_over_itself(browser: Client) -> None:
    table = send(browser, "PL table.csv", 500)

    answer = browser.post(reverse("file_columns", args=[table.pk]), {**CHOICE, "y_columns": ["0"]})

    assert answer.status_code == 422
    assert "not drawn over itself" in answer.content.decode()


def test_what_is_no_table_says_so(browser: Client) -> None:
    file = BytesIO(b"MZ\x90\x00" * 50)
    file.name = "WiRE_update.exe"
    browser.post(reverse("inbox_post"), {"files": [file]})

    answer = browser.get(reverse("file_columns", args=[FileName.objects.get().pk]))

    assert answer.status_code == 422
