"""Reflections, their strengths and patterns, against numbers computed elsewhere."""

import json
from pathlib import Path

import numpy as np
import pytest

from analysis.physics.diffraction.intensities import dispersion_of, lorentz_polarisation, squared_factors
from analysis.physics.diffraction.pattern import Crystallites, Optics, Sticks, profile, sticks
from analysis.physics.diffraction.radiation import radiation
from analysis.physics.diffraction.reflections import reflections_of
from analysis.physics.diffraction.structures import DELTA, GAMMA_293K, GAMMA_325K, Site, Structure
from analysis.physics.refusing import CannotAnalyse

CU, MO = radiation(1.54056), radiation(0.71073)
# h k l, 2θ, d, m, |F|², LP, I/Imax of γ at 293 K for Cu Kα1, all B 2 Å², no dispersion.
GAMMA_ROWS = [
    ((0, 0, 2), 14.190534, 6.236100, 2, 71263.8869, 128.129001, 27.3385),
    ((1, 1, 0), 14.364384, 6.161014, 4, 64383.4188, 124.992337, 48.1886),
    ((0, 2, 0), 20.035665, 4.428050, 2, 135572.6394, 63.177621, 25.6444),
    ((1, 1, 2), 20.244687, 4.382801, 8, 75413.3500, 61.835502, 55.8474),
    ((2, 0, 0), 20.695676, 4.288300, 2, 107442.2410, 59.077277, 19.0043),
    ((0, 0, 4), 28.604730, 3.118050, 2, 700870.8913, 29.943903, 62.8353),
    ((2, 2, 0), 28.960912, 3.080507, 4, 572622.9041, 29.163815, 100.0),
    ((3, 1, 2), 35.985586, 2.493644, 8, 186356.4879, 18.233889, 40.6950),
    ((2, 2, 4), 41.158336, 2.191400, 8, 347129.4784, 13.545982, 56.3143),
]
WHOLE_LISTS = [
    ("gamma_293K_Sutton_Cu", GAMMA_293K, CU),
    ("gamma_293K_Sutton_Mo", GAMMA_293K, MO),
    ("gamma_325K_Marronnier(memory)_Cu", GAMMA_325K, CU),
    ("gamma_325K_Marronnier(memory)_Mo", GAMMA_325K, MO),
    ("delta_Cu", DELTA, CU),
    ("delta_Mo", DELTA, MO),
]


def cif_of(structure: Structure) -> str:
    """Return a structure as the text of a CIF."""
    a, b, c = structure.edges_angstrom
    tags = ("label", "type_symbol", "fract_x", "fract_y", "fract_z", "U_iso_or_equiv")
    return "\n".join((
        "data_x", f"_cell_length_a {a}", f"_cell_length_b {b}", f"_cell_length_c {c}", "_cell_angle_alpha 90",
        "_cell_angle_beta 90", "_cell_angle_gamma 90",
        f"_symmetry_space_group_name_H-M '{structure.space_group}'", "loop_",
        *(f"_atom_site_{tag}" for tag in tags),
        *(f"{one.label} {one.element} {one.x} {one.y} {one.z} {one.b_iso_angstrom2 / (8 * np.pi**2):.12f}"
          for one in structure.sites),
    ))  # fmt: skip


def row_of(found: Sticks, hkl: tuple[int, ...]) -> int:
    """Return where a reflection stands."""
    return [tuple(int(abs(one)) for one in row) for row in found.hkl].index(tuple(abs(one) for one in hkl))


@pytest.mark.parametrize("row", GAMMA_ROWS, ids=[str(row[0]) for row in GAMMA_ROWS])
def test_the_worked_reflections_of_gamma(
    row: tuple[tuple[int, int, int], float, float, int, float, float, float],
) -> None:
    found = sticks(GAMMA_293K, CU, 5.0, 60.0)

    place = row_of(found, row[0])

    assert found.angles_deg[place] == pytest.approx(row[1], abs=1e-6)
    assert found.spacings_angstrom[place] == pytest.approx(row[2], abs=1e-6)
    assert found.multiplicity[place] == row[3]
    assert found.squared_factors[place] == pytest.approx(row[4], abs=1e-4)
    assert found.lorentz_polarisation[place] == pytest.approx(row[5], abs=1e-6)
    assert found.percents[place] == pytest.approx(row[6], abs=1e-4)


@pytest.mark.parametrize(("name", "structure", "beam"), WHOLE_LISTS, ids=[one[0] for one in WHOLE_LISTS])
def test_whole_lists_of_reflections(shared_data: Path, name: str, structure: Structure, beam: object) -> None:
    expected = json.loads((shared_data / "science" / "expected" / "a_xrd.json").read_text())[name]
    found = sticks(structure, CU if beam is CU else MO, 2.0, max(row[1] for row in expected["rows"]) + 0.01)

    assert np.prod(structure.edges_angstrom) == pytest.approx(expected["V"], rel=1e-9)
    for hkl, *numbers in expected["rows"]:
        place = row_of(found, tuple(hkl))
        told = [
            found.angles_deg[place], found.spacings_angstrom[place], found.multiplicity[place],
            found.squared_factors[place], found.lorentz_polarisation[place], found.percents[place],
        ]  # fmt: skip
        assert told == pytest.approx(numbers, rel=1e-9), hkl


def test_trap_30_planes_are_counted_with_their_friedel_mates_and_special_positions_once() -> None:
    found = sticks(GAMMA_293K, CU, 5.0, 60.0)
    everything = reflections_of(GAMMA_293K, 1.6)
    # At s = 0 every atom of the cell scatters with all its electrons in phase: 4 (55 + 82 + 3 · 53) = 1184.
    atoms = everything.structure.sites
    zero = reflections_of(Structure("one", "P m m m", (4.0, 4.1, 4.2), (Site("Cs", "Cs", 0.0, 0.0, 0.0),), ""), 1.5)

    assert {int(m) for m in found.multiplicity} == {2, 4, 8}
    assert len(atoms) == 4
    assert np.abs(zero.geometry) == pytest.approx(np.ones(zero.geometry.shape))


def test_trap_29_the_other_setting_has_the_same_lines_under_other_names() -> None:
    a, b, c = GAMMA_293K.edges_angstrom
    swapped = Structure(
        "γ in Pnam", "P n a m", (b, a, c),
        tuple(Site(one.label, one.element, one.y, one.x, one.z) for one in GAMMA_293K.sites), "",
    )  # fmt: skip
    pbnm, pnam = sticks(GAMMA_293K, CU, 5.0, 60.0), sticks(swapped, CU, 5.0, 60.0)

    assert pnam.angles_deg == pytest.approx(pbnm.angles_deg, rel=1e-9)
    assert pnam.percents == pytest.approx(pbnm.percents, rel=1e-6)
    assert pnam.percents[row_of(pnam, (1, 3, 2))] == pytest.approx(pbnm.percents[row_of(pbnm, (3, 1, 2))], rel=1e-6)


def test_trap_31_lorentz_and_polarisation_with_and_without_a_monochromator() -> None:
    theta = np.radians(np.array([28.960912]) / 2)

    without, with_graphite = lorentz_polarisation(theta)[0], lorentz_polarisation(theta, 26.6)[0]

    assert without[0] == pytest.approx(29.163815, abs=1e-6)
    assert with_graphite[0] == pytest.approx(26.628553327729, rel=1e-7)


def test_atoms_may_scatter_with_dispersion() -> None:
    found = sticks(GAMMA_293K, CU, 5.0, 60.0, Optics(has_dispersion=True))
    pairs = dict(zip(("Cs", "Pb", "I"), dispersion_of(reflections_of(GAMMA_293K, 2.0), 1.54056), strict=True))

    assert pairs["Cs"] == pytest.approx(-0.713269 + 7.901722j, abs=1e-4)
    assert pairs["Pb"] == pytest.approx(-3.948128 + 8.501087j, abs=1e-4)
    assert pairs["I"] == pytest.approx(-0.298157 + 6.833402j, abs=1e-4)
    assert found.percents[row_of(found, (1, 1, 0))] == pytest.approx(44.8693, abs=1e-3)
    assert found.percents[row_of(found, (0, 0, 4))] == pytest.approx(63.0558, abs=1e-3)
    assert found.percents[row_of(found, (3, 1, 2))] == pytest.approx(39.5691, abs=1e-3)


def test_slopes_of_strengths_are_those_of_differences() -> None:
    found = reflections_of(GAMMA_293K, 1.6)
    at, step = found.s_squares, 1e-6

    by_difference = (squared_factors(found, at + step).values - squared_factors(found, at - step).values) / 2e-6

    assert squared_factors(found, at).by_s_squares == pytest.approx(by_difference, rel=1e-5, abs=1e-3)


def test_strengths_are_those_of_the_library() -> None:
    import gemmi

    small = gemmi.make_small_structure_from_block(gemmi.cif.read_string(cif_of(DELTA)).sole_block())
    small.change_occupancies_to_crystallographic()
    calculator = gemmi.StructureFactorCalculatorX(small.cell)
    found = sticks(DELTA, CU, 5.0, 40.0)

    theirs = [abs(calculator.calculate_sf_from_small_structure(small, [int(i) for i in row])) ** 2 for row in found.hkl]

    assert found.squared_factors == pytest.approx(theirs, rel=1e-5, abs=0.5)


def test_a_profile_is_normalised_after_the_lines_were_broadened() -> None:
    angles = np.arange(10.0, 45.0, 0.02)

    narrow = profile(GAMMA_293K, CU, angles, Crystallites(60.0), Optics(0.08))
    broad = profile(GAMMA_293K, CU, angles, Crystallites(8.0), Optics(0.08))

    assert float(narrow.max()) == float(broad.max()) == pytest.approx(1.0)
    # Lines that run together change what is the largest, so a stick's percent is no height of the profile.
    window = (angles > 13.5) & (angles < 15.0)
    assert float(narrow[window].max()) - float(broad[window].max()) > 0.05


def test_a_pattern_outside_any_reflection_is_refused() -> None:
    with pytest.raises(CannotAnalyse, match="no reflection"):
        sticks(GAMMA_293K, CU, 1.0, 5.0)
    with pytest.raises(CannotAnalyse, match="within 0 and 179"):
        sticks(GAMMA_293K, CU, 50.0, 10.0)


def test_a_space_group_or_element_that_is_none_is_refused() -> None:
    with pytest.raises(CannotAnalyse, match="no space group"):
        reflections_of(Structure("x", "P q r s", (4.0, 4.0, 4.0), GAMMA_293K.sites, ""), 2.0)
    with pytest.raises(CannotAnalyse, match="no element"):
        reflections_of(Structure("x", "P 1", (4.0, 4.0, 4.0), (Site("Qq", "Qq", 0, 0, 0),), ""), 2.0)
