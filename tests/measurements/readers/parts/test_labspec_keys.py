"""LabSpec's keys: units in many spellings, the laser in a name, and dates of many computers."""

from datetime import datetime

import pytest

from measurements.readers.parts.labspec_keys import measured_of, settings_of, unit_of


@pytest.mark.parametrize(
    ("written", "unit"),
    [("Cnt/sec", "counts/s"), ("Cnt", "counts"), ("cm-1", "1/cm"), ("EV", "eV"), ("furlong", "furlong")],
)
def test_units_are_given_one_form(written: str, unit: str) -> None:
    assert unit_of(written) == unit


def test_numbers_are_only_taken_where_there_are_some() -> None:
    settings = settings_of({"Acq. time (s)": ("0,5",), "Accumulations": ("many",), "Laser": ("785nm_Edge",)})

    assert settings == {"exposure_s": 0.5, "laser": "785nm_Edge", "laser_nm": 785.0}


@pytest.mark.parametrize("text", ["16.12.2019 09:57:07", "2019-12-16 09:57:07", "12/16/2019 9:57:07 AM"])
def test_a_date_is_read_as_computers_write_it(text: str) -> None:
    measured, said = measured_of({"Acquired": (text,)})

    assert measured is not None
    assert measured.moment == datetime.fromisoformat("2019-12-16T09:57:07")
    assert not said


def test_the_date_of_the_file_serves_when_none_of_the_measurement_is_there() -> None:
    measured, _ = measured_of({"Acquired": ("",), "Date": ("16.12.2019 09:57",)})

    assert measured is not None
    assert measured.as_written == "16.12.2019 09:57"
