"""A curve is drawn along the axis a person chose, rising, and says what was done to its intensities."""

import numpy as np
import pytest

from measurements.axes.views import Facts, Line, NotPossible, along, views_for

SPECTRUM = Line(np.linspace(600, 700, 5), np.ones(5), "Wavelength", "nm", "counts")
PATTERN = Line(np.linspace(0, 60, 7), np.arange(7.0), "2theta", "deg", "counts")


def test_an_emission_along_energy_is_per_energy_and_says_so() -> None:
    line = along(SPECTRUM, "ev", Facts("PL"))

    assert line.x_unit == "eV"
    assert np.all(np.diff(line.x) > 0)
    assert line.y[-1] == pytest.approx(600**2 / 1239.8419843)
    assert "λ²/hc" in line.notes[0]


def test_the_jacobian_can_be_left_out_and_that_is_said_too() -> None:
    line = along(SPECTRUM, "ev", Facts("PL", per_axis=False))

    assert line.y == pytest.approx(np.ones(5))
    assert "not multiplied" in line.notes[0]


def test_an_absorbance_is_no_density_and_keeps_its_values() -> None:
    line = along(SPECTRUM, "ev", Facts("absorbance"))

    assert line.y == pytest.approx(np.ones(5))


def test_a_pattern_without_its_wavelength_has_no_q() -> None:
    with pytest.raises(NotPossible, match="X-rays"):
        along(PATTERN, "q", Facts("XRD"))


def test_a_pattern_along_d_leaves_out_zero_and_shows_its_wavelength() -> None:
    line = along(PATTERN, "d", Facts("XRD", x_ray_angstrom=1.5406))

    assert np.all(np.isfinite(line.x))
    assert np.all(np.diff(line.x) > 0)
    assert "1.5406" in line.notes[0]


def test_a_raman_shift_needs_its_laser_for_a_wavelength() -> None:
    ruby = Line(np.array([4400.0, 4390.0]), np.array([1.0, 2.0]), "Raman shift", "1/cm", "counts")

    with pytest.raises(NotPossible, match="laser"):
        along(ruby, "nm", Facts("ruby"))
    line = along(ruby, "nm", Facts("ruby", laser_nm=532.0))

    assert line.x[0] < line.x[1]
    assert line.y.tolist() == [2.0, 1.0]


def test_a_pattern_has_no_energy_and_a_spectrum_no_d() -> None:
    assert [view.key for view in views_for("deg")] == ["file", "q", "d"]
    assert [view.key for view in views_for("nm")] == ["file", "nm", "ev"]
    with pytest.raises(NotPossible):
        along(PATTERN, "ev", Facts("XRD"))


def test_nanometres_of_an_image_are_no_wavelengths() -> None:
    with pytest.raises(NotPossible, match="lengths"):
        along(SPECTRUM, "ev", Facts("TEM image"))
