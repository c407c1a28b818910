"""Axes turn into each other and back, with the numbers of the textbooks."""

import numpy as np
import pytest

from measurements.axes import conversions as axes


def test_two_electronvolts_are_620_nanometres() -> None:
    assert axes.ev_to_nm(np.array([2.0]))[0] == pytest.approx(619.92099, abs=1e-5)


def test_wavelength_and_energy_are_each_others_inverse() -> None:
    wavelengths_nm = np.linspace(350, 900, 101)

    assert axes.ev_to_nm(axes.nm_to_ev(wavelengths_nm)) == pytest.approx(wavelengths_nm)


def test_the_jacobian_keeps_the_area_of_a_spectrum() -> None:
    wavelengths_nm = np.linspace(560, 800, 20_001)
    per_nm = np.exp(-(((wavelengths_nm - 680) / 12) ** 2))

    energies_ev = axes.nm_to_ev(wavelengths_nm)[::-1]
    per_ev = axes.per_nm_to_per_ev(per_nm, wavelengths_nm)[::-1]

    assert np.trapezoid(per_ev, energies_ev) == pytest.approx(np.trapezoid(per_nm, wavelengths_nm), rel=1e-6)


def test_the_jacobian_there_and_back_changes_nothing() -> None:
    wavelengths_nm = np.linspace(560, 800, 11)
    per_nm = np.linspace(1, 2, 11)

    per_ev = axes.per_nm_to_per_ev(per_nm, wavelengths_nm)

    assert axes.per_ev_to_per_nm(per_ev, axes.nm_to_ev(wavelengths_nm)) == pytest.approx(per_nm)


def test_ruby_under_the_green_laser_lies_at_its_raman_shift() -> None:
    # Ruby R1 at 694.25 nm seen with 532.000 nm: 10^7/532 - 10^7/694.25.
    shift_per_cm = 1e7 / 532.0 - 1e7 / 694.25

    assert axes.raman_shift_to_nm(np.array([shift_per_cm]), 532.0)[0] == pytest.approx(694.25)


def test_silicon_111_lies_where_bragg_says() -> None:
    # Si: a = 5.4307 Å, so d(111) = 3.13542 Å and 2θ = 28.4427° with Cu Kα1.
    spacing_angstrom = 5.4307 / np.sqrt(3)
    two_theta_deg = np.array([28.4427])

    assert axes.two_theta_to_d(two_theta_deg, 1.540593)[0] == pytest.approx(spacing_angstrom, rel=5e-5)
    assert axes.two_theta_to_q(two_theta_deg, 1.540593)[0] == pytest.approx(2 * np.pi / spacing_angstrom, rel=5e-5)


def test_q_and_two_theta_are_each_others_inverse_and_nothing_lies_beyond() -> None:
    two_theta_deg = np.linspace(5, 120, 50)

    q_per_angstrom = axes.two_theta_to_q(two_theta_deg, 0.71073)

    assert axes.q_to_two_theta(q_per_angstrom, 0.71073) == pytest.approx(two_theta_deg)
    assert np.isnan(axes.q_to_two_theta(np.array([100.0]), 0.71073)[0])
