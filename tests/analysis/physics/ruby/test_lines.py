"""The two ruby lines are found, told apart, and known when only one is there."""

import json
from pathlib import Path

import numpy as np
import pytest

from analysis.physics.fitting.problem import Likelihood
from analysis.physics.refusing import CannotAnalyse
from analysis.physics.ruby.doublet import derivatives, predicted_counts
from analysis.physics.ruby.errors import Reference, pressure_on
from analysis.physics.ruby.lines import Lines, fit_lines
from tests.analysis.physics.ruby.making import WAVELENGTHS_NM, made_ruby

CHECKS = (
    ("0", 694.241014260, 692.819850954, 0.002781690),
    ("0.13", 694.285800557, 692.867630699, 0.125638736),
    ("1.85", 694.912541985, 693.492118840, 1.850457291),
    ("6.14", 696.455456758, 695.034398807, 6.141046987),
)


def lines_of(counts: np.ndarray, shape: str = "best") -> Lines:
    return fit_lines(WAVELENGTHS_NM, counts, likelihood=Likelihood.POISSON, shape=shape)


@pytest.mark.parametrize(("name", "r1_nm", "r2_nm", "pressure_gpa"), CHECKS)
def test_the_spectra_of_the_specification_give_their_lines(
    shared_data: Path, name: str, r1_nm: float, r2_nm: float, pressure_gpa: float
) -> None:
    table = np.loadtxt(shared_data / f"science/ruby_{name}GPa.csv", delimiter=",", skiprows=1)
    expected = json.loads((shared_data / "science/expected/e_misc.json").read_text())["ruby_fit"][name]

    lines = fit_lines(table[:, 0], table[:, 1], likelihood=Likelihood.POISSON)

    fitted = lines.fitted
    told = pressure_on("Mao1986", fitted.value("r1_nm"), fitted.stderr("r1_nm"), Reference(694.24))
    assert (fitted.value("r1_nm"), lines.r2_nm) == pytest.approx((r1_nm, r2_nm), rel=1e-9)
    assert told.value_gpa == pytest.approx(pressure_gpa, rel=1e-5)
    assert fitted.objective == pytest.approx(expected["deviance"], abs=1e-3)
    assert fitted.stderr("r1_nm") == pytest.approx(expected["se_R1"], rel=1e-3)
    assert lines.r2_stderr_nm == pytest.approx(expected["se_R2"], rel=1e-3)
    assert told.from_fit_gpa == pytest.approx(expected["se_P(fit only)"], rel=1e-3)
    assert lines.shape == "Lorentzian"
    assert lines.is_resolved


def test_trap_03_r1_is_the_longer_wavelength_even_when_r2_is_stronger() -> None:
    lines = lines_of(made_ruby(r2_ratio=1.3))

    assert lines.fitted.value("r1_nm") == pytest.approx(694.6, abs=0.01)
    assert lines.r2_nm == pytest.approx(694.6 - 1.42, abs=0.01)


def test_pseudo_voigt_lines_are_recognised_only_when_they_are_clearly_that() -> None:
    lorentzian, mixed = lines_of(made_ruby()), lines_of(made_ruby(lorentzian_fraction=0.5))

    assert lorentzian.shape == "Lorentzian"
    assert mixed.shape == "pseudo-Voigt"
    assert mixed.fitted.value("lorentzian_fraction") == pytest.approx(0.5, abs=0.05)
    assert mixed.fitted.value("r1_nm") == pytest.approx(694.6, abs=5 * mixed.fitted.stderr("r1_nm"))


def test_a_shape_that_was_asked_for_is_kept() -> None:
    lines = lines_of(made_ruby(lorentzian_fraction=0.5), shape="Lorentzian")

    assert lines.shape == "Lorentzian"
    assert lines.fitted.value("lorentzian_fraction") == 1


def test_one_line_alone_is_known_as_one() -> None:
    lines = lines_of(made_ruby(r2_ratio=0.0))

    assert lines.is_single
    assert not lines.is_resolved


def test_lines_too_wide_to_be_told_apart_are_held_at_their_usual_distance() -> None:
    lines = lines_of(made_ruby(fwhm_nm=2.4, height=100.0))

    assert not lines.is_resolved
    assert not lines.is_single
    assert lines.fitted.value("separation_nm") == 1.42
    assert lines.fitted.stderr("separation_nm") == 0


def test_a_cosmic_ray_does_not_decide_where_the_fit_starts() -> None:
    counts = made_ruby()
    counts[40] = 60000.0

    lines = lines_of(counts)

    assert lines.fitted.value("r1_nm") == pytest.approx(694.6, abs=0.1)


@pytest.mark.parametrize("counts", [np.full(441, 150.0), np.random.default_rng(2).poisson(150.0, 441).astype(float)])
def test_a_spectrum_without_a_line_is_refused(counts: np.ndarray) -> None:
    with pytest.raises(CannotAnalyse, match="No ruby line stands out"):
        lines_of(counts)


def test_too_few_points_are_refused() -> None:
    with pytest.raises(CannotAnalyse, match="too few"):
        fit_lines(WAVELENGTHS_NM[:12], made_ruby()[:12], likelihood=Likelihood.POISSON)


def test_the_derivatives_are_those_of_the_model() -> None:
    values = np.array([900.0, 694.5, 0.6, 500.0, 1.4, 0.5, 90.0, 0.7, 0.6])

    told = derivatives(values, WAVELENGTHS_NM, 694.0)

    for index, value in enumerate(values):
        step = np.zeros(9)
        step[index] = 1e-6 * value
        ends = [predicted_counts(values + way * step, WAVELENGTHS_NM, 694.0) for way in (1, -1)]
        assert told[:, index] == pytest.approx((ends[0] - ends[1]) / (2e-6 * value), rel=1e-4, abs=1e-4)
