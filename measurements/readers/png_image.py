"""Grey PNG pictures as electron microscopes export them; coloured ones are drawings or photographs and stay unknown."""

import io
import struct
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from measurements.readers.parts.tiff_scale import worded_nm_per_px
from measurements.readers.recording import Axis, Caution, Channel, Numbers, Recording, Role, Technique
from measurements.readers.refusal import Unread
from measurements.readers.source import Source

SIGNATURE = b"\x89PNG\r\n\x1a\n"
GREY, DEPTHS = 0, (8, 16)
MOST_PIXELS = 64 * 1024 * 1024
MOST_TEXTS, LONGEST_TEXT = 50, 4_000


@dataclass(frozen=True, slots=True)
class Head:
    """What the first chunk says of a picture."""

    width: int
    height: int
    depth: int
    colours: int


@dataclass(frozen=True, slots=True)
class Chunk:
    """One chunk of the file: where it starts, its four letters and its content."""

    offset_bytes: int
    kind: bytes
    content: bytes


def recognises(source: Source) -> bool:
    """Look for a PNG file whose head states grey pixels of eight or sixteen bits."""
    head = head_of(source.head)
    return head is not None and head.colours == GREY and head.depth in DEPTHS


def head_of(content: bytes) -> Head | None:
    """Return the head of a PNG file, None for any other."""
    if not content.startswith(SIGNATURE) or content[12:16] != b"IHDR" or len(content) < 33:
        return None
    return Head(*struct.unpack(">IIBB", content[16:26]))


def read(source: Source) -> tuple[Recording, ...]:
    """Return the picture in pixels.

    Raises Unread when it is cut off, broken, coloured, or larger than 64 million pixels.
    """
    head = head_of(source.head)
    if head is None or head.colours != GREY or head.depth not in DEPTHS:
        raise Unread("The file is no grey PNG picture of eight or sixteen bits", offset_bytes=0)
    if not 1 <= head.width * head.height <= MOST_PIXELS:
        raise Unread(f"The picture would have {head.width:,} × {head.height:,} pixels", offset_bytes=16)
    texts = texts_of(list(chunks_of(source.content)))
    pixels = pixels_of(source.content, head)
    axes = (Axis("y", "px", np.arange(head.height, dtype=float)), Axis("x", "px", np.arange(head.width, dtype=float)))
    nm_per_px = next((nm for values in texts.values() for text in values if (nm := worded_nm_per_px(text))), None)
    said = f"a text of the file names {nm_per_px:g} nm per px" if nm_per_px else "no scale is stated"
    return (
        Recording(
            technique=Technique.TEM_IMAGE,
            channels=(Channel("intensity", "", pixels, axes, Role.IMAGE),),
            settings={"nm_per_px": nm_per_px} if nm_per_px else {},
            header=texts,
            cautions=(Caution(f"the axes are in px; {said}"),),
        ),
    )


def chunks_of(content: bytes) -> Iterator[Chunk]:
    """Yield the chunks up to the end mark; raises Unread where one is cut, or does not have its own checksum."""
    place = len(SIGNATURE)
    while place + 12 <= len(content):
        length, kind = struct.unpack_from(">I4s", content, place)
        end = place + 12 + length
        if end > len(content):
            raise Unread(f"The picture is cut off: a part of it would end at byte {end:,}", offset_bytes=len(content))
        body = content[place + 8 : end - 4]
        if zlib.crc32(kind + body) != struct.unpack_from(">I", content, end - 4)[0]:
            raise Unread("The picture is broken: a part of it does not have its checksum", offset_bytes=place)
        yield Chunk(place, kind, body)
        if kind == b"IEND":
            return
        place = end
    raise Unread("The picture is cut off: its end mark is missing", offset_bytes=len(content))


def texts_of(chunks: list[Chunk]) -> Mapping[str, tuple[str, ...]]:
    """Return the plain texts of a file by their keywords."""
    found: dict[str, tuple[str, ...]] = {}
    for chunk in [one for one in chunks if one.kind == b"tEXt"][:MOST_TEXTS]:
        key, _, text = chunk.content[:LONGEST_TEXT].partition(b"\0")
        name = key.decode("latin-1")
        found[name] = (*found.get(name, ()), text.decode("latin-1").replace("\0", ""))
    return found


def pixels_of(content: bytes, head: Head) -> Numbers:
    """Return the pixels, shape (height, width); raises Unread where they cannot be unpacked."""
    from PIL import Image

    try:
        with Image.open(io.BytesIO(content), formats=("PNG",)) as picture:
            pixels = np.array(picture)
    except (OSError, SyntaxError, ValueError, zlib.error) as broken:
        raise Unread(f"The picture cannot be unpacked: {broken}", offset_bytes=33) from broken
    if pixels.shape != (head.height, head.width):
        raise Unread("The picture does not have the pixels that its head states", offset_bytes=16)
    return pixels.astype("u1" if head.depth == 8 else "u2")
