"""Edinburgh text: one recording per column; decays, emissions and responses are told by the header."""

from pathlib import Path

import pytest

from measurements.readers.recording import Role, Technique
from tests.measurements.readers.emission_files import (
    assert_as_expected,
    cautions,
    expected,
    read,
    read_one,
    recognises,
    refusal,
)

KEY = "edinburgh_txt"


def decay(*rows: str, mark: str = "\t", kind: str = "Time Scan", labels: str = "T5", stop: str = "2.00") -> str:
    """Return a decay as F980 exports it, every line with one mark too many."""
    head = (("Labels", labels), ("Type", kind), ("Comment", ""), ("Start", "0.00"), ("Stop", stop), ("Step", "1.00"))
    axes = (("Fixed/Offset", " "), ("XAxis", "Time(ns)"), ("YAxis", "Counts"))
    lines = [f"{key}{mark}{value}{mark}" for key, value in (*head, *axes)]
    return "\n".join((*lines, "", *(row.replace("|", mark) + mark for row in rows), ""))


ROWS = ("0.00|4.0E+0", "1.00|9.0E+2", "2.00|3.0E+2")


@pytest.mark.parametrize("mark", ["\t", ","])
def test_a_decay_is_read_with_tabs_and_with_commas(mark: str) -> None:
    recording = read_one(KEY, decay(*ROWS, mark=mark))

    channel = recording.channels[0]
    assert recording.technique is Technique.TRPL
    assert (channel.x.name, channel.x.unit, channel.unit, channel.role) == ("time", "ns", "counts", Role.SIGNAL)
    assert channel.values.tolist() == [4, 900, 300]
    assert recording.label == "T5"
    assert recording.settings["step_ns"] == 1
    assert not recording.cautions


def test_a_comma_in_a_name_is_no_second_column() -> None:
    assert read_one(KEY, decay(*ROWS, mark=",", labels="film, 20 K")).label == "film, 20 K"


def test_an_instrument_response_is_a_reference() -> None:
    channel = read_one(KEY, decay(*ROWS, kind="Instrument Response Time Scan")).channels[0]

    assert (channel.name, channel.role) == ("instrument response", Role.REFERENCE)


def test_several_columns_below_a_title_become_several_recordings() -> None:
    single = decay("0.00|4|5", "1.00|6|7", "2.00|8|")
    text = "S1\n\n" + single.replace("Labels\tT5", "Labels\tT5\tT6").replace(
        "Type\tTime Scan", "Type\tTime Scan\tTime Scan"
    )

    first, second = read(KEY, text)

    assert (first.label, second.label) == ("T5", "T6")
    assert first.channels[0].values.tolist() == [4, 6, 8]
    assert second.channels[0].values.tolist() == [5, 7]


def test_an_emission_knows_its_excitation() -> None:
    text = decay(*ROWS, kind="Emission Scan").replace("XAxis\tTime(ns)", "Xaxis\tWavelength")
    text = text.replace("Fixed/Offset\t ", "Fixed/Offset\t350.00").replace("YAxis", "Scan Slit\t4.25\t\nYaxis")

    recording = read_one(KEY, text)

    assert recording.technique is Technique.PL
    assert recording.channels[0].x.unit == "nm"
    assert recording.settings["excitation_wavelength_nm"] == 350
    assert recording.settings["slit_nm"] == 4.25


def test_an_absorbance_is_no_emission() -> None:
    text = decay(*ROWS, kind="Synchronous Scan").replace("Time(ns)", "Wavelength").replace("Counts", "Absorbance")

    recording = read_one(KEY, text)

    assert (recording.technique, recording.channels[0].unit) == (Technique.ABSORBANCE, "A")


def test_data_that_stop_before_the_stated_end_say_so_loudly() -> None:
    assert "THE DATA STOP EARLY" in cautions(read_one(KEY, decay(*ROWS, stop="500.0")))


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        (decay("0.00|4", "1.00|dead"), 12, "“dead” is not a number"),
        (decay("0.00|4|5"), 11, "2 columns of values, but 1 named"),
        (decay("0,00|4,5", mark=","), 11, "3 columns of values, but 1 named"),
        (decay(), 9, "no data"),
        ("Type\tTime Scan\t\n", 1, "labels is missing"),
        (decay(*ROWS).replace("Type", "Kind"), 1, "no type of scan"),
        (decay(*ROWS).replace("Comment", "Labels"), 3, "is there twice"),
    ],
)
def test_broken_rows_are_refused_with_their_line(text: str, line: int, reason: str) -> None:
    refused = refusal(KEY, text)

    assert reason in refused.reason
    assert refused.line == line


def test_other_headers_are_not_claimed() -> None:
    assert not recognises(KEY, "Labels,Count\nA,1\nB,2\n")


@pytest.mark.parametrize("name", ["F980_IRF.txt", "Fluoracle_emission.txt"])
def test_real_files_read_as_the_manifest_says(shared_data: Path, name: str) -> None:
    wanted = expected(shared_data, f"edinburgh_txt/{name}")

    recording = read_one(KEY, (shared_data / "instruments" / "edinburgh_txt" / name).read_bytes())

    assert_as_expected(recording, wanted)
    assert recording.label == wanted["meta"]["Labels"]
    assert recording.header["type"] == (wanted["meta"]["Type"],)
