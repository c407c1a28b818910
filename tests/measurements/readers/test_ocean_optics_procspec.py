"""ProcSpec: the last processed array is shown, references are followed, and circles are refused."""

import io
import zipfile
from pathlib import Path

import numpy as np
import pytest

from measurements.readers.recording import Role, Technique, Zone
from tests.measurements.readers.emission_files import (
    assert_as_expected,
    cautions,
    expected,
    read_one,
    recognises,
    refusal,
)

KEY = "ocean_optics_procspec"
CERTIFICATE = "com.oceanoptics.ProcessedSpectrumCertificate"
PATH = "../../../sourceSpectra/com.oceanoptics.OmniSpectrum"


def doubles(*values: object) -> str:
    """Return an array as the program writes it."""
    return "".join(f"<double>{value}</double>" for value in values)


RAW, DARK, PROCESSED = doubles(10, 20, 30), doubles(1, 2, 3), doubles(0.5, 0.25, 0.125)


def spectrum(
    processed: str = PROCESSED,
    *,
    raw: str = RAW,
    wavelengths: str = doubles(400, 401, 402),
    unit: str = "AbsorbanceIntensityDescriptor",
    milli_time: str = "1458134311936",
    user: str = "maker",
) -> str:
    """Return the XML of a spectrum whose last certificate only refers to the one before it."""
    return f"""<com.oceanoptics.ProcessedSpectrum><sourceSpectra><com.oceanoptics.OmniSpectrum>
      <saturated>false</saturated><integrationTime>200000</integrationTime><pixelValues>{raw}</pixelValues>
      <acquisitionTime><milliTime>{milli_time}</milliTime></acquisitionTime>
      <boxcarWidth>3</boxcarWidth><scansToAverage>5</scansToAverage><userName>{user}</userName>
      <channelWavelengths>{wavelengths}</channelWavelengths>
      <spectrometerSerialNumber>USB4C1</spectrometerSerialNumber>
    </com.oceanoptics.OmniSpectrum></sourceSpectra><certificates>
      <{CERTIFICATE}><processedPixels reference="{PATH}/pixelValues"/></{CERTIFICATE}>
      <{CERTIFICATE}><processedPixels>{processed}</processedPixels>
        <darkSpectrum><pixelValues>{DARK}</pixelValues></darkSpectrum></{CERTIFICATE}>
      <{CERTIFICATE}><processedPixels reference="../../{CERTIFICATE}[2]/processedPixels"/>
        <yUnits class="com.oceanoptics.spectrasuite.unitdescriptors.{unit}"/></{CERTIFICATE}>
    </certificates></com.oceanoptics.ProcessedSpectrum>"""


def procspec(content: str | bytes, name: str = "ps_0.xml") -> bytes:
    """Return a ProcSpec file."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
        archive.writestr("OOIVersion.txt", "1")
    return packed.getvalue()


def test_references_are_followed_and_the_processed_values_come_first() -> None:
    recording = read_one(KEY, procspec(spectrum()))

    found = [(one.name, one.unit, one.role, one.values.tolist()) for one in recording.channels]
    assert found == [
        ("processed", "A", Role.SIGNAL, [0.5, 0.25, 0.125]),
        ("sample", "counts", Role.SIGNAL, [10, 20, 30]),
        ("dark", "counts", Role.DARK, [1, 2, 3]),
    ]
    assert recording.channels[0].x.values.tolist() == [400, 401, 402]
    assert recording.technique is Technique.ABSORBANCE
    assert recording.settings["integration_time_s"] == 0.2
    assert recording.settings["accumulations"] == 5
    assert recording.header["OOIVersion"] == ("1",)
    assert recording.measured is not None
    assert recording.measured.zone is Zone.UTC
    assert recording.measured.moment is not None
    assert recording.measured.moment.isoformat() == "2016-03-16T13:18:31.936000+00:00"
    assert not recording.cautions


def test_counts_that_were_not_processed_are_there_once() -> None:
    recording = read_one(KEY, procspec(spectrum(RAW, unit="CountsIntensityDescriptor")))

    assert [(one.name, one.unit) for one in recording.channels] == [("processed", "counts"), ("dark", "counts")]


def test_percent_is_not_called_transmission() -> None:
    recording = read_one(KEY, procspec(spectrum(unit="TransmissionIntensityDescriptor")))

    assert recording.channels[0].unit == "%"
    assert "of transmission or of reflection" in cautions(recording)


def test_values_that_are_no_numbers_stay_gaps() -> None:
    recording = read_one(KEY, procspec(spectrum(doubles("NaN", 1, "Infinity"))))

    assert np.isnan(recording.channels[0].values).tolist() == [True, False, True]
    assert "2 values of processed are no numbers" in cautions(recording)


def test_bytes_that_are_not_utf_8_are_read_as_latin_1() -> None:
    recording = read_one(KEY, procspec(spectrum(user="Zoé").encode("latin-1")))

    assert recording.settings["operator"] == "Zoé"
    assert "was read as latin-1" in cautions(recording)


def test_an_impossible_time_is_left_out_and_said() -> None:
    recording = read_one(KEY, procspec(spectrum(milli_time="-11644473600000")))

    assert recording.measured is not None
    assert recording.measured.moment is None
    assert "is impossible" in cautions(recording)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (spectrum(doubles(1, 2)), "2 values of processed over 3 wavelengths"),
        (spectrum(doubles(1, "dark", 3)), "has text among its numbers"),
        (spectrum(wavelengths=doubles(400, "NaN", 402)), "wavelengths in ps_0.xml have gaps"),
        (spectrum(raw=""), "pixelValues in ps_0.xml is missing"),
        (spectrum().replace("[2]/processedPixels", "[9]/processedPixels"), "leads nowhere"),
        (spectrum().replace("[2]/processedPixels", "[3]/processedPixels"), "round in a circle"),
        (spectrum()[:-40], "ps_0.xml is broken"),
        ("<a>" + "<b/>" * 1_000_001 + "</a>", "more than 1,000,000 tags"),
    ],
)
def test_broken_spectra_are_refused(content: str, reason: str) -> None:
    assert reason in refusal(KEY, procspec(content)).reason


def test_a_zip_that_is_cut_off_is_refused() -> None:
    assert "zip container is broken" in refusal(KEY, procspec(spectrum())[:-30]).reason


def test_other_zips_are_not_claimed() -> None:
    assert not recognises(KEY, procspec("<worksheet/>", name="xl/workbook.xml"))


@pytest.mark.parametrize("name", ["BB_PF21_4", "OceanOptics_Linux"])
def test_real_files_read_as_the_manifest_says(shared_data: Path, name: str) -> None:
    path = f"oceanoptics_procspec/{name}.ProcSpec"
    wanted = expected(shared_data, path)

    recording = read_one(KEY, (shared_data / "instruments" / path).read_bytes())

    assert_as_expected(recording, wanted)
    assert [one.name for one in recording.channels] == ["processed", "sample", "dark", "reference"]
    assert recording.settings["integration_time_s"] == int(wanted["meta"]["integrationTime"]) / 1e6
    assert recording.measured is not None
    assert recording.measured.as_written == wanted["meta"]["milliTime"]
