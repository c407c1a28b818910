"""The shipped instruments: every one of the source, every setting it names, and its own words where they are odd."""

from decimal import Decimal
from pathlib import Path

import pytest

from measurements.instruments.contents import InstrumentError, ShippedInstrument
from measurements.instruments.reading import (
    ORDER,
    quantity_of,
    read_instrument,
    read_instrument_file,
    shipped_instruments,
)

FOLDER = Path("measurements/instruments")
# Model → what the source says of it, by key.
SOURCE: dict[str, dict[str, int | str]] = {
    "JEM-1400Plus": {"source": "LaB6", "accelerating_voltage_kv": 120, "mode": "bright field"},
    "D8 ADVANCE": {"step_deg": "0.02", "time_per_step_s": 2, "wavelength_alpha1_angstrom": "1.54056"},
    "APEX-II": {"wavelength_alpha1_angstrom": "0.71073", "radiation": "Mo Kα", "program": "CrysAlis Pro"},
    "UV-2700": {"sample_holder": "quartz cuvette"},
    "NanoLog": {"excitation_wavelength_nm": 450, "bandpass_nm": 2, "detector": "iHR320"},
    "sphere with Maya Pro 2000": {"excitation_wavelength_nm": 405, "excitation_power_mw": 10, "sphere": "Labsphere"},
    "Lambda 1050": {"stage": "Linkam", "atmosphere": "vacuum", "cooling": "liquid nitrogen"},
    "stage with Maya1000": {"excitation_wavelength_nm": 405, "focal_length_mm": 100, "stage": "Linkam"},
    "micro-Raman, confocal": {"excitation_wavelength_nm": 532, "objective": "50×"},
    "C5680 with Orca R2": {
        "excitation_wavelength_nm": 400, "fundamental_wavelength_nm": 800, "crystal": "BBO", "pulse_duration_fs": 30,
        "laser_pulse_rate_mhz": 80, "pulse_rate_mhz": 2, "modulator": "AOM", "spot_radius_um": 2,
        "power_density_mw_per_cm2": 150, "objective": "long working distance",
    },
}  # fmt: skip


def by_model() -> dict[str, ShippedInstrument]:
    return {one.model: one for one in shipped_instruments()}


def test_every_table_in_the_folder_is_shipped() -> None:
    assert sorted(ORDER) == sorted(path.stem for path in FOLDER.glob("*.toml"))


@pytest.mark.parametrize("model", SOURCE)
def test_an_instrument_has_every_setting_that_the_source_names(model: str) -> None:
    settings = {one.key: one for one in by_model()[model].settings}

    for key, expected in SOURCE[model].items():
        number = quantity_of(settings[key])
        if number is not None:
            assert number.value == Decimal(expected)
        else:
            assert str(expected) in settings[key].value


@pytest.mark.parametrize(
    ("model", "key", "words"),
    [
        ("NanoLog", "excitation_wavelength_nm", "450 mn"),
        ("C5680 with Orca R2", "modulator", "AOT"),
        ("C5680 with Orca R2", "spot_radius_um", "r = 2 m"),
        ("C5680 with Orca R2", "power_density_mw_per_cm2", "fluence of 150 mW/cm2"),
    ],
)
def test_odd_words_of_the_source_stand_beside_the_value_with_a_note(model: str, key: str, words: str) -> None:
    setting = next(one for one in by_model()[model].settings if one.key == key)

    assert words in setting.stated
    assert setting.note


def test_the_stated_resolutions_of_both_windows_are_calibrations() -> None:
    widths = {one.applies_to: (one.value, one.stated) for one in by_model()["C5680 with Orca R2"].calibrations}

    assert widths["50 ns"] == ("0.5 ns", "0.5 ps")
    assert widths["100 ns"][0] == "1 ns"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"technique": "alchemy"}, "technique"),
        ({"colour": "red"}, "colour"),
        ({"settings": [{"key": "warp_factor", "value": "9"}]}, "warp_factor"),
        ({"settings": [{"key": "bandpass_nm", "value": "2 kg"}]}, "bandpass_nm"),
        ({"settings": [{"key": "mode", "value": "x"}, {"key": "mode", "value": "y"}]}, "twice"),
        ({"calibrations": [{"kind": "mood", "value": "1"}]}, "mood"),
        ({"calibrations": [{"kind": "irf", "value": "1 kg"}]}, "irf"),
    ],
)
def test_a_slip_in_a_table_is_refused_by_its_name(wrong: dict[str, object], said: str) -> None:
    with pytest.raises(InstrumentError, match=said):
        read_instrument({"version": 1, "title": "T", "technique": "PL", **wrong})


def test_a_table_without_a_title_says_which_file_it_is(tmp_path: Path) -> None:
    path = tmp_path / "odd.toml"
    path.write_text('version = 1\ntechnique = "PL"\n', encoding="utf-8")

    with pytest.raises(InstrumentError, match=r"odd\.toml.*title"):
        read_instrument_file(path)
