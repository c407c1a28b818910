"""CRAIC text: three lines above the numbers; the R lines of ruby are told from a broad emission."""

from datetime import datetime
from pathlib import Path

import numpy as np
import pytest

from measurements.readers.recording import Technique
from tests.measurements.readers.emission_files import (
    assert_as_expected,
    cautions,
    expected,
    read_one,
    recognises,
    refusal,
)

KEY = "craic_txt"
SETTINGS = "SciMode:IT1=100.00ms:NS1=50:IT2=20.00ms:NS2=5:Obj=10X UV:({date})"


def craic(*rows: str, unit: str = "Counts", date: str = "5/1/2025 12:27:28 PM") -> str:
    """Return a CRAIC export."""
    return "\r\n".join(("p1.1_RF", unit, SETTINGS.format(date=date), *rows, ""))


def line_at(centre_nm: float, width_nm: float) -> str:
    """Return an export with one emission line."""
    x = np.arange(600.0, 800.0, 0.75)
    y = 10 + 300 * np.exp(-(((x - centre_nm) / width_nm) ** 2)) + 0.1 * (np.arange(len(x)) % 3)
    return craic(*(f"{one:.2f}\t{value:.4f}" for one, value in zip(x, y, strict=True)))


def test_the_settings_line_is_understood() -> None:
    recording = read_one(KEY, craic("500.26\t-1.52", "501.03\t-0.2"))

    assert recording.label == "p1.1_RF"
    assert recording.channels[0].unit == "counts"
    assert recording.channels[0].values.tolist() == [-1.52, -0.2]
    assert recording.technique is Technique.PL
    assert recording.settings == {
        "integration_time_s": 0.1,
        "accumulations": 50,
        "integration_time_track_2_s": 0.02,
        "accumulations_track_2": 5,
        "objective": "10X UV",
    }


@pytest.mark.parametrize(
    ("date", "moment"),
    [
        ("5/1/2025 12:27:28 PM", datetime.fromisoformat("2025-05-01T12:27:28")),
        ("5/1/2025 12:05:00 AM", datetime.fromisoformat("2025-05-01T00:05:00")),
        ("13.01.2025 17:05:00", datetime.fromisoformat("2025-01-13T17:05:00")),
    ],
)
def test_a_certain_date_is_read(date: str, moment: datetime) -> None:
    measured = read_one(KEY, craic("500\t1", "501\t2", date=date)).measured

    assert measured is not None
    assert (measured.as_written, measured.moment) == (date, moment)


def test_a_date_that_may_be_two_days_is_left_out() -> None:
    recording = read_one(KEY, craic("500\t1", "501\t2", date="05/01/2025 17:05:00"))

    assert recording.measured is not None
    assert recording.measured.moment is None
    assert "not certain" in cautions(recording)


def test_a_narrow_line_where_ruby_emits_is_ruby() -> None:
    assert read_one(KEY, line_at(694.2, 1.2)).technique is Technique.RUBY


def test_a_broad_emission_at_the_same_place_is_not_ruby() -> None:
    assert read_one(KEY, line_at(694.2, 20)).technique is Technique.PL


def test_a_narrow_line_elsewhere_is_not_ruby() -> None:
    assert read_one(KEY, line_at(650.0, 1.2)).technique is Technique.PL


def test_absorbance_keeps_its_unit() -> None:
    recording = read_one(KEY, craic("500\t0.1", "501\t0.2", unit="Absorbance"))

    assert (recording.technique, recording.channels[0].unit) == (Technique.ABSORBANCE, "A")


def test_a_row_cut_in_its_number_is_left_out() -> None:
    recording = read_one(KEY, craic("500.26\t-1.5200", "501.03\t-0.2000", "501.81\t-0.17").rstrip("\r\n"))

    assert recording.channels[0].values.tolist() == [-1.52, -0.2]
    assert "STOPS IN THE MIDDLE" in cautions(recording)


@pytest.mark.parametrize(
    ("text", "line"),
    [(craic("500\t1", "501\tx"), 5), (craic(), 3), ("a\nb\nc\n500\t1\n", 3), (craic("500\t1", "501"), 5)],
)
def test_broken_files_are_refused_with_their_line(text: str, line: int) -> None:
    assert refusal(KEY, text).line == line


def test_bare_columns_are_not_claimed() -> None:
    assert not recognises(KEY, "680.10\t592.74\n680.13\t525.00\n680.17\t532.68\n")


def test_the_real_ruby_file_reads_as_the_manifest_says(shared_data: Path) -> None:
    recording = read_one(KEY, (shared_data / "instruments" / "ruby" / "p1.1_RF.txt").read_bytes())

    assert_as_expected(recording, expected(shared_data, "ruby/p1.1_RF.txt"))
    assert recording.technique is Technique.RUBY
    assert recording.channels[0].unit == "counts"
