"""UXD: ranges with angles or without, what holds for which range, and rows that are no numbers."""

from datetime import datetime
from pathlib import Path

import pytest

from measurements.readers import bruker_uxd
from measurements.readers.recording import Recording
from measurements.readers.refusal import Unread
from measurements.readers.source import Source
from tests.measurements.readers.expected_readings import assert_curve, expected, read_real

HEAD = """; made by hand
_FILEVERSION=2
_SAMPLE='NC-1'
_USER='LM'
_DATEMEASURED='23-Feb-2026 16:00:00'
_WL1=1.540560
_ANODE='Cu'
"""
RANGE = """; (Data for Range number 1)
_DRIVE='COUPLED'
_STEPTIME=2.000000
_STEPSIZE=0.500000
_START=8.000000
"""


def read(body: str, encoding: str = "utf-8") -> tuple[Recording, ...]:
    """Read a UXD text."""
    return bruker_uxd.read(Source.of_bytes((HEAD + body).encode(encoding)))


def test_angles_and_counts_in_two_columns_are_read() -> None:
    (one,) = read(RANGE + "_2THETACOUNTS\n8.000\t10\n8.500\t30\n9.000\t20\n")

    channel = one.channels[0]
    assert channel.x.values.tolist() == [8.0, 8.5, 9.0]
    assert channel.values.tolist() == [10.0, 30.0, 20.0]
    assert (channel.x.name, channel.unit) == ("2theta", "counts")
    assert one.label == "NC-1"
    assert one.settings["time_per_step_s"] == 2.0
    assert one.header[";"] == ("made by hand", "(Data for Range number 1)")
    assert one.measured is not None
    assert one.measured.moment == datetime.fromisoformat("2026-02-23T16:00:00")


def test_counts_without_angles_lie_on_the_stated_steps() -> None:
    (one,) = read(RANGE + "_COUNTS\n  10  30\n  20\n")

    assert one.channels[0].x.values.tolist() == [8.0, 8.5, 9.0]
    assert one.channels[0].values.tolist() == [10.0, 30.0, 20.0]


def test_rates_are_counts_per_second_and_keep_their_decimals() -> None:
    (one,) = read(RANGE + "_2THETACPS\n8,000\t10,5\n8,500\t30,25\n")

    assert one.channels[0].unit == "counts/s"
    assert one.channels[0].values.tolist() == [10.5, 30.25]


def test_the_time_of_each_point_is_no_angle() -> None:
    (one,) = read(RANGE + "_2THETACOUNTSTIME\n8.0 10 2.0\n8.5 30 2.0\n")

    assert one.channels[0].x.values.tolist() == [8.0, 8.5]
    assert one.channels[0].values.tolist() == [10.0, 30.0]


def test_each_range_has_what_was_set_before_its_own_marker() -> None:
    second = "_STEPTIME=20.0\n_START=9.0\n_DRIVE='THETA'\n_COUNTS\n5 6\n"

    first, later = read(RANGE + "_COUNTS\n1 2 3\n" + second)

    assert (first.settings["time_per_step_s"], later.settings["time_per_step_s"]) == (2.0, 20.0)
    assert (first.channels[0].x.name, later.channels[0].x.name) == ("2theta", "theta")
    assert later.channels[0].x.values.tolist() == [9.0, 9.5]
    assert (first.label, later.label) == ("NC-1 range 1", "NC-1 range 2")


def test_a_range_with_fewer_rows_than_stated_says_that_it_is_cut_off() -> None:
    (one,) = read(RANGE + "_STEPCOUNT=4\n_2THETACOUNTS\n8.0 10\n8.5 30\n")

    assert "4 points are stated and 2 are there: the scan is cut off (line 16)" in str(one.cautions[0])


def test_a_descending_axis_is_turned_and_said() -> None:
    (one,) = read(RANGE.replace("0.500000", "-0.5") + "_COUNTS\n10 30 20\n")

    assert one.channels[0].values.tolist() == [20.0, 30.0, 10.0]
    assert "turned" in str(one.cautions[0])


def test_names_in_windows_text_are_read_and_said() -> None:
    text = RANGE + "_COMMENT='Müller'\n_COUNTS\n1 2\n"

    (one,) = read(text, encoding="cp1252")

    assert one.settings["comment"] == "Müller"
    assert "cp1252" in str(one.cautions[0])


def test_a_list_of_peaks_is_left_out_and_said() -> None:
    (one,) = read(RANGE + "_COUNTS\n1 2\n_D-I\n3.14 100\n")

    assert one.channels[0].values.tolist() == [1.0, 2.0]
    assert "peaks" in str(one.cautions[0])


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (RANGE + "_2THETACOUNTS\n8.0 10\n8.5 lots\n", r"“lots” is not a number \(line 15\)"),
        (RANGE + "_2THETACOUNTS\n8.0 10\n8.5\n", r"1 numbers where 2 belong together \(line 15\)"),
        (RANGE + "_2THETACOUNTS\n", r"A range has no rows \(line 13\)"),
        (RANGE + "_2THETACOUNTS\n8.0 nan\n", r"“nan” is not a number"),
        ("_DRIVE='COUPLED'\n_COUNTS\n1 2\n", r"need _START and _STEPSIZE \(line 9\)"),
        (RANGE + "_COUNTS\n10,20\n", r"A comma among counts"),
        (RANGE, r"no counts"),
        ("1 2 3\n", r"stands before any marker of counts \(line 8\)"),
    ],
)
def test_rows_that_are_no_counts_are_refused_with_the_line(body: str, reason: str) -> None:
    with pytest.raises(Unread, match=reason):
        read(body)


def test_it_is_known_by_its_first_line_that_is_no_comment() -> None:
    assert bruker_uxd.recognises(Source.of_bytes(HEAD.encode()))
    assert not bruker_uxd.recognises(Source.of_bytes(b"; a comment\n1 2\n_FILEVERSION=2\n"))


def test_a_real_file_reads_as_expected(shared_data: Path) -> None:
    path, wanted = next(iter(expected(shared_data, "bruker_uxd").items()))

    (one,) = read_real(shared_data, path, "bruker_uxd")

    assert_curve(one, wanted)
    assert one.settings["wavelength_alpha2_angstrom"] == float(wanted["meta"]["WL2"])
    assert one.settings["scan_type"] == "COUPLED"
    assert one.measured is not None
    assert one.measured.as_written == "04-Mar-2010 20:59:14"
