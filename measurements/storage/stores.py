"""What every store of bytes can do, and the one that the settings name."""

from contextlib import AbstractContextManager
from functools import cache
from pathlib import Path
from typing import BinaryIO, Protocol
from urllib.parse import parse_qs, urlsplit

from django.conf import settings


class StoreUnavailable(Exception):
    """The storage of files cannot be reached or is full; nothing was stored."""


class Store(Protocol):
    """Bytes by key. What has a key never changes, so putting it again changes nothing."""

    def put(self, key: str, path: Path) -> None:
        """Store a file for good before returning; the file at `path` may be moved away.

        Raises StoreUnavailable.
        """

    def has(self, key: str) -> bool:
        """Say whether the bytes are there."""

    def open(self, key: str) -> BinaryIO:
        """Return the bytes as a stream; raises FileNotFoundError."""

    def as_path(self, key: str) -> AbstractContextManager[Path]:
        """Give the bytes a path for as long as they are read; raises FileNotFoundError."""


@cache
def store() -> Store:
    """Return the store that LABBOOK_FILES names: a folder, or s3://bucket/prefix?endpoint=…&region=…."""
    place: str = settings.FILES
    if place.startswith("s3://"):
        from measurements.storage.s3 import S3Store

        parts = urlsplit(place)
        options = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        return S3Store(
            parts.netloc, parts.path.strip("/"), endpoint=options.get("endpoint"), region=options.get("region")
        )
    from measurements.storage.local import LocalStore

    return LocalStore(Path(place))


def raw_key(sha256: str) -> str:
    """Return the key of a raw file."""
    return f"raw/{sha256[:2]}/{sha256}"


def array_key(sha256: str) -> str:
    """Return the key of packed arrays."""
    return f"arrays/{sha256[:2]}/{sha256}.npz"


def header_key(sha256: str) -> str:
    """Return the key of a recording's header."""
    return f"headers/{sha256[:2]}/{sha256}.json"
