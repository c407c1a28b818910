"""Files alone make the work of a method: in order, by the part that their names say, or by role."""

import json
from pathlib import Path

import pytest

from analysis.from_files import stated_in_name
from tests.analysis.commanded import RUBY, analysed, value


@pytest.mark.parametrize("pressure", ["0", "0.13", "0.4", "0.7", "1", "1.27", "1.65", "2"])
def test_decays_of_the_recipe_come_out_as_specified(shared_data: Path, pressure: str) -> None:
    science = shared_data / "science"
    expected = json.loads((science / "expected" / "d_trpl.json").read_text())[pressure]

    told = analysed("decay", science / f"trpl_S2_{pressure}GPa_noirf.csv", "--set", "irf=none")

    first, tau1, second, tau2, background = expected["fit"]
    assert value(told, "tau1") == pytest.approx(tau1, rel=1e-5)
    assert value(told, "tau2") == pytest.approx(tau2, rel=1e-5)
    assert value(told, "amplitude1") == pytest.approx(first / (first + second), rel=1e-5)
    assert value(told, "decay_background") == pytest.approx(background, rel=1e-5)
    assert told["statistics"]["objective"] == pytest.approx(expected["deviance"], abs=1e-3)
    assert told["flags"] == []


@pytest.mark.parametrize(
    ("name", "r1_nm"),
    [("0GPa", 694.241014260), ("0.13GPa", 694.285800557), ("1.85GPa", 694.912541985), ("6.14GPa", 696.455456758)],
)
def test_rubies_come_out_as_specified(shared_data: Path, name: str, r1_nm: float) -> None:
    told = analysed("ruby", shared_data / "science" / f"ruby_{name}.csv", *RUBY, "--set", "shape=Lorentzian")

    assert value(told, "ruby_r1") == pytest.approx(r1_nm, rel=1e-8)
    assert told["grave"] == []


def test_the_line_of_the_specification_comes_out(shared_data: Path) -> None:
    told = analysed("pl_peak", shared_data / "science" / "pl_spectrum_nm.csv")

    assert value(told, "peak_energy") == pytest.approx(1.799961782, rel=1e-7)
    assert value(told, "fwhm") == pytest.approx(94.838889, rel=1e-5)


@pytest.mark.parametrize("size", [7, 9, 11, 17])
def test_lists_of_edges_have_their_size(shared_data: Path, size: int) -> None:
    told = analysed("particle_sizes", shared_data / "science" / f"tem_{size}nm.csv")

    assert value(told, "edge_length") == pytest.approx(size, rel=0.03)


def test_the_parts_of_a_quantum_yield_are_found_by_their_names_in_any_order(shared_data: Path) -> None:
    folder = shared_data / "campaign" / "raw" / "PLQY"
    files = [folder / f"NC-021-F3-CV1_PLQY_{part}.txt" for part in ("empty", "indirect", "direct")]

    straight, turned = (analysed("plqy", *several) for several in (files, files[::-1]))

    assert straight["results"] == turned["results"]
    assert value(straight, "plqy") == pytest.approx(55.0, abs=0.6)


def test_a_streak_map_and_its_pulse_are_one_decay(shared_data: Path) -> None:
    folder = shared_data / "campaign" / "raw" / "TRPL"
    map_file = folder / "NC-024-F2-DAC1" / "NC-024-F2-DAC1_TRPL_0GPa_50ns.img"

    told = analysed("decay", map_file, folder / "IRF_50ns.img")
    other = analysed("decay", map_file, folder / "IRF_100ns.img")

    assert value(told, "tau2") == pytest.approx(7.9, abs=0.2)
    assert told["flags"] == []
    assert "record both with the same window" in other["refused"]


@pytest.mark.parametrize(
    ("method", "name"),
    [
        ("decay", "TRPL/NC-024-F2-DAC1/NC-024-F2-DAC1_TRPL_2GPa_copy.img"),
        ("powder_pattern", "XRD/NC-024-F2-XF1_XRD_copy.raw"),
        ("particle_image", "TEM/NC-024-F2-TG1_BF_09.tif"),
        ("particle_sizes", "TEM/NC-024-F2-TG1_TEM_edges_2.csv"),
        ("absorption", "UVVis/NC-024-F2-CV1_abs_2.txt"),
        ("pl_peak", "unsorted/New Text Document.txt"),
        ("pl_peak", "unsorted/WiRE_update.exe"),
        ("pl_peak", "unsorted/notes DAC week 9.docx"),
        ("powder_pattern", "XRD/NC-024-F2-XF1_XRD_2.raw"),
    ],
)
def test_the_broken_files_of_the_campaign_are_refused(shared_data: Path, method: str, name: str) -> None:
    told = analysed(method, shared_data / "campaign" / "raw" / name)

    assert told["refused"]
    assert "could not be analysed" not in told["refused"]


def test_a_spectrum_that_stops_in_the_middle_is_no_silent_number(shared_data: Path) -> None:
    told = analysed("pl_peak", shared_data / "campaign" / "raw" / "Tseries" / "spectrum (2).txt")

    assert told["grave"] == ["read_with_warning"]


def test_a_name_states_its_conditions() -> None:
    assert stated_in_name(Path("NC-024-F2-DAC1_PL_0.13GPa.txt"))["pressure_gpa"] == pytest.approx(0.13)
    assert stated_in_name(Path("NC-021-F3-FL1_PL_100K.txt"))["temperature_k"] == pytest.approx(100.0)
    assert "temperature_k" not in stated_in_name(Path("spectrum.txt"))
