"""DigitalMicrograph files: every image with its scale, and no claim of the file believed unchecked."""

import struct
from pathlib import Path

import numpy as np
import pytest

from measurements.readers import digital_micrograph
from measurements.readers.recording import Recording, Role, Technique, Zone
from measurements.readers.refusal import Unread
from measurements.readers.source import Source
from tests.measurements.readers.expected_readings import expected, read_real
from tests.measurements.readers.gatan_files import Gatan, image, images

PIXELS = np.arange(12, dtype="uint16").reshape(3, 4)
REAL = ["multi_signal.dm3", "test_STEM_image.dm3", "Fei HAADF-UK_location.dm3", "test-1.dm4"]


def read(content: bytes) -> tuple[Recording, ...]:
    source = Source.of_bytes(content)
    assert digital_micrograph.recognises(source)
    return digital_micrograph.read(source)


@pytest.mark.parametrize("version", [3, 4])
@pytest.mark.parametrize("dtype", ["uint8", "int16", "uint16", "int32", "uint32", "float32"])
def test_pixels_lie_over_the_calibrated_axes(version: int, dtype: str) -> None:
    (recording,) = read(Gatan(version).file(images(image(PIXELS.astype(dtype)))))

    (channel,) = recording.channels
    y, x = channel.axes
    assert recording.technique is Technique.TEM_IMAGE
    assert recording.label == "HAADF"
    assert channel.role is Role.IMAGE
    assert channel.values.dtype == np.dtype(dtype)
    assert np.array_equal(channel.values, PIXELS)
    assert (y.name, y.unit, y.values.tolist()) == ("y", "nm", [-0.5, -0.25, 0])
    assert (x.name, x.unit, x.values.tolist()) == ("x", "nm", [-0.5, -0.25, 0, 0.25])
    assert recording.settings["nm_per_px"] == 0.25


def test_several_images_are_several_recordings_and_the_thumbnail_is_none() -> None:
    recordings = read(Gatan().file(images(image(PIXELS), image(PIXELS + 1, name="BF"))))

    assert [recording.label for recording in recordings] == ["HAADF", "BF"]


def test_an_image_without_scale_is_in_pixels_and_says_so() -> None:
    (recording,) = read(Gatan().file(images(image(PIXELS, unit=""))))

    assert [axis.unit for axis in recording.channels[0].axes] == ["px", "px"]
    assert "nm_per_px" not in recording.settings
    assert "no scale is stated for x" in str(recording.cautions[1])


def test_micrometres_are_kept_and_told_in_nm_per_px() -> None:
    (recording,) = read(Gatan().file(images(image(PIXELS, unit="µm"))))

    assert recording.channels[0].x.unit == "µm"
    assert recording.settings["nm_per_px"] == 250.0


def test_the_microscope_and_its_settings_are_understood() -> None:
    tags = {
        "Microscope Info": {"Voltage": 200000.0, "Indicated Magnification": 225000.0, "Imaging Mode": "IMAGING"},
        "Session Info": {"Microscope": "JEM-1400Plus", "Operator": "AV", "Specimen": "NC-024"},
        "DataBar": {"Exposure Time (s)": 0.5, "Device Name": "Orius"},
    }

    (recording,) = read(Gatan().file(images(image(PIXELS, tags=tags))))

    assert recording.instrument == "JEM-1400Plus"
    assert recording.settings["accelerating_voltage_kv"] == 200.0
    assert recording.settings["magnification_ratio"] == 225000.0
    assert recording.settings["exposure_s"] == 0.5
    assert recording.settings["sample_name"] == "NC-024"
    assert recording.header["ImageTags.DataBar.Device Name"] == ("Orius",)


def test_the_clock_of_the_system_settles_the_moment() -> None:
    bar = {"Acquisition Date": "12/10/2019", "Acquisition Time": "3:32:41 PM"}
    clock = {"Acquisition Time (OS)": 1.3220483561436376e17}

    (with_clock,) = read(Gatan().file(images(image(PIXELS, tags={"DataBar": bar | clock}))))
    (without,) = read(Gatan().file(images(image(PIXELS, tags={"DataBar": bar}))))

    assert with_clock.measured is not None
    assert with_clock.measured.moment is not None
    assert with_clock.measured.moment.isoformat(timespec="seconds") == "2019-12-10T20:32:41+00:00"
    assert with_clock.measured.zone is Zone.UTC
    assert without.measured is not None
    assert without.measured.moment is None
    assert without.measured.as_written == "12/10/2019 3:32:41 PM"
    assert "may have the day or the month first" in str(without.cautions[0])


def test_a_stack_has_three_axes_and_a_line_one() -> None:
    (stack,) = read(Gatan().file(images(image(np.arange(24, dtype="int16").reshape(2, 3, 4)))))
    (line,) = read(Gatan().file(images(image(np.arange(5, dtype="float32")))))

    assert [axis.name for axis in stack.channels[0].axes] == ["z", "y", "x"]
    assert line.technique is Technique.SPECTRUM


def test_a_fourier_transform_is_left_out_and_said() -> None:
    transform = image(np.zeros((2, 2), "complex64"), name="FFT")

    (recording,) = read(Gatan().file(images(image(PIXELS), transform)))

    assert "FFT" in str(recording.cautions[-1])
    with pytest.raises(Unread, match="no image of numbers: FFT"):
        read(Gatan().file(images(transform)))


def test_gaps_are_kept_and_counted() -> None:
    pixels = np.array([[1, np.nan], [3, np.inf]], "float32")

    (recording,) = read(Gatan().file(images(image(pixels))))

    assert "2 values are no numbers" in str(recording.cautions[0])


@pytest.mark.parametrize("version", [3, 4])
def test_a_file_cut_off_anywhere_is_refused_with_the_byte(version: int) -> None:
    content = Gatan(version).file(images(image(PIXELS)))

    for length in range(30, len(content) - 8, 7):
        with pytest.raises(Unread) as refusal:
            digital_micrograph.read(Source.of_bytes(content[:length]))
        assert refusal.value.offset_bytes is not None


def test_dimensions_that_the_pixels_do_not_fill_are_refused() -> None:
    wrong = image(PIXELS)
    wrong["ImageData"]["Dimensions"] = {"0": 2**31 - 1, "1": 2**31 - 1}

    with pytest.raises(Unread, match="do not fill 24 bytes"):
        read(Gatan().file(images(wrong)))


@pytest.mark.parametrize(
    ("about", "words"),
    [
        ((20, 4, 2**31), "bytes are stated"),
        ((20, 15, 0, 2**31, 0, 6, 9), "has the type"),
        ((18, 2**31), "has the type"),
        ((99,), "has the type"),
    ],
)
def test_a_tag_that_claims_more_than_the_file_is_refused_at_once(about: tuple[int, ...], words: str) -> None:
    tag = struct.pack(">BH", 21, 1) + b"a%%%%" + b"".join(struct.pack(">I", n) for n in (len(about), *about))
    content = struct.pack(">III", 3, 100, 1) + b"\1\0" + struct.pack(">I", 1) + tag

    with pytest.raises(Unread, match=words):
        read(content)


def test_endless_groups_are_refused() -> None:
    nested = (struct.pack(">BH", 20, 0) + b"\1\0" + struct.pack(">I", 1)) * 500
    many = struct.pack(">III", 3, 100, 1) + b"\1\0" + struct.pack(">I", 2**31)

    with pytest.raises(Unread, match="nested too deeply"):
        read(struct.pack(">III", 3, 100, 1) + b"\1\0" + struct.pack(">I", 1) + nested)
    with pytest.raises(Unread, match="states 2,147,483,648 tags"):
        read(many)


def test_other_files_are_not_claimed() -> None:
    assert not digital_micrograph.recognises(Source.of_bytes(b"\0\0\0\3"))
    assert not digital_micrograph.recognises(Source.of_bytes(b"\0\0\0\3" + b"\xff" * 40))


@pytest.mark.parametrize("name", REAL)
def test_real_files_read_as_the_manifest_says(shared_data: Path, name: str) -> None:
    wanted = expected(shared_data, "tem_dm")[f"tem_dm/{name}"]

    recordings = read_real(shared_data, f"tem_dm/{name}", "digital_micrograph")

    channel = recordings[0].channels[0]
    assert len(recordings) == wanted["n_images"]
    assert (list(channel.values.shape), str(channel.values.dtype)) == (wanted["shape"], wanted["dtype"])
    assert (float(channel.values.max()), float(channel.values.sum(dtype=float))) == (wanted["max"], wanted["sum"])
    for axis, (axis_name, unit, scale, offset, count) in zip(channel.axes, wanted["axes"], strict=True):
        assert (axis.name, axis.unit, len(axis.values)) == (axis_name, unit or "px", count)
        assert axis.values[1] - axis.values[0] == pytest.approx(scale)
        assert axis.values[0] == pytest.approx(offset)


@pytest.mark.parametrize("name", REAL)
def test_the_library_reads_the_same_pixels(shared_data: Path, name: str) -> None:
    library = pytest.importorskip("rsciio.digitalmicrograph")
    entries = library.file_reader(shared_data / "instruments" / "tem_dm" / name)

    recordings = read_real(shared_data, f"tem_dm/{name}", "digital_micrograph")

    for recording, entry in zip(recordings, entries, strict=True):
        assert np.array_equal(recording.channels[0].values, entry["data"])
