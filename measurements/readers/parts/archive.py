"""Zip containers, opened so that a bomb or a broken archive is refused instead of unpacked."""

import io
import zipfile
from collections.abc import Callable, Iterable

from measurements.readers.refusal import Unread
from measurements.readers.source import Source

ZIP = b"PK\x03\x04"
MOST_UNPACKED_BYTES = 128 * 1024 * 1024
MOST_MEMBERS = 10_000


class Archive:
    """A zip file whose members are unpacked one by one, up to a limit for all of them together."""

    def __init__(self, source: Source) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(source.content))
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise Unread(f"The zip container is broken: {error}", offset_bytes=0) from error
        if len(self._zip.namelist()) > MOST_MEMBERS:
            raise Unread(f"The zip container has more than {MOST_MEMBERS:,} members")
        self._left_bytes = MOST_UNPACKED_BYTES

    @property
    def names(self) -> list[str]:
        """The members' names, in the order of the container."""
        return self._zip.namelist()

    def read(self, name: str) -> bytes:
        """Return a member's bytes.

        Raises Unread when it is missing, broken or unpacks to more than is sensible.
        """
        try:
            with self._zip.open(name) as member:
                content = member.read(self._left_bytes + 1)
        except KeyError as error:
            raise Unread(f"The container has no {name}") from error
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError) as error:
            raise Unread(f"{name} in the container is broken: {error}", offset_bytes=self._place(name)) from error
        except Exception as error:  # zlib, bz2 and lzma each raise an error of their own.
            raise Unread(f"{name} in the container is broken: {error}", offset_bytes=self._place(name)) from error
        self._left_bytes -= len(content)
        if self._left_bytes < 0:
            raise Unread(
                f"The container unpacks to more than {MOST_UNPACKED_BYTES:,} bytes", offset_bytes=self._place(name)
            )
        return content

    def _place(self, name: str) -> int:
        return self._zip.getinfo(name).header_offset


def are_members(source: Source, belong: Callable[[list[str]], bool], *, early: Iterable[bytes]) -> bool:
    """Say whether a zip's members belong to a format; of one that lost its directory, `early` names are enough."""
    if not source.head.startswith(ZIP):
        return False
    try:
        return belong(Archive(source).names)
    except Unread:
        return any(name in source.head for name in early)
