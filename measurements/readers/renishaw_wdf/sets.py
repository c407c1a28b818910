"""The sets of properties of a WiRE file, walked once: names and values, and sets within sets."""

import zlib
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from struct import Struct
from typing import Any

Value = tuple[str, str | int | float | bool | datetime]
Names = Mapping[int, str]
NameOf = Callable[[int], str | None]

HEAD, LENGTH = Struct("<BBH"), Struct("<I")
SET = b"PSET"
KEY, TEXT, BINARY, NESTED, FILE_TIME = ord("k"), ord("u"), ord("b"), ord("p"), ord("t")
SIZED = {KEY, TEXT, BINARY, NESTED}
NUMBERS = {
    ord("?"): Struct("<?"),
    ord("c"): Struct("<c"),
    ord("s"): Struct("<h"),
    ord("i"): Struct("<i"),
    ord("w"): Struct("<q"),
    ord("r"): Struct("<f"),
    ord("q"): Struct("<d"),
    FILE_TIME: Struct("<Q"),
}
PACKED, ARRAY = 0x40, 0x80
CUSTOM = 0x8000
DEEPEST = 12
# Packed texts may unpack to a thousand times their size; this is for all of a block together.
MOST_UNPACKED_BYTES = 4 * 1024 * 1024
FIRST_TICK = datetime(1601, 1, 1, tzinfo=UTC)


class SetWalk:
    """A walk over the bytes of a block; `known` names the numbers below 0x8000."""

    def __init__(self, content: bytes, known: NameOf) -> None:
        self.content, self.known = content, known
        self._left_bytes = MOST_UNPACKED_BYTES

    def plain(self, start: int, end: int) -> Iterator[Value]:
        """Yield texts, numbers, moments by name from the set that begins at `start`; no set yields nothing.

        Raises ValueError where a set or a value reaches beyond what it lies in.
        """
        if self.content[start : start + len(SET)] != SET or start + 8 > end:
            return
        (size,) = LENGTH.unpack_from(self.content, start + len(SET))
        if start + 8 + size > end:
            raise ValueError("a set of properties reaches beyond its block")
        yield from self._set(start + 8, start + 8 + size, ())

    def _set(self, at: int, end: int, outer: tuple[Names, ...]) -> Iterator[Value]:
        names: dict[int, str] = {}
        items: list[tuple[int, int, int, Any]] = []
        while at < end:
            kind, flags, key = HEAD.unpack_from(self.content, at)
            value_at = at + HEAD.size
            at = self._end_of(kind, flags, value_at)
            if at > end:
                raise ValueError("a property reaches beyond its set")
            if kind == KEY:
                names[key] = self._text(value_at, flags)
            elif kind != BINARY and not flags & ARRAY:
                items.append((kind, key, value_at, flags))
        # A name may be given behind the property that it is for.
        scopes = (names, *outer)
        for kind, key, value_at, flags in items:
            if kind != NESTED:
                yield from self._value(self._name(key, scopes), kind, flags, value_at)
            elif len(scopes) <= DEEPEST:
                yield from self._set(value_at + LENGTH.size, self._end_of(kind, flags, value_at), scopes)

    def _end_of(self, kind: int, flags: int, at: int) -> int:
        """Return where a value ends; only a text says its own length, an array the number of its items."""
        if kind in SIZED:
            at += LENGTH.size if flags & ARRAY else 0
            return at + LENGTH.size + int(LENGTH.unpack_from(self.content, at)[0])
        if kind not in NUMBERS:
            raise ValueError(f"a property has the unknown type {kind}")
        if not flags & ARRAY:
            return at + NUMBERS[kind].size
        return at + LENGTH.size + int(LENGTH.unpack_from(self.content, at)[0]) * NUMBERS[kind].size

    def _value(self, name: str, kind: int, flags: int, at: int) -> Iterator[Value]:
        if kind == TEXT:
            yield name, self._text(at, flags)
            return
        (value,) = NUMBERS[kind].unpack_from(self.content, at)
        if kind == FILE_TIME:
            yield name, FIRST_TICK + timedelta(microseconds=value / 10)
        elif not isinstance(value, bytes):
            yield name, value

    def _text(self, at: int, flags: int) -> str:
        (size,) = LENGTH.unpack_from(self.content, at)
        raw = self.content[at + LENGTH.size : at + LENGTH.size + size]
        if flags & PACKED:
            raw = zlib.decompressobj().decompress(raw[LENGTH.size :], self._left_bytes + 1)
            self._left_bytes -= len(raw)
            if self._left_bytes < 0:
                raise ValueError("the texts of a set unpack to more than is sensible")
        return raw.decode("utf-8")

    def _name(self, key: int, scopes: tuple[Names, ...]) -> str:
        if key & CUSTOM:
            return next((names[key] for names in scopes if key in names), f"property {key:#06x}")
        return self.known(key) or f"property {key:#06x}"
