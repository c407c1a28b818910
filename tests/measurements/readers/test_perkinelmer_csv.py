"""What is promised of UV WinLab tables: the first line is the units alone, and every row has its numbers."""

from pathlib import Path

import pytest

from measurements.readers.perkinelmer_csv import read, recognises
from measurements.readers.recording import Technique
from measurements.readers.refusal import Unread
from measurements.readers.source import Source
from tests.measurements.readers.absorption_files import assert_reading
from tests.measurements.readers.expected_readings import expected, read_real


def written(text: str) -> Source:
    return Source.of_bytes(text.encode("utf-8"))


@pytest.mark.parametrize(
    "text",
    [
        "nm, A\n701.0, 0.1\n700.0, 10.0\n",
        "NM;A\r\n701,0;0,1\r\n700,0;10,0\r\n",
        '\ufeff"nm","A"\n701.0,0.1\n700.0,10.0\n',
    ],
)
def test_a_table_is_read_and_its_saturation_said(text: str) -> None:
    source = written(text)

    (recording,) = read(source)

    assert recognises(source)
    assert recording.technique is Technique.ABSORBANCE
    assert recording.channels[0].x.values.tolist() == [700.0, 701.0]
    assert recording.channels[0].values.tolist() == [10.0, 0.1]
    assert "1 value is exactly 10.0: the detector was saturated there" in [str(one) for one in recording.cautions]


def test_several_columns_become_recordings() -> None:
    first, second = read(written("nm,%T,%R\n700.0,1.0,2.0\n701.0,3.0,4.0\n"))

    assert (first.channels[0].unit, second.channels[0].unit) == ("%T", "%R")
    assert second.channels[0].values.tolist() == [2.0, 4.0]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("nm, A\n", 1),
        ("nm, A\n700.0, 0.1\n701.0\n", 3),
        ("nm, A\n700.0, 0.1\n701.0, x\n", 3),
        ("nm, A\n700,0, 0,1\n701,0, 0,2\n", 2),
    ],
)
def test_a_broken_table_is_refused_with_its_line(text: str, line: int) -> None:
    with pytest.raises(Unread) as refusal:
        read(written(text))

    assert refusal.value.line == line


def test_a_value_that_is_no_number_stays_a_gap_with_its_line() -> None:
    (recording,) = read(written("nm, A\n700.0, NaN\n701.0, 0.1\n"))

    assert any(caution.line == 2 for caution in recording.cautions)


@pytest.mark.parametrize("text", ["nm\n700\n", "Wavelength,Abs\n700,1\n", "nm, A, note\n700,1,x\n", "nm, A\nx, y\n"])
def test_other_tables_are_not_claimed(text: str) -> None:
    assert not recognises(written(text))


def test_the_real_table_has_the_expected_values(shared_data: Path) -> None:
    for path, wanted in expected(shared_data, "perkinelmer_csv").items():
        (recording,) = read_real(shared_data, path, "perkinelmer_csv")

        assert_reading(recording, wanted)
        assert recording.channels[0].unit == wanted["y_unit"]
