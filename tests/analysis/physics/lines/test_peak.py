"""Fitting a line in the bins it was counted in."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from analysis.physics.constants import HC_EV_NM
from analysis.physics.fitting.problem import Floats, Likelihood
from analysis.physics.fitting.solve import fit
from analysis.physics.lines.peak import LineFit, fit_pl_peak, line_problem
from analysis.physics.lines.shapes import SHAPES
from analysis.physics.refusing import CannotAnalyse
from analysis.physics.spectra.axes import Scale
from analysis.physics.spectra.bins import Bins, widths_in_ev

SIGMA_RATIO = 2.3548200450309493


def bins_of(at_nm: Floats, response: Floats | None = None, exposure: float = 1.0) -> Bins:
    """Return bins of wavelength."""
    energies_ev = HC_EV_NM / at_nm
    flat = np.ones(len(at_nm)) if response is None else response
    return Bins(energies_ev, widths_in_ev(at_nm, energies_ev, Scale.NM), flat, exposure)


def mean_of(bins: Bins, energy_ev: float, fwhm_mev: float, photons: float, background: float) -> Floats:
    """Return the mean reading of every bin."""
    sigma_ev = fwhm_mev * 1e-3 / SIGMA_RATIO
    density = np.exp(-0.5 * ((bins.energies_ev - energy_ev) / sigma_ev) ** 2) / (sigma_ev * np.sqrt(2 * np.pi))
    return np.asarray(photons * density * bins.response * bins.widths_ev + background)


@pytest.fixture
def worked(shared_data: Path) -> tuple[Bins, Floats]:
    """The spectrum of the worked check."""
    table = np.loadtxt(shared_data / "science/pl_spectrum_nm.csv", delimiter=",", skiprows=1)
    return bins_of(table[:, 0]), table[:, 1]


def gaussian(worked: tuple[Bins, Floats]) -> LineFit:
    """Return the Gaussian fit of the worked check."""
    return fit_pl_peak(*worked, likelihood=Likelihood.POISSON)


def test_the_worked_check_of_a_counted_line(worked: tuple[Bins, Floats]) -> None:
    told = gaussian(worked)

    sigma_ev = told.fwhm_mev.value * 1e-3 / SIGMA_RATIO
    assert told.peak_energy_ev.value == pytest.approx(1.799961782, rel=1e-5)
    assert told.peak_energy_ev.stderr == pytest.approx(4.6496e-5, rel=1e-3)
    assert sigma_ev == pytest.approx(0.040274368, rel=1e-5)
    assert told.fwhm_mev.stderr * 1e-3 / SIGMA_RATIO == pytest.approx(3.497e-5, rel=1e-3)
    assert told.fwhm_mev.value == pytest.approx(94.838889, rel=1e-5)
    assert told.fwhm_mev.stderr == pytest.approx(0.082356, rel=1e-3)
    assert told.fitted.value("background") == pytest.approx(50.056240, rel=1e-5)
    assert told.fitted.objective == pytest.approx(184.2121, abs=1e-3)
    assert told.fitted.dof_count == 177


def test_the_amplitude_of_the_worked_check_is_the_count_at_its_reference(worked: tuple[Bins, Floats]) -> None:
    told = gaussian(worked)

    # A counts in a bin of 1 nm at E = 1.8 eV, were the line there at its height.
    sigma_ev = told.fwhm_mev.value * 1e-3 / SIGMA_RATIO
    amplitude = told.photons.value / (sigma_ev * np.sqrt(2 * np.pi)) * 1.8**2 / HC_EV_NM
    assert amplitude == pytest.approx(20002.0626, rel=1e-5)


def test_trap_7_a_gaussian_in_wavelength_is_another_line(worked: tuple[Bins, Floats]) -> None:
    bins, counts = worked
    at_nm = HC_EV_NM / bins.energies_ev
    # As if wavelength were energy: bins of one, no Jacobian; weighted by the counts themselves, as the check was.
    as_read = Bins(at_nm * 1e-3, np.full(len(at_nm), 1e-3), np.ones(len(at_nm)))
    question = line_problem(as_read, counts, SHAPES["gaussian"], likelihood=Likelihood.POISSON)
    weighted = replace(question, likelihood=Likelihood.KNOWN, stderrs=np.sqrt(np.maximum(counts, 1.0)))

    told_nm = fit(weighted).value("energy") * 1e3

    assert told_nm == pytest.approx(689.1030, abs=5e-5)
    assert HC_EV_NM / told_nm == pytest.approx(1.799211, abs=5e-7)


@pytest.mark.parametrize("shape", ["gaussian", "voigt", "two-sided", "two gaussians"])
def test_every_shape_finds_the_same_line_in_exact_data(shape: str) -> None:
    bins = bins_of(np.arange(600.0, 781.0))
    readings = mean_of(bins, 1.81, 88.0, 1e5, 20.0)

    told = fit_pl_peak(bins, readings, likelihood=Likelihood.POISSON, shape=shape)

    assert told.peak_energy_ev.value == pytest.approx(1.81, rel=1e-5)
    assert told.fwhm_mev.value == pytest.approx(88.0, rel=1e-3)


def test_response_and_scans_are_inside_the_model() -> None:
    at_nm = np.arange(600.0, 781.0)
    bins = bins_of(at_nm, response=1.0 / (1.0 + ((at_nm - 600.0) / 200.0) ** 2), exposure=12.0)
    readings = mean_of(bins, 1.81, 88.0, 1e5, 20.0)

    told = fit_pl_peak(bins, readings, likelihood=Likelihood.POISSON)

    assert told.photons.value == pytest.approx(1e5, rel=1e-6)
    assert told.photons.stderr < np.sqrt(1e5 / 12.0) * 1.5


def test_a_sloping_background_is_taken_along() -> None:
    bins = bins_of(np.arange(600.0, 781.0))
    readings = mean_of(bins, 1.81, 88.0, 1e5, 60.0) + np.linspace(-30.0, 30.0, 181)

    told = fit_pl_peak(bins, readings, likelihood=Likelihood.POISSON, is_sloping=True)

    assert told.fitted.value("background_slope") == pytest.approx(30.0, rel=1e-5)
    assert told.peak_energy_ev.value == pytest.approx(1.81, rel=1e-7)


def test_trap_10_the_covariance_is_scaled_only_where_the_error_is_unknown() -> None:
    bins = bins_of(np.arange(600.0, 781.0))
    counts = np.random.default_rng(2).poisson(mean_of(bins, 1.81, 88.0, 1e5, 20.0)).astype(float)

    unscaled = fit_pl_peak(bins, counts, likelihood=Likelihood.POISSON)
    scaled = fit_pl_peak(bins, 100 * counts, likelihood=Likelihood.UNKNOWN)

    alone = fit_pl_peak(bins, counts, likelihood=Likelihood.UNKNOWN)
    assert scaled.peak_energy_ev.stderr == pytest.approx(alone.peak_energy_ev.stderr, rel=1e-4)
    assert unscaled.photons.stderr == pytest.approx(np.sqrt(1e5), rel=0.05)


def test_trap_11_zero_counts_do_not_get_infinite_weight() -> None:
    bins = bins_of(np.arange(600.0, 781.0))
    counts = np.random.default_rng(4).poisson(mean_of(bins, 1.81, 88.0, 400.0, 0.05)).astype(float)

    told = fit_pl_peak(bins, counts, likelihood=Likelihood.POISSON)

    assert (counts == 0).sum() > 80
    assert told.photons.value == pytest.approx(400.0, abs=4 * told.photons.stderr)
    assert told.photons.stderr == pytest.approx(20.0, rel=0.15)


def test_too_few_bins_are_refused() -> None:
    bins = bins_of(np.arange(680.0, 685.0))

    with pytest.raises(CannotAnalyse, match="too few"):
        fit_pl_peak(bins, np.ones(5), likelihood=Likelihood.POISSON)
