"""The sizing curve and sizes read from it: no default coefficients, no extrapolation."""

import numpy as np
import pytest

from analysis.methods.contract import Outcome, Points, SettingValue, Work
from analysis.methods.running import run_method
from analysis.physics.sizing import energies_ev

SIZES_NM = np.array([5.0, 7.0, 9.0, 11.0, 14.0, 17.0])
TRUE = np.array([1.72, 8.0, 2.0])
CURVE: dict[str, SettingValue] = {
    "energy_ev": 1.75, "sizing_limit_ev": 1.6987814413854114, "sizing_coefficient": 7.998433666566557,
    "sizing_exponent": 2.0, "least_size_nm": 7.0, "greatest_size_nm": 17.0, "curve_source": "own particles",
}  # fmt: skip


def table(
    energies: np.ndarray, *, sizes_nm: np.ndarray = SIZES_NM, stderr_ev: float = np.nan, stderr_nm: float = np.nan
) -> Points:
    return Points(sizes_nm, np.full(len(sizes_nm), stderr_nm), "nm", energies, np.full(len(sizes_nm), stderr_ev), "eV")


def fitted(points: Points, **settings: SettingValue) -> Outcome:
    return run_method("sizing_curve", Work(points={"sizes": points}, settings=settings))


def test_a_calibration_is_recovered_with_its_range() -> None:
    noise = np.random.default_rng(1).normal(0, 0.002, len(SIZES_NM))

    outcome = fitted(table(energies_ev(TRUE, SIZES_NM) + noise, stderr_ev=0.002))

    limit, coefficient, exponent = outcome.results
    assert limit.value == pytest.approx(1.72, abs=4 * (limit.stderr or 0))
    assert coefficient.value == pytest.approx(8.0, abs=4 * (coefficient.stderr or 0))
    assert (exponent.value, exponent.note) == (2.0, "held")
    assert (outcome.statistics["least_size_nm"], outcome.statistics["greatest_size_nm"]) == (5.0, 17.0)
    assert [one.code for one in outcome.flags if one.is_grave] == []
    assert {one.name for one in outcome.alternatives} == {"1", "2", "free"}


def test_the_column_of_the_source_gives_the_worked_check() -> None:
    outcome = fitted(table(np.array([1.856, 1.809, 1.721]), sizes_nm=np.array([7.0, 9.0, 17.0])))

    assert outcome.results[0].value == pytest.approx(1.6987814413854114, rel=1e-8)
    assert outcome.results[1].value == pytest.approx(7.998433666566557, rel=1e-8)
    assert outcome.statistics["largest_residual_mev"] == pytest.approx(11.47246396561874, rel=1e-6)


def test_errors_of_sizes_are_in_the_weights() -> None:
    outcome = fitted(table(energies_ev(TRUE, SIZES_NM), stderr_ev=0.002, stderr_nm=0.2))

    assert outcome.statistics["weights"] == "1/(σ_E² + (dE/dL σ_L)²)"
    assert len(outcome.alternatives) == 1


def test_energies_that_rise_with_size_are_no_confinement() -> None:
    outcome = fitted(table(1.7 + 0.01 * SIZES_NM))

    assert "no_confinement" in [one.code for one in outcome.flags if one.is_grave]


def test_a_free_exponent_that_is_unusual_is_flagged() -> None:
    outcome = fitted(table(energies_ev(np.array([1.5, 1.0, 0.4]), SIZES_NM)), exponent="free")

    assert "unusual_exponent" in [one.code for one in outcome.flags]


@pytest.mark.parametrize(
    ("points", "said"),
    [
        (table(np.array([1.8, 1.7]), sizes_nm=np.array([7.0, 9.0])), "too few"),
        (table(np.array([1.8, np.nan, 1.7]), sizes_nm=np.array([7.0, 9.0, 11.0])), "missing"),
        (Points(SIZES_NM, SIZES_NM, "GPa", SIZES_NM, SIZES_NM, "eV"), "in nm"),
    ],
)
def test_tables_that_make_no_curve_are_refused(points: Points, said: str) -> None:
    assert said in fitted(points).refused


def read(**changes: SettingValue) -> Outcome:
    return run_method("size_from_energy", Work(settings={**CURVE, **changes}))


def test_a_size_is_estimated_and_called_so() -> None:
    outcome = read(energy_stderr_ev=0.001)

    (size,) = outcome.results
    assert size.value == pytest.approx(12.496511623637549, rel=1e-8)
    assert size.stderr == pytest.approx(0.12199, rel=1e-3)
    assert "estimated" in size.note


def test_the_correlation_of_the_curve_is_in_the_error() -> None:
    errors: dict[str, SettingValue] = {"sizing_limit_stderr_ev": 0.01, "sizing_coefficient_stderr": 0.7}

    apart, together = (read(**errors, limit_coefficient_correlation=rho).results[0].stderr for rho in (0.0, -0.9))

    assert (together or 0) < 0.7 * (apart or 0)


@pytest.mark.parametrize("energy_ev", [1.72, 1.95])
def test_no_size_is_told_outside_the_calibration(energy_ev: float) -> None:
    assert "outside the 7 to 17 nm" in read(energy_ev=energy_ev).refused


@pytest.mark.parametrize("name", sorted(CURVE))
def test_no_coefficient_has_a_default(name: str) -> None:
    assert name in read(**{name: None}).refused


def test_a_size_without_any_stated_error_says_so() -> None:
    outcome = read()

    assert outcome.results[0].stderr is None
    assert [one.code for one in outcome.flags] == ["no_error"]
