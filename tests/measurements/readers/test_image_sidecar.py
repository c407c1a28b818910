"""Text beside an image: the image it names, and the size of a pixel that it states."""

from pathlib import Path

import pytest

from measurements.readers import image_sidecar
from measurements.readers.recording import Recording, Technique
from measurements.readers.refusal import Unread
from measurements.readers.source import Source

NOTES = """SIMULATED
Image: NC-027_BF_01.tif
Microscope: JEOL JEM-1400Plus, 120 kV, LaB6
Mode: bright field
Scale bar: 20 nm = 90.91 px
Pixel size: 0.220 nm
Date: 2026-03-12 10:01
"""


def read(text: str) -> Recording:
    source = Source.of_bytes(text.encode())
    assert image_sidecar.recognises(source)
    (recording,) = image_sidecar.read(source)
    return recording


def test_the_image_and_its_scale_are_told_without_channels() -> None:
    recording = read(NOTES)

    assert recording.technique is Technique.TEM_IMAGE
    assert recording.channels == ()
    assert recording.instrument == "JEOL JEM-1400Plus"
    assert dict(recording.settings) == {
        "image_file": "NC-027_BF_01.tif",
        "microscope": "JEOL JEM-1400Plus, 120 kV, LaB6",
        "mode": "bright field",
        "nm_per_px": 0.22,
        "accelerating_voltage_kv": 120.0,
    }
    assert recording.header["comment"] == ("SIMULATED",)
    assert recording.measured is not None
    assert recording.measured.moment is not None
    assert recording.measured.moment.isoformat() == "2026-03-12T10:01:00"
    assert recording.cautions == ()


@pytest.mark.parametrize(
    ("line", "nm_per_px"),
    [
        ("Pixel size: 0,220 nm", 0.22),
        ("Pixelgröße: 220 pm/px", 0.22),
        ("Pixel size: 2.2 Å", 0.22),
        ("Pixel size: 0.00022 µm", 0.22),
        ("Scale: 0.220 nm/px", 0.22),
        ("Scale bar: 20 nm = 80 px", 0.25),
    ],
)
def test_scales_are_written_in_many_ways(line: str, nm_per_px: float) -> None:
    recording = read(f"Image: a.dm3\n{line}\n")

    assert recording.settings["nm_per_px"] == pytest.approx(nm_per_px)


def test_a_scale_bar_that_disagrees_is_said() -> None:
    recording = read(NOTES.replace("90.91", "50"))

    assert "the scale bar means 0.4 nm per px, the pixel size 0.22" in str(recording.cautions[0])


def test_a_date_that_can_be_read_both_ways_is_kept_as_written() -> None:
    recording = read(NOTES.replace("2026-03-12", "3/12/2026"))

    assert recording.measured is not None
    assert recording.measured.moment is None
    assert recording.measured.as_written == "3/12/2026 10:01"


@pytest.mark.parametrize(
    "text",
    [
        "Image: a.tif\nMode: bright field\n",
        "Image: a.tif\nScale: 20 nm\n",
        "Image: a.tif\nPixel size: 0 nm\n",
        "Pixel size: 0.22 nm\n",
        "Image: the cubes\nPixel size: 0.22 nm\n",
    ],
)
def test_texts_without_an_image_or_a_scale_are_not_claimed(text: str) -> None:
    assert not image_sidecar.recognises(Source.of_bytes(text.encode()))


def test_a_text_without_a_scale_is_refused() -> None:
    with pytest.raises(Unread, match="does not name an image"):
        image_sidecar.read(Source.of_bytes(b"Image: a.tif\n"))


def test_the_real_notes_name_their_image(shared_data: Path) -> None:
    with Source.of_path(shared_data / "campaign" / "raw" / "TEM" / "NC-027-F2-TG1_BF_01.txt") as source:
        assert image_sidecar.recognises(source)
        (recording,) = image_sidecar.read(source)

    assert recording.settings["image_file"] == "NC-027-F2-TG1_BF_01.tif"
    assert recording.settings["nm_per_px"] == 0.22
