"""The directories of a TIFF file, walked by hand before a library reads pixels: what is claimed is checked first."""

import gzip
import io
import struct
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from measurements.readers.refusal import Unread
from measurements.readers.source import Source, decoded

TagValue = str | bytes | tuple[float, ...]
MARKS = {b"II*\0": ("<", False), b"MM\0*": (">", False), b"II+\0": ("<", True), b"MM\0+": (">", True)}
SIZES_BYTES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 16: 8, 17: 8, 18: 8}
CODES = {1: "B", 3: "H", 4: "I", 5: "I", 6: "b", 8: "h", 9: "i", 10: "i", 11: "f", 12: "d", 13: "I"}
CODES |= {16: "Q", 17: "q", 18: "Q"}
MOST_PAGES = 1_000
MOST_TAGS = 512
MOST_TAG_BYTES = 1024 * 1024
MOST_TAGS_BYTES = 16 * 1024 * 1024
MOST_UNPACKED_BYTES = 128 * 1024 * 1024
WIDTH, HEIGHT, BITS, COMPRESSION, COLOURS, DESCRIPTION = 256, 257, 258, 259, 262, 270
STRIP_OFFSETS, SAMPLES, STRIP_BYTES, TILE_OFFSETS, TILE_BYTES = 273, 277, 279, 324, 325


@dataclass(frozen=True, slots=True)
class Page:
    """One image of a file: its number, where its directory is, and its tags by number."""

    index: int
    offset_bytes: int
    tags: Mapping[int, TagValue]

    def text(self, tag: int) -> str:
        """Return a tag's text, or nothing."""
        value = self.tags.get(tag, "")
        if isinstance(value, bytes):
            return value.decode("latin-1").strip("\0 ")
        return value if isinstance(value, str) else ""

    def numbers(self, tag: int) -> tuple[float, ...]:
        """Return a tag's numbers, or none."""
        value = self.tags.get(tag, ())
        return value if isinstance(value, tuple) else ()

    def whole(self, tag: int, otherwise: int) -> int:
        """Return a tag's first number as a whole one."""
        return int((self.numbers(tag) or (otherwise,))[0])

    @property
    def is_thumbnail(self) -> bool:
        """Whether the page is a small copy of another."""
        return bool(self.whole(254, 0) & 1)

    @property
    def pixel_bytes(self) -> int:
        """How many bytes the pixels have once unpacked."""
        bits = sum(int(size) for size in self.numbers(BITS)) or 1
        samples = self.whole(SAMPLES, 1)
        bits = bits * samples if len(self.numbers(BITS)) <= 1 else bits
        return (self.whole(WIDTH, 0) * bits + 7) // 8 * self.whole(HEIGHT, 0)


def tiff_of(source: Source) -> BinaryIO | None:
    """Return the stream of a TIFF file, unpacked when it lies in a gzip file; None for other content."""
    if source.head[:4] in MARKS:
        return source.stream
    if source.head[:2] != b"\x1f\x8b":
        return None
    try:
        if zlib.decompressobj(31).decompress(source.head[:2048], 4) not in MARKS:
            return None
        with gzip.GzipFile(fileobj=io.BytesIO(source.content)) as packed:
            content = packed.read(MOST_UNPACKED_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise Unread(f"The gzip file is broken: {error}", offset_bytes=source.size_bytes) from error
    if len(content) > MOST_UNPACKED_BYTES:
        raise Unread(f"The gzip file unpacks to more than {MOST_UNPACKED_BYTES:,} bytes")
    return io.BytesIO(content)


def pages_of(stream: BinaryIO) -> Iterator[Page]:
    """Walk the chain of directories.

    Raises Unread when a directory lies outside the file, or the chain does not end.
    """
    return _Walk(stream).pages()


class _Walk:
    """One way through a file; what its tags may weigh together is bounded."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._size_bytes = stream.seek(0, io.SEEK_END)
        stream.seek(0)
        self._order, is_big = MARKS[stream.read(4)]
        self._first, self._count, self._pointer = ("HHQ", "Q", "Q") if is_big else ("I", "H", "I")
        self._left_bytes = MOST_TAGS_BYTES

    def pages(self) -> Iterator[Page]:
        offset, seen = self._unpack(self._first, 4)[-1], set[int]()
        while offset:
            if offset >= self._size_bytes:
                raise Unread(f"Page {len(seen) + 1} would start at byte {offset:,}", offset_bytes=self._size_bytes)
            if offset in seen or len(seen) >= MOST_PAGES:
                raise Unread("The chain of directories does not end", offset_bytes=offset)
            seen.add(offset)
            tags, following = self._directory(offset)
            yield Page(len(seen) - 1, offset, tags)
            offset = following

    def _directory(self, offset: int) -> tuple[dict[int, TagValue], int]:
        (count,) = self._unpack(self._count, offset)
        pointer_bytes = struct.calcsize(f"={self._pointer}")
        entry_bytes = 4 + 2 * pointer_bytes
        starts = offset + struct.calcsize(f"={self._count}")
        ends = starts + count * entry_bytes
        if count > MOST_TAGS or ends > self._size_bytes:
            raise Unread(f"The directory states {count:,} tags", offset_bytes=offset)
        tags: dict[int, TagValue] = {}
        for place in range(starts, ends, entry_bytes):
            tag, kind, amount = self._unpack(f"HH{self._pointer}", place)
            length, at = SIZES_BYTES.get(kind, 0) * amount, place + entry_bytes - pointer_bytes
            if length > pointer_bytes:
                (at,) = self._unpack(self._pointer, at)
            if 0 < length <= MOST_TAG_BYTES and at + length <= self._size_bytes:
                tags[tag] = _value(self._read(at, length), kind, amount, self._order)
        # Some programs leave out the pointer that ends the chain.
        return tags, self._unpack(self._pointer, ends)[0] if ends + pointer_bytes <= self._size_bytes else 0

    def _unpack(self, layout: str, offset: int) -> tuple[int, ...]:
        return struct.unpack(self._order + layout, self._read(offset, struct.calcsize(f"={layout}")))

    def _read(self, offset: int, length: int) -> bytes:
        self._left_bytes -= length
        if self._left_bytes < 0:
            raise Unread("The tags are larger than is sensible", offset_bytes=offset)
        self._stream.seek(offset)
        content = self._stream.read(length)
        if len(content) < length:
            raise Unread("The file is cut off", offset_bytes=offset)
        return content


def _value(content: bytes, kind: int, amount: int, order: str) -> TagValue:
    if kind == 2:
        return decoded(content.rstrip(b"\0"))[0]
    if kind == 7:
        return content
    if kind in {5, 10}:
        pairs = struct.unpack(f"{order}{2 * amount}{CODES[kind]}", content)
        return tuple(top / bottom if bottom else 0.0 for top, bottom in zip(pairs[::2], pairs[1::2], strict=True))
    return struct.unpack(f"{order}{amount}{CODES[kind]}", content)
