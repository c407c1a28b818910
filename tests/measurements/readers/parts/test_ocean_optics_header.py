"""The Ocean Optics header: both programs' words, the model in the serial number, and comments with meaning."""

import pytest

from measurements.readers.parts.ocean_optics_header import header_of, instant_of, model_of, settings_of


def test_a_repeated_key_keeps_all_its_values_and_a_line_without_one_is_kept() -> None:
    header = header_of(["SpectraSuite Data File", "+++++", "Note: a", "Note: b", ""])

    assert header == {"": ("SpectraSuite Data File",), "Note": ("a", "b")}


@pytest.mark.parametrize(
    ("key", "value", "setting", "expected"),
    [
        ("Integration Time (usec)", "100000 (USB2+H1)", "integration_time_s", 0.1),
        ("Integration Time (sec)", "2,0E-2", "integration_time_s", 0.02),
        ("Integration Time (msec)", "10", "integration_time_s", 0.01),
        ("Spectra Averaged", "20 (USB2+H1)", "accumulations", 20),
        ("Scans to average", "10", "accumulations", 10),
        ("Boxcar width", "3", "boxcar_width", 3),
        ("Dark Spectrum Present", "Yes", "dark_spectrum_present", True),
    ],
)
def test_a_line_is_understood(key: str, value: str, setting: str, expected: object) -> None:
    assert settings_of({key: (value,)}) == {setting: expected}


@pytest.mark.parametrize(
    ("serial_number", "model"),
    [
        ("MAYP110987", "Ocean Optics Maya2000 Pro"),
        ("USB2+H04851", "Ocean Optics USB2000+"),
        ("QEA7025", "Ocean Optics QE65000"),
        ("XYZ1", "Ocean Optics"),
    ],
)
def test_the_serial_number_begins_with_the_model(serial_number: str, model: str) -> None:
    assert model_of(serial_number) == model


def test_no_date_is_no_moment() -> None:
    assert instant_of("") is None
