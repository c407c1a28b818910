"""CIF: cells and what they hold, several blocks, and cells that the library would fill in with defaults."""

from pathlib import Path

import pytest

from measurements.readers import cif
from measurements.readers.recording import Technique
from measurements.readers.refusal import Unread
from measurements.readers.source import Source
from tests.measurements.readers.expected_readings import expected, read_real

CELL = """_cell_length_a 8.6198(5)
_cell_length_b 8.8518(5)
_cell_length_c 12.5013(9)
_cell_angle_alpha 90
_cell_angle_beta 90
_cell_angle_gamma 90
"""
ATOMS = """_chemical_formula_sum 'Cs I3 Pb'
_space_group_name_H-M_alt 'P n a m'
_diffrn_ambient_temperature 293(2)
loop_
_atom_site_label
_atom_site_type_symbol
_atom_site_fract_x
_atom_site_fract_y
_atom_site_fract_z
Cs1 Cs 0.47 0.06 0.25
Pb1 Pb 0 0.5 0
I1 I 0.06 0.01 0.25
"""


def source(text: str) -> Source:
    """A CIF in memory."""
    return Source.of_bytes(text.encode())


def test_a_structure_has_its_cell_in_the_settings_and_no_curve() -> None:
    (one,) = cif.read(source("# from a paper\ndata_gamma\n" + CELL + ATOMS))

    assert one.technique == Technique.STRUCTURE
    assert one.channels == ()
    assert one.label == "gamma"
    assert one.settings["cell_a_angstrom"] == 8.6198
    assert one.settings["cell_gamma_deg"] == 90.0
    assert one.settings["cell_volume_angstrom3"] == pytest.approx(953.85, abs=0.1)
    assert one.settings["formula"] == "Cs I3 Pb"
    assert one.settings["space_group"] == "P n a m"
    assert one.settings["site_count"] == 3
    assert one.settings["elements"] == "Cs I Pb"
    assert one.settings["temperature_k"] == 293.0
    assert one.header["_cell_length_a"] == ("8.6198(5)",)
    assert one.header["_atom_site_label"] == ("Cs1", "Pb1", "I1")


def test_a_pressure_in_kilopascal_is_given_in_gigapascal() -> None:
    (one,) = cif.read(source(f"data_a\n{CELL}_diffrn_ambient_pressure 1.85e6\n{ATOMS}"))

    assert one.settings["pressure_gpa"] == 1.85


def test_every_block_with_a_cell_is_a_structure() -> None:
    found = cif.read(source(f"data_a\n{CELL}{ATOMS}data_global\n_journal_year 2018\ndata_b\n{CELL}{ATOMS}"))

    assert [one.label for one in found] == ["a", "b"]


def test_a_volume_that_is_not_that_of_the_cell_is_said_with_the_line() -> None:
    (one,) = cif.read(source("data_a\n" + CELL + "_cell_volume 500.0\n" + ATOMS))

    assert "the stated volume 500 Å³ is not that of the cell, 953.9 Å³ (line 8)" in str(one.cautions[0])


def test_a_cell_without_atoms_is_said() -> None:
    (one,) = cif.read(source("data_a\n" + CELL))

    assert "lists no atoms" in str(one.cautions[0])


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("data_a\n" + CELL.replace("8.6198(5)", "8,6198"), r"_cell_length_a is missing or cannot be \(line 2\)"),
        ("data_a\n" + CELL.replace("8.6198(5)", "?"), r"_cell_length_a is missing or cannot be \(line 2\)"),
        ("data_a\n" + CELL.replace("_cell_angle_beta 90\n", ""), r"_cell_angle_beta is missing"),
        ("data_a\n" + CELL.replace("beta 90", "beta 190"), r"_cell_angle_beta is missing or cannot be \(line 6\)"),
        ("data_a\n" + CELL.replace("beta 90", "beta 10").replace("alpha 90", "alpha 170"), r"enclose no volume"),
        ("data_a\nloop_\n_a\n_b\n1 2 3\n" + CELL, r"broken.*\(line 2\)"),
        ("data_a\n" + CELL + "_title 'without end\n", r"unterminated.*\(line 8\)"),
        ("data_a\n_cell_length_a\n", r"has no value.*\(line 2\)"),
        ("data_a\n_journal_year 2018\n", r"no cell"),
        ("data_a\n" + CELL.replace("_cell_", "_cell."), r"of macromolecules"),
    ],
)
def test_cells_that_cannot_be_are_refused_with_the_line(text: str, reason: str) -> None:
    with pytest.raises(Unread, match=reason):
        cif.read(source(text))


def test_it_is_known_by_its_first_block() -> None:
    assert cif.recognises(source("#\\#CIF_1.1\n\ndata_a\n" + CELL))
    assert not cif.recognises(source("data_of_the_week\n1 2\n3 4\n"))
    assert not cif.recognises(source("notes\ndata_a\n" + CELL))


@pytest.mark.parametrize("name", ["gamma_CsPbI3_relaxed.cif", "Silicon.cif", "cod_9004112.cif"])
def test_real_files_read_as_expected(shared_data: Path, name: str) -> None:
    wanted = expected(shared_data, "cif")[f"cif/{name}"]

    (one,) = read_real(shared_data, f"cif/{name}", "cif")

    edges = [one.settings[f"cell_{edge}_angstrom"] for edge in "abc"]
    angles = [one.settings[f"cell_{angle}_deg"] for angle in ("alpha", "beta", "gamma")]
    assert edges + angles == pytest.approx(wanted["cell"])
    assert one.settings["cell_volume_angstrom3"] == pytest.approx(wanted["volume"], abs=1e-3)
    assert one.settings["site_count"] == wanted["n_sites"]
    assert one.settings["space_group"] == wanted["hm"]
    assert str(one.settings["elements"]).split() == wanted["elements"]
    assert one.settings["formula"] == wanted["formula"].strip("'\"")
