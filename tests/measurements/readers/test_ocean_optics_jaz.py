"""Ocean Optics Jaz: the processed column is shown, the dark, the reference and the sample stay beside it."""

from pathlib import Path

import pytest

from measurements.readers.recording import Role
from tests.measurements.readers.emission_files import (
    assert_as_expected,
    cautions,
    expected,
    read_one,
    recognises,
    refusal,
)

KEY = "ocean_optics_jaz"


def jaz(*rows: str, names: str = "W\tD\tR\tS\tP", pixels: int = 2) -> str:
    """Return a Jaz file."""
    head = f"Jaz Data File\n++++\nDate: Mon Aug 29 16:23:13 2011\nSpectrometers: JAZA1\nNumber of Pixels: {pixels}\n"
    return "\n".join((f"{head}>>>>>Begin Processed Spectral Data<<<<<", names, *rows, ">>>>>End<<<<<", ""))


def test_the_columns_become_channels_with_their_roles() -> None:
    recording = read_one(KEY, jaz("190.5\t1\t2\t3\t4", "191.0\t5\t6\t7\t8"))

    found = [(channel.name, channel.role, channel.values.tolist()) for channel in recording.channels]
    assert found == [
        ("processed", Role.SIGNAL, [4, 8]),
        ("sample", Role.SIGNAL, [3, 7]),
        ("dark", Role.DARK, [1, 5]),
        ("reference", Role.REFERENCE, [2, 6]),
    ]
    assert all(channel.x.values.tolist() == [190.5, 191.0] for channel in recording.channels)
    assert not recording.cautions


def test_a_file_without_processed_values_shows_the_sample() -> None:
    recording = read_one(KEY, jaz("190.5\t3", "191.0\t65535", names="W\tS"))

    assert recording.channels[0].name == "sample"
    assert "1 value is at 65,535" in cautions(recording)


def test_an_unknown_column_is_left_out_and_said() -> None:
    recording = read_one(KEY, jaz("190.5\t3\t9", "191.0\t4\t9", names="W\tS\tQ"))

    assert [channel.name for channel in recording.channels] == ["sample"]
    assert "Q are not known" in cautions(recording)


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        (jaz("190.5\t1\t2\t3\t4", "191.0\t5\t6\t7"), 9, "4 of 5 numbers"),
        (jaz("190.5\t1\t2\tx\t4"), 8, "“x” is not a number"),
        (jaz(), 7, "no data"),
        (jaz("190.5\t1", names="W\tQ"), 7, "not known"),
    ],
)
def test_broken_rows_are_refused_with_their_line(text: str, line: int, reason: str) -> None:
    refused = refusal(KEY, text)

    assert reason in refused.reason
    assert refused.line == line


def test_a_plain_spectrum_is_not_claimed() -> None:
    assert not recognises(KEY, "SpectraSuite Data File\n>>>>>Begin Processed Spectral Data<<<<<\n400\t1\n")


def test_the_real_file_reads_as_the_manifest_says(shared_data: Path) -> None:
    recording = read_one(KEY, (shared_data / "instruments" / "oceanoptics_txt" / "jazspec.jaz").read_bytes())

    assert_as_expected(recording, expected(shared_data, "oceanoptics_txt/jazspec.jaz"))
    assert recording.settings["integration_time_s"] == 0.024
