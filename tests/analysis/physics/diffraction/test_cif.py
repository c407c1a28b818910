"""Structures from the text of a CIF."""

from pathlib import Path

import pytest

from analysis.physics.diffraction.cif import structure_of_cif
from analysis.physics.diffraction.pattern import sticks
from analysis.physics.diffraction.radiation import radiation
from analysis.physics.diffraction.structures import DELTA
from analysis.physics.refusing import CannotAnalyse

CUBIC = """data_cubic
_cell_length_a 6.2894(11)
_cell_length_b 6.2894(11)
_cell_length_c 6.2894(11)
_cell_angle_alpha 90
_cell_angle_beta 90
_cell_angle_gamma 90
_symmetry_space_group_name_H-M 'P m -3 m'
loop_
_atom_site_label
_atom_site_type_symbol
_atom_site_fract_x
_atom_site_fract_y
_atom_site_fract_z
_atom_site_U_iso_or_equiv
Cs1 Cs 0.5 0.5 0.5 0.1
Pb1 Pb 0 0 0 ?
I1 I 0.5 0 0 0.05
"""


def test_a_cubic_cell_has_its_multiplicities_and_displacements() -> None:
    structure = structure_of_cif(CUBIC)

    found = sticks(structure, radiation(1.54056), 10.0, 30.0)

    assert structure.edges_angstrom == pytest.approx((6.2894, 6.2894, 6.2894))
    assert [one.b_iso_angstrom2 for one in structure.sites] == pytest.approx([7.8957, 2.0, 3.9478], abs=1e-3)
    assert list(found.multiplicity) == [6, 12, 8, 6]
    assert found.angles_deg[0] == pytest.approx(14.0698, abs=1e-3)


def test_the_published_delta_is_the_one_typed_in(shared_data: Path) -> None:
    text = (shared_data / "structures" / "COD_4335639_delta_CsPbI3.cif").read_text()

    structure = structure_of_cif(text, b_iso_angstrom2=2.0)

    ours, theirs = (sticks(one, radiation(1.54056), 5.0, 50.0) for one in (DELTA, structure))
    assert theirs.angles_deg == pytest.approx(ours.angles_deg, rel=1e-9)
    assert theirs.squared_factors == pytest.approx(ours.squared_factors, rel=1e-6)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "no cell"),
        ("data_x\n_cell_length_a 'open\n", "broken"),
        ("data_x\n_chemical_name water\n", "no cell"),
        (CUBIC.replace("'P m -3 m'", "'P 9 9 9'"), "space group"),
        (CUBIC.partition("loop_")[0], "no atoms"),
    ],
)
def test_text_that_is_no_structure_is_refused(text: str, reason: str) -> None:
    with pytest.raises(CannotAnalyse, match=reason):
        structure_of_cif(text)
