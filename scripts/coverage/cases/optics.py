"""Coverage of the methods of optics: PL lines as spectrometers count them, absorbance, and pairs of lines."""

from collections.abc import Callable
from functools import partial

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from analysis.methods.contract import Points, Signal, Work
from analysis.physics.constants import FWHM_PER_SIGMA, HC_EV_NM
from analysis.physics.spectra.overlap import Line, likeness_of_lines
from scripts.coverage.case import Case

Floats = NDArray[np.float64]
Simulate = Callable[[np.random.Generator], Work]

SOLUTION, FILM = Line(1.823, 0.083), Line(1.816, 0.089)
ALIKE = likeness_of_lines(SOLUTION, FILM)
JUMP_MEV, EXCITON_EV = 6.0, 1.87
PL_NM = np.arange(600.0, 781.0)


def expected_counts(at_nm: Floats, line: Line, photons: float, background: float) -> Floats:
    """Return what bins of wavelength hold on average: density per eV times hc/λ² times their width."""
    energies_ev = HC_EV_NM / at_nm
    away = (energies_ev - line.energy_ev) / line.sigma_ev
    density = np.exp(-0.5 * away**2) / (line.sigma_ev * np.sqrt(2 * np.pi))
    return np.asarray(photons * density * HC_EV_NM / at_nm**2 * np.gradient(at_nm) + background)


def spectrum(at_nm: Floats, values: Floats, unit: str = "counts", **settings: float) -> Signal:
    """Return a PL recording over wavelength."""
    return Signal(values, unit, at_nm, "nm", "wavelength", name="intensity", technique="PL", settings=settings)


def raw_counts(photons: float, background: float, shape: str) -> Simulate:
    """Return raw counts of a line on even steps."""

    def simulate(rng: np.random.Generator) -> Work:
        counts = rng.poisson(expected_counts(PL_NM, SOLUTION, photons, background)).astype(float)
        return Work({"spectrum": (spectrum(PL_NM, counts),)}, settings={"shape": shape})

    return simulate


def averaged_scans(rng: np.random.Generator) -> Work:
    """Return an average of 16 scans over pixels that become narrower."""
    at_nm = np.linspace(560.0, 820.0, 500) + 8.0 * np.linspace(-1.0, 1.0, 500) ** 2
    counts = rng.poisson(16 * expected_counts(at_nm, SOLUTION, 30_000.0, 12.0)) / 16
    return Work({"spectrum": (spectrum(at_nm, counts, "", accumulations=16.0),)}, settings={"shape": "gaussian"})


def corrected(rng: np.random.Generator) -> Work:
    """Return counts per second beside the signal corrected for the response."""
    response = 1.0 / (1.0 + 0.6 * ((PL_NM - 580.0) / 200.0) ** 2)
    mean = response * expected_counts(PL_NM, SOLUTION, 150_000.0, 0.0) + 15.0
    per_second = rng.poisson(mean) / 0.25
    raw = Signal(per_second, "CPS", PL_NM, "nm", "Wavelength", name="S1", technique="PL")
    main = Signal(per_second / response, "CPS", PL_NM, "nm", "Wavelength", name="S1c", technique="PL", others=(raw,))
    return Work({"spectrum": (main,)}, settings={"shape": "gaussian"})


def normalised(rng: np.random.Generator) -> Work:
    """Return a spectrum divided by its maximum, whose noise nobody knows."""
    values = expected_counts(PL_NM, SOLUTION, 1.0, 0.0)
    values = values / values.max() + rng.normal(0.02, 0.01, len(PL_NM))
    return Work({"spectrum": (spectrum(PL_NM, values, ""),)}, settings={"shape": "gaussian"})


def absorbance(rng: np.random.Generator) -> Work:
    """Return the absorbance of two excitons as a recording of its own."""
    return Work({"spectrum": (absorbed(rng),)})


def both_spectra(rng: np.random.Generator) -> Work:
    """Return the absorbance and the PL of one sample."""
    counts = rng.poisson(expected_counts(PL_NM, SOLUTION, 50_000.0, 20.0)).astype(float)
    return Work({"absorbance": (absorbed(rng),), "emission": (spectrum(PL_NM, counts),)})


def absorbed(rng: np.random.Generator) -> Signal:
    """Return the absorbance of a first and a second exciton on an edge, with scattering."""
    at_nm = np.arange(380.0, 801.0, 2.0)
    energies_ev = HC_EV_NM / at_nm
    excitons = sum(
        height * np.exp(-0.5 * ((energies_ev - energy_ev) / (fwhm_ev / FWHM_PER_SIGMA)) ** 2)
        for height, energy_ev, fwhm_ev in ((0.30, EXCITON_EV, 0.085), (0.25, 2.15, 0.13))
    )
    edge = ndtr((energies_ev - 1.98) / 0.06) * (0.3 + 0.8 * np.maximum(energies_ev - 1.87, 0.0))
    scattering = 0.02 * (500.0 / at_nm) ** 4
    values = excitons + edge + scattering + 0.003 + rng.normal(0.0, 0.001, len(at_nm))
    return Signal(values, "A", at_nm, "nm", "wavelength", name="absorbance", technique="absorbance")


def line_pair(first: str, second: str) -> Simulate:
    """Return the spectra of two lines under the names of a method's inputs."""

    def simulate(rng: np.random.Generator) -> Work:
        signals = {
            name: (spectrum(PL_NM, rng.poisson(expected_counts(PL_NM, line, photons, 20.0)).astype(float)),)
            for name, line, photons in ((first, SOLUTION, 50_000.0), (second, FILM, 40_000.0))
        }
        return Work(signals, settings={"margin_mev": 10.0})

    return simulate


def jump(rng: np.random.Generator, step_k: float, height_mev: float = JUMP_MEV) -> Work:
    """Return exciton energies along temperature with a jump between 190 and 200 K."""
    temperatures_k = np.arange(70.0, 310.0, step_k)
    energies_ev = 1.78 + 2.4e-4 * temperatures_k + 1e-3 * height_mev * (temperatures_k > 195.0)
    unknown = np.full(len(temperatures_k), np.nan)
    energies_ev = energies_ev + rng.normal(0.0, 4e-4, len(temperatures_k))
    return Work(points={"energies": Points(temperatures_k, unknown, "K", energies_ev, unknown, "eV")})


LINE = {
    "peak_energy": SOLUTION.energy_ev,
    "peak_wavelength": HC_EV_NM / SOLUTION.energy_ev,
    "fwhm": SOLUTION.fwhm_ev * 1e3,
}
PAIR = {
    "pl_shift": (FILM.energy_ev - SOLUTION.energy_ev) * 1e3,
    "pl_broadening": (FILM.fwhm_ev - SOLUTION.fwhm_ev) * 1e3,
    "pl_overlap": ALIKE.overlap_fraction,
    "pl_cosine": ALIKE.cosine,
}
EXCITON = {
    "exciton_energy": EXCITON_EV,
    "exciton_fwhm": 85.0,
    "exciton_absorbance": 0.30,
    "scattering_absorbance": 0.02,
}

CASES: tuple[Case, ...] = (
    Case("pl_peak", "raw counts", raw_counts(200_000.0, 40.0, "gaussian"), {**LINE, "photons": 200_000.0}),
    Case("pl_peak", "raw counts with shapes compared", raw_counts(20_000.0, 10.0, "compared"), LINE),
    Case("pl_peak", "averaged scans on uneven pixels", averaged_scans, {**LINE, "photons": 30_000.0}),
    Case("pl_peak", "counts per second with a response", corrected, {**LINE, "photons": 150_000.0}),
    Case("pl_peak", "normalised", normalised, LINE),
    Case("pl_peak", "few photons", raw_counts(120.0, 0.5, "gaussian"), {**LINE, "photons": 120.0}, is_weak=True),
    Case("absorption", "two excitons on an edge", absorbance, EXCITON),
    Case("stokes_shift", "both spectra", both_spectra, {"stokes_shift": (EXCITON_EV - SOLUTION.energy_ev) * 1e3}),
    Case("film_against_solution", "shifted and broadened", line_pair("solution", "film"), PAIR),
    Case("reversibility", "not come back", line_pair("before", "after"), {**PAIR, "pl_ratio": 0.8}),
    Case("absorbance_against_temperature", "one jump", partial(jump, step_k=10.0), {"exciton_jump": JUMP_MEV}),
    Case(
        "absorbance_against_temperature", "one jump in twelve temperatures",
        partial(jump, step_k=20.0, height_mev=2 * JUMP_MEV), {"exciton_jump": 2 * JUMP_MEV}, is_weak=True,
    ),
)  # fmt: skip
