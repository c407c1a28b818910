"""What is promised of UVProbe text: every separator, every spectrum in the file, and no guess where a row is broken."""

import csv
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest

from measurements.readers.recording import Technique
from measurements.readers.refusal import Unread
from measurements.readers.shimadzu_txt import read, recognises
from measurements.readers.source import Source
from tests.measurements.readers.absorption_files import assert_reading
from tests.measurements.readers.expected_readings import expected, read_real

ROWS = "350.00 1.783", "351.00 1.773", "352.00 1.764"


def exported(separator: str = ",", *, decimal: str = ".", value: str = "Abs.", rows: tuple[str, ...] = ROWS) -> Source:
    lines = ['"NC-1 film - RawData"', f'"Wavelength nm."{separator}"{value}"']
    lines += [row.replace(".", decimal).replace(" ", separator) for row in rows]
    return written("\r\n".join(lines) + "\r\n")


def written(text: str) -> Source:
    return Source.of_bytes(text.encode("cp1252"))


@pytest.mark.parametrize(
    ("separator", "decimal"), [(",", "."), (" ", "."), ("\t", "."), (" ", ","), ("\t", ","), (";", ",")]
)
def test_every_separator_and_decimal_mark_gives_the_same_spectrum(separator: str, decimal: str) -> None:
    source = exported(separator, decimal=decimal)

    (recording,) = read(source)

    channel = recording.channels[0]
    assert recognises(source)
    assert channel.x.values.tolist() == [350.0, 351.0, 352.0]
    assert channel.values.tolist() == [1.783, 1.773, 1.764]
    assert (channel.unit, channel.x.unit) == ("A", "nm")
    assert recording.label == "NC-1 film"
    assert recording.settings["title"] == "NC-1 film - RawData"


SUMMARY = """[SUMMARY]
Software Information
Software Name:\tUVProbe
Date/Time:\t12.02.2018 16:38:29
Analyst:\t
Instrument Name:\tUV-3101PC

[METHOD]
Sampling Interval:\t2,0
Measuring Mode:\tTransmittance
Slit Width:\t5,0 nm

[DATA]
Wavelength\tData
"""


def test_the_summary_gives_the_method_with_the_spectrum() -> None:
    source = written(SUMMARY + "302.0\t85.474\n300.0\t87.482\n")

    (recording,) = read(source)

    assert recognises(source)
    assert recording.channels[0].x.values.tolist() == [300.0, 302.0]
    assert recording.channels[0].values.tolist() == [87.482, 85.474]
    assert (recording.channels[0].unit, recording.instrument) == ("%T", "Shimadzu UV-3101PC")
    assert recording.settings == {"model": "UV-3101PC", "step_nm": 2.0, "slit_nm": 5.0}
    assert recording.measured is not None
    assert recording.measured.moment == datetime.fromisoformat("2018-02-12T16:38:29")


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        (SUMMARY.replace("[DATA]", ""), 15, "data are missing"),
        (SUMMARY, 13, "no rows"),
        (SUMMARY + "300.0\n", 15, "no pair"),
        (SUMMARY + "300.0\t1.0\n302.0\tbad\n", 16, "bad"),
    ],
)
def test_a_summary_without_whole_rows_is_refused_with_the_line(text: str, line: int, reason: str) -> None:
    with pytest.raises(Unread, match=reason) as refused:
        read(written(text))

    assert refused.value.line == line


@pytest.mark.parametrize("names", ["Wavelength nm. T%", "Wavelength nm.\tT%", "Wavelength nm.,T%"])
def test_names_without_quotation_marks_are_told_apart(names: str) -> None:
    rows = (row.replace(" ", "," if "," in names else " ") for row in ROWS)

    (recording,) = read(written("\n".join(("film - RawData", names, *rows, ""))))

    assert recording.channels[0].values.tolist() == [1.783, 1.773, 1.764]
    assert recording.channels[0].unit == "%T"


@pytest.mark.parametrize(("words", "unit"), [("Abs.", "A"), ("T%", "%T"), ("R%", "%R"), ("Intensity", "")])
def test_the_column_says_what_was_measured(words: str, unit: str) -> None:
    (recording,) = read(exported(value=words))

    assert recording.channels[0].unit == unit
    assert recording.technique == (Technique.ABSORBANCE if unit else Technique.SPECTRUM)


def test_a_descending_axis_is_turned_and_said() -> None:
    (recording,) = read(exported(rows=ROWS[::-1]))

    assert recording.channels[0].x.values.tolist() == [350.0, 351.0, 352.0]
    assert recording.channels[0].values.tolist() == [1.783, 1.773, 1.764]
    assert "wavelength runs downwards in the file and was turned" in [str(one) for one in recording.cautions]


def test_spectra_side_by_side_become_recordings_of_their_own_lengths() -> None:
    source = written(
        '"a - RawData","","b - RawData",""\n"Wavelength nm.","Abs.","Wavelength nm.","R%"\n'
        "350.00,1.1,400.00,50.5\n351.00,1.2,,\n"
    )

    first, second = read(source)

    assert (first.label, second.label) == ("a", "b")
    assert first.channels[0].values.tolist() == [1.1, 1.2]
    assert second.channels[0].values.tolist() == [50.5]
    assert second.channels[0].x.values.tolist() == [400.0]
    assert second.channels[0].unit == "%R"


def test_spectra_over_one_wavelength_column_share_it() -> None:
    first, second = read(written('"set"\n"Wavelength nm." "Abs." "T%"\n350.00 1.1 8.0\n351.00 1.2 9.0\n'))

    assert first.channels[0].x.values.tolist() == second.channels[0].x.values.tolist() == [350.0, 351.0]
    assert second.channels[0].values.tolist() == [8.0, 9.0]
    assert (first.label, second.label) == ("set 1", "set 2")


def test_spectra_one_below_the_other_are_told_apart() -> None:
    block = '"{0} - RawData"\n"Wavelength nm.","Abs."\n350.00,{1}\n351.00,{1}\n'

    first, second = read(written(block.format("a", "0.1") + block.format("b", "0.2")))

    assert (first.label, second.label) == ("a", "b")
    assert first.channels[0].values.tolist() == [0.1, 0.1]
    assert second.channels[0].values.tolist() == [0.2, 0.2]


def test_saturation_is_said() -> None:
    (recording,) = read(exported(rows=("350.00 10.000", "351.00 1.773")))

    assert "1 value is exactly 10.0: the detector was saturated there" in [str(one) for one in recording.cautions]


def test_a_value_left_empty_stays_a_gap_and_is_counted() -> None:
    (recording,) = read(written('"a"\n"Wavelength nm.","Abs."\n350.00, \n351.00,1.5\n'))

    assert np.isnan(recording.channels[0].values[0])
    assert any(caution.line == 3 for caution in recording.cautions)


def test_a_header_without_rows_is_refused_with_its_line() -> None:
    with pytest.raises(Unread, match="followed by no values") as refusal:
        read(exported(rows=()))

    assert refusal.value.line == 2


@pytest.mark.parametrize(
    ("rows", "line"),
    [
        (("350.00 1.783", "351.00 ABC", "352.00 1.0"), 4),
        (("350.00 1.783", "351.00", "352.00 1.0"), 4),
        (("350.00 1.783 2", "351.00 1.0"), 3),
    ],
)
def test_a_broken_row_is_refused_with_its_line(rows: tuple[str, ...], line: int) -> None:
    with pytest.raises(Unread) as refusal:
        read(exported(" ", rows=rows))

    assert refusal.value.line == line


def test_decimal_commas_between_commas_are_not_guessed() -> None:
    with pytest.raises(Unread, match="4 values for 2 columns"):
        read(exported(",", decimal=","))


def test_a_last_row_that_is_cut_off_is_left_out_and_said() -> None:
    (recording,) = read(written('"a"\n"Wavelength nm." "Abs."\n350.00 1.783\n351.00 1.773\n352.00 1.7'))

    assert recording.channels[0].values.tolist() == [1.783, 1.773]
    assert "the last row is cut off and was left out (line 5)" in [str(one) for one in recording.cautions]


@pytest.mark.parametrize("text", ["350.0,1.2\n351.0,1.3\n", "Wavelength,Abs\n350,1\n", "nm, A\n700, 0.1\n"])
def test_other_tables_are_not_claimed(text: str) -> None:
    assert not recognises(written(text))


def test_the_campaign_has_what_its_manifest_says(shared_data: Path) -> None:
    with (shared_data / "campaign" / "manifest.csv").open(encoding="utf-8") as stream:
        listed = [one for one in csv.DictReader(stream) if one["instrument"] == "Shimadzu UV-2700" and one["n_points"]]

    for one in listed:
        with Source.of_path(shared_data / "campaign" / one["file"]) as source:
            (recording,) = read(source)
        x = recording.channels[0].x
        assert (len(x.values), x.values[0], x.values[-1]) == (
            int(one["n_points"]),
            min(float(one["x_first"]), float(one["x_last"])),
            max(float(one["x_first"]), float(one["x_last"])),
        )
    assert len(listed) > 40


def test_the_real_export_has_the_expected_values(shared_data: Path) -> None:
    wanted = expected(shared_data, "shimadzu_txt")["shimadzu_txt/spectrum_1.txt"]

    (recording,) = read_real(shared_data, "shimadzu_txt/spectrum_1.txt", "shimadzu_txt")

    assert_reading(recording, wanted)
    assert recording.settings["title"] == wanted["meta"]["title"]
