"""Photons in bands of a spectrum: what is counted, and how well it is known."""

import numpy as np
import pytest
from numpy.typing import NDArray

from analysis.physics.photon_bands import Bands, Exposure, band_rates, dark_level, is_poisson
from analysis.physics.refusing import CannotAnalyse

NM = np.linspace(350, 900, 512)
BANDS = Bands((393, 417), (560, 800), (440, 540))
EXPOSURE = Exposure(0.1, 20, 0.5)
LASER_COUNTS, EMISSION_COUNTS, DARK = 6.0e4, 3.0e4, 150.0


def expected_counts() -> NDArray[np.float64]:
    laser = np.exp(-(((NM - 405) / 1.0) ** 2) / 2)
    emission = np.exp(-(((NM - 670) / 15.0) ** 2) / 2)
    return np.asarray(DARK + LASER_COUNTS * laser / laser.sum() + EMISSION_COUNTS * emission / emission.sum())


def averaged(seed: int) -> NDArray[np.float64]:
    return np.asarray(np.random.default_rng(seed).poisson(expected_counts() * 20) / 20.0)


def test_rates_are_counts_per_time_and_transmission_above_the_dark() -> None:
    rates = band_rates(NM, expected_counts(), BANDS, EXPOSURE)

    assert rates.laser == pytest.approx(LASER_COUNTS / 0.1 / 0.5, rel=1e-9)
    assert rates.emission == pytest.approx(EMISSION_COUNTS / 0.1 / 0.5, rel=1e-9)
    assert rates.dark.level == pytest.approx(DARK)


def test_the_errors_are_what_repeats_scatter_by_with_the_dark_in_common() -> None:
    repeats = [band_rates(NM, averaged(seed), BANDS, EXPOSURE) for seed in range(600)]
    scatter = np.cov([(one.laser, one.emission) for one in repeats], rowvar=False)

    told = np.mean([one.covariance for one in repeats], axis=0)

    assert np.sqrt(np.diag(told)) == pytest.approx(np.sqrt(np.diag(scatter)), rel=0.08)
    assert told[0, 1] == pytest.approx(scatter[0, 1], rel=0.8)
    assert told[0, 1] > 0


def test_scatter_that_is_not_of_counts_is_taken_as_it_is() -> None:
    readings = np.random.default_rng(1).normal(0.0, 3.0, 95)

    dark = dark_level(readings, 20, is_counts=True)

    assert dark.noise == "scatter of the dark band"
    assert dark.variance == pytest.approx(9.0, rel=0.4)


def test_counts_of_other_numbers_of_scans_are_noticed() -> None:
    readings = np.random.default_rng(1).poisson(150.0, 95).astype(float)

    assert is_poisson(readings, 1)
    assert not is_poisson(readings, 20)
    assert not is_poisson(-readings, 1)


def test_trap_33_energies_become_photons_by_the_wavelength() -> None:
    photons = np.exp(-(((NM - 405) / 1.0) ** 2) / 2) + np.exp(-(((NM - 690) / 15.0) ** 2) / 2) / 15
    watts_per_nm = photons / NM

    right = band_rates(NM, watts_per_nm, BANDS, EXPOSURE, weights=NM)
    wrong = band_rates(NM, watts_per_nm, BANDS, EXPOSURE)

    assert right.emission / right.laser == pytest.approx(1.0, rel=0.01)
    assert wrong.emission / wrong.laser == pytest.approx(405 / 690, rel=0.01)


def test_bands_without_pixels_are_refused() -> None:
    with pytest.raises(CannotAnalyse, match="nothing from 1000"):
        band_rates(NM, expected_counts(), Bands((393, 417), (1000, 1100), (440, 540)), EXPOSURE)
    with pytest.raises(CannotAnalyse, match="dark band"):
        band_rates(NM, expected_counts(), Bands((393, 417), (560, 800), (440, 441)), EXPOSURE)
