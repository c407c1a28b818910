"""Photon energies of every axis that spectra come on."""

import numpy as np
import pytest

from analysis.physics.air import air_nm, vacuum_nm
from analysis.physics.refusing import CannotAnalyse
from analysis.physics.spectra.axes import Scale, density_per_ev, density_per_nm, energies_ev, wavelengths_nm


def test_the_ends_of_the_trpl_band_in_energy() -> None:
    told = energies_ev(np.array([600.0, 675.0]), Scale.NM)

    assert told == pytest.approx([2.066403307, 1.836802940], rel=1e-9)


def test_trap_4_a_raman_shift_is_no_wavelength() -> None:
    told = wavelengths_nm(np.array([4392.751873]), Scale.RAMAN_SHIFT, laser_nm=532.0)

    assert told[0] == pytest.approx(694.24, rel=1e-9)


def test_a_raman_shift_asks_for_its_laser() -> None:
    with pytest.raises(CannotAnalyse, match="laser_nm"):
        wavelengths_nm(np.array([4392.75]), Scale.RAMAN_SHIFT)


def test_an_energy_axis_stays_as_it_is() -> None:
    told = energies_ev(np.array([1.7, 1.8]), Scale.EV)

    assert told == pytest.approx([1.7, 1.8], rel=1e-12)


def test_a_wavenumber_is_inverse_to_wavelength() -> None:
    told = wavelengths_nm(np.array([14404.0]), Scale.PER_CM)

    assert told[0] == pytest.approx(1e7 / 14404.0, rel=1e-12)


def test_what_is_no_light_is_refused() -> None:
    with pytest.raises(CannotAnalyse, match="no light"):
        energies_ev(np.array([0.0, 500.0]), Scale.EV)


def test_trap_1_air_is_not_vacuum() -> None:
    told_nm = vacuum_nm(694.24)

    assert told_nm == pytest.approx(694.431510782, rel=1e-9)
    assert air_nm(told_nm) == pytest.approx(694.24, rel=1e-12)


def test_wavelengths_in_air_give_lower_energies() -> None:
    x = np.array([690.0])

    told = energies_ev(x, Scale.NM, is_in_air=True)

    assert told[0] == pytest.approx(energies_ev(x, Scale.NM)[0] / (1 + 2.758567e-4), rel=1e-12)


def test_trap_7_a_density_takes_the_jacobian_with_it() -> None:
    at_nm = np.linspace(500.0, 900.0, 400_001)
    per_nm = np.exp(-0.5 * ((at_nm - 690.0) / (35.0 / 2.3548200450309493)) ** 2)

    per_ev = density_per_ev(per_nm, at_nm)

    peak_nm = at_nm[np.argmax(per_ev)]
    assert peak_nm == pytest.approx(690.639733474, abs=0.001)
    energy_ev = energies_ev(np.array([peak_nm]), Scale.NM)[0]
    assert energy_ev == pytest.approx(1.795208014, abs=3e-6)
    assert np.allclose(density_per_nm(per_ev, at_nm), per_nm, rtol=1e-12, atol=0.0)


def test_trap_8_a_width_is_measured_between_half_heights() -> None:
    at_nm = np.linspace(640.0, 740.0, 1_000_001)
    per_ev = density_per_ev(np.exp(-0.5 * ((at_nm - 690.0) / (35.0 / 2.3548200450309493)) ** 2), at_nm)
    is_above = np.flatnonzero(per_ev >= 0.5 * per_ev.max())

    low_ev, high_ev = energies_ev(at_nm[[is_above[-1], is_above[0]]], Scale.NM)

    assert (high_ev - low_ev) * 1e3 == pytest.approx(90.993140, abs=1e-3)


def test_trap_9_the_mean_wavelength_is_not_that_of_the_mean_energy() -> None:
    energies = np.array([1.75, 1.85])

    told_nm = wavelengths_nm(np.array([energies.mean()]), Scale.EV)[0]

    assert wavelengths_nm(energies, Scale.EV).mean() - told_nm == pytest.approx(0.532, abs=1e-3)
