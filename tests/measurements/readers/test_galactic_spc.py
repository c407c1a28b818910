"""What is promised of GRAMS files: floats and scaled integers, one trace or many, and no layout that is a guess."""

import contextlib
import io
import struct
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest

from measurements.readers.galactic_spc import read, recognises
from measurements.readers.galactic_spc.header import HEADER
from measurements.readers.recording import Technique
from measurements.readers.refusal import Unread
from measurements.readers.source import Source
from tests.measurements.readers.absorption_files import assert_reading
from tests.measurements.readers.expected_readings import expected, read_real

SHORT, SEVERAL, LABELS, OWN_X, HAS_X = 1, 4, 32, 64, 128
FLOATS = -128
# 21 August 2018, 10:39, packed into bits.
DATE = 2018 << 20 | 8 << 16 | 21 << 11 | 10 << 6 | 39


def header(
    *,
    flags: int = 0,
    version: int = 0x4B,
    exponent: int = FLOATS,
    points: int = 3,
    subfiles: int = 1,
    types: tuple[int, int, int] = (3, 2, 4),
    date: int = DATE,
    labels: bytes = b"",
    log_at: int = 0,
    method: bytes = b"",
    experiment: int = 7,
) -> bytes:
    stated = (flags, version, experiment, exponent, points, 500.0, 502.0, subfiles, *types, 0, date)
    texts = (b".5", b"UV", 0, b"", b"film", labels)
    return HEADER.pack(*stated, *texts, log_at, 0, 0, 1, 0, 0.0, method, 0.0, 0, 0.0, 0, b"")


def trace(values: bytes, *, exponent: int = FLOATS, z: float = 0.0, points: int = 0) -> bytes:
    return struct.pack("<BbHfffIIf4s", 0, exponent, 0, z, z, 0.0, points, 0, 0.0, b"") + values


def floats(*values: float) -> bytes:
    return np.array(values, "<f4").tobytes()


def test_a_trace_of_floats_lies_along_the_stated_range() -> None:
    source = Source.of_bytes(header() + trace(floats(0.5, 1.5, 2.5)))

    (recording,) = read(source)

    channel = recording.channels[0]
    assert recognises(source)
    assert recording.technique is Technique.ABSORBANCE
    assert channel.x.values.tolist() == [500.0, 501.0, 502.0]
    assert channel.values.tolist() == [0.5, 1.5, 2.5]
    assert (channel.unit, channel.x.unit) == ("A", "nm")
    assert recording.label == "film"
    assert recording.measured is not None
    assert recording.measured.moment == datetime.fromisoformat("2018-08-21T10:39")


@pytest.mark.parametrize(("flags", "kind", "bits"), [(0, "<i4", 32), (SHORT, "<i2", 16)])
def test_integers_are_scaled_by_the_exponent_of_the_main_header(flags: int, kind: str, bits: int) -> None:
    values = trace(np.array([100, -200, 300], kind).tobytes(), exponent=79)

    (recording,) = read(Source.of_bytes(header(flags=flags, exponent=10) + values))

    assert recording.channels[0].values.tolist() == [one * 2.0 ** (10 - bits) for one in (100, -200, 300)]


def test_several_traces_along_one_axis_are_a_map_along_z() -> None:
    rows = trace(floats(1, 2, 3), z=10.0) + trace(floats(4, 5, 6), z=20.0)

    (recording,) = read(Source.of_bytes(header(flags=SEVERAL, subfiles=2) + rows))

    channel = recording.channels[0]
    assert channel.values.tolist() == [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]
    assert channel.axes[0].values.tolist() == [10.0, 20.0]
    assert (channel.axes[0].name, channel.axes[0].unit) == ("time", "s")


def test_traces_without_an_order_are_a_map_along_their_number() -> None:
    rows = trace(floats(1, 2, 3)) + trace(floats(4, 5, 6))

    (recording,) = read(Source.of_bytes(header(flags=SEVERAL, subfiles=2) + rows))

    assert recording.channels[0].axes[0].name == "index"
    assert recording.channels[0].axes[0].values.tolist() == [0.0, 1.0]


def test_each_trace_of_a_map_has_its_own_exponent() -> None:
    one = np.array([100, 200, 300], "<i4").tobytes()
    rows = trace(one, exponent=32) + trace(one, exponent=33)

    (recording,) = read(Source.of_bytes(header(flags=SEVERAL, subfiles=2, exponent=5) + rows))

    assert recording.channels[0].values.tolist() == [[100.0, 200.0, 300.0], [200.0, 400.0, 600.0]]


def test_traces_with_axes_of_their_own_are_recordings() -> None:
    rows = trace(floats(500, 510) + floats(1, 2), points=2) + trace(floats(600, 610, 620) + floats(3, 4, 5), points=3)

    first, second = read(Source.of_bytes(header(flags=SEVERAL | OWN_X | HAS_X, subfiles=2, points=0) + rows))

    assert first.channels[0].x.values.tolist() == [500.0, 510.0]
    assert second.channels[0].values.tolist() == [3.0, 4.0, 5.0]
    assert (first.label, second.label) == ("film 1", "film 2")


def test_written_x_values_go_before_the_stated_range() -> None:
    content = header(flags=HAS_X) + floats(700, 650, 600) + trace(floats(1, 2, 3))

    (recording,) = read(Source.of_bytes(content))

    assert recording.channels[0].x.values.tolist() == [600.0, 650.0, 700.0]
    assert recording.channels[0].values.tolist() == [3.0, 2.0, 1.0]
    assert "wavelength runs downwards in the file and was turned" in [str(one) for one in recording.cautions]


def test_an_axis_that_is_no_number_is_refused_with_the_byte() -> None:
    with pytest.raises(Unread, match="x is no number") as refusal:
        read(Source.of_bytes(header(flags=HAS_X) + floats(700, float("nan"), 600) + trace(floats(1, 2, 3))))

    assert refusal.value.offset_bytes == 516


def test_labels_of_a_person_go_before_the_types() -> None:
    content = header(flags=LABELS, labels=b"Wavenumber (cm-1)\0(arb)\0", types=(0, 0, 0)) + trace(floats(1, 2, 3))

    (recording,) = read(Source.of_bytes(content))

    assert (recording.channels[0].x.unit, recording.channels[0].unit) == ("1/cm", "")


def test_a_year_counted_from_1900_is_no_date_and_said() -> None:
    content = header(date=116 << 20 | 4 << 16 | 8 << 11) + trace(floats(1, 2, 3))

    (recording,) = read(Source.of_bytes(content))

    assert recording.measured is None
    assert any("0116-04-08 00:00 cannot be right (2016 is likely)" in str(one) for one in recording.cautions)


def test_exposure_and_accumulations_are_settings_and_leave_the_counts_alone() -> None:
    content = header(types=(3, 4, 0), method=b"Exp. time = 0.500000 secs X 10 Accums.") + trace(floats(10, 20, 30))

    (recording,) = read(Source.of_bytes(content))

    assert recording.settings["exposure_s"] == 0.5
    assert recording.settings["accumulations"] == 10
    assert recording.channels[0].values.tolist() == [10.0, 20.0, 30.0]
    assert recording.channels[0].unit == "counts"


def test_the_log_is_kept_as_header() -> None:
    body = header(log_at=512 + 32 + 12) + trace(floats(1, 2, 3))
    log = struct.pack("<IIIII44s", 64 + 24, 4096, 64, 0, 0, b"") + b"USER = GF\r\nNOTE = thin\r\n"

    (recording,) = read(Source.of_bytes(body + log))

    assert recording.header["NOTE"] == ("thin",)
    assert recording.settings["operator"] == "GF"


def test_what_spectrasuite_noted_of_the_detector_is_said() -> None:
    body = header(log_at=512 + 32 + 12) + trace(floats(1, 2, 3))
    noted = b"COMMENT = Int Time: 200000 (U), Averages: 5 (U), Boxcar: 2 (U), Detector saturated: yes (U)\r\n"
    log = struct.pack("<IIIII44s", 64 + len(noted), 4096, 64, 0, 0, b"") + noted

    (recording,) = read(Source.of_bytes(body + log))

    assert (recording.settings["integration_time_s"], recording.settings["accumulations"]) == (0.2, 5)
    assert "the program noted that the detector was saturated" in [str(one) for one in recording.cautions]


@pytest.mark.parametrize("log", [b"", struct.pack("<IIIII44s", 64, 4096, 9000, 0, 0, b"")])
def test_a_log_that_does_not_fit_leaves_the_points_readable(log: bytes) -> None:
    body = header(log_at=512 + 32 + 12) + trace(floats(1, 2, 3))

    (recording,) = read(Source.of_bytes(body + log))

    assert recording.channels[0].values.tolist() == [1.0, 2.0, 3.0]
    assert any("the log" in str(one) for one in recording.cautions)


def test_values_that_are_no_numbers_stay_gaps_and_are_counted() -> None:
    (recording,) = read(Source.of_bytes(header() + trace(floats(1, float("nan"), float("inf")))))

    assert any("2 values are no numbers, the first at point 2" in str(one) for one in recording.cautions)


@pytest.mark.parametrize("points", [0, 4, 2**31, 2**32 - 1])
def test_points_that_the_file_does_not_have_are_refused_with_the_byte(points: int) -> None:
    source = Source.of_bytes(header(points=points) + trace(floats(1, 2, 3)))

    with pytest.raises(Unread, match="point") as refusal:
        read(source)

    assert recognises(source)
    assert refusal.value.offset_bytes is not None


@pytest.mark.parametrize("subfiles", [2, 2**32 - 1])
def test_traces_that_the_file_does_not_have_are_refused(subfiles: int) -> None:
    content = header(flags=SEVERAL | OWN_X | HAS_X, subfiles=subfiles) + trace(floats(1, 2) + floats(3, 4), points=2)

    with pytest.raises(Unread, match="ends before a trace"):
        read(Source.of_bytes(content))


@pytest.mark.parametrize(("version", "words"), [(0x4C, "swapped bytes"), (0x4D, "old DOS layout")])
def test_other_layouts_are_refused_by_name(version: int, words: str) -> None:
    with pytest.raises(Unread, match=words):
        read(Source.of_bytes(header(version=version) + trace(floats(1, 2, 3))))


def test_the_old_dos_layout_is_known_by_its_content() -> None:
    old = struct.pack("<BBhfffBB", 0, 0x4D, 4, 100.0, 400.0, 700.0, 3, 2).ljust(600, b"\0")

    assert recognises(Source.of_bytes(old))
    assert not recognises(Source.of_bytes(b"AMplain text that goes on and on ".ljust(600, b".")))


@pytest.mark.parametrize(
    "content", [b"PK\3\4" + header()[4:], b"OK, this is text. " * 60, header()[:500], header(types=(99, 2, 0))]
)
def test_other_files_are_not_claimed(content: bytes) -> None:
    assert not recognises(Source.of_bytes(content))


def test_nothing_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    read(Source.of_bytes(header() + trace(floats(1, 2, 3)) + b"more"))

    assert capsys.readouterr() == ("", "")


def test_real_files_have_the_expected_values(shared_data: Path) -> None:
    units = {"absorbance": "A", "arbitrary": "", "counts": "counts", "transmission": "transmission"}
    for path, wanted in expected(shared_data, "galactic_spc").items():
        (recording,) = read_real(shared_data, path, "galactic_spc")

        assert_reading(recording, wanted)
        assert recording.channels[0].unit == units[wanted["y_unit"]]
        assert recording.measured is not None
        assert recording.measured.as_written == wanted["meta"]["date"]
        assert recording.settings.get("memo", "") == wanted["meta"]["memo"]


def test_real_files_have_the_values_of_the_library(shared_data: Path) -> None:
    spc_io = pytest.importorskip("spc_io")
    for path in expected(shared_data, "galactic_spc"):
        content = (shared_data / "instruments" / path).read_bytes()
        with contextlib.redirect_stdout(io.StringIO()):
            theirs = spc_io.SPC.from_bytes_io(io.BytesIO(content))[0]

        (ours,) = read(Source.of_bytes(content))

        assert np.allclose(np.sort(ours.channels[0].x.values), np.sort(theirs.xarray))
        assert np.allclose(np.sort(ours.channels[0].values), np.sort(theirs.yarray))
