"""The import page: checked whole, then all of it written or nothing; what a person sent is theirs alone."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from labbook.models import Lab, Revision, User
from labbook.roles import Role
from samples.models import CheckedUpload, ImportedRow, Sample
from samples.services.furnishing import furnish_lab
from tests.making import make_person
from tests.samples.importing.tables import ALL, BOTTLES, workbook

HEAD = "code,chemical,short,amount,unit,opened,lot\n"


def file(text: str | bytes, name: str = "bottles.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text if isinstance(text, bytes) else text.encode())


def check(client: Client, *files: SimpleUploadedFile) -> Any:
    """Send tables to be checked."""
    return client.post("/import/", {"tables": list(files)})


def run(client: Client, upload_id: int, key: str = "") -> Any:
    """Press "Import all of it"."""
    return client.post(f"/import/{upload_id}/run/", {"idempotency_key": key})


def problems(answer: Any) -> list[tuple[str, int | None, str | None]]:
    """Where the page says that something is wrong."""
    return [(one.file, one.row, one.column) for one in answer.context["report"].errors]


def test_tables_are_checked_then_imported_and_then_unchanged(client: Client, lab: Lab, manager: User) -> None:
    furnish_lab(lab, None)
    client.force_login(manager)
    everything = [file(text, f"{name}.csv") for name, text in ALL.items()]

    checked = check(client, *everything)
    before = Sample.objects.count()
    run(client, checked.context["upload_id"])
    after = Sample.objects.count()
    again = check(client, *[file(text, f"{name}.csv") for name, text in ALL.items()])

    assert (checked.status_code, before) == (200, 0)
    assert after > 10
    assert (again.context["report"].errors, sum(again.context["report"].created.values())) == ([], 0)
    assert sum(again.context["report"].unchanged.values()) == ImportedRow.objects.count()


def test_the_history_says_who_imported(client: Client, lab: Lab, manager: User) -> None:
    client.force_login(manager)

    run(client, check(client, file(BOTTLES)).context["upload_id"])

    assert set(Revision.objects.values_list("by", "reason")) == {(manager.pk, "import of tables")}


def test_three_bad_lines_of_many_are_named_and_nothing_is_written(client: Client, lab: Lab, manager: User) -> None:
    lines = [f"BT-{number:04d},lead iodide,PbI2,25,g,2026-01-27,L1" for number in range(1, 301)]
    lines[9] = "BT-0010,lead iodide,PbI2,much,g,2026-01-27,L1"
    lines[99] = "BT-0100,lead iodide,PbI2,25,flurb,2026-01-27,L1"
    lines[199] = "BT-0001,lead iodide,PbI2,25,g,2026-01-27,L1"
    client.force_login(manager)

    answer = check(client, file(HEAD + "\n".join(lines)))

    assert answer.status_code == 422
    assert {row for _, row, _ in problems(answer)} == {11, 101, 201}
    assert "3 lines to mend; nothing was written" in answer.content.decode()
    assert not Sample.objects.exists()
    assert not CheckedUpload.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("bottles.csv", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x01\x02", ""),
        ("bottles.xlsx", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", ""),
        ("bottles.png", b"\x89PNG\r\n\x1a\n", "is no table"),
        ("bottles.csv", b"", ""),
        ("bottles.csv", b"code,short\nBT-1,PbI2\n", "chemical"),
    ],
)
def test_a_file_that_is_no_table_is_said_to_be_none(
    client: Client, lab: Lab, manager: User, name: str, content: bytes, message: str
) -> None:
    client.force_login(manager)

    answer = check(client, file(content, name))

    assert answer.status_code == 422
    shown = answer.content.decode()
    assert message in shown
    assert name in shown or "empty" in shown
    assert not Sample.objects.exists()


def test_an_excel_file_is_a_table_too(client: Client, lab: Lab, manager: User) -> None:
    client.force_login(manager)

    run(client, check(client, file(workbook(BOTTLES), "bottles.xlsx")).context["upload_id"])

    assert Sample.objects.count() == BOTTLES.count("\n") - 1


def test_html_in_a_cell_and_in_a_file_name_is_shown_as_text(client: Client, lab: Lab, manager: User) -> None:
    client.force_login(manager)

    bad = file(f"{HEAD}<b>x</b>,lead iodide,PbI2,<script>x,g,2026-01-27,L1")
    answer = check(client, bad, file("a,b\n1,2\n", "<script>x.csv"))

    assert "<script>x" not in answer.content.decode()
    assert answer.status_code == 422


def test_a_file_larger_than_a_table_is_refused_by_name(
    client: Client, lab: Lab, manager: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("samples.services.uploads.LARGEST_FILE_BYTES", 100)
    client.force_login(manager)

    answer = check(client, file(BOTTLES))

    assert answer.status_code == 422
    assert "bottles.csv is too large" in " ".join(answer.context["form"].errors["tables"])


def test_too_many_files_and_none_are_refused(client: Client, lab: Lab, manager: User) -> None:
    client.force_login(manager)

    many = check(client, *[file(BOTTLES, f"{number}.csv") for number in range(41)])
    none = client.post("/import/", {})

    assert "At most 40 files" in " ".join(many.context["form"].errors["tables"])
    assert (none.status_code, list(none.context["form"].errors)) == (422, ["tables"])


def test_the_upload_of_somebody_else_is_not_imported(client: Client, lab: Lab, manager: User) -> None:
    client.force_login(manager)
    upload = check(client, file(BOTTLES)).context["upload_id"]
    client.force_login(make_person(lab, "KL", Role.MANAGER))

    answer = client.post(f"/import/{upload}/run/", follow=True)

    assert "send them again" in answer.content.decode()
    assert not Sample.objects.exists()
    assert CheckedUpload.objects.filter(pk=upload).exists()


def test_a_second_tap_on_import_imports_nothing_more(client: Client, lab: Lab, manager: User) -> None:
    client.force_login(manager)
    upload = check(client, file(BOTTLES)).context["upload_id"]

    first, second = run(client, upload, "one"), run(client, upload, "one")
    third = run(client, upload, "two")

    assert (first.status_code, second.status_code, third.status_code) == (302, 302, 302)
    assert Sample.objects.count() == 3
    assert not CheckedUpload.objects.exists()


def test_an_upload_that_became_wrong_meanwhile_is_not_imported(client: Client, lab: Lab, manager: User) -> None:
    client.force_login(manager)
    upload = check(client, file(BOTTLES)).context["upload_id"]
    client.post("/stock/new/", {"chemical": "x", "short": "x", "amount": "1 g", "code": "BT-902"})

    answer = run(client, upload)

    assert answer.status_code == 422
    assert problems(answer) == [("bottles.csv", 3, "code")]
    assert Sample.objects.count() == 1


def test_an_upload_is_kept_for_a_day_and_one_for_each_person(client: Client, lab: Lab, manager: User) -> None:
    client.force_login(manager)
    old = check(client, file(BOTTLES)).context["upload_id"]
    CheckedUpload.objects.filter(pk=old).update(
        created_at=timezone.now() - timedelta(days=2), user=make_person(lab, "KL", Role.MANAGER)
    )
    check(client, file(BOTTLES))
    check(client, file(BOTTLES))

    assert [one.user for one in CheckedUpload.objects.all()] == [manager]


def test_a_member_imports_nothing(client: Client, lab: Lab, member: User) -> None:
    client.force_login(member)

    assert client.get("/import/").status_code == 403
    assert check(client, file(BOTTLES)).status_code == 403
