"""TIFF images: the scale that the file states and no other, and no image that is not whole."""

import gzip
import io
from pathlib import Path

import numpy as np
import pytest

from measurements.readers import hamamatsu_tif, tiff_image
from measurements.readers.recording import Recording, Role, Technique, Zone
from measurements.readers.refusal import Unread
from measurements.readers.source import Source
from tests.measurements.readers.expected_readings import expected, read_real
from tests.measurements.readers.tiff_files import Tag, grey, tiff_file

REPORT = """<?xml version="1.0"?><TemReporter><Instruments>JEM-1400Plus</Instruments>
<Manufacturer>JEOL Ltd.</Manufacturer>
<DateTime>2019-11-27T16:11:26.6205405+09:00</DateTime><Operator>AV</Operator>
<ElectronGun><AccelerationVoltage>120000</AccelerationVoltage></ElectronGun><Eos><EosMode>eosTEM</EosMode></Eos>
<ImageFormingSystem><ModeString>{mode}</ModeString><SelectorValue>150000</SelectorValue></ImageFormingSystem>
<Lens><CL>1</CL><CL>2</CL></Lens></TemReporter>"""
JEOL_TAGS: dict[int, Tag] = {282: (93, 1), 283: (93, 1), 296: 2, 306: "2019/11/27 16:11"}


def read(content: bytes) -> tuple[Recording, ...]:
    source = Source.of_bytes(content)
    assert tiff_image.recognises(source)
    assert not hamamatsu_tif.recognises(source)
    return tiff_image.read(source)


def said(recording: Recording) -> str:
    return " | ".join(str(caution) for caution in recording.cautions)


@pytest.mark.parametrize("dtype", ["<u1", "<u2", "<u4"])
def test_a_plain_image_is_in_pixels_and_says_that_no_scale_is_stated(dtype: str) -> None:
    (recording,) = read(tiff_file(grey(dtype=dtype), tags={282: (72, 1), 283: (72, 1), 296: 2}))

    (channel,) = recording.channels
    assert recording.technique is Technique.TEM_IMAGE
    assert channel.role is Role.IMAGE
    assert np.array_equal(channel.values, grey())
    assert [(axis.name, axis.unit, len(axis.values)) for axis in channel.axes] == [("y", "px", 6), ("x", "px", 8)]
    assert "nm_per_px" not in recording.settings
    assert "no scale is stated" in said(recording)


def test_a_jeol_report_gives_scale_zone_and_microscope() -> None:
    (recording,) = read(tiff_file(grey(), tags=JEOL_TAGS | {270: REPORT.format(mode="MAG")}))

    assert recording.settings["nm_per_px"] == pytest.approx(1.8208, abs=1e-4)
    assert recording.channels[0].x.unit == "nm"
    assert recording.channels[0].x.values[1] == pytest.approx(1.8208, abs=1e-4)
    assert recording.instrument == "JEOL JEM-1400Plus"
    assert recording.settings["accelerating_voltage_kv"] == 120.0
    assert recording.measured is not None
    assert recording.measured.zone is Zone.STATED
    assert recording.measured.moment is not None
    assert recording.measured.moment.isoformat() == "2019-11-27T16:11:26.620540+09:00"
    assert recording.header["Lens.CL"] == ("1", "2")


def test_a_diffraction_pattern_has_no_scale_in_nm() -> None:
    (recording,) = read(tiff_file(grey(), tags=JEOL_TAGS | {270: REPORT.format(mode="DIFF")}))

    assert recording.channels[0].x.unit == "px"
    assert "magnification_ratio" not in recording.settings


def test_a_broken_report_leaves_the_image_without_scale() -> None:
    (recording,) = read(tiff_file(grey(), tags=JEOL_TAGS | {270: REPORT[:200]}))

    assert recording.channels[0].x.unit == "px"
    assert "report of the image is broken" in said(recording)


def test_the_scale_of_imagej_is_taken() -> None:
    tags: dict[int, Tag] = {270: "ImageJ=1.53\nunit=nm\n", 282: (5, 1), 283: (5, 1), 296: 1}

    (recording,) = read(tiff_file(grey(), tags=tags))

    assert (recording.channels[0].x.unit, recording.settings["nm_per_px"]) == ("nm", 0.2)


def test_a_scale_in_a_sentence_is_told_beside_the_pixels() -> None:
    (recording,) = read(tiff_file(grey(), tags={270: "bright field; 0,220 nm/px; scale bar 20 nm"}))

    assert recording.channels[0].x.unit == "px"
    assert recording.settings["nm_per_px"] == 0.22
    assert "names 0.22 nm per px" in said(recording)


def test_every_page_is_a_recording_and_thumbnails_are_none() -> None:
    whole = read(tiff_file(grey(), grey(4, 4)))
    thumbnail = Source.of_bytes(tiff_file(grey(), tags={254: 1}))

    assert [recording.label for recording in whole] == ["page 1", "page 2"]
    assert whole[1].channels[0].values.shape == (4, 4)
    with pytest.raises(Unread, match="no images"):
        tiff_image.read(thumbnail)


def test_colours_are_channels_unless_they_are_all_the_same() -> None:
    coloured = np.stack([grey(dtype="u1"), grey(dtype="u1") + 1, grey(dtype="u1")], axis=2)
    same = np.stack([grey(dtype="u1")] * 3, axis=2)

    (of_colours,) = read(tiff_file(coloured))
    (of_grey,) = read(tiff_file(same))

    assert [channel.name for channel in of_colours.channels] == ["red", "green", "blue"]
    assert [channel.name for channel in of_grey.channels] == ["intensity"]
    assert "colours are all the same" in said(of_grey)


@pytest.mark.parametrize("compression", ["tiff_lzw", "tiff_deflate", "packbits"])
def test_packed_pixels_are_unpacked(compression: str) -> None:
    from PIL import Image

    stream = io.BytesIO()
    Image.fromarray(grey(dtype="u1")).save(stream, format="TIFF", compression=compression)

    (recording,) = read(stream.getvalue())

    assert np.array_equal(recording.channels[0].values, grey())


def test_a_file_packed_with_gzip_is_known_by_its_content() -> None:
    (recording,) = read(gzip.compress(tiff_file(grey())))

    assert np.array_equal(recording.channels[0].values, grey())


def test_a_broken_gzip_file_is_refused() -> None:
    with pytest.raises(Unread, match="gzip file is broken"):
        read(gzip.compress(tiff_file(np.random.default_rng(1).integers(0, 255, (90, 90), "u1")))[:-900])


def test_a_strip_shorter_than_its_directory_states_is_refused_with_the_byte() -> None:
    content = tiff_file(grey(), tags={279: 5_000})

    with pytest.raises(Unread, match="strip 1 would end at byte") as refusal:
        read(content)

    assert refusal.value.offset_bytes == len(content)


def test_strips_that_do_not_hold_the_stated_pixels_are_refused() -> None:
    with pytest.raises(Unread, match="its strips have 10 of 96 bytes"):
        read(tiff_file(grey(), tags={279: 10}))


def test_an_image_of_two_billion_pixels_is_refused_at_once() -> None:
    with pytest.raises(Unread, match="images have more than"):
        read(tiff_file(grey(), tags={256: 2**31 - 1, 257: 2**31 - 1}))


def test_a_directory_behind_the_end_is_refused_with_the_byte() -> None:
    content = tiff_file(grey())[:80]

    with pytest.raises(Unread, match="Page 1 would start") as refusal:
        read(content)

    assert refusal.value.offset_bytes == 80


def test_a_chain_that_bites_its_tail_is_refused() -> None:
    content = bytearray(tiff_file(grey()))
    content[-4:] = content[4:8]

    with pytest.raises(Unread, match="does not end"):
        read(bytes(content))


def test_the_real_jeol_image_reads_as_the_manifest_says(shared_data: Path) -> None:
    name = "jeol_tif/JEOL-SightX-TEM-mag-dummy.tif.gz"
    wanted = expected(shared_data, "jeol_tif")[name]

    (recording,) = read_real(shared_data, name, "tiff_image")

    values = recording.channels[0].values
    assert (list(values.shape), str(values.dtype)) == (wanted["shape"], wanted["dtype"])
    assert (float(values.max()), float(values.sum(dtype=np.int64))) == (wanted["max"], wanted["sum"])
    assert recording.settings["nm_per_px"] == pytest.approx(1.8208, abs=1e-4)
    assert recording.instrument == "JEOL JEM-ARM200F"


def test_the_real_cut_off_image_is_refused_with_the_byte(shared_data: Path) -> None:
    with (
        Source.of_path(shared_data / "campaign" / "raw" / "TEM" / "NC-024-F2-TG1_BF_09.tif") as source,
        pytest.raises(Unread, match="cut off") as refusal,
    ):
        tiff_image.read(source)

    assert refusal.value.offset_bytes == 165_297
