"""What is promised of JCAMP-DX: every packing gives the same values, and no comma, count or end is guessed."""

import contextlib
import io
import re
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest

from measurements.readers.jcamp_dx import read, recognises
from measurements.readers.recording import Role, Technique, Zone
from measurements.readers.refusal import Unread
from measurements.readers.source import Source
from tests.measurements.readers.absorption_files import assert_reading
from tests.measurements.readers.expected_readings import expected, read_real

STATED = {
    "JCAMP-DX": "4.24",
    "DATA TYPE": "UV/VIS SPECTRUM",
    "XUNITS": "NANOMETERS",
    "YUNITS": "ABSORBANCE",
    "XFACTOR": "1.0",
    "YFACTOR": "0.1",
    "FIRSTX": "400",
    "LASTX": "405",
    "NPOINTS": "6",
}
PLAIN = "400 10 12 12 12 9\n405 -3"


def block(rows: str, form: str = "XYDATA=(X++(Y..Y))", *, title: str = "film", **stated: str | None) -> str:
    labels = {**STATED, **{key.replace("_", " "): value for key, value in stated.items()}}
    lines = [f"##TITLE={title}", *(f"##{key}={value}" for key, value in labels.items() if value is not None)]
    return "\n".join([*lines, f"##{form}", rows, "##END=", ""])


def written(text: str) -> Source:
    return Source.of_bytes(text.encode("utf-8"))


@pytest.mark.parametrize(
    "rows",
    [
        PLAIN,
        "400+10+12+12+12+9\n405-3",
        "400 10 12 12\n403 12 9-3 $$ the last line",
        "400A0A2A2A2I\n405c",
        "400A0A2UI\n405c",
        "400A0K%%l\n404I\n405c",
        "400A0K%Tl\n404Ij2\n405c",
        "400.0 1.0E1 1.2e+1 12 12\n404.0 9 -3",
    ],
)
def test_every_packing_gives_the_same_values(rows: str) -> None:
    source = written(block(rows))

    (recording,) = read(source)

    channel = recording.channels[0]
    assert recognises(source)
    assert recording.technique is Technique.ABSORBANCE
    assert channel.x.values.tolist() == [400.0, 401.0, 402.0, 403.0, 404.0, 405.0]
    assert channel.values == pytest.approx([1.0, 1.2, 1.2, 1.2, 0.9, -0.3])
    assert (channel.unit, channel.x.unit) == ("A", "nm")
    assert recording.label == "film"


def test_x_of_the_lines_is_compressed_by_its_factor() -> None:
    (recording,) = read(written(block("4000 10 12 12 12 9\n4050 -3", XFACTOR="0.1")))

    assert recording.channels[0].x.values.tolist() == [400.0, 401.0, 402.0, 403.0, 404.0, 405.0]


def test_a_descending_axis_is_turned_and_said() -> None:
    (recording,) = read(written(block("405 10 12 12 12 9\n400 -3", FIRSTX="405", LASTX="400")))

    assert recording.channels[0].x.values[0] == 400.0
    assert recording.channels[0].values[0] == pytest.approx(-0.3)
    assert "wavelength runs downwards in the file and was turned" in [str(one) for one in recording.cautions]


@pytest.mark.parametrize(
    "rows",
    ["400, 1.5\n401, 2.5", "400.0 1.5 401.0 2.5", "400,1.5; 401,2.5", "400,0, 1,5\n401,0, 2,5", "400,0 1,5\n401,0 2,5"],
)
def test_pairs_are_read_with_a_decimal_point_or_comma(rows: str) -> None:
    (recording,) = read(written(block(rows, "XYPOINTS=(XY..XY)", NPOINTS="2", LASTX="401", YFACTOR="1")))

    assert recording.channels[0].x.values.tolist() == [400.0, 401.0]
    assert recording.channels[0].values.tolist() == [1.5, 2.5]


def test_decimal_commas_do_not_double_the_points(shared_data: Path) -> None:
    text = (shared_data / "instruments" / "jcamp_dx" / "OceanOptics_period.jdx").read_text(encoding="latin-1")

    (point,) = read(written(text))
    (comma,) = read(written(re.sub(r"(\d)\.(\d)", r"\1,\2", text)))

    assert np.array_equal(point.channels[0].x.values, comma.channels[0].x.values)
    assert np.array_equal(point.channels[0].values, comma.channels[0].values)
    assert "commas were read as decimal marks" in [str(one) for one in comma.cautions]


def test_commas_that_mean_one_thing_as_well_as_the_other_are_refused() -> None:
    rows = "400,1, 401,2\n402,1, 403,2"

    with pytest.raises(Unread, match="A comma may be a decimal mark") as refusal:
        read(written(block(rows, "XYPOINTS=(XY..XY)", NPOINTS=None, FIRSTX=None, LASTX=None)))

    assert refusal.value.line == 8


def test_decimal_commas_in_lines_of_values_are_read() -> None:
    (recording,) = read(written(block("400,0 1,0 1,2 1,2 1,2 0,9\n405,0 -0,3", YFACTOR="1,0", FIRSTX="400,0")))

    assert recording.channels[0].values.tolist() == [1.0, 1.2, 1.2, 1.2, 0.9, -0.3]


@pytest.mark.parametrize(
    ("rows", "stated", "reason"),
    [
        (PLAIN, {"NPOINTS": "7"}, "7 points are promised and 6 are there"),
        (PLAIN, {"NPOINTS": "5"}, "More than the 5 points that are promised"),
        (PLAIN, {"NPOINTS": "2147483648"}, "2,147,483,648 points are promised"),
        (PLAIN, {"NPOINTS": "0"}, "0 points are promised"),
        (PLAIN, {"YFACTOR": "1e999"}, "beyond all measure"),
        ("400 1e300 12 12 12 9\n405 -3", {"YFACTOR": "1e300"}, "beyond all measure"),
        (PLAIN, {"NPOINTS": "many"}, "NPOINTS is “many”"),
        ("400 10 12 twelve 12 9\n405 -3", {}, "is not a number"),
        ("400A0K%%l\n404Hj2\n405c", {}, "The line above ends with 9"),
        ("400T10 12", {}, "has no value before it"),
        ("400A0s9999999999", {}, "More than the 6 points"),
        ("100 10 12 12 12 9\n205 -3", {}, "lines have an x that is not theirs"),
        (PLAIN, {"LASTX": ""}, "Neither LASTX nor DELTAX"),
        ("", {}, "followed by no values"),
    ],
)
def test_what_does_not_agree_is_refused_with_its_line(rows: str, stated: dict[str, str], reason: str) -> None:
    with pytest.raises(Unread, match=reason) as refusal:
        read(written(block(rows, **stated)))

    assert refusal.value.line is not None


def test_pairs_that_end_elsewhere_than_stated_are_refused() -> None:
    with pytest.raises(Unread, match="x ends at 401, the header states 501"):
        read(written(block("400 1\n401 2", "XYPOINTS=(XY..XY)", NPOINTS="2", LASTX="501")))


def test_a_first_value_that_is_not_the_stated_one_is_said() -> None:
    (recording,) = read(written(block(PLAIN, FIRSTY="0.5")))

    assert "the header states 0.5 as the first value; it is 1" in [str(one) for one in recording.cautions]


def test_a_last_check_that_does_not_hold_behind_the_last_point_is_said() -> None:
    (recording,) = read(written(block("400A0K%%l\n404Ij2\n405@", NPOINTS="6")))

    assert recording.channels[0].values[-1] == pytest.approx(-0.3)
    assert any("the value that checks the last points is not theirs" in str(one) for one in recording.cautions)


def test_a_missing_value_stays_a_gap_and_is_counted() -> None:
    (recording,) = read(written(block("400 10 12 ? 12 9\n405 -3")))

    assert np.isnan(recording.channels[0].values[2])
    assert any("1 value is no number and stays a gap, the first at point 3" in str(one) for one in recording.cautions)


def test_every_block_of_a_compound_file_is_a_recording() -> None:
    link = "##TITLE=all\n##JCAMP-DX=5.0\n##DATA TYPE=LINK\n##BLOCKS=2\n"

    recordings = read(
        written(link + block(PLAIN, title="a") + block(PLAIN, title="b", DATA_TYPE="RAMAN SPECTRUM") + "##END=\n")
    )

    assert [one.label for one in recordings] == ["a", "b"]
    assert recordings[1].technique is Technique.RAMAN


def test_a_dark_and_a_reference_are_channels_of_their_spectrum() -> None:
    dark = block(PLAIN, title="d", SAMPLE_DESCRIPTION="DARK SPECTRUM")

    (recording,) = read(written(block(PLAIN, title="s", SAMPLE_DESCRIPTION="PROCESSED SPECTRUM") + dark))

    assert [channel.role for channel in recording.channels] == [Role.SIGNAL, Role.DARK]


def test_tables_of_other_kinds_are_left_out_and_said_or_refused_by_name() -> None:
    other = "##TITLE=n\n##JCAMP-DX=5.0\n##NTUPLES=NMR SPECTRUM\n##END=\n"

    (recording,) = read(written(block(PLAIN) + other))

    assert "NTUPLES NMR SPECTRUM is left out (line 17)" in [str(one) for one in recording.cautions]
    with pytest.raises(Unread, match="NTUPLES NMR SPECTRUM” are not read"):
        read(written(other))


def test_a_list_of_peaks_says_that_it_is_one() -> None:
    (recording,) = read(written(block("400,1 405,2", "PEAK TABLE=(XY..XY)", NPOINTS="2")))

    assert "the table lists peaks, not every point" in [str(one) for one in recording.cautions]


@pytest.mark.parametrize(
    ("stated", "moment", "zone"),
    [
        ({"LONGDATE": "2016/07/06 19:03:14.50 +0200"}, "2016-07-06T19:03:14.500000+02:00", Zone.STATED),
        ({"LONG DATE": "2016/07/06 19:03:14"}, "2016-07-06T19:03:14", Zone.NOT_STATED),
        ({"DATE": "96/11/04", "TIME": "18:07:10.00"}, "1996-11-04T18:07:10", Zone.NOT_STATED),
        ({"DATE": "2024/01/31", "TIME": "12:00:00"}, "2024-01-31T12:00:00", Zone.NOT_STATED),
        ({"DATE": "31.12.2020", "TIME": "12:00:00"}, "2020-12-31T12:00:00", Zone.NOT_STATED),
        ({"DATE": "03/30/90", "TIME": "10:47:11"}, "1990-03-30T10:47:11", Zone.NOT_STATED),
        ({"DATE": "01 Jun 2009 09:15:48"}, "2009-06-01T09:15:48", Zone.NOT_STATED),
        ({"DATE": "30-Aug-2007", "TIME": "09:19:36"}, "2007-08-30T09:19:36", Zone.NOT_STATED),
    ],
)
def test_a_moment_is_aware_only_when_a_zone_is_stated(stated: dict[str, str], moment: str, zone: Zone) -> None:
    (recording,) = read(written(block(PLAIN, **stated)))

    assert recording.measured is not None
    assert recording.measured.moment == datetime.fromisoformat(moment)
    assert recording.measured.zone is zone


def test_a_day_that_cannot_be_is_kept_as_written() -> None:
    (recording,) = read(written(block(PLAIN, DATE="99/99/99")))

    assert recording.measured is not None
    assert (recording.measured.as_written, recording.measured.moment) == ("99/99/99", None)
    assert any("cannot be right" in str(one) for one in recording.cautions)


def test_labels_are_the_same_whatever_their_case_and_marks() -> None:
    text = block(PLAIN).replace("##NPOINTS", "  ##N_Points").replace("##DATA TYPE", "##data-type")

    (recording,) = read(written(text))

    assert len(recording.channels[0].values) == 6


def test_repeated_labels_keep_all_their_values() -> None:
    text = block(PLAIN).replace("##XUNITS", "##DATA PROCESSING=dark\n##DATA PROCESSING=boxcar\nof 5\n##XUNITS")

    (recording,) = read(written(text))

    assert recording.header["DATA PROCESSING"] == ("dark", "boxcar\nof 5")


def test_a_file_that_is_cut_before_the_table_of_a_later_block_is_said() -> None:
    (recording,) = read(written(block(PLAIN) + "##TITLE= reference\n##JCAMP-DX= 4.24\n##DATA PROC"))

    assert "THE FILE IS CUT OFF" in " ".join(map(str, recording.cautions))


def test_a_block_without_an_end_says_so() -> None:
    (recording,) = read(written(block(PLAIN).replace("##END=", "")))

    assert "the block has no end mark" in [str(one) for one in recording.cautions]


@pytest.mark.parametrize("text", ["## heading\n##more=1\n", "##TITLE=a\njust text\n", "#TITLE=a\n##DATA TYPE=x\n", ""])
def test_other_text_is_not_claimed(text: str) -> None:
    assert not recognises(written(text))


def test_old_line_ends_are_read() -> None:
    source = written(block(PLAIN).replace("\n", "\r"))

    assert recognises(source)
    assert len(read(source)[0].channels[0].values) == 6


def test_nothing_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    read(written(block(PLAIN, FIRSTY="0.5")))

    assert capsys.readouterr() == ("", "")


def test_real_files_have_the_expected_values(shared_data: Path) -> None:
    for path, wanted in expected(shared_data, "jcamp_dx").items():
        recordings = read_real(shared_data, path, "jcamp_dx")

        assert_reading(recordings[0], wanted)
        assert sum(len(one.channels) for one in recordings) == wanted["blocks_with_data"]
        assert recordings[0].settings["title"] == wanted["meta"]["title"]
        assert recordings[0].settings["data_type"] == wanted["meta"]["DATA TYPE"]
        assert recordings[0].channels[0].x.unit == "nm"


def test_real_files_have_the_values_of_the_library(shared_data: Path) -> None:
    jcamp = pytest.importorskip("jcamp")
    for path in expected(shared_data, "jcamp_dx"):
        with contextlib.redirect_stdout(io.StringIO()):
            theirs = jcamp.readfile(shared_data / "instruments" / path)
        theirs = theirs["children"][0] if theirs.get("children") else theirs

        ours = read_real(shared_data, path, "jcamp_dx")[0].channels[0]

        assert np.array_equal(np.sort(ours.values), np.sort(theirs["y"]))
        assert np.array_equal(np.sort(ours.x.values), np.sort(theirs["x"]))
