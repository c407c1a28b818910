"""Line shapes: values, derivatives and widths."""

import numpy as np
import pytest

from analysis.physics.lines.shapes import SHAPES
from analysis.physics.lines.voigt import guessed_fwhm_mev, voigt_fwhm_mev, voigt_rows

VALUES = {
    "gaussian": [1e4, 1.8, 90.0],
    "voigt": [1e4, 1.8, 70.0, 30.0],
    "two-sided": [1e4, 1.8, 110.0, 70.0],
    "two gaussians": [1e4, 1.8, 90.0, 3e3, 1.74, 120.0],
}
# None of them at the maximum, where a line of two sides has a bend.
ENERGIES_EV = np.linspace(1.3, 2.3, 4000)


@pytest.mark.parametrize("name", VALUES)
def test_derivatives_are_those_of_the_density(name: str) -> None:
    values = np.array(VALUES[name])
    rows = SHAPES[name].rows

    _, derivatives = rows(ENERGIES_EV, values)

    for index, value in enumerate(values):
        step = np.zeros(len(values))
        step[index] = 1e-6 * value
        slope = (rows(ENERGIES_EV, values + step)[0] - rows(ENERGIES_EV, values - step)[0]) / (2e-6 * value)
        assert derivatives[:, index] == pytest.approx(slope, abs=1e-6 * np.abs(slope).max())


@pytest.mark.parametrize("name", ["gaussian", "two-sided", "two gaussians"])
def test_a_density_holds_its_photons(name: str) -> None:
    density, _ = SHAPES[name].rows(ENERGIES_EV, np.array(VALUES[name]))

    photons = sum(VALUES[name][::3]) if name == "two gaussians" else VALUES[name][0]
    assert np.trapezoid(density, ENERGIES_EV) == pytest.approx(photons, rel=1e-6)


@pytest.mark.parametrize("name", VALUES)
def test_what_is_told_of_a_shape_is_what_its_density_shows(name: str) -> None:
    values = np.array(VALUES[name])
    density, _ = SHAPES[name].rows(ENERGIES_EV, values)
    is_above = np.flatnonzero(density >= 0.5 * density.max())

    peak_ev, fwhm_mev, _ = SHAPES[name].summary(values)

    step_mev = 1e3 * (ENERGIES_EV[1] - ENERGIES_EV[0])
    assert peak_ev == pytest.approx(ENERGIES_EV[np.argmax(density)], abs=1e-3 * step_mev)
    assert fwhm_mev == pytest.approx(1e3 * np.ptp(ENERGIES_EV[is_above]), abs=2 * step_mev)


@pytest.mark.parametrize("name", ["gaussian", "two-sided", "two gaussians"])
def test_the_centroid_is_that_of_the_density(name: str) -> None:
    values = np.array(VALUES[name])
    density, _ = SHAPES[name].rows(ENERGIES_EV, values)

    centroid_ev = SHAPES[name].summary(values)[2]

    assert centroid_ev == pytest.approx(np.average(ENERGIES_EV, weights=density), abs=1e-7)


def test_the_exact_width_of_a_voigt_line() -> None:
    assert voigt_fwhm_mev(30.0, 20.0) == pytest.approx(42.097820376, rel=1e-9)
    assert guessed_fwhm_mev(30.0, 20.0) == pytest.approx(42.102826, rel=1e-7)


def test_the_height_of_a_voigt_line_of_area_one() -> None:
    density, _ = voigt_rows(np.array([0.0]), np.array([1.0, 0.0, 30.0, 20.0]))

    assert density[0] == pytest.approx(18.429453141, rel=1e-9)


def test_a_voigt_line_without_a_gaussian_part_is_a_lorentzian() -> None:
    density, _ = voigt_rows(np.array([0.0, 0.01]), np.array([1.0, 0.0, 0.0, 20.0]))

    assert density == pytest.approx([2 / (np.pi * 0.02), 1 / (np.pi * 0.02)], rel=1e-6)


def test_a_line_without_any_width_has_next_to_none() -> None:
    assert voigt_fwhm_mev(0.0, 0.0) == pytest.approx(0.0, abs=1e-8)
