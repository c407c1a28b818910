"""Makes powder patterns for tests: of γ and δ of known cells, sizes and masses, counted or integrated."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from analysis.methods.contract import Outcome, Result, SettingValue, Signal, Work
from analysis.methods.running import run_method
from analysis.physics.diffraction.pattern import Crystallites, Optics, profile, sticks
from analysis.physics.diffraction.radiation import Radiation, radiation
from analysis.physics.diffraction.structures import DELTA, GAMMA_293K, Structure
from analysis.physics.fitting.problem import Floats

CU, MO = radiation(1.54056), radiation(0.71073)
CU_ANGLES, MO_ANGLES = np.arange(8.0, 60.001, 0.05), np.arange(3.0, 25.001, 0.04)
CU_TOLD: Mapping[str, SettingValue] = {
    "wavelength_alpha1_angstrom": 1.54056, "wavelength_alpha2_angstrom": 1.54439, "alpha2_alpha1_ratio": 0.5,
}  # fmt: skip
MO_TOLD: Mapping[str, SettingValue] = {"wavelength_angstrom": 0.71073, "anode": "Mo", "pressure_gpa": 1.5}


def stretched(structure: Structure, stretch: float) -> Structure:
    """Return a structure with all edges longer by a factor."""
    a, b, c = structure.edges_angstrom
    return replace(structure, edges_angstrom=(a * stretch, b * stretch, c * stretch))


def mean_pattern(
    angles: Floats, beam: Radiation, *, size_nm: float, delta: float = 0.0, height: float = 2000.0, stretch: float = 1.0
) -> Floats:
    """Return a pattern without scatter; `delta` is its part of the mass."""
    gamma_structure, delta_structure = stretched(GAMMA_293K, stretch), stretched(DELTA, stretch)
    gamma = mass_profile(gamma_structure, beam, angles, size_nm)
    other = mass_profile(delta_structure, beam, angles, 40.0)
    lines = (1 - delta) * gamma + delta * other
    return np.asarray(height * lines / float(lines.max()) + 160 * (0.45 + 1.1 * np.exp(-angles / 14)))


def mass_profile(structure: Structure, beam: Radiation, angles: Floats, size_nm: float) -> Floats:
    """Return the profile of one unit of mass, by the area under it."""
    shape = profile(structure, beam, angles, Crystallites(size_nm), Optics(0.08))
    inside = sticks(structure, beam, float(angles[0]), float(angles[-1]))
    return np.asarray(shape * (inside.intensities.sum() / np.prod(structure.edges_angstrom) / float(shape.sum())))


def counted(
    mean: Floats, angles: Floats = CU_ANGLES, *, seed: int = 4, told: Mapping[str, SettingValue] = CU_TOLD
) -> Signal:
    """Return counts as a diffractometer gives them."""
    counts = np.random.default_rng(seed).poisson(mean).astype(float)
    return Signal(counts, "counts", angles, "deg 2theta", settings=told, technique="XRD")


def integrated(mean: Floats, angles: Floats = MO_ANGLES, *, has_errors: bool, seed: int = 4) -> Signal:
    """Return a profile of an area detector, with or without the errors it has."""
    errors = np.sqrt(mean / (8 + 4 * angles))
    values = mean + np.random.default_rng(seed).normal(0.0, errors)
    beside = Signal(errors, "", angles, "deg 2theta", role="standard error")
    return Signal(values, "", angles, "deg 2theta", settings=MO_TOLD, others=(beside,) if has_errors else ())


def analysed(signal: Signal, method: str = "powder_pattern", **settings: SettingValue) -> Outcome:
    """Return what a method answers to one pattern."""
    return run_method(method, Work({"pattern": (signal,)}, settings=settings))


def result(outcome: Outcome, name: str) -> Result:
    """Return one result by its name."""
    return next(one for one in outcome.results if one.name == name)


def codes(outcome: Outcome) -> set[str]:
    """Return the codes of all flags."""
    return {one.code for one in outcome.flags}


def grave(outcome: Outcome) -> set[str]:
    """Return the codes of the grave flags."""
    return {one.code for one in outcome.flags if one.is_grave}


def assert_close(outcome: Outcome, name: str, truth: float, most: float = 4.0) -> None:
    """See that a result lies within some of its standard errors of the truth."""
    found = result(outcome, name)
    assert found.value is not None, found.note
    assert found.stderr
    assert abs(found.value - truth) < most * found.stderr, f"{name} {found.value} ± {found.stderr}, not {truth}"
