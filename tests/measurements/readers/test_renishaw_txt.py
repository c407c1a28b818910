"""WiRE text: the unit that the file leaves out is only given where the numbers are certain."""

from pathlib import Path

import numpy as np
import pytest

from measurements.readers.recording import Role, Technique
from measurements.readers.renishaw_txt import LARGE_BYTES
from tests.measurements.readers.emission_files import campaign_rows, cautions, read_one, recognises, refusal

KEY = "renishaw_txt"
HEAD = "#Wave\t\t#Intensity\r\n"


def export(x: object, y: object = None) -> str:
    """Return an export of one spectrum, in the order of its x."""
    values = np.asarray(x, dtype=float)
    heights = np.arange(len(values)) if y is None else np.asarray(y)
    return HEAD + "".join(f"{one:.6f}\t{two:.6f}\r\n" for one, two in zip(values, heights, strict=True))


def test_a_descending_axis_is_turned_and_said() -> None:
    recording = read_one(KEY, export([3000.0, 2998.5, 2997.0], [1, 2, 3]))

    assert recording.channels[0].x.values.tolist() == [2997.0, 2998.5, 3000.0]
    assert recording.channels[0].values.tolist() == [3, 2, 1]
    assert "runs downwards in the file and was turned" in cautions(recording)


@pytest.mark.parametrize(
    ("x", "unit", "technique"),
    [
        (np.linspace(780, 580, 507), "nm", Technique.PL),
        (np.linspace(3200, 100, 1015), "1/cm", Technique.RAMAN),
        (np.linspace(150, -150, 300), "1/cm", Technique.RAMAN),
        (np.linspace(1900, 500, 1015), "1/cm", Technique.RAMAN),
        (np.linspace(1900, 800, 1015), "", Technique.SPECTRUM),
    ],
)
def test_the_unit_is_given_only_where_it_is_certain(x: object, unit: str, technique: Technique) -> None:
    recording = read_one(KEY, export(x))

    assert recording.channels[0].x.unit == unit
    assert recording.technique is technique
    assert "does not state the unit of x" in cautions(recording)


def test_ruby_far_from_the_laser_is_known_by_its_line() -> None:
    x = np.linspace(4562, 4230, 507)
    line = 200 + 3000 * np.exp(-(((x - 4393) / 8) ** 2)) + np.arange(507) % 2

    recording = read_one(KEY, export(x, line))

    assert recording.technique is Technique.RUBY
    assert "laser of 532 nm, which is not stated" in cautions(recording)
    assert "laser_nm" not in recording.settings


def test_the_same_window_without_the_line_is_not_ruby() -> None:
    x = np.linspace(4562, 4230, 507)

    assert read_one(KEY, export(x, 200 + np.arange(507) % 7)).technique is Technique.RAMAN


def test_a_series_is_one_channel_over_time() -> None:
    rows = "".join(f"{time}.5\t{x}.0\t{time * 10 + x}.0\r\n" for time in (0, 1, 2) for x in (3000, 2900))

    channel = read_one(KEY, f"#Time\t\t#Wave\t\t#Intensity\r\n{rows}").channels[0]

    assert (channel.axes[0].name, channel.axes[0].unit) == ("time", "s")
    assert channel.axes[0].values.tolist() == [0.5, 1.5, 2.5]
    assert channel.values.tolist() == [[2900, 3000], [2910, 3010], [2920, 3020]]


def test_a_map_keeps_the_place_of_every_spectrum() -> None:
    rows = "".join(f"{x}.0\t{y}.0\t{w}.0\t{x + y + w}.0\n" for y in (0, 5) for x in (1, 2) for w in (3000, 2900))

    recording = read_one(KEY, f"#X\t\t#Y\t\t#Wave\t\t#Intensity\n{rows}")

    spectra, *places = recording.channels
    assert spectra.values.shape == (4, 2)
    assert spectra.values[3].tolist() == [2907, 3007]
    assert [(place.name, place.unit, place.role) for place in places] == [
        ("X", "µm", Role.MONITOR),
        ("Y", "µm", Role.MONITOR),
    ]
    assert [place.values.tolist() for place in places] == [[1, 2, 1, 2], [0, 0, 5, 5]]


def test_a_large_map_reads_as_a_small_one_does() -> None:
    head = "#X\t\t#Y\t\t#Wave\t\t#Intensity\n"
    rows = ["".join(f"{x}.0\t0.0\t{3000 - w}.0\t{x + w}.0\n" for w in range(1000)) for x in range(600)]
    text = head + "".join(rows)

    recording = read_one(KEY, text)

    assert len(text) > LARGE_BYTES
    assert recording.channels[0].values.shape == (600, 1000)
    assert recording.channels[0].values[7][[0, -1]].tolist() == [1006, 7]
    assert refusal(KEY, text.replace("2500.0\t999", "2500.0\tabc", 1)).line is not None
    assert refusal(KEY, text[:-20]).line is not None


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        (f"{HEAD}3000.0\t1.0\r\n2999.0\tcosmic\r\n", 3, "“cosmic” is not a number"),
        (f"{HEAD}3000.0\t1.0\r\n2999.0\r\n2998.0\t1.0\r\n", 3, "1 of 2 numbers"),
        (HEAD, 1, "no data"),
        ("#Wave\r\n3000\t1\r\n", 1, "names of the columns"),
        ("#Time\t#Wave\t#Intensity\n0\t3000\t1\n0\t2999\t1\n1\t3000\t1\n", 4, "1 of 2 points"),
        ("#Time\t#Wave\t#Intensity\n0\t3000\t1\n0\t2999\t1\n1\t3000\t1\n1\t2998\t1\n", 4, "another x axis"),
    ],
)
def test_broken_rows_are_refused_with_their_line(text: str, line: int, reason: str) -> None:
    refused = refusal(KEY, text)

    assert reason in refused.reason
    assert refused.line == line


def test_a_row_cut_in_its_number_is_left_out_and_said() -> None:
    text = export([3000.0, 2998.5, 2997.0], [1, 2, 30])

    recording = read_one(KEY, text[: text.index("30.") + 1])

    assert recording.channels[0].x.values.tolist() == [2998.5, 3000.0]
    assert "STOPS IN THE MIDDLE" in cautions(recording)


def test_other_tables_with_a_hash_are_not_claimed() -> None:
    assert not recognises(KEY, "#Wave\t\t#Counts\n1\t2\n")
    assert not recognises(KEY, "#Acq. time (s)=\t1\n1\t2\n")


def test_the_campaigns_pressure_cells_are_told_apart(shared_data: Path) -> None:
    rows = campaign_rows(shared_data, "Renishaw Raman microscope")

    for row in rows:
        recording = read_one(KEY, (shared_data / "campaign" / row["file"]).read_bytes())
        x = recording.channels[0].x
        assert [len(x.values), x.values[-1], x.values[0]] == [
            int(row["n_points"]),
            float(row["x_first"]),
            float(row["x_last"]),
        ]
        assert x.unit == row["x_unit"]
        assert recording.technique is (Technique.RUBY if row["technique"] == "ruby" else Technique.PL)
    assert len(rows) > 50
