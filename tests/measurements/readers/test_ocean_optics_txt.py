"""Ocean Optics text: the marks decide, stated pixels are compared, and a file that stops says so."""

from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from measurements.readers.recording import Technique, Zone
from tests.measurements.readers.emission_files import (
    assert_as_expected,
    campaign_rows,
    cautions,
    expected,
    read_one,
    recognises,
    refusal,
)

KEY = "ocean_optics_txt"
ROWS = ("400.00\t10.5", "400.50\t12.0", "401.00\t-3.25")
END = ">>>>>End Processed Spectral Data<<<<<"


def spectra_suite(*rows: str, pixels: int = 3, end: str = END, date: str = "Wed Nov 16 18:07:25 GMT 2016") -> str:
    """Return a SpectraSuite export."""
    head = (
        "SpectraSuite Data File\t",
        "++++++++++++++++++++++++++++++++++++",
        f"Date: {date}",
        "User: maker",
        "Dark Spectrum Present: No",
        "Spectrometers: MAYP11",
        "Integration Time (usec): 100000 (MAYP11)",
        "Spectra Averaged: 20 (MAYP11)",
        "Boxcar Smoothing: 2 (MAYP11)",
        f"Number of Pixels in Processed Spectrum: {pixels}",
        ">>>>>Begin Processed Spectral Data<<<<<",
    )
    return "\r\n".join((*head, *rows, *([end] if end else []), ""))


def test_a_spectrum_is_read_with_its_settings_and_moment() -> None:
    recording = read_one(KEY, spectra_suite(*ROWS))

    channel = recording.channels[0]
    assert (channel.x.name, channel.x.unit, channel.unit) == ("wavelength", "nm", "")
    assert channel.x.values.tolist() == [400.0, 400.5, 401.0]
    assert channel.values.tolist() == [10.5, 12.0, -3.25]
    assert recording.technique is Technique.SPECTRUM
    assert recording.instrument == "Ocean Optics Maya2000 Pro"
    assert recording.settings["integration_time_s"] == 0.1
    assert recording.settings["accumulations"] == 20
    assert recording.settings["boxcar_width"] == 2
    assert recording.settings["operator"] == "maker"
    assert recording.header["Spectrometers"] == ("MAYP11",)
    assert not recording.cautions


@pytest.mark.parametrize(
    ("date", "zone", "offset_h"),
    [
        ("Wed Nov 16 18:07:25 GMT 2016", Zone.UTC, 0),
        ("Wed Nov 16 18:07:25 CET 2016", Zone.STATED, 1),
        ("Wed Nov 16 18:07:25 EST 2016", Zone.AMBIGUOUS, None),
        ("Wed Nov 16 18:07:25 CEST 2016", Zone.AMBIGUOUS, None),
        ("Wed Nov 16 18:07:25 2016", Zone.NOT_STATED, None),
        ("2016-11-16 18:07:25", Zone.NOT_STATED, None),
        ("11-16-2016, 18:07:25", Zone.NOT_STATED, None),
    ],
)
def test_only_an_abbreviation_that_means_one_zone_makes_the_moment_aware(
    date: str, zone: Zone, offset_h: int | None
) -> None:
    measured = read_one(KEY, spectra_suite(*ROWS, date=date)).measured

    assert measured is not None
    assert measured.moment is not None
    assert (measured.as_written, measured.zone) == (date, zone)
    assert measured.moment.replace(tzinfo=None) == datetime.fromisoformat("2016-11-16T18:07:25")
    assert measured.moment.utcoffset() == (None if offset_h is None else timedelta(hours=offset_h))


def test_a_date_that_cannot_be_is_left_out_and_said() -> None:
    recording = read_one(KEY, spectra_suite(*ROWS, date="Mon Jan 01 00:00:00 GMT 1601"))

    assert recording.measured is not None
    assert recording.measured.moment is None
    assert "not certain" in cautions(recording)


def test_marks_in_another_language_and_decimal_commas_are_read() -> None:
    text = spectra_suite("178,23\t401,471", "178,61\t-2,5", "178,99\t1E2").replace(
        "Begin Processed Spectral", " Comienza"
    )

    channel = read_one(KEY, text).channels[0]

    assert channel.x.values.tolist() == [178.23, 178.61, 178.99]
    assert channel.values.tolist() == [401.471, -2.5, 100.0]


def test_a_stray_line_end_hides_no_key_and_ocean_view_needs_no_end_mark() -> None:
    head = "Data from film.txt Node\n\rDate: Tue Mar 18 08:44:17 EST 2014\nIntegration Time (sec): 2.000000E-2\n"
    text = head + "Scans to average: 10\nNumber of Pixels in Spectrum: 2\n>>>>>Begin Spectral Data<<<<<\n"

    recording = read_one(KEY, text + "1.8792E2\t18.995E0\r\n1.8839E2\t33.852E0\r\n")

    assert recording.label == "film.txt"
    assert recording.header["Date"] == ("Tue Mar 18 08:44:17 EST 2014",)
    assert recording.settings["integration_time_s"] == 0.02
    assert recording.settings["accumulations"] == 10
    assert recording.channels[0].values.tolist() == [18.995, 33.852]
    assert not recording.cautions


def test_translated_keys_are_understood_by_what_they_have_in_common() -> None:
    head = "Archivo de datos\n+++\nFecha: Wed Nov 16 18:07:25 GMT 2016\nTiempo de integración (usec): 70000 (USB2+H1)\n"
    text = head + "Número de píxeles en el espectro: 1\n>>>>>Comienza<<<<<\n178,23\t4,5\n>>>>>Fin<<<<<\n"

    recording = read_one(KEY, text)

    assert recording.settings["integration_time_s"] == 0.07
    assert recording.settings["pixels"] == 1
    assert recording.measured is not None
    assert recording.measured.zone is Zone.UTC


@pytest.mark.parametrize(
    ("mode", "name", "unit", "technique"),
    [
        ("Wavelengths", "wavelength", "nm", Technique.SPECTRUM),
        ("Raman Shifts", "Raman shift", "1/cm", Technique.RAMAN),
        ("Pixels", "pixel", "px", Technique.SPECTRUM),
        ("Something", "Something", "", Technique.SPECTRUM),
    ],
)
def test_an_axis_that_is_no_wavelength_is_not_called_one(mode: str, name: str, unit: str, technique: Technique) -> None:
    recording = read_one(KEY, spectra_suite(*ROWS).replace("User: maker", f"User: maker\r\nXAxis mode: {mode}"))

    assert (recording.channels[0].x.name, recording.channels[0].x.unit) == (name, unit)
    assert recording.technique is technique


def test_more_rows_than_stated_pixels_are_kept_with_a_caution() -> None:
    recording = read_one(KEY, spectra_suite(*ROWS, pixels=2))

    assert len(recording.channels[0].values) == 3
    assert "states 2 pixels, the data have 3" in cautions(recording)


def test_a_file_that_stops_in_a_number_loses_that_row_and_says_so_loudly() -> None:
    whole = spectra_suite(*ROWS, pixels=512)

    recording = read_one(KEY, whole[: whole.index("-3.25") + 2])

    assert recording.channels[0].values.tolist() == [10.5, 12.0]
    assert "STOPS IN THE MIDDLE: only 2 of 512 pixels" in cautions(recording)


def test_saturated_values_are_counted() -> None:
    recording = read_one(KEY, spectra_suite("400\t65535", "401\t65535", "402\t3"))

    assert "2 values are at 65,535" in cautions(recording)


def test_values_that_are_no_numbers_stay_gaps_and_are_counted() -> None:
    recording = read_one(KEY, spectra_suite("400\tNaN", "401\t5", "402\t-Infinity"))

    values = recording.channels[0].values
    assert np.isnan(values[[0, 2]]).all()
    assert values[1] == 5
    assert "2 values are no numbers and stay gaps (line 12)" in cautions(recording)


def test_a_time_series_is_one_channel_with_a_row_per_spectrum() -> None:
    text = spectra_suite("\t\t400.0\t401.0", "12:00:00\t1\t5\t6", "12:00:01\t2\t7\t8", pixels=2, end="")

    channel = read_one(KEY, text).channels[0]

    assert channel.values.tolist() == [[5, 6], [7, 8]]
    assert channel.axes[0].values.tolist() == [1, 2]
    assert channel.x.values.tolist() == [400, 401]


def test_a_laser_in_the_comment_makes_it_photoluminescence() -> None:
    text = spectra_suite(*ROWS).replace("User: maker", "User: maker\r\nComment: film; T=80 K; laser 405 nm 10 mW")

    recording = read_one(KEY, text)

    assert recording.technique is Technique.PL
    assert recording.settings["laser_nm"] == 405
    assert recording.settings["temperature_k"] == 80


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        (spectra_suite("400\t1", "401\tdark"), 13, "“dark” is not a number"),
        (spectra_suite("400\t1", "401"), 13, "1 of 2 numbers"),
        (spectra_suite("400\t1401\t2"), 12, "3 numbers where 2 are expected"),
        (spectra_suite("400\t1e999", "401\t2"), 12, "beyond all measure"),
        (spectra_suite(), 11, "no data"),
        ("SpectraSuite Data File\nUser: x\n", 3, "mark before the data is missing"),
    ],
)
def test_what_is_no_spectrum_is_refused_with_its_line(text: str, line: int, reason: str) -> None:
    refused = refusal(KEY, text)

    assert reason in refused.reason
    assert refused.line == line


def test_other_text_is_not_claimed() -> None:
    assert not recognises(KEY, "Wavelength\tCounts\n400\t1\n")
    assert not recognises(KEY, "Jaz Data File\n>>>>>Begin Processed Spectral Data<<<<<\nW\tD\tR\tS\tP\n1\t2\t3\t4\t5\n")


@pytest.mark.parametrize("name", ["OOusb4000.txt", "OceanView.txt", "SpectraSuite_Header.txt"])
def test_real_files_read_as_the_manifest_says(shared_data: Path, name: str) -> None:
    wanted = expected(shared_data, f"oceanoptics_txt/{name}")

    recording = read_one(KEY, (shared_data / "instruments" / "oceanoptics_txt" / name).read_bytes())

    assert_as_expected(recording, wanted)
    assert recording.settings["operator"] == wanted["meta"]["User"]
    assert recording.measured is not None
    assert recording.measured.as_written == wanted["meta"]["Date"]


def test_the_campaigns_spectra_have_the_points_and_times_of_its_manifest(shared_data: Path) -> None:
    rows = campaign_rows(shared_data, "Ocean Optics Maya Pro 2000")

    for row in rows[::9]:
        recording = read_one(KEY, (shared_data / "campaign" / row["file"]).read_bytes())
        x, measured = recording.channels[0].x.values, recording.measured
        assert [len(x), x[0], x[-1]] == [int(row["n_points"]), float(row["x_first"]), float(row["x_last"])]
        assert measured is not None
        assert measured.moment is not None
        wanted = datetime.fromisoformat(row["measured_at"])
        assert measured.moment == (wanted if measured.zone is Zone.STATED else wanted.replace(tzinfo=None))
    assert len(rows) > 100


def test_the_campaigns_cut_spectrum_keeps_its_whole_rows(shared_data: Path) -> None:
    recording = read_one(KEY, (shared_data / "campaign" / "raw" / "Tseries" / "spectrum (2).txt").read_bytes())

    assert recording.channels[0].x.values[-1] == 714.03
    assert "STOPS IN THE MIDDLE: only 300 of 512" in cautions(recording)
