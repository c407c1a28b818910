"""Concentration of cubes: the worked check, and which errors matter."""

import pytest

from analysis.physics.concentration import Known, concentration, mean_cube_nm3
from analysis.physics.refusing import CannotAnalyse

CELL = {"cell_nm3": 0.9473288, "molar_mass_g_per_mol": 720.81886196}
EXACT = 1e-9


def test_the_worked_check_of_the_concentration() -> None:
    found = concentration(Known(0.5), Known(9.0), Known(2.0e5), Known(1.0), **CELL)

    assert found.molar_absorption.value == pytest.approx(38132276.86913852, rel=EXACT)
    assert found.particles_nm.value == pytest.approx(13.112251380002528, rel=EXACT)
    assert found.units_per_particle.value == pytest.approx(3078.1287341839497, rel=EXACT)
    assert found.mass_g_per_l.value == pytest.approx(0.029093112624179174, rel=EXACT)


def test_the_error_of_the_edge_counts_three_times_and_not_at_all_for_the_mass() -> None:
    found = concentration(Known(0.5), Known(9.0, 0.09), Known(2.0e5), Known(1.0), **CELL)

    assert found.particles_nm.relative == pytest.approx(0.03, rel=1e-6)
    assert found.mass_g_per_l.relative == 0.0


def test_a_spread_of_sizes_makes_the_mean_volume_larger() -> None:
    assert mean_cube_nm3(9.0, 1.0) == pytest.approx(729 + 27)

    wide = concentration(Known(0.5), Known(9.0), Known(2.0e5), Known(1.0), std_nm=1.0, **CELL)

    assert wide.particles_nm.value == pytest.approx(13.112251380002528 * 729 / 756, rel=EXACT)


@pytest.mark.parametrize("absorbance", [0.0, -0.1])
def test_numbers_that_are_not_above_zero_are_refused(absorbance: float) -> None:
    with pytest.raises(CannotAnalyse, match="above zero"):
        concentration(Known(absorbance), Known(9.0), Known(2.0e5), Known(1.0), **CELL)
