"""Pressures are read in the unit that is written."""

import numpy as np
import pytest

from analysis.physics.pressure.units import in_gpa
from analysis.physics.refusing import CannotAnalyse


@pytest.mark.parametrize(
    ("unit", "gpa"), [("GPa", 2.0), ("kbar", 0.2), ("Mbar", 200.0), ("mbar", 2e-7), ("MPa", 2e-3), ("bar", 2e-4)]
)
def test_trap_06_kbar_mbar_and_megabar_are_not_mixed_up(unit: str, gpa: float) -> None:
    assert in_gpa(np.array([2.0]), unit)[0] == pytest.approx(gpa, rel=1e-12)


@pytest.mark.parametrize("unit", ["", "MBAR", "psi"])
def test_a_unit_that_is_not_known_is_refused(unit: str) -> None:
    with pytest.raises(CannotAnalyse, match="cannot be read"):
        in_gpa(np.array([2.0]), unit)
