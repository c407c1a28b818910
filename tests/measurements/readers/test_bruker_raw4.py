"""RAW of the version 4: the size of a point decides where the next one is, and the chain has to hold."""

import struct
from datetime import datetime
from pathlib import Path

import pytest

from measurements.readers import bruker_raw4
from measurements.readers.refusal import Unread
from measurements.readers.source import Source
from tests.measurements.readers.expected_readings import assert_curve, expected, read_real

COUNTS = [10.0, 30.0, 20.0]
Drive = tuple[str, int, float]
COUPLED: tuple[Drive, ...] = (("2Theta", 2, 10.0), ("Theta", 1, 5.0))


def text(name: str, value: str) -> bytes:
    """A segment of text."""
    content = value.encode("cp1252")
    return struct.pack("<3I24s", 10, 36 + len(content), 0, name.encode()) + content


def scan(
    *,
    counts: list[float] = COUNTS,
    point_bytes: int = 4,
    kind: str = "Locked Coupled",
    drives: tuple[Drive, ...] = COUPLED,
    stated: int | None = None,
) -> bytes:
    """A range with its drives and points."""
    extra = b"".join(
        struct.pack("<3I24s20xd28x", 50, 92, flag, name.encode(), position) for name, flag, position in drives
    )
    head = bytearray(160)
    struct.pack_into("<24s", head, 32, kind.encode())
    struct.pack_into("<2dIf", head, 72, 10.0, 0.5, len(counts) if stated is None else stated, 96.0)
    struct.pack_into("<2f4xd", head, 100, 40.0, 30.0, 1.5406)
    struct.pack_into("<2I", head, 136, point_bytes, len(extra))
    points = b"".join(struct.pack("<f", count) + b"\xff" * (point_bytes - 4) for count in counts)
    return bytes(head) + extra + points


def file(*segments: bytes) -> Source:
    """A RAW4.00 file of segments."""
    head = bytearray(61)
    struct.pack_into("<7s", head, 0, b"RAW4.00")
    struct.pack_into("<12s10s", head, 12, b"07/11/2018", b"15:55:31")
    return Source.of_bytes(bytes(head) + b"".join(segments))


def test_points_of_four_bytes_are_read_as_counts() -> None:
    (one,) = bruker_raw4.read(file(text("SAMPLEID", "TiO2 µ"), scan()))

    channel = one.channels[0]
    assert channel.values.tolist() == COUNTS
    assert channel.x.values.tolist() == [10.0, 10.5, 11.0]
    assert channel.x.name == "2theta"
    assert one.label == one.settings["sample_name"] == "TiO2 µ"
    assert one.settings["tube_voltage_kv"] == 40.0
    assert one.settings["time_per_step_s"] == 96.0
    assert one.measured is not None
    assert one.measured.moment == datetime.fromisoformat("2018-07-11T15:55:31")


def test_points_of_eight_bytes_give_their_first_number_and_say_so() -> None:
    (one,) = bruker_raw4.read(file(scan(point_bytes=8)))

    assert one.channels[0].values.tolist() == COUNTS
    assert "each point has 8 bytes" in str(one.cautions[0])


def test_every_range_is_a_recording_of_its_own() -> None:
    found = bruker_raw4.read(file(text("SAMPLEID", "A"), scan(), scan(counts=[1.0, 2.0])))

    assert [len(one.channels[0].values) for one in found] == [3, 2]
    assert [one.label for one in found] == ["A range 1", "A range 2"]


def test_texts_that_are_not_known_stay_in_the_header() -> None:
    (one,) = bruker_raw4.read(file(text("FLAVOUR", "sweet"), text("FLAVOUR", "sour"), scan()))

    assert one.header["FLAVOUR"] == ("sweet", "sour")


@pytest.mark.parametrize(
    ("kind", "drives", "name"),
    [
        ("Rocking Curve", (("Theta", 1, 10.0),), "theta"),
        ("Rocking Curve", (), "omega"),
        ("Unlocked Coupled", (), "2theta"),
        ("Detector Scan", (("2Theta", 1, 10.0),), "2theta"),
        ("Phi Scan", (("Phi", 1, 10.0), ("Chi", 1, 3.0)), "phi"),
    ],
)
def test_the_axis_is_the_drive_that_moved(kind: str, drives: tuple[Drive, ...], name: str) -> None:
    (one,) = bruker_raw4.read(file(scan(kind=kind, drives=drives)))

    assert one.channels[0].x.name == name
    assert one.cautions == ()


def test_a_scan_that_names_no_drive_is_taken_for_two_theta_and_said() -> None:
    (one,) = bruker_raw4.read(file(scan(kind="PSD Fix Scan", drives=())))

    assert one.channels[0].x.name == "2theta"
    assert "“PSD Fix Scan” does not name its drive" in str(one.cautions[0])


@pytest.mark.parametrize(
    ("segments", "reason"),
    [
        ((scan(stated=4),), r"4 counts are stated and 3 are there \(byte 405\)"),
        ((scan(stated=2**31),), r"2,147,483,648 counts are stated"),
        ((scan(point_bytes=8)[:-8],), r"3 counts are stated and 2 are there"),
        ((text("USER", "LM"),), r"no ranges"),
        ((struct.pack("<2I", 77, 4), scan()), r"A segment states 4 bytes.*byte 61"),
        ((struct.pack("<2I", 77, 4000), scan()), r"A segment states 4,000 bytes"),
        ((scan(counts=[]),), r"no points"),
        ((scan()[:100],), r"ends inside a header"),
    ],
)
def test_chains_that_do_not_hold_are_refused_with_the_byte(segments: tuple[bytes, ...], reason: str) -> None:
    with pytest.raises(Unread, match=reason):
        bruker_raw4.read(file(*segments))


def test_a_point_of_three_bytes_is_refused() -> None:
    content = bytearray(file(scan()).content)
    struct.pack_into("<I", content, 61 + 136, 3)

    with pytest.raises(Unread, match=r"A point of 3 bytes holds no count \(byte 197\)"):
        bruker_raw4.read(Source.of_bytes(bytes(content)))


def test_its_text_export_and_other_versions_are_not_claimed() -> None:
    assert not bruker_raw4.recognises(Source.of_bytes(b";RAW4.00\n[Data]\n"))
    assert not bruker_raw4.recognises(Source.of_bytes(b"RAW1.01" + bytes(60)))
    with pytest.raises(Unread, match="does not begin as"):
        bruker_raw4.read(Source.of_bytes(b"RAW1.01" + bytes(60)))


def test_a_real_file_with_points_of_four_bytes_reads_as_expected(shared_data: Path) -> None:
    path, wanted = next(iter(expected(shared_data, "bruker_raw_v4").items()))

    (one,) = read_real(shared_data, path, "bruker_raw4")

    assert_curve(one, wanted)
    assert one.settings["scan_type"] == wanted["meta"]["scan"]
    assert one.settings["program"] == wanted["meta"]["CREATOR"]
    assert one.settings["step_deg"] == wanted["meta"]["step"]
    assert one.settings["tube_current_ma"] == wanted["meta"]["mA"]
