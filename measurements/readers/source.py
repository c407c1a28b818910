"""What a reader reads: a seekable file that knows its size and name, with a path for libraries that want one."""

import io
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import BinaryIO

from measurements.readers.refusal import Unread

HEAD_BYTES = 64 * 1024
BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
# Whole files are held in memory by most readers; the largest streak and TEM files are a fraction of it.
MOST_BYTES = 256 * 1024 * 1024


def decoded(content: bytes) -> tuple[str, str]:
    """Return bytes as text and the encoding: a byte order mark decides, then UTF-8, then cp1252, then latin-1."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return content.decode(encoding, errors="replace"), encoding
    for encoding in ("utf-8", "cp1252"):
        try:
            return content.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1"), "latin-1"


class Source:
    """One file's bytes; `name` is a hint for people and never decides how it is read."""

    def __init__(self, stream: BinaryIO, *, name: str = "", path: Path | None = None) -> None:
        self.stream, self.name, self._path = stream, name, path

    @classmethod
    def of_bytes(cls, content: bytes, name: str = "") -> "Source":
        """Return a source of bytes in memory."""
        return cls(io.BytesIO(content), name=name)

    @classmethod
    @contextmanager
    def of_path(cls, path: Path) -> "Iterator[Source]":
        """Open a file for as long as it is read."""
        with path.open("rb") as stream:
            yield cls(stream, name=path.name, path=path)

    @cached_property
    def size_bytes(self) -> int:
        """How many bytes the file has."""
        return self.stream.seek(0, io.SEEK_END)

    @cached_property
    def head(self) -> bytes:
        """The first 64 KiB, by which a file is recognised."""
        self.stream.seek(0)
        return self.stream.read(HEAD_BYTES)

    @cached_property
    def head_text(self) -> str:
        """The beginning as text, for recognising it; a binary file gives what no text reader knows."""
        head = self.head
        if b"\0" in head[:1024] and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
            return ""
        # Cut after a whole line, so that no character is cut in two.
        whole = head if len(head) == self.size_bytes else head[: head.rfind(b"\n") + 1] or head
        return decoded(whole)[0]

    @cached_property
    def head_lines(self) -> tuple[str, ...]:
        """The lines of the beginning; one that is cut is left out."""
        lines = self.head_text.splitlines()
        is_cut = len(self.head) < self.size_bytes and not self.head_text.endswith(("\n", "\r"))
        return tuple(lines[:-1] if is_cut else lines)

    @cached_property
    def content(self) -> bytes:
        """All bytes; a file that is too large to hold is refused.

        Raises Unread above 256 MiB.
        """
        if self.size_bytes > MOST_BYTES:
            raise Unread(f"The file has {self.size_bytes:,} bytes; files up to {MOST_BYTES:,} are read")
        self.stream.seek(0)
        return self.stream.read()

    @cached_property
    def suffix(self) -> str:
        """The name's suffix in lower case, such as ".raw"; a hint only."""
        return Path(self.name).suffix.lower()

    @contextmanager
    def as_path(self, suffix: str = "") -> Iterator[Path]:
        """Give the file a path for as long as a library reads it; `suffix` is for libraries that look at it."""
        if self._path is not None and self._path.suffix.lower() == (suffix or self._path.suffix.lower()):
            yield self._path
            return
        with tempfile.NamedTemporaryFile(suffix=suffix or self.suffix) as copy:
            copy.write(self.content)
            copy.flush()
            yield Path(copy.name)
