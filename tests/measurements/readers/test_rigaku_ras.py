"""RAS: counts written as floats, the attenuator's column, Japanese names, several scans, and files cut off."""

from datetime import datetime
from pathlib import Path

import pytest

from measurements.readers import rigaku_ras
from measurements.readers.recording import Recording
from measurements.readers.refusal import Unread
from measurements.readers.source import Source
from tests.measurements.readers.expected_readings import assert_curve, expected, read_real

ROWS = ("10.0000 100.0000 1.0000", "10.5000 300.0000 1.0000", "11.0000 200.0000 1.0000")


def scan(
    rows: tuple[str, ...] = ROWS, *, stated: str = "3.0000000000", unit: str = "counts", axis: str = "TwoThetaTheta"
) -> str:
    """One scan."""
    return "\r\n".join(
        [
            "*RAS_HEADER_START",
            '*FILE_OPERATOR "LM"',
            '*FILE_SAMPLE "NC-1"',
            '*HW_GONIOMETER_NAME "SmartLab|SmartLab"',
            '*HW_ATTACHMENT_NAME "試料台|Stage"',
            '*HW_XG_TARGET_NAME "Cu"',
            '*MEAS_COND_XG_VOLTAGE "45.0000000000"',
            f'*MEAS_DATA_COUNT "{stated}"',
            f'*MEAS_SCAN_AXIS_X_INTERNAL "{axis}"',
            '*MEAS_SCAN_START_TIME "12/05/15 22:01:01"',
            '*MEAS_SCAN_UNIT_X "deg"',
            f'*MEAS_SCAN_UNIT_Y "{unit}"',
            "*RAS_HEADER_END",
            "*RAS_INT_START",
            *rows,
            "*RAS_INT_END",
            "",
        ]
    )


def read(*scans: str, encoding: str = "cp932", cut: int = 0) -> tuple[Recording, ...]:
    """Read a file of scans."""
    text = "*RAS_DATA_START\r\n" + "".join(scans) + ("" if cut else "*RAS_DATA_END\r\n")
    return rigaku_ras.read(Source.of_bytes((text[:-cut] if cut else text).encode(encoding)))


@pytest.mark.parametrize("encoding", ["cp932", "utf-8", "utf-8-sig"])
def test_a_scan_is_read_with_names_in_japanese_and_counts_written_as_floats(encoding: str) -> None:
    (one,) = read(scan(), encoding=encoding)

    channel = one.channels[0]
    assert channel.x.values.tolist() == [10.0, 10.5, 11.0]
    assert channel.values.tolist() == [100.0, 300.0, 200.0]
    assert (channel.x.name, channel.unit) == ("2theta", "counts")
    assert one.cautions == ()
    assert one.instrument == "Rigaku SmartLab"
    assert one.label == "NC-1"
    assert one.settings["tube_voltage_kv"] == 45.0
    assert one.header["HW_ATTACHMENT_NAME"] == ("試料台|Stage",)
    assert one.measured is not None
    assert one.measured.moment == datetime.fromisoformat("2015-12-05T22:01:01")


def columns(stated: str = "") -> Source:
    """The text of one scan without marks around its keys and rows."""
    count = (f'*MEAS_DATA_COUNT "{stated}"',) if stated else ()
    keys = ('*FILE_SAMPLE "NC-1"', '*HW_XG_TARGET_NAME "Cu"', '*MEAS_SCAN_UNIT_X "deg"', *count)
    return Source.of_bytes("\r\n".join((*keys, "#Intensity_unit=cps", *ROWS, "")).encode())


@pytest.mark.parametrize("stated", ["", "3.0000000000"])
def test_the_text_of_columns_has_the_same_keys_and_the_unit_above_its_rows(stated: str) -> None:
    (one,) = rigaku_ras.read(columns(stated))

    assert rigaku_ras.recognises(columns(stated))
    assert one.channels[0].values.tolist() == [100.0, 300.0, 200.0]
    assert (one.channels[0].x.name, one.channels[0].unit, one.label) == ("2theta", "counts/s", "NC-1")
    assert one.settings["anode"] == "Cu"
    assert one.cautions == ()


def test_fewer_rows_than_the_text_of_columns_states_are_said_to_be_cut_off() -> None:
    (one,) = rigaku_ras.read(columns("5.0"))

    assert one.channels[0].values.tolist() == [100.0, 300.0]
    assert "5 points are stated and 2 are there: the scan is cut off (line 7)" in [str(said) for said in one.cautions]


def test_the_attenuators_column_is_multiplied_back_and_said() -> None:
    (one,) = read(scan(("10 100 1.0", "10.5 300 10.0", "11 200 1.0")))

    assert one.channels[0].values.tolist() == [100.0, 3000.0, 200.0]
    assert "multiplied by the attenuator's factors 1 to 10" in str(one.cautions[0])


def test_rates_stay_rates() -> None:
    (one,) = read(scan(unit="cps"))

    assert one.channels[0].unit == "counts/s"


def test_a_rocking_curve_is_over_omega() -> None:
    (one,) = read(scan(axis="Omega"))

    assert one.channels[0].x.name == "omega"


def test_every_scan_is_a_recording_of_its_own() -> None:
    found = read(scan(), scan(ROWS[:2], stated="2.0"))

    assert [len(one.channels[0].values) for one in found] == [3, 2]
    assert [one.label for one in found] == ["NC-1 range 1", "NC-1 range 2"]


def test_rows_whose_header_is_missing_do_not_join_the_scan_before() -> None:
    headless = scan(ROWS[:2]).partition("*RAS_INT_START")

    found = read(scan(), "*RAS_INT_START" + headless[2])

    assert [len(one.channels[0].values) for one in found] == [3, 2]


def test_a_file_that_was_cut_off_keeps_its_whole_rows_and_says_so() -> None:
    (one,) = read(scan(), cut=len("\r\n*RAS_INT_END\r\n") + 5)

    assert one.channels[0].values.tolist() == [100.0, 300.0]
    assert "3 points are stated and 2 are there: the scan is cut off (line 17)" in str(one.cautions[0])


def test_a_count_that_does_not_agree_is_said() -> None:
    (one,) = read(scan(stated="7.0"))

    assert "7 points are stated and 3 are there: do not agree" in str(one.cautions[0])


@pytest.mark.parametrize(
    ("one", "reason"),
    [
        (scan(("10 lots 1",)), r"“lots” is not a number \(line 16\)"),
        (scan(("10 1 1", "10.5")), r"1 of 3 numbers \(line 17\)"),
        (scan(()), r"A scan has no rows \(line 2\)"),
        ("", r"The file has no scan"),
    ],
)
def test_rows_that_are_no_numbers_are_refused_with_the_line(one: str, reason: str) -> None:
    with pytest.raises(Unread, match=reason):
        read(one)


def test_it_is_known_by_its_first_line() -> None:
    assert rigaku_ras.recognises(Source.of_bytes(b"\xef\xbb\xbf*RAS_DATA_START\r\n"))
    assert not rigaku_ras.recognises(Source.of_bytes(b"# *RAS_DATA_START\r\n"))


def test_a_real_file_reads_as_expected(shared_data: Path) -> None:
    path, wanted = next(iter(expected(shared_data, "rigaku_ras").items()))

    found = read_real(shared_data, path, "rigaku_ras")

    assert_curve(found[0], wanted)
    assert [
        [len(one.channels[0].values), *one.channels[0].x.values[[0, -1]].tolist(), one.channels[0].values.max()]
        for one in found
    ] == wanted["scans"]
    assert found[0].settings["points"] == float(wanted["meta"]["MEAS_DATA_COUNT"])
    assert found[0].settings["anode"] == wanted["meta"]["HW_XG_TARGET_NAME"]
