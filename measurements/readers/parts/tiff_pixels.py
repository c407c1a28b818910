"""The pixels of a TIFF page, unpacked by a library after what its directory claims was checked."""

import io
import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

import numpy as np

from measurements.readers.parts.tiff_directory import (
    COMPRESSION,
    HEIGHT,
    STRIP_BYTES,
    STRIP_OFFSETS,
    TILE_BYTES,
    TILE_OFFSETS,
    WIDTH,
    Page,
)
from measurements.readers.recording import Numbers
from measurements.readers.refusal import Unread

MOST_PIXEL_BYTES = 128 * 1024 * 1024
UNCOMPRESSED = 1
# None, deflate, PackBits and the older number of deflate.
WITHOUT_CODECS = {UNCOMPRESSED, 8, 32773, 32946}


def check_pixels(page: Page, size_bytes: int) -> None:
    """See that a page's strips or tiles are whole and that its size is sensible.

    Raises Unread otherwise, naming the byte.
    """
    width, height = page.whole(WIDTH, 0), page.whole(HEIGHT, 0)
    if width < 1 or height < 1 or page.pixel_bytes > MOST_PIXEL_BYTES:
        raise Unread(f"The image would have {width:,} × {height:,} pixels", offset_bytes=page.offset_bytes)
    starts, lengths = _strips(page)
    for number, (start, length) in enumerate(zip(starts, lengths, strict=True), start=1):
        if start + length > size_bytes:
            stated = f"strip {number} would end at byte {int(start + length):,}"
            raise Unread(f"The image is cut off: {stated}", offset_bytes=size_bytes)
    if page.whole(COMPRESSION, UNCOMPRESSED) == UNCOMPRESSED and sum(lengths) < page.pixel_bytes:
        stated = f"its strips have {int(sum(lengths)):,} of {page.pixel_bytes:,} bytes"
        raise Unread(f"The image is cut off: {stated}", offset_bytes=page.offset_bytes)


@contextmanager
def quiet() -> Iterator[None]:
    """Keep the libraries from logging and warning of tags that are no concern of ours."""
    log = logging.getLogger("tifffile")
    was_disabled, log.disabled = log.disabled, True
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        log.disabled = was_disabled


def _strips(page: Page) -> tuple[tuple[float, ...], tuple[float, ...]]:
    starts = page.numbers(STRIP_OFFSETS) or page.numbers(TILE_OFFSETS)
    lengths = page.numbers(STRIP_BYTES) or page.numbers(TILE_BYTES)
    if len(starts) == 1 and not lengths:
        lengths = (float(page.pixel_bytes),)
    if not starts or len(lengths) != len(starts):
        raise Unread(
            f"The directory has {len(starts):,} strips and {len(lengths):,} lengths", offset_bytes=page.offset_bytes
        )
    return starts, lengths


def pixels_of(stream: BinaryIO, page: Page) -> Numbers:
    """Return a page's pixels as stored, of shape (rows, columns) or (rows, columns, samples).

    Raises Unread when they cannot be unpacked.
    """
    check_pixels(page, stream.seek(0, io.SEEK_END))
    try:
        with quiet():
            values = _unpacked(stream, page)
    except Exception as error:  # Each kind of compression raises an error of its own.
        raise Unread(f"The pixels cannot be unpacked: {error}"[:200], offset_bytes=page.offset_bytes) from error
    height, width = page.whole(HEIGHT, 0), page.whole(WIDTH, 0)
    if values.ndim == 3 and values.shape[1:] == (height, width):
        values = values.transpose(1, 2, 0)
    if values.shape[:2] != (height, width) or values.ndim > 3 or values.dtype.kind not in "uifb":
        raise Unread(f"The pixels have the shape {values.shape}", offset_bytes=page.offset_bytes)
    return values


def _unpacked(stream: BinaryIO, page: Page) -> Numbers:
    stream.seek(0)
    if page.whole(COMPRESSION, UNCOMPRESSED) in WITHOUT_CODECS:
        import tifffile

        with tifffile.TiffFile(stream) as file:
            return np.asarray(file.pages[page.index].asarray())
    from PIL import Image

    with Image.open(stream, formats=("TIFF",)) as image:
        image.seek(page.index)
        return np.asarray(image)
