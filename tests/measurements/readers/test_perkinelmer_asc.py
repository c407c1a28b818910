"""What is promised of PEDS text: the stated axis, count and units hold, or nothing is read."""

import csv
from datetime import datetime
from pathlib import Path

import pytest

from measurements.readers.perkinelmer_asc import read, recognises
from measurements.readers.recording import Technique
from measurements.readers.refusal import Unread
from measurements.readers.source import Source
from tests.measurements.readers.absorption_files import assert_reading
from tests.measurements.readers.expected_readings import expected, read_real

FIRST = "PE UV       SUBTECH     SPECTRUM    ASCII       PEDS        4.00"
ROWS = ("502.000000\t0.1", "501.000000\t0.2", "500.000000\t0.3")


def exported(
    *,
    first: str = FIRST,
    date: str = "24/01/17",
    unit: str = "A",
    points: str = "3",
    start: str = "502.000000",
    rows: tuple[str, ...] = ROWS,
    highest: str = "0.300000",
) -> Source:
    lines = [""] * 77
    lines[0:8] = [first, "   -1", "film.asc", date, "09:26:08.00", date, "09:26:08.00", "GF"]
    lines[8], lines[11:14] = "in toluene", ["Lambda 1050", "1050L0", "UV WinLab 6.3"]
    lines[17], lines[32], lines[47] = "3350/servo 860.8/2", "3350/0.28 860.8/0.24", "S:100 R:100"
    axes = ["nm", unit, "1.0", "0.0", start, "-1.000000", points, "8", highest, "0.100000"]
    lines += ["#HDR", "-1", "-1", "#GR", *axes, "#DATA", *rows]
    return Source.of_bytes("\r\n".join([*lines, ""]).encode("cp1252"))


def test_a_scan_comes_with_its_instrument_settings_and_moment() -> None:
    source = exported()

    (recording,) = read(source)

    channel = recording.channels[0]
    assert recognises(source)
    assert recording.technique is Technique.ABSORBANCE
    assert channel.x.values.tolist() == [500.0, 501.0, 502.0]
    assert channel.values.tolist() == [0.3, 0.2, 0.1]
    assert (channel.unit, channel.x.unit) == ("A", "nm")
    assert recording.instrument == "PerkinElmer Lambda 1050"
    assert recording.measured is not None
    assert recording.measured.moment == datetime.fromisoformat("2024-01-17T09:26:08")
    assert recording.settings["slit_nm"] == 2.0
    assert recording.settings["integration_time_s"] == 0.24
    assert recording.settings["operator"] == "GF"
    assert recording.settings["description"] == "in toluene"
    assert recording.header["line 48"] == ("S:100 R:100",)
    assert [str(one) for one in recording.cautions] == ["wavelength runs downwards in the file and was turned"]


@pytest.mark.parametrize(("written", "unit"), [("%T", "%T"), ("A", "A"), ("%R", "%R"), ("", "")])
def test_the_unit_of_the_values_is_the_stated_one(written: str, unit: str) -> None:
    (recording,) = read(exported(unit=written))

    assert recording.channels[0].unit == unit


@pytest.mark.parametrize(
    ("date", "year"), [("69/01/17", 2069), ("70/01/17", 1970), ("98/01/17", 1998), ("2024/01/17", 2024)]
)
def test_two_digits_of_a_year_mean_1970_to_2069(date: str, year: int) -> None:
    (recording,) = read(exported(date=date))

    assert recording.measured is not None
    assert recording.measured.moment is not None
    assert recording.measured.moment.year == year


def test_a_date_that_cannot_be_is_left_out_and_said() -> None:
    (recording,) = read(exported(date="24/13/45"))

    assert recording.measured is None
    assert any("cannot be right" in str(one) for one in recording.cautions)


def test_an_emission_scan_is_known_by_its_first_line() -> None:
    (recording,) = read(exported(first="PE FL       SUBTECH     SPECTRUM    ASCII       PEDS        1.60", unit=""))

    assert recording.technique is Technique.PL


@pytest.mark.parametrize("points", ["2", "4", "2147483648"])
def test_other_counts_than_promised_are_refused_with_the_last_line(points: str) -> None:
    with pytest.raises(Unread, match="points are promised and 3 are there") as refusal:
        read(exported(points=points))

    assert refusal.value.line == 95


def test_an_axis_that_is_not_where_it_is_stated_is_refused() -> None:
    with pytest.raises(Unread, match="x does not begin at 602"):
        read(exported(start="602.000000"))


def test_an_extreme_that_is_not_the_stated_one_is_said() -> None:
    (recording,) = read(exported(highest="9.9"))

    assert "the header states 9.9 as the highest y; it is 0.3" in [str(one) for one in recording.cautions]


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ((), "followed by no values"),
        (("502.0\tabc",), "not a number"),
        (("502.0\t0.1\t0.2",), "3 values for 2 columns"),
    ],
)
def test_broken_rows_are_refused_with_their_line(rows: tuple[str, ...], reason: str) -> None:
    with pytest.raises(Unread, match=reason) as refusal:
        read(exported(rows=rows))

    assert refusal.value.line in {92, 93}


def test_a_file_without_its_data_block_is_refused() -> None:
    whole = exported().content

    with pytest.raises(Unread, match="No line says #DATA"):
        read(Source.of_bytes(whole[: whole.index(b"#DATA")]))


def test_real_files_have_the_expected_values(shared_data: Path) -> None:
    for path, wanted in expected(shared_data, "perkinelmer_asc").items():
        (recording,) = read_real(shared_data, path, "perkinelmer_asc")

        assert_reading(recording, wanted)
        assert recording.channels[0].unit == wanted["y_unit"]
        assert recording.settings["instrument"] == wanted["meta"]["instrument"]
        assert recording.settings["serial_number"] == wanted["meta"]["serial"]
        assert recording.settings["points"] == int(wanted["meta"]["header_n"])
        assert recording.settings["start_nm"] == float(wanted["meta"]["header_start"])


def test_the_campaign_has_what_its_manifest_says(shared_data: Path) -> None:
    with (shared_data / "campaign" / "manifest.csv").open(encoding="utf-8") as stream:
        listed = [one for one in csv.DictReader(stream) if one["file"].endswith(".asc")]

    for one in listed:
        with Source.of_path(shared_data / "campaign" / one["file"]) as source:
            (recording,) = read(source)
        assert recording.measured is not None
        assert recording.measured.moment == datetime.fromisoformat(one["measured_at"]).replace(tzinfo=None)
        assert len(recording.channels[0].values) == int(one["n_points"])
        assert recording.channels[0].x.values[0] == float(one["x_last"])
    assert len(listed) == 6
