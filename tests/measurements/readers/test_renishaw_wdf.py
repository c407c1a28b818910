"""WiRE files: every promised size is checked first, accumulations are those asked for, and empty dates are missing."""

import struct
import zlib
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from measurements.readers.recording import Role, Technique, Zone
from tests.measurements.readers.emission_files import (
    assert_as_expected,
    cautions,
    expected,
    read_one,
    recognises,
    refusal,
)

KEY = "renishaw_wdf"
RAMAN_SHIFT, NANOMETRE, MICRON, COUNTS, FILE_TIME = 1, 3, 5, 6, 24
TIME, SPATIAL_X, SPATIAL_Y, FLAGS = 11, 3, 4, 17
# Ticks of a tenth of a microsecond from 1601 to 2019-04-16 09:36:38.
STARTED = 131998809980000000
X = (1943.0, 1500.0, 1000.0)
Origin = tuple[int, int, str, list[float]]


def block(name: bytes, body: bytes, number: int = 0) -> bytes:
    """Return a block."""
    return struct.pack("<4sIQ", name, number, 16 + len(body)) + body


def origin(kind: int, unit: int, label: str, values: list[float]) -> bytes:
    """Return where or when the spectra were taken."""
    is_whole = unit == FILE_TIME or kind == FLAGS
    form = "Q" if is_whole else "d"
    packed = struct.pack(f"<{len(values)}{form}", *(int(one) if is_whole else one for one in values))
    return struct.pack("<II16s", kind, unit, label.encode()) + packed


def properties(**values: int) -> bytes:
    """Return a set of properties with names of its own."""
    items = b""
    for key, (name, value) in enumerate(values.items(), start=1):
        text = name.replace("_", " ").encode()
        items += struct.pack("<BBHI", ord("k"), 0, 0x8000 + key, len(text)) + text
        items += struct.pack("<BBHi", ord("i"), 0, 0x8000 + key, value)
    return b"PSET" + struct.pack("<I", len(items)) + items


def wdf(
    *spectra: tuple[float, ...],
    x: tuple[float, ...] = X,
    capacity: int | None = None,
    unit: int = RAMAN_SHIFT,
    started: int = STARTED,
    accumulations: int = 7,
    origins: tuple[Origin, ...] = (),
    asked: dict[str, int] | None = None,
    flags: int = 0,
    laser_per_cm: float = 18797.0,
    points: int | None = None,
) -> bytes:
    """Return a WiRE file."""
    room = len(spectra) if capacity is None else capacity
    header = struct.pack("<4sIQQ16s12x", b"WDF1", 1, 512, flags, bytes(16))
    header += struct.pack("<IIIQQIII", 0, 0, points or len(x), room, len(spectra), accumulations, 1, len(x))
    header += struct.pack("<I24s4H", len(origins), b"WiRE", 5, 5, 0, 1)
    header += struct.pack("<IIQQIf", 1, 1, started, started, COUNTS, laser_per_cm)
    header += bytes(48) + b"maker".ljust(32, b"\0") + b"film".ljust(160, b"\0")
    values = [value for spectrum in spectra for value in spectrum] + [0.0] * (len(x) * (room - len(spectra)))
    blocks = block(b"DATA", struct.pack(f"<{len(values)}f", *values))
    blocks += block(b"XLST", struct.pack(f"<II{len(x)}f", 1, unit, *x))
    if origins:
        blocks += block(b"ORGN", struct.pack("<I", len(origins)) + b"".join(origin(*one) for one in origins))
    if asked is not None:
        blocks += block(b"WXDM", properties(**asked))
    return header.ljust(512, b"\0") + blocks


def test_a_spectrum_is_turned_and_said() -> None:
    recording = read_one(KEY, wdf((1.0, 2.0, 3.0)))

    channel = recording.channels[0]
    assert (channel.x.name, channel.x.unit, channel.unit) == ("Raman shift", "1/cm", "counts")
    assert channel.x.values.tolist() == [1000, 1500, 1943]
    assert channel.values.tolist() == [3, 2, 1]
    assert recording.technique is Technique.RAMAN
    assert (recording.label, recording.settings["operator"]) == ("film", "maker")
    assert recording.settings["laser_nm"] == pytest.approx(531.9997872)
    assert "was turned" in cautions(recording)


def test_an_axis_in_nanometres_is_photoluminescence() -> None:
    recording = read_one(KEY, wdf((1.0, 2.0, 3.0), unit=NANOMETRE))

    assert recording.technique is Technique.PL
    assert recording.channels[0].x.unit == "nm"


def test_the_moment_is_in_utc() -> None:
    measured = read_one(KEY, wdf((1.0, 2.0, 3.0))).measured

    assert measured is not None
    assert (measured.moment, measured.zone) == (datetime(2019, 4, 16, 9, 36, 38, tzinfo=UTC), Zone.UTC)


def test_a_date_of_1601_and_a_laser_of_nothing_are_missing() -> None:
    recording = read_one(KEY, wdf((1.0, 2.0, 3.0), started=0, laser_per_cm=0.0))

    assert recording.measured is None
    assert "laser_nm" not in recording.settings
    assert "1601 is an empty field" in cautions(recording)


def test_the_two_accumulations_against_cosmic_rays_are_not_counted() -> None:
    asked = {"Accumulations": 5, "Exposure_Time": 1000, "Use_Cosmic_Ray_Remove": 1}

    recording = read_one(KEY, wdf((1.0, 2.0, 3.0), accumulations=7, asked=asked))

    assert recording.settings["accumulations"] == 5
    assert recording.settings["exposure_s"] == 1
    assert recording.settings["cosmic_ray_removal"] is True
    assert recording.header["accumulations in the header"] == ("7",)


def test_the_header_alone_is_doubted_and_not_lowered() -> None:
    recording = read_one(KEY, wdf((1.0, 2.0, 3.0), accumulations=7))

    assert recording.settings["accumulations"] == 7
    assert "may count two that only served to remove cosmic rays" in cautions(recording)


def test_settings_that_are_broken_leave_the_spectrum() -> None:
    content = wdf((1.0, 2.0, 3.0), asked={"Accumulations": 5}).replace(b"PSET\x1d", b"PSET\xff")

    recording = read_one(KEY, content)

    assert recording.channels[0].values.tolist() == [3, 2, 1]
    assert "settings in WXDM could not be read" in cautions(recording)


def test_a_set_within_a_set_names_its_values_by_the_outer_one() -> None:
    name = struct.pack("<BBHI", ord("k"), 0, 0x8001, 11) + b"Temperature"
    inner = struct.pack("<BBHf", ord("r"), 0, 0x8001, -70.0)
    items = name + struct.pack("<BBHI", ord("p"), 0, 0x8002, len(inner)) + inner
    camera = block(b"WXCS", b"PSET" + struct.pack("<I", len(items)) + items)

    recording = read_one(KEY, wdf((1.0, 2.0, 3.0)) + camera)

    assert recording.settings["detector_temperature_c"] == -70
    assert recording.header["WXCS Temperature"] == ("-70.0",)


def packed_text(text: bytes) -> bytes:
    """Return a block with one text that is packed."""
    packed = zlib.compress(text)
    items = struct.pack("<BBHI", ord("k"), 0, 0x8001, 4) + b"Code"
    items += struct.pack("<BBHII", ord("u"), 0x40, 0x8001, 4 + len(packed), len(text)) + packed
    return block(b"WXDM", b"PSET" + struct.pack("<I", len(items)) + items)


def test_a_packed_text_is_unpacked() -> None:
    recording = read_one(KEY, wdf((1.0, 2.0, 3.0)) + packed_text(b"measure " * 20_000))

    assert recording.header["WXDM Code"] == ("measure " * 20_000,)


def test_a_text_that_unpacks_to_more_than_is_sensible_leaves_the_spectrum() -> None:
    recording = read_one(KEY, wdf((1.0, 2.0, 3.0)) + packed_text(bytes(8_000_000)))

    assert recording.channels[0].values.tolist() == [3, 2, 1]
    assert "settings in WXDM could not be read" in cautions(recording)


def test_a_series_is_one_channel_over_time() -> None:
    times: Origin = (TIME, FILE_TIME, "Time", [STARTED, STARTED + 20000000])
    flags: Origin = (FLAGS, 0, "Flags", [0, 1])

    channel = read_one(KEY, wdf((1.0, 2.0, 3.0), (4.0, 5.0, 6.0), origins=(times, flags))).channels[0]

    assert (channel.axes[0].name, channel.axes[0].unit) == ("time", "s")
    assert channel.axes[0].values.tolist() == [0, 2]
    assert channel.values.tolist() == [[3, 2, 1], [6, 5, 4]]


def test_a_map_keeps_the_place_of_every_spectrum() -> None:
    rows = [(float(one), 0.0, 0.0) for one in range(4)]
    across: Origin = (SPATIAL_X, MICRON, "X", [0, 1, 0, 1])
    along: Origin = (SPATIAL_Y, MICRON, "Y", [5, 5, 6, 6])

    spectra, *places = read_one(KEY, wdf(*rows, origins=(across, along))).channels

    assert spectra.values[:, -1].tolist() == [0, 1, 2, 3]
    assert [(place.name, place.unit, place.role, place.values.tolist()) for place in places] == [
        ("X", "µm", Role.MONITOR, [0, 1, 0, 1]),
        ("Y", "µm", Role.MONITOR, [5, 5, 6, 6]),
    ]


def test_an_interrupted_map_has_only_what_was_collected() -> None:
    recording = read_one(KEY, wdf((1.0, 2.0, 3.0), (4.0, 5.0, 6.0), capacity=9))

    assert recording.channels[0].values.shape == (2, 3)
    assert "interrupted: 2 of 9 spectra" in cautions(recording)


def test_values_that_are_no_numbers_stay_gaps() -> None:
    recording = read_one(KEY, wdf((1.0, float("nan"), float("inf"))))

    assert np.isnan(recording.channels[0].values).tolist() == [True, True, False]
    assert "2 values are no numbers and stay gaps (byte 532)" in cautions(recording)


def test_a_file_cut_off_behind_its_spectra_keeps_them_and_says_so() -> None:
    whole = wdf((1.0, 2.0, 3.0))
    content = whole + block(b"WXDA", bytes(107))[:-2]

    recording = read_one(KEY, content)

    assert recording.channels[0].values.tolist() == [3.0, 2.0, 1.0]
    said = f"the file is cut off behind the spectra; settings may be missing (byte {len(whole):,})"
    assert said in cautions(recording)


def with_number(content: bytes, offset: int, form: str, value: int) -> bytes:
    """Return a file with one number of its header changed."""
    changed = bytearray(content)
    struct.pack_into(form, changed, offset, value)
    return bytes(changed)


ONE = wdf((1.0, 2.0, 3.0))


@pytest.mark.parametrize(
    ("content", "offset", "reason"),
    [
        (ONE[:300], 0, "300 of 512 bytes"),
        (ONE[:520], 512, "head of a block is cut off"),
        (ONE[:-4], 540, "does not fit"),
        (with_number(ONE, 520, "<Q", 0), 512, "A block of 0 bytes"),
        (with_number(ONE, 520, "<Q", 2**62), 512, "does not fit"),
        (with_number(ONE, 60, "<I", 2**31), 88, "3 x values for 2,147,483,648 points"),
        (with_number(ONE, 64, "<Q", 2**31), 512, "DATA has 12 of"),
        (with_number(ONE, 64, "<Q", 0), 72, "1 spectra are said to be collected, of 0"),
        (with_number(ONE, 72, "<Q", 0), 60, "no spectra"),
        (with_number(ONE, 92, "<I", 3), 512, "ORGN is missing"),
        (wdf((1.0, 2.0, 3.0), flags=8), 16, "its own x axis"),
        (ONE.replace(b"XLST", b"YYYY"), 512, "XLST is missing"),
        (wdf((1.0, 2.0, 3.0), x=(1.0, float("nan"), 3.0)), 540, "x axis has gaps"),
        (wdf((1.0, 2.0, 3.0), unit=9999), 0, "broken"),
    ],
)
def test_what_does_not_keep_its_promise_is_refused_with_its_byte(content: bytes, offset: int, reason: str) -> None:
    refused = refusal(KEY, content)

    assert reason in refused.reason
    assert refused.offset_bytes == offset


def test_other_binaries_are_not_claimed() -> None:
    assert not recognises(KEY, b"RAW1.01\0" + bytes(600))


@pytest.mark.parametrize(
    ("name", "accumulations"),
    [
        ("WiRE_532", 5),
        ("renishaw_test_spectrum", 2),
        ("renishaw_test_timeseries", 1),
        ("renishaw_test_map", 2),
        ("sp", 1),
    ],
)
def test_real_files_read_as_the_manifest_says(shared_data: Path, name: str, accumulations: int) -> None:
    path = f"renishaw_wdf/{name}.wdf"
    wanted = expected(shared_data, path)

    recording = read_one(KEY, (shared_data / "instruments" / path).read_bytes())

    assert_as_expected(recording, wanted)
    assert wanted["x_unit"].startswith(recording.channels[0].x.unit)
    assert recording.settings["laser_nm"] == pytest.approx(wanted["meta"]["laser_nm"])
    assert recording.settings["accumulations"] == accumulations
    assert recording.settings["spectra"] == wanted["meta"]["n_spectra"]
    assert recording.measured is not None
    assert recording.measured.moment is not None
    assert f"{recording.measured.moment:%Y-%m-%d %H:%M:%S}" == wanted["meta"]["start_utc_as_stored"]
