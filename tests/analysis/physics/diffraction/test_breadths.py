"""Breadths of pseudo-Voigt lines and what is left without the instrument."""

import numpy as np
import pytest

from analysis.physics.diffraction.breadths import mixed, parts_of, without_instrument_deg
from analysis.physics.refusing import CannotAnalyse


def test_two_breadths_mix_to_the_worked_line() -> None:
    line = mixed(np.array(0.30), np.array(0.35))

    assert float(line.fwhm) == pytest.approx(0.5277926881730913, rel=1e-9)
    assert float(line.eta) == pytest.approx(0.7284382268209247, rel=1e-9)
    assert parts_of(float(line.fwhm), float(line.eta)) == pytest.approx((0.30, 0.35), rel=1e-9)


@pytest.mark.parametrize(("gauss", "lorentz"), [(0.3, 0.35), (0.05, 0.8), (0.4, 0.02)])
def test_slopes_are_those_of_differences(gauss: float, lorentz: float) -> None:
    step = 1e-6
    line = mixed(np.array(gauss), np.array(lorentz))
    by_gauss = [mixed(np.array(gauss + sign * step), np.array(lorentz)) for sign in (1, -1)]
    by_lorentz = [mixed(np.array(gauss), np.array(lorentz + sign * step)) for sign in (1, -1)]

    assert float(line.fwhm_by_gauss) == pytest.approx(float(by_gauss[0].fwhm - by_gauss[1].fwhm) / 2e-6, rel=1e-6)
    assert float(line.eta_by_gauss) == pytest.approx(float(by_gauss[0].eta - by_gauss[1].eta) / 2e-6, rel=1e-5)
    assert float(line.fwhm_by_lorentz) == pytest.approx(float(by_lorentz[0].fwhm - by_lorentz[1].fwhm) / 2e-6, rel=1e-6)
    assert float(line.eta_by_lorentz) == pytest.approx(float(by_lorentz[0].eta - by_lorentz[1].eta) / 2e-6, rel=1e-5)


def test_the_instrument_is_taken_out_part_by_part() -> None:
    seen = mixed(np.array(0.08), np.array(0.5))

    by_shape = without_instrument_deg(float(seen.fwhm), 0.08, "tch", float(seen.eta))
    without_shape = without_instrument_deg(float(seen.fwhm), 0.08, "tch")

    assert by_shape == pytest.approx(0.5, rel=1e-9)
    assert without_shape == pytest.approx(0.5, rel=1e-9)


def test_lorentzians_are_taken_off_straight_and_gaussians_in_squares() -> None:
    assert without_instrument_deg(0.55, 0.08, "lorentz") == pytest.approx(0.47, rel=1e-12)
    assert without_instrument_deg(0.55, 0.08, "gauss") == pytest.approx((0.55**2 - 0.08**2) ** 0.5, rel=1e-12)


def test_a_line_no_wider_than_the_instrument_has_no_size() -> None:
    with pytest.raises(CannotAnalyse, match="nothing is left"):
        without_instrument_deg(0.08, 0.08, "gauss")
