"""Single lines, breadths, lists of lines, volumes along pressure and simulated patterns as methods."""

import numpy as np
import pytest

from analysis.methods.contract import Outcome, Points, Result, SettingValue, Work
from analysis.methods.running import run_method
from analysis.physics.diffraction.equation_of_state import volume_at
from tests.analysis.powder import CU, CU_ANGLES, analysed, codes, counted, grave, mean_pattern, result

CELL_HKL = ["002", "110", "020", "112", "200", "004", "220", "024", "312", "224"]
CELL_DEG = np.array([14.191, 14.364, 20.036, 20.245, 20.696, 28.605, 28.961, 35.172, 35.986, 41.158])
WH_DEG = np.array([14.364384, 20.244687, 28.960912, 35.985586, 41.158336])
WH_BREADTHS = np.array([0.6493, 0.7016, 0.7837, 0.8546, 0.9099])
PRESSURES = np.array([0.0, 0.13, 1.85, 6.14])
CU_ANGSTROM = 1.54056


def listed(
    x: np.ndarray, y: np.ndarray, stderr: float = np.nan, *, x_unit: str = "deg", y_unit: str = "deg",
    labels: tuple[str, ...] = (),
) -> Points:  # fmt: skip
    """Return points, all with one standard error."""
    return Points(x, np.full(len(x), np.nan), x_unit, y, np.full(len(y), stderr), y_unit, labels)


def ran(method: str, role: str, points: Points, **settings: SettingValue) -> Outcome:
    """Return what a method answers to one list."""
    return run_method(method, Work(points={role: points}, settings=settings))


def numbers(result: Result) -> tuple[float, float, float, float]:
    """Return value, error and both ends of a result that has them all."""
    told = [one for one in (result.value, result.stderr, result.low, result.high) if one is not None]
    value, stderr, low, high = told
    return value, stderr, low, high


def volumes(labels: tuple[str, ...] = (), stderr: float = 0.3) -> Points:
    """Return cell volumes of a known compression."""
    found = np.array([volume_at(float(one), 947.3288, 15.0) for one in PRESSURES])
    return Points(PRESSURES, np.full(4, 0.02), "GPa", found, np.full(4, stderr), "Å³", labels)


def test_the_strongest_line_is_the_tied_doublet_with_its_size() -> None:
    signal = counted(mean_pattern(CU_ANGLES, CU, size_nm=9.3))

    outcome = analysed(signal, "diffraction_peaks", instrument_fwhm_deg=0.08)

    size = result(outcome, "crystallite_size")
    assert size.value is not None
    assert size.stderr is not None
    assert abs(size.value - 9.3) < 4 * size.stderr
    assert result(outcome, "line_angle").note == "002 + 110"
    assert not grave(outcome)


def test_a_range_without_a_line_is_refused() -> None:
    signal = counted(mean_pattern(CU_ANGLES, CU, size_nm=9.3))

    outcome = analysed(signal, "diffraction_peaks", from_deg=8.0, to_deg=11.0)

    assert "No line stands out" in outcome.refused


def test_breadths_give_the_worked_size_and_strain() -> None:
    outcome = ran("williamson_hall", "breadths", listed(WH_DEG, WH_BREADTHS), wavelength_angstrom=CU_ANGSTROM)

    assert result(outcome, "crystallite_size").value == pytest.approx(15.001507904981272, rel=1e-9)
    assert result(outcome, "microstrain").value == pytest.approx(0.004000728626624673, rel=1e-9)
    assert outcome.statistics["covariance"] == "scaled"


def test_breadths_without_errors_have_the_interval_of_student_turned_into_a_size() -> None:
    angles = np.array([14.36, 20.24, 28.96, 35.99, 41.16])
    widths = np.array([0.63, 0.66, 0.78, 0.83, 0.97])

    size, strain = ran(
        "williamson_hall", "breadths", listed(angles, widths, np.nan), wavelength_angstrom=1.54056
    ).results

    value, stderr, low, high = numbers(size)
    middle, error, _, top = numbers(strain)
    assert top - middle == pytest.approx(1.1969 * error, rel=1e-4)
    assert 1 / low - 1 / value == pytest.approx(1 / value - 1 / high, rel=1e-9)
    assert high - value > 1.1969 * stderr > value - low


def test_volumes_without_errors_have_the_interval_of_student() -> None:
    told = volumes()
    points = Points(told.x, np.full(4, np.nan), "GPa", told.y, np.full(4, np.nan), "Å³")

    value, stderr, _, high = numbers(ran("equation_of_state", "volumes", points).results[0])

    assert high - value == pytest.approx(1.3213 * stderr, rel=1e-4)


def test_breadths_without_a_wavelength_or_in_radians_are_refused() -> None:
    points = listed(WH_DEG, WH_BREADTHS)

    assert "wavelength_angstrom" in ran("williamson_hall", "breadths", points).refused
    in_radians = listed(WH_DEG, WH_BREADTHS, y_unit="rad")
    assert "degrees" in ran("williamson_hall", "breadths", in_radians, wavelength_angstrom=CU_ANGSTROM).refused


def test_a_list_of_lines_gives_the_worked_cell() -> None:
    points = listed(np.arange(10.0), CELL_DEG, 0.02, x_unit="", labels=tuple(CELL_HKL))

    outcome = ran("cell", "lines", points, wavelength_angstrom=CU_ANGSTROM)

    assert result(outcome, "cell_a").value == pytest.approx(8.576512909560616, rel=1e-7)
    assert result(outcome, "cell_c").stderr == pytest.approx(0.005783130199319307, rel=1e-3)
    assert not outcome.flags


def test_lines_without_indices_or_errors_are_asked_for() -> None:
    unnamed = listed(np.arange(10.0), CELL_DEG, 0.02, x_unit="")
    unsure = listed(np.arange(10.0), CELL_DEG, x_unit="", labels=tuple(CELL_HKL))

    assert "indices" in ran("cell", "lines", unnamed, wavelength_angstrom=CU_ANGSTROM).refused
    assert "stderr_deg" in ran("cell", "lines", unsure, wavelength_angstrom=CU_ANGSTROM).refused


def test_a_wrong_index_is_grave() -> None:
    labels = ("111", *CELL_HKL[1:])

    outcome = ran(
        "cell", "lines", listed(np.arange(10.0), CELL_DEG, 0.02, labels=labels), wavelength_angstrom=CU_ANGSTROM
    )

    assert outcome.refused or "chi2_too_large" in grave(outcome)


def test_volumes_along_pressure_give_the_bulk_modulus() -> None:
    outcome = run_method("equation_of_state", Work(points={"volumes": volumes()}))

    assert result(outcome, "bulk_modulus").value == pytest.approx(15.0, rel=1e-7)
    assert result(outcome, "cell_volume_zero").value == pytest.approx(947.3288, rel=1e-7)
    assert outcome.statistics["covariance"] == "not scaled"
    assert not outcome.flags


def test_the_transition_to_delta_is_not_crossed() -> None:
    by_label = run_method("equation_of_state", Work(points={"volumes": volumes(("γ", "γ", "γ", "γ + δ"))}))
    delta = Points(PRESSURES[3:], np.array([0.02]), "GPa", np.array([55.0]), np.array([0.1]), "%")
    by_fit = run_method("equation_of_state", Work(points={"volumes": volumes(), "delta": delta}))
    by_limit = run_method("equation_of_state", Work(points={"volumes": volumes()}, settings={"to_gpa": 2.0}))

    for outcome in (by_label, by_fit, by_limit):
        assert codes(outcome) == {"beyond_transition"}
        assert outcome.statistics["n"] == 3
        assert result(outcome, "bulk_modulus").value == pytest.approx(15.0, rel=1e-6)


def test_two_pressures_of_gamma_are_refused_and_so_is_kilobar() -> None:
    few = run_method("equation_of_state", Work(points={"volumes": volumes()}, settings={"to_gpa": 1.0}))
    told = volumes()
    kilobar = Points(told.x * 10, told.x_stderr, "kbar", told.y, told.y_stderr, "Å³")

    assert "below the transition" in few.refused
    assert "GPa" in run_method("equation_of_state", Work(points={"volumes": kilobar})).refused


def test_a_structure_has_a_pattern() -> None:
    outcome = run_method("pattern_simulation", Work(settings={"wavelength_angstrom": CU_ANGSTROM, "structure": "δ"}))

    (plot,) = outcome.plots
    assert float(plot.observed.max()) == pytest.approx(1.0)
    strongest = max(outcome.tables[0].rows, key=lambda row: float(row[-1] or 0))
    assert strongest[0] == "2 1 2"
    assert "wavelength_angstrom" in run_method("pattern_simulation", Work()).refused
