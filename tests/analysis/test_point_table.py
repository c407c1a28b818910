"""Columns of a table become points: x, y, their errors and labels, or a refusal that says what is missing."""

from pathlib import Path

import numpy as np
import pytest

from tests.analysis.commanded import analysed, ladder, table, value


@pytest.mark.parametrize(
    ("head", "scale"),
    [
        ("pressure_GPa,energy_eV,energy_stderr_eV", 1.0), ("pressure_kbar,energy_eV,energy_stderr_eV", 10.0),
        ("pressure_MPa,energy_eV,energy_stderr_eV", 1e3), ("pressure_mbar,energy_eV,energy_stderr_eV", 1e7),
        ("Pressure (bar),Energy (eV),Error (eV)", 1e4),
    ],
)  # fmt: skip
def test_a_ladder_is_the_same_in_every_unit_of_pressure(head: str, scale: float, tmp_path: Path) -> None:
    told = analysed("pressure_shift", ladder(tmp_path, head, scale))

    assert value(told, "pressure_kink") == pytest.approx(0.5, abs=0.05)
    assert told["grave"] == []


@pytest.mark.parametrize(
    ("head", "scale", "advice"),
    [
        ("pressure_GPa,energy_eV,energy_stderr_meV", 1.0, "give both in one unit"),
        ("pressure,energy_eV,energy_stderr_eV", 1e7, "state their unit"),
        ("pressure_GPa,energy_stderr_eV,energy_error_eV", 1.0, "only errors"),
        ("pressure_GPa,wavelength_nm,stderr_nm", 1.0, "give them in eV"),
    ],
)
def test_mixed_units_are_refused(head: str, scale: float, advice: str, tmp_path: Path) -> None:
    assert advice in analysed("pressure_shift", ladder(tmp_path, head, scale))["refused"]


def test_a_doubled_and_a_missing_rung_are_told(tmp_path: Path) -> None:
    rows = ladder(tmp_path).read_text().splitlines()
    hole = rows[4].split(",")[0] + ",,0.0003"
    (tmp_path / "spoilt.csv").write_text("\n".join([*rows[:4], hole, *rows[5:], rows[-1]]) + "\n")

    told = analysed("pressure_shift", tmp_path / "spoilt.csv")

    assert {"doubled_points", "missing_points"} <= set(told["flags"])


def test_degrees_celsius_are_refused(tmp_path: Path) -> None:
    axis = np.arange(-190.0, 30.0, 20.0)
    head = "temperature_C,energy_eV,energy_stderr_eV"
    told = analysed(
        "gap_against_temperature", table(tmp_path / "gap.csv", head, axis, 1.8 + 1e-4 * axis, 0 * axis + 1e-3),
        "--set", "phonon_energy_mev=40", "--set", "reading=Eg(0)",
    )  # fmt: skip

    assert "in K" in told["refused"]


def test_sizes_beside_energies_are_a_table_though_they_look_like_a_list_of_edges(tmp_path: Path) -> None:
    sizes = np.array([7.0, 9.0, 11.0, 17.0])
    head = "edge_nm,energy_eV,energy_stderr_eV"

    told = analysed("sizing_curve", table(tmp_path / "sizes.csv", head, sizes, 1.7 + 8 / sizes**2, 0 * sizes + 2e-3))

    assert value(told, "sizing_coefficient") == pytest.approx(8.0, rel=1e-6)


@pytest.mark.parametrize("head", ["hkl,2theta_deg", "h,k,l,2theta_deg"])
def test_lines_are_indexed_by_the_columns_of_the_table(head: str, tmp_path: Path) -> None:
    lines = {"002": 14.191, "110": 14.364, "020": 20.036, "112": 20.245, "200": 20.696, "004": 28.605, "220": 28.961,
             "024": 35.172, "312": 35.986, "224": 41.158}  # fmt: skip
    cut = "," if head.startswith("h,") else ""
    rows = [f"{cut.join(hkl)},{angle}" for hkl, angle in lines.items()]
    (tmp_path / "lines.csv").write_text("\n".join([head, *rows]) + "\n")

    told = analysed("cell", tmp_path / "lines.csv", "--set", "wavelength_angstrom=1.54056", "--set", "stderr_deg=0.02")

    assert value(told, "cell_volume") == pytest.approx(947.323270191, rel=1e-6)
