"""Pressures in GPa, from the units that the field writes."""

import numpy as np

from analysis.physics.fitting.problem import Floats
from analysis.physics.refusing import CannotAnalyse

# Capital and small letters differ by nine decades: Mbar is 100 GPa, mbar 1e−7 GPa.
GPA_PER = {"GPa": 1.0, "MPa": 1e-3, "kPa": 1e-6, "Pa": 1e-9, "Mbar": 100.0, "kbar": 0.1, "bar": 1e-4, "mbar": 1e-7}


def in_gpa(pressures: Floats, unit: str) -> Floats:
    """Return pressures, shape (n,), in GPa; raises CannotAnalyse for another unit, since none is assumed."""
    if unit not in GPA_PER:
        raise CannotAnalyse(f"Pressures in “{unit or 'no unit'}” cannot be read; state one of {', '.join(GPA_PER)}.")
    return np.asarray(pressures * GPA_PER[unit])
