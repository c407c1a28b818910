"""Powder patterns in columns: the exports that are known, and the tables that have to stay somebody else's."""

from datetime import datetime
from pathlib import Path

import numpy as np
import pytest

from measurements.readers import powder_xy
from measurements.readers.recording import Recording, Role
from measurements.readers.refusal import Unread
from measurements.readers.source import Source
from tests.measurements.readers.expected_readings import assert_curve, expected, read_real

EVA = """'Id: "NC-1" Comment: "film" Operator: "LM" Anode: "Cu" Scantype: "Coupled TwoTheta/Theta" TimePerStep: "96" \r
5.0001 4.852\r
5.0103 4.097\r
"""
BEAMLINE = """## Sample name =           Silicon
## No. steps =             34000
## Scan time =             FEB 25  2010 17:14:00.580709
## Calibrated wavelength = 0.412359
##
## 2theta  intensity  sigma(intensity)
1.996000  184.055647  19.735763
1.997000  203.970743  20.898962
"""
DIAMOND_CELL = """# SIMULATED; NC-030-F1-DAC2; 0.13 GPa; wavelength 0.71073 A (Mo Ka mean)
3.0000 290.912 3.820
3.0200 289.296 3.819
"""
PYFAI = """# == pyFAI calibration ==
# Wavelength: 4.1e-11m
#       2th_deg             I
  1.0e+00  2.0e+01
  1.1e+00  3.0e+01
"""
FIT2D = """frame_0001.tif
 2-Theta Angle (Degrees)
 Intensity
       2
  1.0E+00  2.0E+01
  1.1E+00  3.0E+01
"""
OCX = "theta,intensity\n5.0000,2.732\n5.0400,2.368\n"
DIFFRAC_TEXT = ";RAW4.00\n[Data]\nAngle,       PSD,\n  10.0,   20,\n  10.5,   30,\n"
FULLPROF = "XYDATA\nINTER 1.0 1.0 0\n10.00 20.0 4.5\n10.05 30.0 5.5\n"
KNOWN = [EVA, BEAMLINE, DIAMOND_CELL, PYFAI, FIT2D, OCX, DIFFRAC_TEXT, FULLPROF]


def rows(first: float, step: float, count: int, *, columns: str = "{x:.4f} {y:.1f}", low: float = 20.0) -> str:
    """Rows of numbers on even steps."""
    return "\n".join(columns.format(x=first + step * i, y=low + i % 7, e=(low + i % 7) ** 0.5) for i in range(count))


def source(text: str, encoding: str = "utf-8") -> Source:
    """A text in memory."""
    return Source.of_bytes(text.encode(encoding))


def read(text: str) -> Recording:
    """Read a text that has to be a pattern."""
    (one,) = powder_xy.read(source(text))
    return one


@pytest.mark.parametrize("text", KNOWN)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_the_exports_of_many_programs_are_known_and_have_two_points(text: str, encoding: str) -> None:
    content = source(text, encoding)

    (one,) = powder_xy.read(content)

    assert powder_xy.recognises(content)
    assert len(one.channels[0].values) == 2
    assert (one.channels[0].x.name, one.channels[0].x.unit) == ("2theta", "deg")


def test_the_line_that_eva_writes_gives_the_settings() -> None:
    one = read(EVA)

    assert one.channels[0].values.tolist() == [4.852, 4.097]
    assert one.label == "NC-1"
    assert one.settings["operator"] == "LM"
    assert one.settings["anode"] == "Cu"
    assert one.settings["time_per_step_s"] == 96.0
    assert one.channels[0].unit == ""


def test_a_beamlines_header_gives_wavelength_moment_and_errors() -> None:
    one = read(BEAMLINE)

    assert one.settings["wavelength_angstrom"] == 0.412359
    assert one.label == "Silicon"
    assert [channel.role for channel in one.channels] == [Role.SIGNAL, Role.STDERR]
    assert one.channels[1].values[0] == 19.735763
    assert one.measured is not None
    assert one.measured.moment == datetime.fromisoformat("2010-02-25T17:14:00")


def test_a_pattern_in_a_diamond_cell_says_its_sample_pressure_and_beam() -> None:
    one = read(DIAMOND_CELL)

    assert one.label == "NC-030-F1-DAC2"
    assert one.settings["pressure_gpa"] == 0.13
    assert one.settings["wavelength_angstrom"] == 0.71073
    assert one.settings["anode"] == "Mo"
    assert one.channels[1].role == Role.STDERR


def test_metres_are_made_angstroms() -> None:
    assert read(PYFAI).settings["wavelength_angstrom"] == pytest.approx(0.41)


def test_an_axis_in_q_is_not_called_an_angle() -> None:
    one = read("# q_A^-1  I\n0.50 20\n0.51 30\n")

    assert (one.channels[0].x.name, one.channels[0].x.unit) == ("q", "1/Å")


def test_fewer_rows_than_stated_are_said_to_be_cut_off() -> None:
    one = read(FIT2D.replace("       2\n", "       9\n"))

    assert "9 points are stated and 2 are there: cut off (line 6)" in str(one.cautions[0])


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("# 2theta\n10,00\t20,5\n10,02\t30,5\n", [20.5, 30.5]),
        ("2theta;I\n10,00;20,5\n10,02;30,5\n", [20.5, 30.5]),
        ("# 2theta\n10.00, 20.5\n10.02, 30.5\n", [20.5, 30.5]),
        ("# 2theta\r10.00 20.5\r10.02 30.5\r", [20.5, 30.5]),
    ],
)
def test_separators_decimal_commas_and_line_ends_vary(text: str, values: list[float]) -> None:
    one = read(text)

    assert one.channels[0].values.tolist() == values
    assert one.channels[0].x.values.tolist() == [10.0, 10.02]


def test_named_columns_beside_the_intensity_keep_their_names() -> None:
    one = read("2theta,Iobs,Icalc,background\n10,20,21,1\n10.1,30,31,2\n")

    assert [channel.name for channel in one.channels] == ["Intensity", "Icalc", "background"]


def test_a_third_column_of_zeros_is_no_error() -> None:
    one = read(rows(1, 0.01, 600, columns="{x:.3f} {y:.2f} 0.000"))

    assert len(one.channels) == 1
    assert "zero throughout" in str(one.cautions[0])


def test_times_of_flight_are_no_angles_though_the_banks_angle_is_named() -> None:
    times = (
        "# two_theta = 101.465 [deg]\n# tof [µs]  Y [counts]  E [counts]\n43246.8 0.031 0.012\n43345.5 0.314 0.030\n"
    )

    assert not powder_xy.recognises(source(times))


def test_a_descending_axis_is_turned_and_said() -> None:
    one = read("# 2theta\n11 20\n10 30\n")

    assert one.channels[0].values.tolist() == [30.0, 20.0]
    assert "turned" in str(one.cautions[0])


def test_values_that_are_not_numbers_are_gaps_and_said_with_the_line() -> None:
    one = read("# 2theta I\n10 20\n11 nan\n12 inf\n13 5\n")

    assert np.isnan(one.channels[0].values).tolist() == [False, True, True, False]
    assert "2 values are no numbers and stay gaps (line 3)" in str(one.cautions[0])


def test_comments_between_the_rows_are_said_with_the_line() -> None:
    one = read("# 2theta I\n10 20\n# 11 30\n12 40\n# the end\n")

    assert one.channels[0].values.tolist() == [20.0, 40.0]
    assert [str(caution) for caution in one.cautions] == ["comments between the rows were left out: 1 (line 3)"]
    assert one.header["comment below"] == ("# 11 30", "# the end")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("# 2theta I\n10 20\n11 30\n12 lots\n", r"“lots” is not a number \(line 4\)"),
        ("# 2theta I\n10 20\n11 30\n12 1_0\n", r"“1_0” is not a number \(line 4\)"),
        ("# 2theta I\n10 20\n11 30\n1e999 4\n", r"“1e999” is beyond all measure \(line 4\)"),
        ("# 2theta I\n10 20\n11 30\n12\n", r"1 of 2 numbers \(line 4\)"),
        ("# 2theta I\n10 20\n11 30\nsecond range\n", r"“second” is not a number \(line 4\)"),
        ("# 2theta I\n", r"no rows of numbers"),
    ],
)
def test_rows_that_are_no_numbers_are_refused_with_the_line(text: str, reason: str) -> None:
    with pytest.raises(Unread, match=reason):
        read(text)


@pytest.mark.parametrize(
    "text",
    [
        rows(5, 0.02, 2000),
        rows(3, 0.02, 500, columns="{x:.3f}\t{y:.2f}\t{e:.3f}"),
        "# some title\n" + rows(8, 0.0131, 3000, columns="{x:.4f}  {y:.0f}"),
    ],
)
def test_bare_columns_on_fine_even_angles_are_a_pattern(text: str) -> None:
    assert powder_xy.recognises(source(text))


@pytest.mark.parametrize(
    "text",
    [
        "1,2,3\n4,5,6\n",
        "test,test2\n1,2\n3,4\n",
        rows(680.1, 0.03, 1000),
        rows(200, 1, 600),
        rows(50, 1.0, 100),
        rows(0, 0.05, 1000),
        rows(1.5, 0.001, 1000),
        rows(5, 0.02, 90),
        rows(5, 0.02, 2000, low=-3),
        "wavelength_nm,counts\n" + rows(5, 0.02, 2000, columns="{x:.3f},{y:.0f}"),
        "#Wave\t#Intensity\n" + rows(1000, -0.9, 300, columns="{x:.3f}\t{y:.0f}"),
        "Time(ns) Counts\n" + rows(5, 0.02, 2000),
        "##TITLE=2theta\n##NPOINTS=2\n10 20\n11 30\n",
        "data_x\nloop_\n_pd_meas_2theta_scan\n_pd_meas_counts_total\n10 20\n11 30\n",
        "*RAS_DATA_START\n*MEAS_SCAN_AXIS_X 2theta\n10 20 1\n11 30 1\n",
        "_FILEVERSION=2\n_2THETACOUNTS\n10 20\n11 30\n",
        "only words about 2theta\n",
        "",
    ],
)
def test_tables_that_could_be_anything_are_left_to_others(text: str) -> None:
    assert not powder_xy.recognises(source(text))


@pytest.mark.parametrize(
    "path",
    [
        "xrd_xy/example_evadiffract.xy",
        "xrd_xy/example_ocx.xy",
        "xrd_xy/Vesta.xy",
        "xrd_xye/example_mythen.xye",
        "xrd_xye/LaB6_d500_si_psd.xye",
    ],
)
def test_real_files_read_as_expected(shared_data: Path, path: str) -> None:
    wanted = expected(shared_data, "xrd_xy", "xrd_xye")[path]

    (one,) = read_real(shared_data, path, "powder_xy")

    assert_curve(one, wanted)
    assert [channel.role for channel in one.channels[1:]] == [Role.STDERR] * wanted.get("esd_column", False)
    if "e_first" in wanted:
        assert one.channels[1].values[0] == pytest.approx(wanted["e_first"])


def test_real_tables_of_other_instruments_are_not_claimed(shared_data: Path) -> None:
    ours = ("xrd_", "bruker_", "rigaku_", "xrdml", "cif")
    others = [
        path
        for path in (shared_data / "instruments").rglob("*.*")
        if path.is_file() and not path.parent.name.startswith(ours)
    ]

    claimed = []
    for path in others:
        with Source.of_path(path) as one:
            claimed += [path.name] * powder_xy.recognises(one)

    assert len(others) > 40
    assert claimed == []
