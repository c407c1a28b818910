"""Scherrer's size, with its constant told and its units right."""

import pytest

from analysis.physics.diffraction.breadths import without_instrument_deg
from analysis.physics.diffraction.scherrer import scherrer_constant, scherrer_size
from analysis.physics.refusing import CannotAnalyse

CU = 1.54056


def test_the_worked_sizes() -> None:
    lorentz = without_instrument_deg(0.55, 0.08, "lorentz")
    gauss = without_instrument_deg(0.55, 0.08, "gauss")

    assert scherrer_size(28.80, 0.55, CU).size_nm == pytest.approx(14.912283626067344, rel=1e-9)
    assert scherrer_size(28.80, lorentz, CU).size_nm == pytest.approx(17.450544668802213, rel=1e-9)
    assert scherrer_size(28.80, gauss, CU).size_nm == pytest.approx(15.07258150553329, rel=1e-9)
    assert scherrer_size(14.30, 0.48, CU).size_nm == pytest.approx(16.6798801867361, rel=1e-9)


def test_trap_27_the_breadth_is_in_radians_of_two_theta() -> None:
    size_nm = scherrer_size(28.80, 0.55, CU).size_nm

    assert size_nm != pytest.approx(29.82456725213469, rel=0.3)
    assert size_nm != pytest.approx(0.26026844826611406, rel=0.3)


def test_trap_27_the_constant_is_chosen_by_family_and_breadth_and_kept() -> None:
    usual = scherrer_size(14.3, 0.6, CU)
    faces = scherrer_size(14.3, 0.6, CU, constant=scherrer_constant("spread cubes {100}", "fwhm"))
    edges = scherrer_size(14.3, 0.6, CU, constant=scherrer_constant("spread cubes {110}", "fwhm"))

    assert usual.size_nm / faces.size_nm == pytest.approx(1.03, abs=0.01)
    assert usual.size_nm / edges.size_nm == pytest.approx(1.09, abs=0.01)
    assert (usual.constant, faces.constant, usual.breadth) == (0.9, 0.875, "fwhm")
    with pytest.raises(CannotAnalyse, match="no constant"):
        scherrer_constant("rods", "fwhm")


def test_the_relative_errors_of_size_and_breadth_are_the_same() -> None:
    size = scherrer_size(28.8, 0.55, CU, breadth_stderr_deg=0.011)

    assert size.stderr_nm / size.size_nm == pytest.approx(0.02, rel=1e-12)


@pytest.mark.parametrize("breadth_deg", [0.0, -0.1, 90.0])
def test_a_breadth_that_cannot_be_is_refused(breadth_deg: float) -> None:
    with pytest.raises(CannotAnalyse, match="breadth above zero"):
        scherrer_size(28.8, breadth_deg, CU)
