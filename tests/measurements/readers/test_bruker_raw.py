"""RAW of the versions 1 to 3: ranges, tubes and moments, and headers that state more than the file has."""

import struct
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest

from measurements.readers import bruker_raw, bruker_uxd
from measurements.readers.recording import Zone
from measurements.readers.refusal import Unread
from measurements.readers.source import Source
from tests.measurements.readers.expected_readings import assert_curve, expected, read_real

COUNTS = [10.0, 30.0, 20.0]


def version_3(
    counts: list[float] = COUNTS,
    *,
    ranges: int = 1,
    stated: int | None = None,
    scan_type: int = 0,
    varying: int = 0,
    step: float = 0.5,
    supplement: bytes = b"",
) -> bytes:
    """A RAW1.01 file with the same range as often as wanted."""
    head = bytearray(712)
    struct.pack_into("<7sx2I", head, 0, b"RAW1.01", 1, ranges)
    struct.pack_into("<10s10s72s", head, 16, b"02/23/26", b"16:00:00", b"LM")
    struct.pack_into("<60s", head, 326, b"NC-1")
    struct.pack_into("<4s4x5d", head, 608, b"Cu", 1.5418, 1.54056, 1.54439, 1.39222, 0.5)
    one = bytearray(304)
    struct.pack_into("<2I2d", one, 0, 304, len(counts) if stated is None else stated, 4.0, 8.0)
    struct.pack_into("<d8xfI", one, 176, step, 2.0, scan_type)
    struct.pack_into("<2I", one, 224, 40, 30)
    struct.pack_into("<d3I", one, 240, 1.54056, varying, 4 + 8 * varying, len(supplement))
    records = [struct.pack("<f", count) + varying * struct.pack("<d", 9 + i) for i, count in enumerate(counts)]
    return bytes(head) + ranges * (bytes(one) + supplement + b"".join(records))


def version_2(counts: list[float] = COUNTS, *, ranges: int = 1) -> bytes:
    """A RAW2 file with the same range as often as wanted."""
    head = bytearray(256)
    struct.pack_into("<4sH2x32s", head, 0, b"RAW2", ranges, b"quartz")
    struct.pack_into("<20s2s3f", head, 168, b"05-Jun-1995 12:12", b"Cu", 1.5406, 1.5444, 0.5)
    one = bytearray(48)
    struct.pack_into("<2H4x3f", one, 0, 48, len(counts), 4.0, 0.25, 10.0)
    struct.pack_into("<H", one, 46, 293)
    return bytes(head) + ranges * (bytes(one) + struct.pack(f"<{len(counts)}f", *counts))


def version_1(*, follows: int = 0, magic: bytes = b"RAW ", stated: int = 3) -> bytes:
    """One range of a RAW v1 file."""
    head = bytearray(156)
    struct.pack_into("<4sI2f2I2f", head, 0, magic, stated, 4.0, 0.25, 0, 0, 10.0, 5.0)
    struct.pack_into("<32s2f", head, 40, b"VINEGAR", 1.5406, 1.5444)
    struct.pack_into("<I", head, 152, follows)
    return bytes(head) + struct.pack("<3f", *COUNTS)


def source(content: bytes) -> Source:
    """A file in memory."""
    return Source.of_bytes(content)


def test_a_range_of_version_3_is_read_with_its_tube_and_its_moment() -> None:
    (one,) = bruker_raw.read(source(version_3()))

    channel = one.channels[0]
    assert channel.values.tolist() == COUNTS
    assert channel.x.values.tolist() == [8.0, 8.5, 9.0]
    assert (channel.x.name, channel.x.unit, channel.unit) == ("2theta", "deg", "counts")
    assert one.label == "NC-1"
    assert one.settings["anode"] == "Cu"
    assert one.settings["wavelength_alpha1_angstrom"] == 1.54056
    assert one.settings["tube_voltage_kv"] == 40
    assert one.settings["time_per_step_s"] == 2.0
    assert one.measured is not None
    assert one.measured.moment == datetime.fromisoformat("2026-02-23T16:00:00")
    assert one.measured.zone == Zone.NOT_STATED


@pytest.mark.parametrize("content", [version_2(ranges=3), version_3(ranges=3)])
def test_every_range_is_a_recording_of_its_own(content: bytes) -> None:
    found = bruker_raw.read(source(content))

    assert [one.channels[0].values.tolist() for one in found] == [COUNTS] * 3
    assert [one.label.rpartition(" ")[2] for one in found] == ["1", "2", "3"]


def test_version_2_is_read_with_its_date_and_anode() -> None:
    (one,) = bruker_raw.read(source(version_2()))

    assert one.channels[0].x.values.tolist() == [10.0, 10.25, 10.5]
    assert one.settings["anode"] == "Cu"
    assert one.settings["temperature_k"] == 293
    assert one.measured is not None
    assert one.measured.moment == datetime.fromisoformat("1995-06-05T12:12:00")


def test_later_ranges_of_version_1_may_leave_the_magic_out() -> None:
    with_magic = version_1(follows=1) + version_1()
    without = version_1(follows=1) + version_1()[4:]

    found = [bruker_raw.read(source(content)) for content in (with_magic, without)]

    assert [[one.channels[0].values.tolist() for one in file] for file in found] == [[COUNTS] * 2] * 2


def test_a_supplementary_header_stands_before_the_counts() -> None:
    (one,) = bruker_raw.read(source(version_3(supplement=b"\1" * 40)))

    assert one.channels[0].values.tolist() == COUNTS


def test_angles_that_were_measured_at_each_point_are_taken() -> None:
    (one,) = bruker_raw.read(source(version_3(varying=1)))

    assert one.channels[0].values.tolist() == COUNTS
    assert one.channels[0].x.values.tolist() == [9.0, 10.0, 11.0]


def test_a_rocking_curve_is_over_omega() -> None:
    (one,) = bruker_raw.read(source(version_3(scan_type=3)))

    assert one.channels[0].x.name == "omega"
    assert one.channels[0].x.values[0] == 4.0


def test_a_scan_that_does_not_move_two_theta_is_refused() -> None:
    with pytest.raises(Unread, match=r"does not move along 2theta.*byte 908"):
        bruker_raw.read(source(version_3(scan_type=5)))


def test_a_descending_axis_is_turned_and_said() -> None:
    (one,) = bruker_raw.read(source(version_3(step=-0.5)))

    assert one.channels[0].x.values.tolist() == [7.0, 7.5, 8.0]
    assert one.channels[0].values.tolist() == COUNTS[::-1]
    assert "turned" in str(one.cautions[0])


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (version_3(stated=4), r"4 counts are stated and 3 are there \(byte 1,016\)"),
        (version_3(stated=2**31), r"2,147,483,648 counts are stated and 3 are there"),
        (version_3(ranges=2)[:-4], r"3 counts are stated and 2 are there"),
        (version_3()[:400], r"ends inside a header \(byte 400\)"),
        (version_3(counts=[]), r"no points"),
        (version_3(step=0.0), r"a step of 0°"),
        (version_3(step=1e6), r"no angle"),
        (version_1(stated=4), r"4 counts are stated and 3 are there \(byte 156\)"),
        (version_2()[:-1], r"3 counts are stated and 2 are there"),
        (b"RAW3" + bytes(300), r"does not begin as RAW"),
    ],
)
def test_headers_that_contradict_the_file_are_refused_with_the_byte(content: bytes, reason: str) -> None:
    with pytest.raises(Unread, match=reason):
        bruker_raw.read(source(content))


def test_counts_that_are_not_numbers_are_gaps_and_said() -> None:
    (one,) = bruker_raw.read(source(version_3([10.0, float("nan"), float("inf"), 5.0])))

    assert np.isnan(one.channels[0].values).tolist() == [False, True, True, False]
    assert "2 of 4 values are not numbers, the first at point 2" in str(one.cautions[0])


def test_bytes_after_the_last_range_are_said_and_padding_is_not() -> None:
    padded = bruker_raw.read(source(version_3() + bytes(64)))
    followed = bruker_raw.read(source(version_3() + b"something"))

    assert padded[0].cautions == ()
    assert "9 bytes after the last range" in str(followed[0].cautions[0])


def test_text_that_begins_with_the_word_is_no_raw_file() -> None:
    assert not bruker_raw.recognises(source(b"RAW data of the week\n1 2\n"))
    assert not bruker_raw.recognises(source(b"RAW4.00" + bytes(60)))
    assert bruker_raw.recognises(source(version_1()))


@pytest.mark.parametrize("path", ["BT86.raw", "Cu3Au-1.raw", "brk_raw1.raw"])
def test_real_files_read_as_expected(shared_data: Path, path: str) -> None:
    wanted = expected(shared_data, "bruker_raw_v3", "bruker_raw_v1_v2")
    name = next(one for one in wanted if one.endswith(path))

    (one,) = read_real(shared_data, name, "bruker_raw")

    assert_curve(one, wanted[name])
    assert one.channels[0].unit == "counts"
    assert one.settings["step_deg"] == pytest.approx(wanted[name]["meta"]["step"])


def test_the_same_measurement_reads_the_same_from_raw_and_uxd(shared_data: Path) -> None:
    (raw,) = read_real(shared_data, "bruker_raw_v3/BT86.raw", "bruker_raw")
    with Source.of_path(shared_data / "instruments" / "bruker_uxd" / "BT86_.UXD") as text:
        (uxd,) = bruker_uxd.read(text)

    assert np.array_equal(raw.channels[0].values, uxd.channels[0].values)
    # Beyond ten degrees the text has two decimals.
    assert raw.channels[0].x.values == pytest.approx(uxd.channels[0].x.values, abs=5.1e-3)
    assert raw.measured is not None
    assert uxd.measured is not None
    assert raw.measured.moment == uxd.measured.moment
