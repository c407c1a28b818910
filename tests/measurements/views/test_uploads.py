"""Uploads over the network: tus from the browser and the API, whole files, and links that may only send."""

import base64
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from labbook.journal import journal_of
from labbook.models import Lab, User
from labbook.roles import Role
from measurements.models import Batch, FileName, RawFile, Upload
from measurements.services.tokens import make_upload_token, revoke_upload_token
from measurements.services.watching import FolderWatch
from tests.making import make_person


def metadata(**words: str) -> str:
    return ",".join(f"{name} {base64.b64encode(value.encode()).decode()}" for name, value in words.items())


def begun(client: Client, batch: Batch, size_bytes: int, name: str = "film.txt") -> Any:
    return client.post(
        reverse("upload_new"),
        headers={"Upload-Length": str(size_bytes), "Upload-Metadata": metadata(batch=str(batch.pk), name=name)},
    )


def sent(client: Client, address: str, content: bytes, offset_bytes: int) -> Any:
    return client.patch(
        address,
        content,
        content_type="application/offset+octet-stream",
        headers={"Upload-Offset": str(offset_bytes)},
    )


@pytest.fixture
def secret(lab: Lab, manager: User) -> str:
    """The secret of an upload-only token."""
    with journal_of(lab, by=manager) as journal:
        return make_upload_token(journal, title="Raman PC", instrument=None)[1]


def test_a_file_arrives_in_parts_and_the_last_answer_names_it(
    client: Client, batch: Batch, member: User, spectrum: bytes
) -> None:
    client.force_login(member)
    address = begun(client, batch, len(spectrum)).headers["Location"]

    sent(client, address, spectrum[:500], 0)
    asked = client.head(address)
    last = sent(client, address, spectrum[500:], 500)

    assert asked.headers["Upload-Offset"] == "500"
    assert (last.status_code, last.headers["Upload-Offset"]) == (204, str(len(spectrum)))
    assert last.headers["Labbook-File"] == str(FileName.objects.get().pk)


def test_a_small_file_comes_with_its_first_request(client: Client, batch: Batch, member: User, spectrum: bytes) -> None:
    client.force_login(member)

    answer = client.post(
        reverse("upload_new"),
        spectrum,
        content_type="application/offset+octet-stream",
        headers={
            "Upload-Length": str(len(spectrum)),
            "Upload-Metadata": metadata(batch=str(batch.pk), name="film.txt", folder="day 1"),
        },
    )

    assert answer.status_code == 201
    assert FileName.objects.get().folder == "day 1"


def test_a_wrong_offset_is_a_conflict(client: Client, batch: Batch, member: User, spectrum: bytes) -> None:
    client.force_login(member)
    address = begun(client, batch, len(spectrum)).headers["Location"]

    answer = sent(client, address, spectrum[10:], 10)

    assert answer.status_code == 409


def test_an_upload_is_its_senders_alone(client: Client, batch: Batch, member: User, lab: Lab, spectrum: bytes) -> None:
    client.force_login(member)
    address = begun(client, batch, len(spectrum)).headers["Location"]
    client.force_login(make_person(lab, "XY", Role.MEMBER))

    answers = [client.head(address), sent(client, address, spectrum, 0), client.delete(address)]

    assert [one.status_code for one in answers] == [404, 404, 404]


def test_a_guest_sends_nothing(client: Client, batch: Batch, guest: User, spectrum: bytes) -> None:
    client.force_login(guest)

    answer = begun(client, batch, len(spectrum))

    assert answer.status_code == 403


def test_a_file_comes_back_exactly_and_is_never_run(
    client: Client, batch: Batch, member: User, stranger: User, spectrum: bytes
) -> None:
    client.force_login(member)
    sent(client, begun(client, batch, len(spectrum), "ä film.html").headers["Location"], spectrum, 0)
    address = reverse("file_download", args=[FileName.objects.get().pk])

    answer = client.get(address)
    client.force_login(stranger)
    theirs = client.get(address)

    assert answer.getvalue() == spectrum
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert "attachment" in answer.headers["Content-Disposition"]
    assert theirs.status_code == 404


def test_a_token_sends_files_and_reads_nothing(client: Client, db: None, secret: str, spectrum: bytes) -> None:
    headers = {"Authorization": f"Token {secret}"}

    answer = client.post("/api/v1/inbox/?name=film.txt", spectrum, content_type="text/plain", headers=headers)
    read = [client.get(f"/api/v1/{one}", headers=headers) for one in ("files", "samples", "me", "measurements")]

    assert answer.status_code == 201
    assert answer.json()["files"][0]["reader"] == "ocean_optics_txt"
    assert [one.status_code for one in read] == [401, 401, 401, 401]


def test_a_token_resumes_its_uploads_through_the_api(client: Client, db: None, secret: str, spectrum: bytes) -> None:
    headers = {"Authorization": f"Token {secret}"}
    address = client.post(
        "/api/v1/inbox/uploads/",
        headers={**headers, "Upload-Length": str(len(spectrum)), "Upload-Metadata": metadata(name="film.txt")},
    ).headers["Location"]

    answer = client.patch(
        address, spectrum, content_type="application/offset+octet-stream", headers={**headers, "Upload-Offset": "0"}
    )

    assert answer.status_code == 204
    assert FileName.objects.get().name == "film.txt"


def test_a_revoked_token_sends_nothing(client: Client, lab: Lab, manager: User, spectrum: bytes) -> None:
    with journal_of(lab, by=manager) as journal:
        token, secret = make_upload_token(journal, title="Raman PC", instrument=None)
        revoke_upload_token(journal, token=token)

    sent_ = client.post(
        "/api/v1/inbox/?name=film.txt",
        spectrum,
        content_type="text/plain",
        headers={"Authorization": f"Token {secret}"},
    )
    page = client.get(reverse("upload_link", args=[secret]))

    assert (sent_.status_code, page.status_code) == (401, 404)
    assert not RawFile.objects.exists()


def test_a_link_takes_files_without_a_sign_in_and_shows_nothing(
    client: Client, secret: str, lab: Lab, spectrum: bytes
) -> None:
    address = reverse("upload_link", args=[secret])

    answer = client.post(address, {"files": [SimpleUploadedFile("film.txt", spectrum)]})

    assert answer.status_code == 200
    assert FileName.objects.get().batch is not None
    assert "film.txt" in answer.content.decode()
    assert "NC-" not in client.get(address).content.decode()


def test_a_form_through_the_api_takes_several_files(client: Client, member: User, spectrum: bytes) -> None:
    client.force_login(member)

    answer = client.post(
        "/api/v1/inbox/",
        {"files": [SimpleUploadedFile("a.txt", spectrum), SimpleUploadedFile("b.exe", b"MZ\0\0")]},
    )

    told = answer.json()["files"]
    assert [one["state"] for one in told] == ["read", "unknown"]
    assert told[1]["refused"]


def test_a_folder_is_watched_and_a_file_is_taken_once_it_stands_still(
    tmp_path: Path, lab: Lab, owner: User, spectrum: bytes
) -> None:
    folder = tmp_path / "raman"
    (folder / "day 1").mkdir(parents=True)
    (folder / "day 1" / "film.txt").write_bytes(spectrum[:300])
    watch = FolderWatch(folder, lab=lab, by=owner)

    first = list(watch.take_in())
    (folder / "day 1" / "film.txt").write_bytes(spectrum)
    growing = list(watch.take_in())
    still = list(watch.take_in())
    again = list(watch.take_in())

    assert [len(one) for one in (first, growing, still, again)] == [0, 0, 1, 0]
    assert FileName.objects.get().folder == "day 1"


def test_a_watch_that_starts_again_takes_nothing_twice(tmp_path: Path, lab: Lab, owner: User, spectrum: bytes) -> None:
    folder = tmp_path / "raman"
    folder.mkdir()
    (folder / "film.txt").write_bytes(spectrum)

    taken = [list(FolderWatch(folder, lab=lab, by=owner).take_in(still=True)) for _ in range(2)]

    assert [len(one) for one in taken] == [1, 0]
    assert Upload.objects.count() == 0
