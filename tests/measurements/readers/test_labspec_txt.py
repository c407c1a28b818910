"""LabSpec text: both layouts, keys that repeat, and units that only a key's name tells."""

from datetime import datetime
from pathlib import Path

import numpy as np
import pytest

from measurements.readers.recording import Role, Technique
from tests.measurements.readers.emission_files import (
    assert_as_expected,
    cautions,
    expected,
    read_one,
    recognises,
    refusal,
)

KEY = "labspec_txt"
HEAD = (
    "#Acq. time (s)=\t300",
    "#Accumulations=\t12",
    "#Range=\tOff",
    "#Detector temperature (°C)=\t-60.1",
    "#Instrument=\tLabRAM HR Evol",
    "#Objective=\tx100_VIS",
    "#Grating=\t600 (500nm)",
    "#Laser=\t532nm_Edge",
    "#Spectro (cm-¹)=\t940.815",
    "#Range=\tVisible",
    "#Title=\tHB003",
    "#Date=\t16.12.2019 09:57",
    "#Acquired=\t16.12.2019 09:57:07",
)
AXES = ("#AxisType[0]=Intens", "#AxisUnit[0]=Cnt/sec", "#AxisType[1]=Spectr", "#AxisUnit[1]=nm")


def labspec(*rows: str, head: tuple[str, ...] = HEAD, end: str = "\r\n") -> bytes:
    """Return an export in latin-1, as the program writes it."""
    return ("\r\n".join((*head, *rows)) + end).encode("latin-1")


def test_a_spectrum_is_read_with_its_settings_and_moment() -> None:
    recording = read_one(KEY, labspec("46.6417\t37", "48.4857\t33"))

    channel = recording.channels[0]
    assert (channel.x.name, channel.x.unit, channel.unit) == ("Raman shift", "1/cm", "counts")
    assert channel.values.tolist() == [37, 33]
    assert recording.technique is Technique.RAMAN
    assert recording.instrument == "Horiba LabRAM HR Evol"
    assert recording.label == "HB003"
    assert recording.settings["exposure_s"] == 300
    assert recording.settings["accumulations"] == 12
    assert recording.settings["laser_nm"] == 532
    assert recording.settings["detector_temperature_c"] == -60.1
    assert recording.measured is not None
    assert recording.measured.moment == datetime.fromisoformat("2019-12-16T09:57:07")
    assert not recording.cautions


def test_a_repeated_key_keeps_all_its_values() -> None:
    assert read_one(KEY, labspec("46\t37", "48\t33")).header["Range"] == ("Off", "Visible")


def test_the_axes_units_stand_above_all_others() -> None:
    recording = read_one(KEY, labspec("700\t37", "701\t33", head=HEAD + AXES))

    channel = recording.channels[0]
    assert (channel.x.unit, channel.unit) == ("nm", "counts/s")
    assert recording.technique is Technique.PL


def test_without_any_unit_none_is_claimed() -> None:
    head = tuple(line for line in HEAD if "Spectro" not in line)

    recording = read_one(KEY, labspec("46\t37", "48\t33", head=head))

    assert recording.channels[0].x.unit == ""
    assert recording.technique is Technique.SPECTRUM
    assert "does not state the unit of x" in cautions(recording)


def test_a_series_is_one_channel_over_its_first_column() -> None:
    head = (*HEAD, "#AxisType[2]=Time", "#AxisUnit[2]=s")

    channel = read_one(KEY, labspec("\t600\t500", "0\t1\t2", "5\t3\t4", head=head)).channels[0]

    assert (channel.axes[0].name, channel.axes[0].unit) == ("Time", "s")
    assert channel.axes[0].values.tolist() == [0, 5]
    assert channel.x.values.tolist() == [500, 600]
    assert channel.values.tolist() == [[2, 1], [4, 3]]


def test_a_map_keeps_the_place_of_every_spectrum() -> None:
    head = (*HEAD, "#AxisType[2]=XA", "#AxisUnit[2]=µm", "#AxisType[3]=YA", "#AxisUnit[3]=µm")

    spectra, *places = read_one(KEY, labspec("\t\t500\t600", "1\t7\t1\t2", "1\t8\t3\t4", head=head)).channels

    assert spectra.values.tolist() == [[1, 2], [3, 4]]
    assert [(place.name, place.unit, place.role, place.values.tolist()) for place in places] == [
        ("XA", "µm", Role.MONITOR, [1, 1]),
        ("YA", "µm", Role.MONITOR, [7, 8]),
    ]


def test_ruby_is_known_by_its_line_and_the_laser() -> None:
    shift = np.arange(4300.0, 4500.0, 0.6)
    counts = 200 + 3000 * np.exp(-(((shift - 4393) / 8) ** 2)) + np.arange(len(shift)) % 2

    recording = read_one(KEY, labspec(*(f"{x:.4f}\t{y:.3f}" for x, y in zip(shift, counts, strict=True))))

    assert recording.technique is Technique.RUBY


def test_a_last_line_without_an_end_is_said() -> None:
    assert "last number may be cut" in cautions(read_one(KEY, labspec("46\t37", "48\t3", end="")))


def test_a_last_row_that_is_cut_is_left_out() -> None:
    recording = read_one(KEY, labspec("46\t37", "47\t36", "48", end=""))

    assert recording.channels[0].values.tolist() == [37, 36]
    assert "STOPS IN THE MIDDLE" in cautions(recording)


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        (labspec("46\t37", "48\tdark"), 15, "“dark” is not a number"),
        (labspec("46\t37", "48\t1\t2"), 15, "3 cells"),
        (labspec("\t500\t600", "0\t1"), 15, "1 of 2 values"),
        (labspec("\t500\t600"), 14, "no spectrum below"),
        (labspec(), 14, "no data"),
    ],
)
def test_broken_rows_are_refused_with_their_line(content: bytes, line: int, reason: str) -> None:
    refused = refusal(KEY, content)

    assert reason in refused.reason
    assert refused.line == line


def test_other_text_with_hashes_is_not_claimed() -> None:
    assert not recognises(KEY, "#Wave\t\t#Intensity\n1\t2\n")
    assert not recognises(KEY, "# a = b\n1 2\n")


@pytest.mark.parametrize("name", ["labspec_raman_example.txt", "532nm-191216-Si_200mu.txt"])
def test_real_files_read_as_the_manifest_says(shared_data: Path, name: str) -> None:
    wanted = expected(shared_data, f"horiba_labspec_txt/{name}")

    recording = read_one(KEY, (shared_data / "instruments" / "horiba_labspec_txt" / name).read_bytes())

    assert_as_expected(recording, wanted)
    assert recording.channels[0].x.unit == "1/cm"
    assert recording.channels[0].unit == wanted["y_unit"]
    assert recording.settings["accumulations"] == int(wanted["meta"]["Accumulations"])
    assert all(recording.header[key][0] == value for key, value in wanted["meta"].items())
