"""DigitalMicrograph files of version 3 and 4, made tag by tag."""

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from measurements.readers.recording import Numbers

KINDS = {"int16": 1, "float32": 2, "uint8": 6, "int32": 7, "uint16": 10, "uint32": 11, "complex64": 3}
ELEMENTS = {"int16": 2, "float32": 6, "uint8": 10, "int32": 3, "uint16": 4, "uint32": 5, "complex64": 6}


@dataclass(frozen=True, slots=True)
class Gatan:
    """One version of the format."""

    version: int = 3

    def file(self, root: Mapping[str, Any]) -> bytes:
        """Return a file of a tree of tags: groups, texts, numbers and arrays."""
        body = self._group(root, is_root=True) + bytes(8)
        return struct.pack(">I", self.version) + self._count(len(body)) + struct.pack(">I", 1) + body

    def _count(self, number: int) -> bytes:
        return struct.pack(">I" if self.version == 3 else ">Q", number)

    def _group(self, tags: Mapping[str, Any], *, is_root: bool = False) -> bytes:
        inner = b"".join(self._tag(name, value) for name, value in tags.items())
        size = b"" if is_root or self.version == 3 else self._count(len(inner))
        return size + b"\1\0" + self._count(len(tags)) + inner

    def _tag(self, name: str, value: Any) -> bytes:
        # Names that are counted are not written.
        written = b"" if name.isdigit() else name.encode("latin-1")
        kind = 20 if isinstance(value, Mapping) else 21
        head = struct.pack(">BH", kind, len(written)) + written
        if kind == 20:
            return head + self._group(value)
        about, data = self._data(value)
        content = b"%%%%" + b"".join(self._count(number) for number in (len(about), *about)) + data
        return head + (b"" if self.version == 3 else self._count(len(content))) + content

    def _data(self, value: Any) -> tuple[tuple[int, ...], bytes]:
        if isinstance(value, str):
            return (20, 4, len(value)), value.encode("utf-16-le")
        if isinstance(value, float):
            return (7,), struct.pack("<d", value)
        if isinstance(value, int):
            return (5,), struct.pack("<I", value)
        if value.dtype == np.complex64:
            return (20, 15, 0, 2, 0, 6, 0, 6, value.size), value.tobytes()
        return (20, ELEMENTS[str(value.dtype)], value.size), value.tobytes()


def image(pixels: Numbers, *, name: str = "HAADF", unit: str = "nm", tags: Mapping[str, Any] | None = None) -> Any:
    """Return the tags of one image with a scale of a quarter in every direction, its origin at pixel two."""
    dimension = {"Origin": 2.0, "Scale": 0.25, "Units": unit}
    sizes = tuple(reversed(pixels.shape))
    return {
        "ImageData": {
            "Calibrations": {
                "Brightness": {"Origin": 0.0, "Scale": 1.0, "Units": ""},
                "Dimension": {str(place): dimension for place in range(len(sizes))},
            },
            "Data": pixels.ravel(),
            "DataType": KINDS[str(pixels.dtype)],
            "Dimensions": {str(place): size for place, size in enumerate(sizes)},
        },
        "ImageTags": dict(tags or {}),
        "Name": name,
    }


def images(*listed: Any) -> dict[str, Any]:
    """Return a root with images, the first of which is the thumbnail that every file has."""
    thumbnail = image(np.zeros((2, 2), "uint8"), name="thumbnail")
    return {
        "ImageList": {str(place): one for place, one in enumerate((thumbnail, *listed))},
        "Thumbnails": {"0": {"ImageIndex": 0}},
    }
