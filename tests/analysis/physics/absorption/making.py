"""Absorbance of nanocrystals as the model has it."""

import numpy as np

from analysis.physics.absorption.model import AbsorbanceModel
from analysis.physics.constants import HC_EV_NM
from analysis.physics.fitting.problem import Floats

# Baseline, scattering, edge height, energy, width and slope, then both excitons.
TWO = np.array([0.003, 0.02, 0.3, 1.98, 60.0, 0.8, 0.3, 1.87, 85.0, 0.25, 2.11, 170.0])


def absorbance(values: Floats, *, noise: float = 0.0, seed: int = 0, low_nm: float = 400.0) -> tuple[Floats, Floats]:
    """Return ascending energies and absorbances on steps of 1 nm."""
    energies_ev = HC_EV_NM / np.arange(800.0, low_nm, -1.0)
    model = AbsorbanceModel(energies_ev, (len(values) - 6) // 3)
    return energies_ev, model.predict(values) + noise * np.random.default_rng(seed).standard_normal(len(energies_ev))
