"""FluorEssence worksheets: which column belongs to which x, and which curves are one look."""

from datetime import datetime
from pathlib import Path

import numpy as np
import pytest

from measurements.readers.recording import Role, Technique
from tests.measurements.readers.emission_files import (
    assert_as_expected,
    campaign_rows,
    cautions,
    expected,
    read,
    read_one,
    recognises,
    refusal,
)

KEY = "fluoressence"
PAIRS = (
    "A\tR1\tB\tS1\tC\tS1cR1c",
    "Wavelength\tR1\tWavelength\tS1\tWavelength\tS1c / R1c",
    "nm\tMicroAmps\tnm\tCPS\tnm\tCPS / MicroAmps",
)
CYCLES = (
    "Short Name\tA\tB\tC",
    "Long Name\tWavelength\t{0}\t{1}",
    "Units\tnm\tCPS / MicroAmps\tCPS / MicroAmps",
    "SourceName\t\tS1c / R1c\tS1c / R1c",
    "CycleNumber\t\t1\t2",
    "TimeStamp\t\t{0}\t{1}",
)


def sheet(head: tuple[str, ...], *rows: str) -> str:
    """Return an export."""
    return "\n".join((*head, *rows, ""))


def cycles(first: str, second: str) -> str:
    """Return an export of two cycles."""
    return sheet(tuple(row.format(first, second) for row in CYCLES), "1\t650\t1.5\t2.5", "2\t651\t3.5\t4.5")


def test_pairs_of_columns_are_channels_of_one_look_the_most_useful_first() -> None:
    recording = read_one(KEY, sheet(PAIRS, "590\t33.7\t590\t56\t590\t1.71", "591\t33.6\t591\t50\t591\t1.53"))

    found = [(channel.name, channel.unit, channel.role) for channel in recording.channels]
    assert found == [
        ("S1c / R1c", "CPS / MicroAmps", Role.SIGNAL),
        ("S1", "CPS", Role.SIGNAL),
        ("R1", "MicroAmps", Role.MONITOR),
    ]
    assert recording.channels[0].values.tolist() == [1.71, 1.53]
    assert recording.technique is Technique.PL
    assert not recording.cautions


def test_row_labels_and_row_numbers_are_no_data() -> None:
    head = tuple(f"{label}\t{row}" for label, row in zip(("Short Name", "Long Name", "Units"), PAIRS, strict=True))

    recording = read_one(KEY, sheet(head, "1\t590\t33\t590\t56\t590\t1.71", "2\t591\t33\t591\t50\t591\t1.53"))

    assert recording.channels[0].x.values.tolist() == [590, 591]


def test_counts_that_are_not_a_rate_are_counts() -> None:
    counted = ("Short Name\tA\tS1", "Long Name\tWavelength\tS1", "Units\tnm\tCounts")

    recording = read_one(KEY, sheet(counted, "1\t490\t42", "2\t491\t43"))

    assert [(one.name, one.unit, one.values.tolist()) for one in recording.channels] == [("S1", "counts", [42, 43])]


def test_cycles_of_one_source_are_recordings_of_their_own() -> None:
    first, second = read(KEY, cycles("25/12/2017 17:24:47", "25/12/2017 17:25:30"))

    assert (first.label, second.label) == ("25/12/2017 17:24:47", "25/12/2017 17:25:30")
    assert first.channels[0].name == "S1c / R1c"
    assert second.channels[0].values.tolist() == [2.5, 4.5]
    assert second.settings["cycle"] == 2
    assert second.measured is not None
    assert second.measured.moment == datetime.fromisoformat("2017-12-25T17:25:30")


def test_a_stamp_that_may_be_two_days_gives_no_moment() -> None:
    first, _ = read(KEY, cycles("05/12/2017 17:24:47", "05/12/2017 17:25:30"))

    assert first.measured is not None
    assert first.measured.moment is None
    assert "day or the month first" in cautions(first)


def test_samples_side_by_side_over_one_x_are_recordings_of_their_own() -> None:
    head = ("A\tB\tC", "Wavelength\tfilm\tsolution", "nm\tCPS\tCPS")

    film, solution = read(KEY, sheet(head, "590\t1\t2", "591\t3\t4"))

    assert (film.label, film.channels[0].values.tolist()) == ("film", [1, 3])
    assert (solution.label, solution.channels[0].values.tolist()) == ("solution", [2, 4])


def test_quotes_and_commas_of_a_csv_are_no_part_of_the_names() -> None:
    recording = read_one(KEY, '"A","B"\n"Wavelength","S1c / R1c"\n"nm","CPS / MicroAmps"\n590,1.5\n591,2.5\n')

    assert (recording.channels[0].name, recording.channels[0].values.tolist()) == ("S1c / R1c", [1.5, 2.5])


def test_a_shorter_curve_ends_where_its_cells_do() -> None:
    recording = read_one(KEY, sheet(PAIRS, "590\t33\t590\t56\t590\t1.7", "591\t33\t591\t50\t\t"))

    assert [len(channel.values) for channel in recording.channels] == [1, 2, 2]


def test_a_missing_value_stays_a_gap() -> None:
    recording = read_one(KEY, sheet(PAIRS, "590\t33\t590\t56\t590\t--", "591\t33\t591\t50\t591\t1.5"))

    assert np.isnan(recording.channels[0].values[0])
    assert "1 value is missing and stays a gap (line 4)" in cautions(recording)


def test_decimal_commas_and_a_descending_x_are_read() -> None:
    recording = read_one(KEY, sheet(("A\tB", "Wavelength\tS1", "nm\tCPS"), "591\t1,5", "590\t2,5"))

    assert recording.channels[0].values.tolist() == [2.5, 1.5]
    assert "was turned" in cautions(recording)


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        (sheet(PAIRS, "590\t33\t590\t56\t590\t1.7", "591\t33\t591\toops\t591\t1.5"), 5, "“oops” is not a number"),
        (sheet(PAIRS, "590\t33\t590\t56\t590\t1.7")[:-8], 4, "stops in the middle"),
        (sheet(("A\tB", "Wavelength\tS1", "nm\tCPS"), "590\t1e400"), 4, "beyond all measure"),
        (sheet(("A\tB", "Wavelength\tS1", "nm\tCPS"), "590\t1591\t2"), 4, "3 cells under 2 columns"),
        (sheet(PAIRS), 1, "names and units are missing"),
        (sheet(("A\tB", "Wavelength\tS1", "nm\tCPS"), "590\t1", "\t2"), None, "2 values over 1 of x"),
    ],
)
def test_broken_worksheets_are_refused_with_their_line(text: str, line: int | None, reason: str) -> None:
    refused = refusal(KEY, text)

    assert reason in refused.reason
    assert refused.line == line


def test_other_tables_are_not_claimed() -> None:
    assert not recognises(KEY, "Wavelength,Absorbance\nnm,A\n400,0.1\n")
    assert not recognises(KEY, "400\t1\n401\t2\n")


@pytest.mark.parametrize("name", ["FluorEssence.txt", "FluorEssence_multiple.txt"])
def test_real_files_read_as_the_manifest_says(shared_data: Path, name: str) -> None:
    wanted = expected(shared_data, f"horiba_fluoressence/{name}")

    recordings = read(KEY, (shared_data / "instruments" / "horiba_fluoressence" / name).read_bytes())

    assert_as_expected(recordings[0], wanted)
    assert recordings[0].channels[0].unit == wanted["y_unit"]
    assert len(recordings) == (1 if name == "FluorEssence.txt" else 10)


def test_the_campaigns_spectra_have_the_points_of_its_manifest(shared_data: Path) -> None:
    rows = campaign_rows(shared_data, "NanoLog")

    for row in rows[::5]:
        x = read_one(KEY, (shared_data / "campaign" / row["file"]).read_bytes()).channels[0].x.values
        assert [len(x), x[0], x[-1]] == [int(row["n_points"]), float(row["x_first"]), float(row["x_last"])]
    assert len(rows) > 50


def test_a_wrong_suffix_does_not_matter(shared_data: Path) -> None:
    content = (shared_data / "campaign" / "raw" / "PL" / "NC-024-F2-CV1_PL_3.spc").read_bytes()

    assert read_one(KEY, content).channels[0].name == "S1c / R1c"
