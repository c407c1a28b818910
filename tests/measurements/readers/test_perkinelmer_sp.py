"""What is promised of PEPE block files: range, step, count and bytes agree, or nothing is read."""

import struct
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest

from measurements.readers.perkinelmer_sp import read, recognises
from measurements.readers.recording import Technique
from measurements.readers.refusal import Unread
from measurements.readers.source import Source
from tests.measurements.readers.absorption_files import assert_reading
from tests.measurements.readers.expected_readings import expected, read_real

VALUES = (0.1, 0.2, 0.3, 0.4)


def block(key: int, content: bytes) -> bytes:
    return struct.pack("<hi", key, len(content)) + content


def text(key: int, written: str) -> bytes:
    return block(key, struct.pack("<HH", 0x7523, len(written)) + written.encode("cp1252"))


def history() -> bytes:
    instrument = block(124, block(123, text(-29699, "Lambda 950") + text(-29698, "950L1")))
    made = block(
        122,
        text(-29837, "Created as New Dataset") + text(-29836, "Thu Mar 09 09:17:56 2006") + block(-29831, instrument),
    )
    return block(121, text(-29838, "GF") + text(-29836, "Fri Mar 10 10:00:00 2006") + block(-29833, made))


def spectrum(
    *,
    points: int = 4,
    size: int | None = None,
    step: float = -1.0,
    unit: str = "nm",
    values: tuple[float, ...] = VALUES,
) -> Source:
    data = struct.pack("<Hi", 29974, 8 * len(values) if size is None else size) + np.array(values, "<f8").tobytes()
    members = block(-29825, history())
    members += block(-29838, struct.pack("<Hdd", 29981, 803.0, 800.0)) + block(-29836, struct.pack("<Hd", 29979, step))
    members += block(-29835, struct.pack("<Hi", 29995, points)) + text(-29833, unit) + text(-29832, "A")
    members += text(-29823, "film") + block(-29828, data)
    return Source.of_bytes(b"PEPE2D constant interval DataSet file".ljust(44, b"\0") + block(120, members))


def test_a_spectrum_comes_with_its_axis_instrument_and_history() -> None:
    source = spectrum()

    (recording,) = read(source)

    assert recognises(source)
    assert recording.technique is Technique.ABSORBANCE
    assert recording.channels[0].x.values.tolist() == [800.0, 801.0, 802.0, 803.0]
    assert recording.channels[0].values.tolist() == [0.4, 0.3, 0.2, 0.1]
    assert recording.label == "film"
    assert recording.instrument == "PerkinElmer Lambda 950"
    assert recording.settings["serial_number"] == "950L1"
    assert "GF" in recording.header["history"]


def test_the_oldest_moment_of_the_history_is_that_of_the_measurement() -> None:
    (recording,) = read(spectrum())

    assert recording.measured is not None
    assert recording.measured.moment == datetime.fromisoformat("2006-03-09T09:17:56")
    assert recording.measured.as_written == "Thu Mar 09 09:17:56 2006"


def test_a_value_that_is_no_number_stays_a_gap_and_is_counted() -> None:
    (recording,) = read(spectrum(values=(0.1, float("nan"), 0.3, 0.4)))

    assert np.isnan(recording.channels[0].values[2])
    assert any("1 value is no number" in str(one) for one in recording.cautions)


@pytest.mark.parametrize("points", [0, 3, 5, -1, 2**31 - 1])
def test_a_count_that_is_not_that_of_the_bytes_is_refused_with_the_byte(points: int) -> None:
    with pytest.raises(Unread, match="points are promised") as refusal:
        read(spectrum(points=points))

    assert refusal.value.offset_bytes is not None


def test_a_size_beyond_the_block_is_refused() -> None:
    with pytest.raises(Unread, match="points are promised"):
        read(spectrum(size=2**31 - 1))


def test_a_step_that_does_not_lead_through_the_range_is_refused() -> None:
    with pytest.raises(Unread, match="Steps of -7 do not lead from 803 to 800"):
        read(spectrum(step=-7.0))


@pytest.mark.parametrize("left", [60, 200, 300])
def test_a_file_that_was_cut_off_is_refused_with_the_byte(left: int) -> None:
    with pytest.raises(Unread, match="A block claims") as refusal:
        read(Source.of_bytes(spectrum().content[:left]))

    assert refusal.value.offset_bytes is not None


def test_a_file_without_values_is_refused() -> None:
    with pytest.raises(Unread, match="The data set has no range of x"):
        read(Source.of_bytes(b"PEPE2D constant interval DataSet file".ljust(44, b"\0") + block(120, b"")))


def test_an_image_is_refused_by_name() -> None:
    image = Source.of_bytes(b"PEPEDataSet - 4DConst3DInterval".ljust(100, b"\0"))

    assert recognises(image)
    with pytest.raises(Unread, match=r"images \(4D\) are not read"):
        read(image)


def test_blocks_without_end_are_refused() -> None:
    nested = b""
    for _ in range(40):
        nested = block(121, nested)

    with pytest.raises(Unread, match="nested too deep"):
        read(Source.of_bytes(b"PEPE DataSet".ljust(44, b"\0") + block(120, nested)))


def test_real_files_have_the_expected_values(shared_data: Path) -> None:
    for path, wanted in expected(shared_data, "perkinelmer_sp").items():
        (recording,) = read_real(shared_data, path, "perkinelmer_sp")

        assert_reading(recording, wanted)
        assert recording.channels[0].x.unit == "1/cm"
        assert recording.channels[0].unit == wanted["y_unit"]
        assert recording.settings["sample_name"] == wanted["meta"]["name"]
        assert recording.settings["file_name"] == wanted["meta"]["file"]
        assert recording.settings["step_per_cm"] == wanted["meta"]["step"]
