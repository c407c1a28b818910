"""Streak images: what their bytes promise is kept, and what they cannot promise is said."""

from pathlib import Path

import numpy as np
import pytest

from measurements.readers import hamamatsu_img
from measurements.readers.recording import Recording, Technique, Zone
from measurements.readers.refusal import Unread
from measurements.readers.source import Source
from tests.measurements.readers.expected_readings import expected, read_real
from tests.measurements.readers.streak_files import ROWS, img_file, streak_counts


def read(content: bytes) -> Recording:
    source = Source.of_bytes(content)
    assert hamamatsu_img.recognises(source)
    (recording,) = hamamatsu_img.read(source)
    return recording


def said(recording: Recording) -> str:
    return " | ".join(str(caution) for caution in recording.cautions)


@pytest.mark.parametrize("dtype", ["<u1", "<u2", "<u4"])
def test_counts_lie_over_time_and_ascending_wavelength(dtype: str) -> None:
    recording = read(img_file(dtype))

    (channel,) = recording.channels
    time, wavelength = channel.axes
    assert recording.technique is Technique.TRPL
    assert channel.values.dtype == np.dtype(dtype)
    assert np.array_equal(channel.values, streak_counts(dtype)[:, ::-1])
    assert (time.name, time.unit, time.values.tolist()) == ("time", "us", [0, 10, 20])
    assert (wavelength.unit, wavelength.values.tolist()) == ("nm", [640, 660, 680, 700])
    assert channel.unit == "counts"
    assert "wavelength runs downwards in the file and was turned" in said(recording)


def test_exposures_are_told_and_never_divided_into_the_counts() -> None:
    recording = read(img_file())

    assert recording.settings["exposures"] == 60
    assert recording.settings["exposure_s"] == 0.2
    assert recording.settings["integration_time_s"] == 12.0
    assert recording.channels[0].values.sum() == streak_counts().sum()


def test_the_settings_of_camera_and_spectrograph_are_understood() -> None:
    recording = read(img_file())

    expected = {
        "time_range": "20 us",
        "mode": "Operate",
        "mcp_gain": 50.0,
        "grating": "300 g/mm",
        "center_wavelength_nm": 500.0,
        "camera": "Orca R2",
        "device": "C5680",
        "program": "HPD-TA 9.5 pf10",
        "acquisition": "photon counting",
        "background_subtracted": True,
        "shading_corrected": False,
        "comment": "NC-024, toluene [old]",
    }
    assert {name: recording.settings[name] for name in expected} == expected
    assert recording.instrument == "Hamamatsu C5680 + Orca R2"
    assert recording.header["Grabber.SubType"] == ("0",)
    assert recording.header["DisplayLUT.EntrySize"] == ("4",)


def test_focus_mode_has_no_time() -> None:
    recording = read(img_file(mode="Focus", y="Focus mode", y_type=1, y_unit=""))

    assert recording.technique is Technique.PL
    assert recording.channels[0].axes[0].unit == "px"
    assert "no time axis" in said(recording)


def test_an_image_without_wavelengths_is_in_pixels_and_says_so() -> None:
    recording = read(img_file(x="Other"))

    assert (recording.channels[0].x.name, recording.channels[0].x.unit) == ("x", "px")
    assert "the file has no wavelength axis" in said(recording)


@pytest.mark.parametrize("written", ["20/01/2023", "20.01.2023", "01-20-2023", "1/20/2023", "2023/01/20"])
def test_dates_of_every_language_mean_the_same_day(written: str) -> None:
    recording = read(img_file(date=written))

    assert recording.measured is not None
    assert recording.measured.as_written == f"{written} 11:34:55.147"
    assert recording.measured.moment is not None
    assert recording.measured.moment.isoformat() == "2023-01-20T11:34:55.147000"
    assert recording.measured.zone is Zone.NOT_STATED


@pytest.mark.parametrize(
    ("written", "month", "words"),
    [
        ("08/03/2026", 3, "was read with the day first"),
        ("03-08-2026", 3, "was read with the month first"),
        ("8/3/2026", None, "may have the day or the month first"),
    ],
)
def test_a_date_that_can_be_read_both_ways_is_said(written: str, month: int | None, words: str) -> None:
    recording = read(img_file(date=written))

    assert recording.measured is not None
    moment = recording.measured.moment
    assert (moment.month if moment else None) == month
    assert words in said(recording)


def test_an_image_cut_off_is_refused_with_the_byte() -> None:
    content = img_file()[:-60]

    with pytest.raises(Unread, match="cut off and its axis tables are missing") as refusal:
        read(content)

    assert refusal.value.offset_bytes == len(content)


def test_a_missing_axis_table_is_refused_with_the_byte() -> None:
    content = img_file()[:-4]

    with pytest.raises(Unread, match="table of the time axis is missing") as refusal:
        read(content)

    assert refusal.value.offset_bytes == len(content)


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("#0000070,0004", "would lie inside the image"),
        ("#0000900,0007", "7 values for 4 pixels"),
        ("#somewhere", "is not named"),
    ],
)
def test_a_table_in_the_wrong_place_is_refused(place: str, words: str) -> None:
    with pytest.raises(Unread, match=words):
        read(img_file(x=place))


def test_a_table_of_no_numbers_is_refused() -> None:
    content = img_file()
    broken = content[: -4 * ROWS] + np.full(ROWS, np.nan, "<f4").tobytes()

    with pytest.raises(Unread, match="no numbers"):
        read(broken)


@pytest.mark.parametrize(
    ("offset", "value", "words"),
    [(12, 1, "type 1"), (14, 2, "several images"), (18, 1, "several images"), (4, 0, "0 × 3 pixels")],
)
def test_what_the_header_claims_is_checked(offset: int, value: int, words: str) -> None:
    content = bytearray(img_file())
    content[offset : offset + 2] = value.to_bytes(2, "little")

    with pytest.raises(Unread, match=words):
        read(bytes(content))


def test_a_file_that_claims_four_billion_pixels_is_refused_at_once() -> None:
    content = bytearray(img_file())
    content[4:8] = b"\xff\xff\xff\xff"

    with pytest.raises(Unread, match="cut off"):
        read(bytes(content))


def test_other_files_that_begin_alike_are_not_claimed() -> None:
    assert not hamamatsu_img.recognises(Source.of_bytes(b"IM" + bytes(200)))
    assert not hamamatsu_img.recognises(Source.of_bytes(b"IMPORTANT: notes\n" * 20))


@pytest.mark.parametrize("name", ["operate_mode.img", "photon_counting.img", "focus_mode.img", "uv_vis_file.img"])
def test_real_images_read_as_the_manifest_says(shared_data: Path, name: str) -> None:
    wanted = expected(shared_data, "hamamatsu_img")[f"hamamatsu_img/{name}"]

    (recording,) = read_real(shared_data, f"hamamatsu_img/{name}", "hamamatsu_img")

    (channel,) = recording.channels
    unit, count, first, last = wanted["axis_x"]
    assert list(channel.values.shape) == wanted["shape"]
    assert int(channel.values.max()) == wanted["max"]
    assert int(channel.values.sum(dtype=np.int64)) == wanted["sum"]
    assert (channel.x.unit, len(channel.x.values)) == (unit, count)
    assert channel.x.values[[-1, 0]] == pytest.approx([first, last])
    assert recording.header["Camera.CameraName"] == (wanted["meta"]["CameraName"],)
    assert recording.settings["exposures"] == int(wanted["meta"]["NrExposure"])
    if wanted["axis_y_time"][0]:
        time_unit, _, begins, ends = wanted["axis_y_time"]
        assert channel.axes[0].unit == time_unit
        assert channel.axes[0].values[[0, -1]] == pytest.approx([begins, ends])


def test_the_library_reads_the_same_pixels(shared_data: Path) -> None:
    library = pytest.importorskip("rsciio.hamamatsu")
    path = shared_data / "instruments" / "hamamatsu_img" / "operate_mode.img"
    (entry,) = library.file_reader(path)

    with Source.of_path(path) as source:
        (recording,) = hamamatsu_img.read(source)

    assert np.array_equal(recording.channels[0].values, entry["data"])
    assert recording.channels[0].x.values == pytest.approx(entry["axes"][1]["axis"])


def test_a_streak_image_is_known_under_any_name(shared_data: Path) -> None:
    with Source.of_path(shared_data / "campaign" / "raw" / "XRD" / "NC-024-F2-XF1_XRD_2.raw") as source:
        assert hamamatsu_img.recognises(source)
        (recording,) = hamamatsu_img.read(source)

    assert recording.technique is Technique.TRPL
    assert recording.channels[0].values.shape == (128, 160)
    assert str(recording.settings["comment"]).startswith("SIMULATED")
