"""The Stokes shift from two spectra, or from two values."""

import numpy as np
import pytest

from analysis.methods.contract import Points, Work
from analysis.methods.running import run_method
from tests.analysis.methods.emitted import codes_of, counts, ran, recording, values_of
from tests.analysis.methods.test_absorption import spectrum


def one_value(value: float, stderr: float, unit: str = "eV") -> Points:
    """Return one energy that another fit told."""
    return Points(
        np.array([1.0]), np.array([np.nan]), "", np.array([value]), np.array([stderr]), unit
    )  # fmt: skip


def test_both_definitions_come_from_two_spectra() -> None:
    outcome = ran("stokes_shift", {"absorbance": spectrum(), "emission": recording(counts(energy_ev=1.83))})

    assert codes_of(outcome) == {}
    told = {one.name: (one.value or 0, one.stderr or 0) for one in outcome.results}
    assert told["stokes_shift"][0] == pytest.approx(40.0, abs=4 * told["stokes_shift"][1])
    assert told["stokes_shift_minimum"][0] == pytest.approx(40.0, abs=4.0)


def test_two_values_give_the_shift_with_both_errors() -> None:
    points = {"exciton": one_value(1.87, 3e-4), "line": one_value(1.83, 4e-4)}

    outcome = run_method("stokes_shift", Work(points=points))

    shift, minimum = outcome.results
    assert (shift.value, shift.stderr) == pytest.approx((40.0, 0.5))
    assert minimum.value is None


def test_an_error_that_is_not_known_stays_unknown() -> None:
    points = {"exciton": one_value(1870.0, np.nan, "meV"), "line": one_value(1.83, 4e-4)}

    shift = run_method("stokes_shift", Work(points=points)).results[0]

    assert shift.value == pytest.approx(40.0)
    assert shift.stderr is None


def test_a_line_above_the_exciton_is_grave() -> None:
    points = {"exciton": one_value(1.80, 3e-4), "line": one_value(1.83, 4e-4)}

    assert codes_of(run_method("stokes_shift", Work(points=points))) == {"negative_shift": True}


def test_mixed_units_are_refused() -> None:
    points = {"exciton": one_value(690.0, 0.1, "nm"), "line": one_value(1.83, 4e-4)}

    assert "both in eV" in run_method("stokes_shift", Work(points=points)).refused


def test_the_missing_half_is_named() -> None:
    assert "there is no emission" in ran("stokes_shift", {"absorbance": spectrum()}).refused


def test_values_of_both_are_used_beside_a_spectrum() -> None:
    work = Work({"emission": (recording(counts(energy_ev=1.83)),)}, {"exciton": one_value(1.87, 3e-4)})

    assert values_of(run_method("stokes_shift", work))["stokes_shift"] == pytest.approx(40.0, abs=2.0)
