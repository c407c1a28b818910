"""Receiving raw files: bytes into the store under their hash, a name into a batch, and a first reading."""

import hashlib
import tempfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Protocol

from django.conf import settings

from labbook.errors import Refusal
from labbook.journal import Journal, journal_of
from labbook.models import User
from measurements.models import Batch, FileName, RawFile
from measurements.services.proposing import propose_for
from measurements.services.reading import read_soon
from measurements.storage.spool import spool_folder
from measurements.storage.stores import StoreUnavailable, raw_key, store

BLOCK_BYTES = 1024 * 1024


class Incoming(Protocol):
    """Bytes as they come: a file, a part of a form, or a request's body."""

    def read(self, size: int, /) -> bytes:
        """Return up to so many bytes; none at the end."""


@dataclass(frozen=True, slots=True)
class Stored:
    """Bytes that are safe in the store."""

    sha256: str
    size_bytes: int


def receive_file(*, batch: Batch, name: str, folder: str, stream: Incoming, by: User) -> FileName:
    """Store a stream for good, name it in a batch, read it if it is small, and propose where it belongs.

    Raises Refusal when the file is too large or the storage is full or away; nothing is kept then.
    """
    return file_arrived(batch=batch, name=name, folder=folder, stored=store_stream(stream), by=by)


def store_stream(stream: Incoming) -> Stored:
    """Hash a stream while it is written to the spool, then put it into the store; memory stays flat."""
    digest, size_bytes = hashlib.sha256(), 0
    try:
        with tempfile.NamedTemporaryFile(dir=spool_folder(), delete=False) as spooled:
            try:
                while block := stream.read(BLOCK_BYTES):
                    size_bytes += len(block)
                    if size_bytes > settings.LARGEST_FILE_BYTES:
                        raise Refusal(f"Files up to {settings.LARGEST_FILE_BYTES:,} bytes are taken.", field="file")
                    digest.update(block)
                    spooled.write(block)
                spooled.close()
                return keep(Path(spooled.name), digest.hexdigest(), size_bytes)
            finally:
                Path(spooled.name).unlink(missing_ok=True)
    except OSError as error:
        raise Refusal(f"The file could not be kept: {error.strerror or error}.", field="file") from error


def keep(path: Path, sha256: str, size_bytes: int) -> Stored:
    """Move a spooled file into the store; it is safe when this returns."""
    try:
        store().put(raw_key(sha256), path)
    except StoreUnavailable as error:
        raise Refusal(str(error), field="file") from error
    return Stored(sha256, size_bytes)


def file_arrived(*, batch: Batch, name: str, folder: str, stored: Stored, by: User) -> FileName:
    """Name stored bytes in a batch, have them read and propose where they belong."""
    with journal_of(batch.lab, by=by) as journal:
        file_name = name_file(journal, batch=batch, name=name, folder=folder, stored=stored)
    read_soon(file_name.raw_file, by=by)
    propose_for(batch, [file_name])
    return file_name


def name_file(journal: Journal, *, batch: Batch, name: str, folder: str, stored: Stored) -> FileName:
    """Write down that bytes came under a name; the same bytes are one file, the same name in a batch comes once."""
    raw_file, is_new = RawFile.objects.get_or_create(
        lab=journal.lab,
        sha256=stored.sha256,
        defaults={"size_bytes": stored.size_bytes, "created_by": journal.by},
    )
    if is_new:
        journal.created(raw_file, sha256=stored.sha256, size_bytes=stored.size_bytes)
    name, folder = safe_name(name), safe_folder(folder)
    file_name, is_named = FileName.objects.get_or_create(
        lab=journal.lab,
        raw_file=raw_file,
        batch=batch,
        name=name,
        folder=folder,
        defaults={"project": batch.project, "created_by": journal.by},
    )
    if is_named:
        journal.created(file_name, sha256=stored.sha256, folder=folder, batch=batch)
    return file_name


def safe_name(name: str) -> str:
    """Return the last part of a name without characters that no database holds; a nameless file is called so."""
    last = PurePosixPath(name.replace("\\", "/").replace("\0", "")).name.strip()
    return last[-255:] or "unnamed"


def safe_folder(folder: str) -> str:
    """Return a folder as parts between slashes, without the parts that lead elsewhere."""
    parts = [part for part in folder.replace("\\", "/").replace("\0", "").split("/") if part not in {"", ".", ".."}]
    return "/".join(parts)[-500:]
