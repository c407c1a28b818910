"""What is promised of the words and curves that all makers' absorption spectra share."""

import numpy as np
import pytest

from measurements.readers.parts.absorption import curve, doubts, technique_of, x_unit, y_unit
from measurements.readers.recording import Technique
from measurements.readers.refusal import Unread


@pytest.mark.parametrize(
    ("words", "unit"),
    [
        ("nm", "nm"),
        ("NANOMETERS", "nm"),
        ("Wavelength (nm)", "nm"),
        ("cm-1", "1/cm"),
        ("1/CM", "1/cm"),
        ("Wavenumber (cm-1)", "1/cm"),
        ("MICROMETERS", "µm"),
        ("eV", "eV"),
        ("SECONDS", "s"),
        ("ARBITRARY UNITS", ""),
        ("GAUSS", "GAUSS"),
    ],
)
def test_an_axis_has_our_word_or_the_file_s_own(words: str, unit: str) -> None:
    assert x_unit(words) == unit


@pytest.mark.parametrize(
    ("words", "unit"),
    [
        ("Abs.", "A"),
        ("ABSORBANCE", "A"),
        ("%T", "%T"),
        ("T%", "%T"),
        ("Transmission (%)", "%T"),
        ("R%", "%R"),
        ("Reflectance (%)", "%R"),
        ("Counts", "counts"),
        ("(arb)", ""),
        ("Intensity", ""),
        ("Logarithm epsilon", "Logarithm epsilon"),
        # A fraction is no percentage.
        ("transmittance", "transmittance"),
    ],
)
def test_values_have_our_word_or_the_file_s_own(words: str, unit: str) -> None:
    assert y_unit(words) == unit


@pytest.mark.parametrize(
    ("units", "technique"),
    [
        (("nm", "A"), Technique.ABSORBANCE),
        (("eV", "%T"), Technique.ABSORBANCE),
        (("1/cm", "A"), Technique.SPECTRUM),
        (("nm", "counts"), Technique.SPECTRUM),
    ],
)
def test_only_optical_absorption_is_called_absorbance(units: tuple[str, str], technique: Technique) -> None:
    assert technique_of(*units) is technique


def test_an_axis_that_falls_with_repeats_is_turned_too() -> None:
    channel, said = curve(np.array([3.0, 2.0, 2.0, 1.0]), np.array([30.0, 21.0, 20.0, 10.0]), "nm", "A")

    assert channel.x.values.tolist() == [1.0, 2.0, 2.0, 3.0]
    assert channel.values.tolist() == [10.0, 20.0, 21.0, 30.0]
    assert "wavelength runs downwards in the file and was turned" in [str(one) for one in said]


@pytest.mark.parametrize("x", [1e300, float("nan"), float("inf")])
def test_an_axis_beyond_all_measure_is_refused(x: float) -> None:
    with pytest.raises(Unread, match="x is beyond all measure"):
        curve(np.array([-1e300, x]), np.array([1.0, 2.0]), "nm", "A")


def test_saturation_is_said_of_absorbance_alone() -> None:
    assert [str(one) for one in doubts(np.array([10.0, 10.0, 1.0]), "A")] == [
        "2 values are exactly 10.0: the detector was saturated there"
    ]
    assert doubts(np.array([10.0, 10.0, 1.0]), "%T") == ()
