"""A jump of the exciton along temperature, or the smallest one that would have been seen."""

from dataclasses import replace

import numpy as np
import pytest

from analysis.methods.contract import Outcome, Points, Signal, Work
from analysis.methods.running import run_method
from analysis.physics.fitting.problem import Floats
from tests.analysis.methods.emitted import values_of
from tests.analysis.methods.test_absorption import spectrum
from tests.analysis.physics.absorption.making import TWO

TEMPERATURES_K = np.arange(80.0, 301.0, 10.0)


def energies_ev(jump_ev: float) -> Floats:
    """Return energies that rise with temperature and jump above 195 K."""
    noise = 3e-4 * np.random.default_rng(8).standard_normal(len(TEMPERATURES_K))
    return np.asarray(1.76 + 2.3e-4 * TEMPERATURES_K + jump_ev * (TEMPERATURES_K > 195) + noise)


def points(y: Floats, *, x: Floats = TEMPERATURES_K, x_unit: str = "K", y_unit: str = "eV") -> Outcome:
    """Return the answer on a table of energies."""
    unknown = np.full(len(x), np.nan)
    work = Work(points={"energies": Points(x, unknown, x_unit, y, unknown, y_unit)})
    return run_method("absorbance_against_temperature", work)


def at(temperature_k: float | None, seed: int) -> Signal:
    """Return an absorbance recording at a temperature."""
    truth = TWO.copy()
    truth[[3, 7, 10]] += 2.3e-4 * ((temperature_k or 0.0) - 300.0)
    settings = {} if temperature_k is None else {"temperature_k": temperature_k}
    return replace(spectrum(truth, seed=seed), settings=settings)


def test_a_jump_is_told_with_its_gap() -> None:
    outcome = points(energies_ev(5e-3))

    jump, temperature, _ = outcome.results
    assert jump.value == pytest.approx(5.0, abs=4 * (jump.stderr or 0))
    assert (temperature.low, temperature.high) == (190.0, 200.0)
    assert outcome.says.startswith("A jump of")
    assert next(one for one in outcome.alternatives if one.is_chosen).name == "one jump"


def test_no_transition_is_said_with_the_smallest_one_to_be_seen() -> None:
    outcome = points(energies_ev(0.0))

    limit = values_of(outcome)["exciton_jump_limit"]
    assert limit is not None
    assert 0.2 < limit < 2.0
    assert outcome.says.startswith("No transition seen between 80 and 300 K above")
    assert outcome.says.endswith("meV.")


def test_trap_41_no_jump_is_not_a_jump_of_zero() -> None:
    assert values_of(points(energies_ev(0.0)))["exciton_jump"] is None


def test_the_order_of_the_points_does_not_matter() -> None:
    y = energies_ev(5e-3)

    assert values_of(points(y[::-1], x=TEMPERATURES_K[::-1])) == pytest.approx(values_of(points(y)))


def test_energies_in_mev_are_the_same() -> None:
    y = energies_ev(5e-3)

    assert values_of(points(1e3 * y, y_unit="meV")) == pytest.approx(values_of(points(y)))


def test_trap_25_celsius_is_refused() -> None:
    assert "in K" in points(energies_ev(0.0), x=TEMPERATURES_K - 273.15, x_unit="°C").refused


def test_two_readings_of_one_temperature_are_refused() -> None:
    doubled = TEMPERATURES_K.copy()
    doubled[5] = doubled[4]

    assert "apart" in points(energies_ev(0.0), x=doubled).refused


def test_spectra_are_fitted_first() -> None:
    temperatures_k = (77.0, 100.0, 150.0, 200.0, 250.0, 300.0)
    spectra = tuple(at(one, seed) for seed, one in enumerate(temperatures_k))

    outcome = run_method("absorbance_against_temperature", Work({"spectra": spectra}))

    limit = values_of(outcome)["exciton_jump_limit"]
    assert limit is not None
    assert limit < 3.0
    assert outcome.plots[0].observed == pytest.approx([1870 + 0.23 * (one - 300) for one in temperatures_k], abs=0.5)


def test_a_spectrum_without_temperature_asks_for_it() -> None:
    outcome = run_method("absorbance_against_temperature", Work({"spectra": (at(None, 0),)}))

    assert "temperature_k" in outcome.refused


def test_nothing_at_all_is_refused() -> None:
    assert "Give absorbance spectra" in run_method("absorbance_against_temperature", Work()).refused
