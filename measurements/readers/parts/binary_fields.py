"""Numbers and texts at fixed places of a binary file; what lies beyond its end is refused with the byte."""

import struct

import numpy as np

from measurements.readers.recording import Caution, Numbers
from measurements.readers.refusal import Unread


class Fields:
    """A little-endian file in memory, read field by field."""

    def __init__(self, content: bytes) -> None:
        self.content = content

    def u16(self, at: int) -> int:
        """Return an unsigned integer of two bytes."""
        return int(self._one("<H", at))

    def u32(self, at: int) -> int:
        """Return an unsigned integer of four bytes."""
        return int(self._one("<I", at))

    def f32(self, at: int) -> float:
        """Return a float of four bytes."""
        return float(self._one("<f", at))

    def f64(self, at: int) -> float:
        """Return a float of eight bytes."""
        return float(self._one("<d", at))

    def text(self, at: int, length: int) -> str:
        """Return a padded text up to its first zero byte, read as UTF-8 where it is that, else as Windows wrote it."""
        field = self.content[at : at + length].split(b"\0", 1)[0]
        try:
            return field.decode("utf-8").strip()
        except UnicodeDecodeError:
            return field.decode("cp1252", errors="replace").strip()

    def numbers(self, at: int, count: int, *, record_bytes: int, kind: str = "<f4", within: int = 0) -> Numbers:
        """Return one number of each of `count` records that begin at `at`; `within` is its place in a record.

        Raises Unread, before anything is allocated, when the file has fewer records.
        """
        whole = max(len(self.content) - at, 0) // record_bytes
        if whole < count or at > len(self.content):
            raise Unread(f"{count:,} counts are stated and {whole:,} are there", offset_bytes=at)
        record = np.dtype({"names": ["number"], "formats": [kind], "offsets": [within], "itemsize": record_bytes})
        # A signalling NaN of a damaged file makes the conversion warn.
        with np.errstate(invalid="ignore"):
            return np.frombuffer(self.content, record, count, at)["number"].astype(np.float64)

    def _one(self, code: str, at: int) -> float:
        try:
            (number,) = struct.unpack_from(code, self.content, at)
        except (struct.error, OverflowError) as error:
            raise Unread("The file ends inside a header", offset_bytes=min(at, len(self.content))) from error
        return float(number) if code in {"<f", "<d"} else int(number)


def rest_cautions(fields: Fields, at: int) -> tuple[Caution, ...]:
    """Say how many bytes follow what was read; zeros only fill up a block and are not worth a word."""
    left = len(fields.content[at:].strip(b"\0\x1a"))
    return (Caution(f"{left:,} bytes after the last range were not read", offset_bytes=at),) if left else ()
