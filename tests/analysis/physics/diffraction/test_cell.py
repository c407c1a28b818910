"""Orthorhombic cells from indexed lines."""

import numpy as np
import pytest

from analysis.physics.diffraction.cell import refined_cell
from analysis.physics.refusing import CannotAnalyse

HKL = np.array(
    [[0, 0, 2], [1, 1, 0], [0, 2, 0], [1, 1, 2], [2, 0, 0], [0, 0, 4], [2, 2, 0], [0, 2, 4], [3, 1, 2], [2, 2, 4]]
)
ANGLES = np.array([14.191, 14.364, 20.036, 20.245, 20.696, 28.605, 28.961, 35.172, 35.986, 41.158])
STDERRS = np.full(10, 0.02)
CU = 1.54056
EDGES = np.array([8.5766, 8.8561, 12.4722])


def angles_of(edges: np.ndarray, hkl: np.ndarray = HKL) -> np.ndarray:
    """Return where a cell has its lines."""
    return np.asarray(2 * np.degrees(np.arcsin(CU / 2 * np.sqrt((hkl**2) @ edges**-2.0))))


def test_the_worked_cell_and_its_errors_which_are_not_scaled() -> None:
    cell = refined_cell(HKL, ANGLES, STDERRS, CU)

    assert cell.edges_angstrom == pytest.approx([8.576512909560616, 8.856151146353088, 12.47218200662891], rel=1e-7)
    assert cell.stderrs_angstrom == pytest.approx([0.00457028641, 0.00664600851, 0.0057831302], rel=1e-3)
    assert cell.volume_angstrom3 == pytest.approx(947.3232701909882, rel=1e-7)


def test_a_zero_and_a_displacement_are_found_beside_the_cell() -> None:
    theta = np.radians(angles_of(EDGES) / 2)
    moved = angles_of(EDGES) - 2 * 0.12 * np.degrees(np.cos(theta)) / 217.5

    zero = refined_cell(HKL, angles_of(EDGES) + 0.05, STDERRS, CU, shift="zero")
    displaced = refined_cell(HKL, moved, STDERRS, CU, shift="displacement", goniometer_radius_mm=217.5)

    assert zero.shift == pytest.approx(0.05, rel=1e-6)
    assert zero.edges_angstrom == pytest.approx(EDGES, rel=1e-8)
    assert displaced.shift == pytest.approx(0.12, rel=1e-3)
    assert displaced.edges_angstrom == pytest.approx(EDGES, rel=1e-5)


def test_a_shift_needs_eight_lines() -> None:
    with pytest.raises(CannotAnalyse, match="at least 8"):
        refined_cell(HKL[:7], ANGLES[:7], STDERRS[:7], CU, shift="zero")


def test_a_displacement_needs_the_radius() -> None:
    with pytest.raises(CannotAnalyse, match="goniometer_radius_mm"):
        refined_cell(HKL, ANGLES, STDERRS, CU, shift="displacement")


def test_lines_that_leave_an_edge_open_are_refused() -> None:
    with pytest.raises(CannotAnalyse, match="do not determine"):
        refined_cell(HKL[HKL[:, 2] == 0], ANGLES[HKL[:, 2] == 0], STDERRS[HKL[:, 2] == 0], CU)


def test_trap_29_axes_in_another_order_are_the_same_cell_with_other_labels() -> None:
    pbnm = refined_cell(HKL, ANGLES, STDERRS, CU)
    pnam = refined_cell(HKL[:, [1, 0, 2]], ANGLES, STDERRS, CU)

    assert pnam.edges_angstrom[[1, 0, 2]] == pytest.approx(pbnm.edges_angstrom, rel=1e-10)
    assert pnam.volume_angstrom3 == pytest.approx(pbnm.volume_angstrom3, rel=1e-10)
