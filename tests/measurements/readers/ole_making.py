"""Small OLE containers for tests: storages and streams written into sectors, as Windows programs do."""

import struct
from collections.abc import Mapping

SECTOR_BYTES = 512
# Shorter streams would have to lie in a stream of their own; they are padded instead.
LEAST_STREAM_BYTES = 4096
FREE, END, TABLE, NOBODY = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
STORAGE, STREAM, ROOT = 1, 2, 5
Tree = dict[str, "Tree | bytes"]


def ole_container(streams: Mapping[str, bytes]) -> bytes:
    """Return a container that holds streams by their paths, such as "Storage/Stream"."""
    tree: Tree = {}
    for path, content in streams.items():
        *storages, name = path.split("/")
        place = tree
        for storage in storages:
            inner = place.setdefault(storage, {})
            assert isinstance(inner, dict)
            place = inner
        place[name] = content.ljust(LEAST_STREAM_BYTES, b"\0")
    return _Writer(tree).container()


class _Writer:
    def __init__(self, tree: Tree) -> None:
        self.sectors: list[bytes] = []
        self.table: list[int] = []
        self.entries: list[bytes] = [b""]
        self.entries[0] = _entry("Root Entry", ROOT, child=self._listed(tree), start=END)

    def container(self) -> bytes:
        directory_at = self._chain(b"".join(self.entries))
        tables = len(self.table) // 127 + 1
        first_table = len(self.table)
        self.table += [TABLE] * tables
        packed = struct.pack(f"<{len(self.table)}I", *self.table).ljust(tables * SECTOR_BYTES, b"\xff")
        places = [*range(first_table, first_table + tables)]
        header = struct.pack(
            "<8s16sHHHHH6sIIIIIIIIII",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            b"",
            0x3E,
            3,
            0xFFFE,
            9,
            6,
            b"",
            0,
            tables,
            directory_at,
            0,
            LEAST_STREAM_BYTES,
            END,
            0,
            END,
            0,
            *places[:1],
        )
        header += struct.pack(f"<{len(places) - 1}I", *places[1:])
        return header.ljust(SECTOR_BYTES, b"\xff") + b"".join(self.sectors) + packed

    def _listed(self, tree: Tree) -> int:
        """Write the entries of a storage, each one the right neighbour of the one before, and return the first."""
        following = NOBODY
        for name, content in sorted(tree.items(), reverse=True):
            if isinstance(content, bytes):
                entry = _entry(name, STREAM, right=following, start=self._chain(content), size=len(content))
            else:
                entry = _entry(name, STORAGE, right=following, child=self._listed(content))
            self.entries.append(entry)
            following = len(self.entries) - 1
        return following

    def _chain(self, content: bytes) -> int:
        first = len(self.sectors)
        for at in range(0, len(content), SECTOR_BYTES):
            self.sectors.append(content[at : at + SECTOR_BYTES].ljust(SECTOR_BYTES, b"\0"))
            self.table.append(len(self.sectors))
        self.table[-1] = END
        return first


def _entry(name: str, kind: int, *, right: int = NOBODY, child: int = NOBODY, start: int = 0, size: int = 0) -> bytes:
    written = (name + "\0").encode("utf-16-le")
    return struct.pack(
        "<64sHBBIII16sIQQIII", written, len(written), kind, 1, NOBODY, right, child, b"", 0, 0, 0, start, size, 0
    )
