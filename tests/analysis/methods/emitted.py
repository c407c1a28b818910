"""PL and absorbance recordings as readers give them."""

from typing import Any

import numpy as np

from analysis.methods.contract import Outcome, Signal, Work
from analysis.methods.running import run_method
from analysis.physics.constants import HC_EV_NM
from analysis.physics.fitting.problem import Floats

AT_NM = np.arange(600.0, 781.0)


def mean_counts(
    at_nm: Floats = AT_NM,
    *,
    energy_ev: float = 1.81,
    fwhm_mev: float = 88.0,
    photons: float = 1e5,
    background: float = 20.0,
) -> Floats:
    """Return what bins of wavelength hold on average."""
    sigma_ev = fwhm_mev * 1e-3 / 2.3548200450309493
    density = np.exp(-0.5 * ((HC_EV_NM / at_nm - energy_ev) / sigma_ev) ** 2) / (sigma_ev * np.sqrt(2 * np.pi))
    return np.asarray(photons * density * HC_EV_NM / at_nm**2 * np.gradient(at_nm) + background)


def counts(at_nm: Floats = AT_NM, *, seed: int = 7, **line: float) -> Floats:
    """Return counts of a line."""
    return np.random.default_rng(seed).poisson(mean_counts(at_nm, **line)).astype(float)


def recording(values: Floats, at_nm: Floats = AT_NM, unit: str = "counts", **more: Any) -> Signal:
    """Return a PL recording over wavelength."""
    told = {"x_unit": "nm", "x_name": "wavelength", "name": "intensity", "technique": "PL"} | more
    return Signal(values, unit, at_nm, **told)


def ran(method: str, signals: dict[str, Signal], **settings: Any) -> Outcome:
    """Return what a method answers on one recording for each of its inputs."""
    return run_method(method, Work({role: (one,) for role, one in signals.items()}, settings=settings))


def values_of(outcome: Outcome) -> dict[str, float | None]:
    """Return the results by name."""
    assert not outcome.refused, outcome.refused
    return {one.name: one.value for one in outcome.results}


def codes_of(outcome: Outcome) -> dict[str, bool]:
    """Return the flags and whether they are grave."""
    assert not outcome.refused, outcome.refused
    return {one.code: one.is_grave for one in outcome.flags}


def line_of(signal: Signal, **settings: object) -> Outcome:
    """Return the PL line of a recording."""
    return ran("pl_peak", {"spectrum": signal}, **settings)


def results_of(outcome: Outcome) -> dict[str, tuple[float, float]]:
    """Return value and error by name."""
    return {one.name: (one.value or np.nan, one.stderr or np.nan) for one in outcome.results}


def assert_near(outcome: Outcome, name: str, truth: float) -> None:
    """Check a result to four of its errors."""
    value, stderr = results_of(outcome)[name]
    assert abs(value - truth) < 4 * stderr
