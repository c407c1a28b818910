"""Uploads under way: begun, continued after a cut, finished or given up; the spool holds what has arrived."""

import fcntl
import hashlib
import os
import uuid
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from threading import Lock
from typing import Any, BinaryIO

from django.conf import settings
from django.utils import timezone

from labbook.errors import Refusal
from labbook.models import User
from measurements.models import Batch, Upload, UploadToken
from measurements.services.receiving import BLOCK_BYTES, Incoming, file_arrived, keep, safe_folder, safe_name
from measurements.storage.spool import spool_folder

# Who has not come back by then begins the upload anew.
KEPT_FOR = timedelta(days=7)


class Busy(Refusal):
    """Another request is just writing the same upload."""


class OffsetMismatch(Refusal):
    """The bytes sent do not begin where the upload ends."""


class Digests:
    """Hashes of uploads that this process has seen from the first byte, so that the file is not read twice."""

    def __init__(self, most: int = 64) -> None:
        self._most = most
        self._lock = Lock()
        self._kept: OrderedDict[uuid.UUID, tuple[int, Any]] = OrderedDict()

    def take(self, key: uuid.UUID, offset_bytes: int) -> Any:
        """Return the hash of an upload's bytes up to an offset, or nothing when it was not seen here."""
        if not offset_bytes:
            return hashlib.sha256()
        with self._lock:
            kept = self._kept.pop(key, None)
        return kept[1] if kept and kept[0] == offset_bytes else None

    def keep(self, key: uuid.UUID, offset_bytes: int, digest: Any) -> None:
        """Remember the hash of an upload that goes on."""
        with self._lock:
            self._kept[key] = (offset_bytes, digest)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)


DIGESTS = Digests()


def begin_upload(
    *, batch: Batch, name: str, folder: str, size_bytes: int, by: User, token: UploadToken | None = None
) -> Upload:
    """Write down that a file is coming; raises Refusal for one that is too large."""
    if size_bytes > settings.LARGEST_FILE_BYTES:
        raise Refusal(f"Files up to {settings.LARGEST_FILE_BYTES:,} bytes are taken.", field="file")
    if batch.is_closed:
        raise Refusal("This batch is closed; start another one.", field="batch")
    return Upload.objects.create(
        key=uuid.uuid4(), lab=batch.lab, batch=batch, by=by, token=token, name=safe_name(name),
        folder=safe_folder(folder), size_bytes=size_bytes,
    )  # fmt: skip


def append(upload: Upload, *, offset_bytes: int, body: Incoming) -> Upload:
    """Add bytes at the upload's end; what arrived before a cut stays. The last byte finishes the file.

    Raises OffsetMismatch, Busy, or Refusal when the disk is full.
    """
    with held_spool(upload) as spooled:
        here = spooled.seek(0, os.SEEK_END)
        if upload.file_name_id or offset_bytes != here:
            raise OffsetMismatch("The bytes do not begin where the upload ends.")
        digest = write_body(upload, spooled, body, here)
        upload.offset_bytes = spooled.tell()
        upload.save(update_fields=["offset_bytes", "changed_at"])
        if upload.offset_bytes < upload.size_bytes:
            DIGESTS.keep(upload.key, upload.offset_bytes, digest)
            return upload
        finish(upload, digest.hexdigest() if digest else hash_of(spooled))
    return upload


def write_body(upload: Upload, spooled: BinaryIO, body: Incoming, here: int) -> Any:
    """Write a request's body to the spool and to the disk; return the hash of the whole file, if it is known."""
    digest = DIGESTS.take(upload.key, here)
    try:
        while block := read_some(body, upload.size_bytes - spooled.tell()):
            spooled.write(block)
            if digest is not None:
                digest.update(block)
    except OSError as error:
        # A network that is cut and a disk that is full both leave a whole beginning.
        if error.errno is not None and not isinstance(error, ConnectionError | TimeoutError):
            spooled.truncate(here)
            raise Refusal(f"The file could not be kept: {error.strerror}.", field="file") from error
        digest = None
    finally:
        spooled.flush()
        os.fsync(spooled.fileno())
    return digest


def read_some(body: Incoming, left_bytes: int) -> bytes:
    """Return the next block of a body, never more than the file has left."""
    return body.read(min(BLOCK_BYTES, left_bytes)) if left_bytes > 0 else b""


def finish(upload: Upload, sha256: str) -> None:
    """Put a complete upload into the store, name it in its batch and have it read."""
    by = upload.by
    if by is None:
        raise Refusal("The person who began this upload is gone.")
    stored = keep(spool_path(upload), sha256, upload.size_bytes)
    upload.file_name = file_arrived(batch=upload.batch, name=upload.name, folder=upload.folder, stored=stored, by=by)
    upload.save(update_fields=["file_name", "changed_at"])
    spool_path(upload).unlink(missing_ok=True)


def give_up(upload: Upload) -> None:
    """Forget an upload and what arrived of it."""
    with held_spool(upload):
        spool_path(upload).unlink(missing_ok=True)
        upload.delete()


def offset_of(upload: Upload) -> int:
    """Return how many bytes of an upload have arrived, the finished one's being all."""
    if upload.file_name_id:
        return upload.size_bytes
    path = spool_path(upload)
    return path.stat().st_size if path.exists() else 0


def sweep_uploads() -> int:
    """Forget uploads that nobody continued; returns how many."""
    old = list(Upload.objects.filter(changed_at__lt=timezone.now() - KEPT_FOR))
    for upload in old:
        spool_path(upload).unlink(missing_ok=True)
        upload.delete()
    return len(old)


def spool_path(upload: Upload) -> Path:
    """Return where an upload's bytes lie."""
    return spool_folder() / f"{upload.key.hex}.part"


@contextmanager
def held_spool(upload: Upload) -> Iterator[BinaryIO]:
    """Open an upload's file for this request alone; a second one at the same time is refused."""
    with spool_path(upload).open("ab+") as spooled:
        try:
            fcntl.flock(spooled, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Busy("This upload is just being continued.") from error
        yield spooled


def hash_of(spooled: BinaryIO) -> str:
    """Return the hash of a whole spooled file."""
    spooled.seek(0)
    digest = hashlib.sha256()
    while block := spooled.read(BLOCK_BYTES):
        digest.update(block)
    return digest.hexdigest()
