"""Uploads go on after a cut, finish once, and leave nothing half-kept."""

import io
from datetime import timedelta

import pytest
from django.utils import timezone

from labbook.errors import Refusal
from labbook.models import User
from measurements.models import Batch, FileName, RawFile, Upload
from measurements.services import uploading
from measurements.services.uploading import (
    Busy,
    OffsetMismatch,
    append,
    begin_upload,
    give_up,
    held_spool,
    offset_of,
    spool_path,
    sweep_uploads,
)
from measurements.storage.stores import raw_key, store


@pytest.fixture
def upload(batch: Batch, member: User, spectrum: bytes) -> Upload:
    """An upload of the spectrum of which nothing has arrived."""
    return begin_upload(batch=batch, name="film.txt", folder="", size_bytes=len(spectrum), by=member)


class CutOff(io.BytesIO):
    """A body whose network breaks after its bytes."""

    def read(self, size: int | None = -1, /) -> bytes:
        block = super().read(size)
        if not block:
            raise ConnectionResetError
        return block


def test_an_upload_in_two_parts_becomes_one_file(upload: Upload, spectrum: bytes) -> None:
    append(upload, offset_bytes=0, body=io.BytesIO(spectrum[:500]))
    middle = offset_of(upload)

    append(upload, offset_bytes=500, body=io.BytesIO(spectrum[500:]))

    assert middle == 500
    assert upload.file_name is not None
    with store().open(raw_key(RawFile.objects.get().sha256)) as stream:
        assert stream.read() == spectrum


def test_what_arrived_before_a_cut_stays(upload: Upload, spectrum: bytes) -> None:
    append(upload, offset_bytes=0, body=CutOff(spectrum[:700]))

    append(upload, offset_bytes=offset_of(upload), body=io.BytesIO(spectrum[700:]))

    with store().open(raw_key(RawFile.objects.get().sha256)) as stream:
        assert stream.read() == spectrum


def test_another_process_can_finish_what_one_began(
    upload: Upload, spectrum: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    append(upload, offset_bytes=0, body=io.BytesIO(spectrum[:500]))
    monkeypatch.setattr(uploading, "DIGESTS", uploading.Digests())

    append(upload, offset_bytes=500, body=io.BytesIO(spectrum[500:]))

    assert RawFile.objects.get().size_bytes == len(spectrum)


def test_bytes_that_do_not_begin_at_the_end_are_refused(upload: Upload, spectrum: bytes) -> None:
    append(upload, offset_bytes=0, body=io.BytesIO(spectrum[:500]))

    with pytest.raises(OffsetMismatch):
        append(upload, offset_bytes=400, body=io.BytesIO(spectrum[400:]))

    assert offset_of(upload) == 500


def test_a_finished_upload_takes_nothing_more(upload: Upload, spectrum: bytes) -> None:
    append(upload, offset_bytes=0, body=io.BytesIO(spectrum))

    with pytest.raises(OffsetMismatch):
        append(upload, offset_bytes=len(spectrum), body=io.BytesIO(b"more"))

    assert FileName.objects.count() == 1


def test_two_requests_never_write_the_same_upload(upload: Upload, spectrum: bytes) -> None:
    with held_spool(upload), pytest.raises(Busy):
        append(upload, offset_bytes=0, body=io.BytesIO(spectrum))


def test_bytes_beyond_the_stated_size_are_not_taken(upload: Upload, spectrum: bytes) -> None:
    append(upload, offset_bytes=0, body=io.BytesIO(spectrum + b"and more"))

    assert RawFile.objects.get().size_bytes == len(spectrum)


def test_an_upload_given_up_leaves_nothing(upload: Upload, spectrum: bytes) -> None:
    append(upload, offset_bytes=0, body=io.BytesIO(spectrum[:500]))
    path = spool_path(upload)

    give_up(upload)

    assert not path.exists()
    assert not Upload.objects.exists()


def test_uploads_that_nobody_continues_are_swept(upload: Upload, spectrum: bytes) -> None:
    append(upload, offset_bytes=0, body=io.BytesIO(spectrum[:500]))
    Upload.objects.update(changed_at=timezone.now() - timedelta(days=8))

    swept = sweep_uploads()

    assert swept == 1
    assert not spool_path(upload).exists()


def test_a_closed_batch_takes_no_files(batch: Batch, member: User) -> None:
    batch.is_closed = True
    batch.save()

    with pytest.raises(Refusal, match="closed"):
        begin_upload(batch=batch, name="late.txt", folder="", size_bytes=10, by=member)
