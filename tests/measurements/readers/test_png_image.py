"""Grey PNG pictures: their pixels and nothing invented, no coloured ones, and none that is not whole."""

import io
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from measurements.readers import png_image
from measurements.readers.reading import read_source
from measurements.readers.recording import Numbers, Recording, Role, Technique
from measurements.readers.refusal import Unread
from measurements.readers.source import Source


def png(pixels: Numbers, **texts: str) -> bytes:
    told = PngInfo()
    for key, text in texts.items():
        told.add_text(key, text)
    stream = io.BytesIO()
    Image.fromarray(pixels).save(stream, format="PNG", pnginfo=told)
    return stream.getvalue()


def grey(dtype: str = "u1") -> Numbers:
    return np.arange(6 * 8).reshape(6, 8).astype(dtype)


def read(content: bytes) -> Recording:
    source = Source.of_bytes(content)
    assert png_image.recognises(source)
    (recording,) = png_image.read(source)
    return recording


@pytest.mark.parametrize("dtype", ["u1", "u2"])
def test_a_grey_picture_is_read_in_pixels_and_says_that_no_scale_is_stated(dtype: str) -> None:
    recording = read(png(grey(dtype)))

    (channel,) = recording.channels
    assert recording.technique is Technique.TEM_IMAGE
    assert channel.role is Role.IMAGE
    assert str(channel.values.dtype) == {"u1": "uint8", "u2": "uint16"}[dtype]
    assert np.array_equal(channel.values, grey())
    assert [(axis.name, axis.unit, len(axis.values)) for axis in channel.axes] == [("y", "px", 6), ("x", "px", 8)]
    assert dict(recording.settings) == {}
    assert "no scale is stated" in str(recording.cautions[0])


def test_a_scale_in_a_text_is_told_beside_the_pixels() -> None:
    recording = read(png(grey(), Description="bright field; 0.150 nm/px"))

    assert recording.settings["nm_per_px"] == 0.15
    assert recording.channels[0].x.unit == "px"
    assert recording.header["Description"] == ("bright field; 0.150 nm/px",)


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "LA", "P", "1"])
def test_coloured_pictures_and_drawings_stay_unknown(mode: str) -> None:
    stream = io.BytesIO()
    Image.fromarray(grey()).convert(mode).save(stream, format="PNG")
    source = Source.of_bytes(stream.getvalue())

    reading = read_source(source)

    assert not png_image.recognises(source)
    assert reading.reader is None
    with pytest.raises(Unread, match="no grey PNG"):
        png_image.read(source)


def test_a_picture_that_is_cut_off_is_refused_with_the_byte() -> None:
    content = png(grey())[:-20]

    with pytest.raises(Unread, match="cut off") as refusal:
        read(content)

    assert refusal.value.offset_bytes == len(content)


def test_a_picture_without_its_end_mark_is_refused() -> None:
    with pytest.raises(Unread, match="end mark is missing"):
        read(png(grey())[:-12])


def test_a_byte_that_was_changed_is_noticed_by_the_checksum() -> None:
    content = bytearray(png(grey()))
    content[45] ^= 0xFF

    with pytest.raises(Unread, match="checksum"):
        read(bytes(content))


def test_a_picture_of_more_pixels_than_can_be_held_is_refused_at_once() -> None:
    head = b"IHDR" + struct.pack(">IIBBBBB", 2**31 - 1, 2**31 - 1, 8, 0, 0, 0, 0)
    content = png_image.SIGNATURE + struct.pack(">I", 13) + head + struct.pack(">I", zlib.crc32(head))

    with pytest.raises(Unread, match="would have"):
        read(content)


def test_pixels_that_do_not_unpack_are_refused() -> None:
    head = b"IHDR" + struct.pack(">IIBBBBB", 8, 6, 8, 0, 0, 0, 0)
    parts = (head, b"IDAT" + b"no such stream", b"IEND")
    chunks = (struct.pack(">I", len(one) - 4) + one + struct.pack(">I", zlib.crc32(one)) for one in parts)

    with pytest.raises(Unread, match="cannot be unpacked"):
        read(png_image.SIGNATURE + b"".join(chunks))


def test_the_picture_of_forty_cubes_is_read(shared_data: Path) -> None:
    with Source.of_path(shared_data / "science" / "tem_synth_11nm.png") as source:
        reading = read_source(source)

    assert reading.reader == "png_image"
    assert reading.recordings[0].channels[0].values.shape == (1024, 1024)
