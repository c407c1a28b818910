"""TIFF files of one or more pages, made byte by byte, with whatever tags a test needs."""

import struct
from collections.abc import Mapping

import numpy as np

from measurements.readers.recording import Numbers

Tag = int | str | tuple[int, int]
Tags = Mapping[int, Tag]


def grey(rows: int = 6, columns: int = 8, dtype: str = "<u2") -> Numbers:
    """Return an image that is different in every pixel."""
    return np.arange(rows * columns).reshape(rows, columns).astype(dtype)


def tiff_file(*images: Numbers, tags: Tags | None = None, tail: bytes = b"") -> bytes:
    """Return a file with one page for each image; `tags` replace or add to those of every page."""
    content = bytearray(b"II*\0\0\0\0\0")
    pointer = 4
    for image in images:
        starts = len(content)
        content += image.tobytes()
        content += b"\0" * (len(content) % 2)
        struct.pack_into("<I", content, pointer, len(content))
        pointer = _add_directory(content, _usual(image, starts) | dict(tags or {}))
    return bytes(content) + tail


def _usual(image: Numbers, starts: int) -> dict[int, Tag]:
    samples = image.shape[2] if image.ndim == 3 else 1
    return {
        256: image.shape[1],
        257: image.shape[0],
        258: 8 * image.dtype.itemsize,
        259: 1,
        262: 2 if samples > 2 else 1,
        273: starts,
        277: samples,
        278: image.shape[0],
        279: image.nbytes,
    }


def _add_directory(content: bytearray, tags: dict[int, Tag]) -> int:
    starts = len(content)
    content += struct.pack("<H", len(tags)) + bytes(12 * len(tags) + 4)
    for place, (tag, value) in enumerate(sorted(tags.items())):
        at = starts + 2 + 12 * place
        if isinstance(value, int):
            struct.pack_into("<HHII", content, at, tag, 4, 1, value)
            continue
        packed = value.encode() + b"\0" if isinstance(value, str) else struct.pack("<II", *value)
        kind, count = (2, len(packed)) if isinstance(value, str) else (5, 1)
        struct.pack_into("<HHI", content, at, tag, kind, count)
        if len(packed) <= 4:
            content[at + 8 : at + 8 + len(packed)] = packed
        else:
            struct.pack_into("<I", content, at + 8, len(content))
            content += packed + b"\0" * (len(packed) % 2)
    return starts + 2 + 12 * len(tags)
