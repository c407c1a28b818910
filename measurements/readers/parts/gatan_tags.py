"""The tree of tags in a DigitalMicrograph file, walked with every claimed size checked against the file."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from math import isfinite

from measurements.readers.refusal import Unread
from measurements.readers.source import decoded

GROUP, DATA = 20, 21
STRUCT, STRING, ARRAY = 15, 18, 20
# Type numbers of the format, and how Python unpacks one of each.
SIMPLE = {2: "h", 3: "i", 4: "H", 5: "I", 6: "f", 7: "d", 8: "B", 9: "b", 10: "b", 11: "q", 12: "Q"}
MOST_TAGS = 200_000
MOST_DEPTH = 64
MOST_TEXT_CHARACTERS = 100_000
MOST_FIELDS = 4_096


@dataclass(frozen=True, slots=True)
class Layout:
    """What differs between the versions: the header's length and how counts are written."""

    header_bytes: int
    count: str


VERSIONS = {b"\0\0\0\3": Layout(12, "I"), b"\0\0\0\4": Layout(16, "Q")}


@dataclass(frozen=True, slots=True)
class Array:
    """Numbers that stay in the file until they are asked for."""

    offset_bytes: int
    length_bytes: int


class Group(dict[str, "Value"]):
    """Tags by name; nameless ones are counted."""

    def at(self, path: str) -> "Value | None":
        """Return the tag at a path with dots, or None."""
        found: Value | None = self
        # Names may hold dots themselves, so the longest one that fits is taken.
        parts = path.split(".")
        while parts:
            if not isinstance(found, Group):
                return None
            fits = next((n for n in range(len(parts), 0, -1) if ".".join(parts[:n]) in found), 0)
            if not fits:
                return None
            found, parts = found[".".join(parts[:fits])], parts[fits:]
        return found

    def text(self, path: str) -> str:
        """Return a tag's text, or nothing."""
        value = self.at(path)
        return value.strip() if isinstance(value, str) else ""

    def amount(self, path: str) -> float | None:
        """Return a tag's number when it is a finite one."""
        value = self.at(path)
        return float(value) if isinstance(value, int | float) and isfinite(value) else None

    def whole(self, path: str) -> int:
        """Return a tag's whole number, or minus one."""
        value = self.at(path)
        return value if isinstance(value, int) else -1

    def leaves(self, path: str = "") -> Iterator[tuple[str, "Value"]]:
        """Return every tag that is no group, with its path."""
        for name, value in self.items():
            here = f"{path}.{name}".lstrip(".")
            if isinstance(value, Group):
                yield from value.leaves(here)
            else:
                yield here, value


Value = Group | Array | str | int | float | tuple[float, ...]


class TagTree:
    """The tags of one file."""

    def __init__(self, content: bytes) -> None:
        """Walk the whole tree; raises Unread where it leaves the file or makes no sense."""
        layout = VERSIONS.get(content[:4])
        if layout is None or len(content) < layout.header_bytes:
            raise Unread("The file is no DigitalMicrograph file of version 3 or 4", offset_bytes=0)
        self.content = content
        self._count = layout.count
        self._is_4 = layout.count == "Q"
        self.order = "<" if content[layout.header_bytes - 1] else ">"
        self._at = layout.header_bytes
        self._left_tags = MOST_TAGS
        self._skip(2)
        self.root = self._tags(self._number(self._count), depth=0)

    def _tags(self, count: int, depth: int) -> Group:
        if depth > MOST_DEPTH:
            raise Unread("The tags are nested too deeply", offset_bytes=self._at)
        group = Group()
        self._left_tags -= count
        if self._left_tags < 0:
            raise Unread(f"A group states {count:,} tags", offset_bytes=self._at)
        for index in range(count):
            kind, name_bytes = self._number("B"), self._number("H")
            name = decoded(self._bytes(name_bytes))[0] or str(index)
            if self._is_4:
                self._skip(8)
            if kind == GROUP:
                self._skip(2)
                group[name] = self._tags(self._number(self._count), depth + 1)
            elif kind == DATA:
                group[name] = self._data(name)
            else:
                raise Unread(f"A tag has the type {kind}", offset_bytes=self._at)
        return group

    def _data(self, name: str) -> Value:
        if self._bytes(4) != b"%%%%":
            raise Unread("A tag's data has no mark", offset_bytes=self._at - 4)
        count = self._number(self._count)
        if not 1 <= count <= MOST_FIELDS:
            raise Unread(f"A tag's data is described by {count:,} numbers", offset_bytes=self._at)
        about = [self._number(self._count) for _ in range(count)]
        if about[0] == ARRAY and count >= 3:
            return self._array(about[1:-1], about[-1], is_text=about[1:-1] == [4] and name != "Data")
        layout = self._layout(about)
        values = struct.unpack(layout, self._bytes(struct.calcsize(layout)))
        if about[0] == STRING:
            return decoded(values[0])[0]
        number: float = values[0]
        return number if about[0] in SIMPLE else tuple(values)

    def _array(self, about: list[int], count: int, *, is_text: bool) -> Value:
        offset = self._at
        each = struct.calcsize(self._layout(about))
        self._skip(each * count)
        # Text is stored as an array of unsigned short numbers, as pixels of 16 bits are.
        if is_text and count <= MOST_TEXT_CHARACTERS:
            encoding = "utf-16-le" if self.order == "<" else "utf-16-be"
            return self.content[offset : self._at].decode(encoding, "replace")
        return Array(offset, each * count)

    def _layout(self, about: list[int]) -> str:
        """Return how to unpack one value: a simple one, a string of bytes, or a struct of simple ones."""
        if about[0] in SIMPLE and len(about) == 1:
            return self.order + SIMPLE[about[0]]
        if about[0] == STRING and len(about) == 2 and about[1] <= len(self.content):
            return f"{self.order}{about[1]}s"
        kinds = about[4::2]
        if about[0] == STRUCT and len(about) == 3 + 2 * about[2] and all(kind in SIMPLE for kind in kinds):
            return self.order + "".join(SIMPLE[kind] for kind in kinds)
        raise Unread(f"A tag's data has the type {about[:4]}", offset_bytes=self._at)

    def _number(self, code: str) -> int:
        return int(struct.unpack(f">{code}", self._bytes(struct.calcsize(f">{code}")))[0])

    def _bytes(self, count: int) -> bytes:
        start = self._at
        self._skip(count)
        return self.content[start : self._at]

    def _skip(self, count: int) -> None:
        if count > len(self.content) - self._at:
            stated = f"{count:,} bytes are stated, {len(self.content) - self._at:,} are left"
            raise Unread(f"The file is cut off: {stated}", offset_bytes=self._at)
        self._at += count
