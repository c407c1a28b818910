"""Powder patterns: γ-CsPbI3 to 60° against pymatgen where it is installed, and the fit of a whole pattern."""

from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import find_spec

import numpy as np

from analysis.physics.diffraction.pattern import Crystallites, Optics, profile, sticks
from analysis.physics.diffraction.phase_lines import Diffractometer
from analysis.physics.diffraction.radiation import radiation
from analysis.physics.diffraction.reflections import reflections_of
from analysis.physics.diffraction.structures import GAMMA_293K
from analysis.physics.diffraction.whole_fit import fit_whole_pattern
from analysis.physics.diffraction.whole_parameters import Choices
from analysis.physics.diffraction.whole_pattern import Pattern
from analysis.physics.fitting.problem import Likelihood
from scripts.bench.figure import Figure, computing_s
from scripts.console import say

CU = radiation(1.54056)
ANGLES = np.arange(8.0, 60.01, 0.02)
LAST_DEG = 60.0
# The library may take at least ten times what ours takes.
MOST_OF_LIBRARY = 0.1
# A person waits for a whole pattern no longer than this.
MOST_OF_A_SECOND = 2.0


def figures() -> Iterator[Figure]:
    """Yield what a pattern costs, and what its fit costs beside one second."""
    ours_s = computing_s(ours)
    library = theirs()
    if library is None:
        say("pymatgen is not installed; the pattern is measured beside its profile over 2,601 points.")
        yield Figure("γ-CsPbI3 to 60°", ours_s * 1e3, "ms", "its profile", ours_s / computing_s(drawn))
    else:
        yield Figure(
            "γ-CsPbI3 to 60°", ours_s * 1e3, "ms", "pymatgen", ours_s / computing_s(library), most=MOST_OF_LIBRARY,
            measured="ratio",
        )  # fmt: skip
    fit_s = computing_s(fitted())
    yield Figure(
        "whole pattern of 2,601 points", fit_s * 1e3, "ms", "one second", fit_s, most=MOST_OF_A_SECOND, measured="ratio"
    )


def ours() -> None:
    """Compute the reflections of γ to 60° with nothing kept from before."""
    reflections_of.cache_clear()
    sticks(GAMMA_293K, CU, 5.0, LAST_DEG)


def drawn() -> None:
    """Draw the profile."""
    profile(GAMMA_293K, CU, ANGLES, Crystallites(9.3), Optics(0.08))


def theirs() -> Callable[[], object] | None:
    """Return the same reflections by the library, or none where it is not installed."""
    if find_spec("pymatgen") is None:
        return None
    structures, diffraction = import_module("pymatgen.core"), import_module("pymatgen.analysis.diffraction.xrd")
    sites = GAMMA_293K.sites
    structure = structures.Structure.from_spacegroup(
        "Pbnm", structures.Lattice.orthorhombic(*GAMMA_293K.edges_angstrom), [one.element for one in sites],
        [[one.x, one.y, one.z] for one in sites],
    )  # fmt: skip
    calculator = diffraction.XRDCalculator(wavelength=CU.first.value_angstrom)
    return lambda: calculator.get_pattern(structure, two_theta_range=(5.0, LAST_DEG))


def fitted() -> Callable[[], object]:
    """Return the fit of a pattern of counts."""
    shape = profile(GAMMA_293K, CU, ANGLES, Crystallites(9.3), Optics(0.08))
    mean = 2000 * shape + 160 * (0.45 + 1.1 * np.exp(-ANGLES / 14))
    counts = np.random.default_rng(1).poisson(mean).astype(float)
    pattern = Pattern(ANGLES, counts, Likelihood.POISSON)
    return lambda: fit_whole_pattern(pattern, Diffractometer(CU), Choices(gauss_deg=0.08))
