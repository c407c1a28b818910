"""The fitting core on the certified problems of NIST StRD, from both of their starts."""

from pathlib import Path

import numpy as np
import pytest

from analysis.physics.fitting.solve import fit
from tests.analysis.nist_models import LEAST_DIGITS, LEAST_STDERR_DIGITS, MODELS, log_relative_error, read

# Misra1a of NIST StRD, so that one problem is solved without the shared folder too.
MISRA1A = """Dataset Name:  Misra1a
  b1 =   500         250           2.3894212918E+02  2.7070075241E+00
  b2 =     0.0001      0.0005      5.5015643181E-04  7.2668688436E-06

Residual Sum of Squares:                    1.2455138894E-01
Data:   y               x
      10.07E0      77.6E0
      14.73E0     114.9E0
      17.94E0     141.1E0
      23.93E0     190.8E0
      29.61E0     239.9E0
      35.18E0     289.0E0
      40.02E0     332.8E0
      44.82E0     378.4E0
      50.76E0     434.8E0
      55.05E0     477.3E0
      61.01E0     536.8E0
      66.40E0     593.1E0
      75.47E0     689.1E0
      81.78E0     760.0E0
"""


@pytest.mark.parametrize("start", [1, 2])
@pytest.mark.parametrize("name", MODELS)
def test_a_certified_problem_is_solved_from_both_starts(shared_data: Path, name: str, start: int) -> None:
    certified = read(shared_data / "nist" / f"{name}.dat")

    fitted = fit(certified.problem(start))

    assert fitted.is_converged, fitted.reason
    assert log_relative_error(fitted.values, certified.values) >= LEAST_DIGITS[start]
    assert log_relative_error(fitted.stderrs, certified.stderrs) >= LEAST_STDERR_DIGITS
    assert fitted.objective == pytest.approx(certified.rss, rel=1e-4)


@pytest.mark.parametrize("start", [1, 2])
def test_one_certified_problem_is_here(tmp_path: Path, start: int) -> None:
    path = tmp_path / "Misra1a.dat"
    path.write_text(MISRA1A)
    certified = read(path)

    fitted = fit(certified.problem(start))

    assert log_relative_error(fitted.values, certified.values) >= 8
    assert log_relative_error(fitted.stderrs, certified.stderrs) >= 8
    assert fitted.objective == pytest.approx(certified.rss, rel=1e-9)


@pytest.mark.parametrize("name", MODELS)
def test_the_slopes_of_a_model_are_those_of_its_values(shared_data: Path, name: str) -> None:
    certified = read(shared_data / "nist" / f"{name}.dat")
    model, x = MODELS[name], np.asarray(certified.x, dtype=float)

    slopes = model(certified.values, x)[1]

    for index, value in enumerate(certified.values):
        stepped = certified.values.astype(complex)
        stepped[index] += 1e-20j * abs(value)
        by_complex_step = model(stepped, x)[0].imag / (1e-20 * abs(value))
        assert slopes[:, index] == pytest.approx(by_complex_step, rel=1e-9, abs=1e-12 * np.abs(by_complex_step).max())
