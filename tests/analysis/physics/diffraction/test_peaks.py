"""Single lines: found, tied to reflections, and fitted with their second wavelength."""

import numpy as np
import pytest

from analysis.physics.diffraction.pattern import sticks
from analysis.physics.diffraction.peak_fit import PeakModel, fit_peaks
from analysis.physics.diffraction.peaks import Found, Tied, found_lines, tied_to
from analysis.physics.diffraction.radiation import radiation
from analysis.physics.diffraction.structures import GAMMA_293K
from analysis.physics.diffraction.whole_pattern import Pattern
from analysis.physics.fitting.problem import Likelihood
from analysis.physics.refusing import CannotAnalyse

ANGLES = np.arange(38.0, 44.0, 0.02)
CU = radiation(1.54056)
ALONE = Tied(np.zeros(1), np.ones(1))
VALUES = np.array([900.0, 41.0, 0.35, 0.6, 80.0, -5.0])


def line(values: np.ndarray = VALUES, seed: int = 2) -> Pattern:
    """Return counts of one line with its Kα2."""
    blank = Pattern(ANGLES, np.zeros_like(ANGLES), Likelihood.POISSON)
    mean = PeakModel(blank, CU, (ALONE,), 1).predicted(values)
    return Pattern(ANGLES, np.random.default_rng(seed).poisson(mean).astype(float), Likelihood.POISSON)


def test_a_line_is_found_again_within_its_errors() -> None:
    pattern = line()
    found = found_lines(pattern)

    _, fitted = fit_peaks(pattern, CU, found, [ALONE])

    assert len(found) == 1
    for name, truth in zip(("area1", "angle1", "fwhm1", "eta1"), VALUES, strict=False):
        assert abs(fitted.value(name) - truth) < 4 * fitted.stderr(name), name


def test_trap_28_the_second_line_above_40_degrees_moves_a_fit_that_leaves_it_out() -> None:
    pattern = line()
    found = found_lines(pattern)

    both = fit_peaks(pattern, CU, found, [ALONE])[1]
    alone = fit_peaks(pattern, radiation(1.54056, ratio=0.0), found, [ALONE])[1]

    assert alone.value("angle1") - both.value("angle1") > 20 * both.stderr("angle1")
    assert alone.value("fwhm1") > both.value("fwhm1") + 5 * both.stderr("fwhm1")


def test_slopes_are_those_of_differences() -> None:
    model = PeakModel(line(), CU, (Tied(np.array([0.0, -0.17]), np.array([0.6, 0.4])),), 1)

    slopes = model.slopes(VALUES)

    for place in range(len(VALUES)):
        step = np.zeros(len(VALUES))
        step[place] = 1e-6 * abs(VALUES[place])
        by_difference = (model.predicted(VALUES + step) - model.predicted(VALUES - step)) / (2 * step[place])
        assert slopes[:, place] == pytest.approx(by_difference, abs=1e-5 * float(np.abs(by_difference).max()))


def test_reflections_that_run_together_are_one_line_of_known_shape() -> None:
    reference = sticks(GAMMA_293K, CU, 12.0, 18.0)

    (tie,) = tied_to([Found(14.32, 100.0, 0.6)], reference)

    assert tie.label == "002 + 110"
    assert tie.angle_deg == pytest.approx(14.364384, abs=1e-6)
    assert float(tie.offsets_deg.min()) == pytest.approx(14.190534 - 14.364384, abs=1e-6)
    assert float(tie.shares.sum()) == pytest.approx(1.0)


def test_a_line_of_something_else_has_no_reflections() -> None:
    reference = sticks(GAMMA_293K, CU, 12.0, 18.0)

    ties = tied_to([Found(12.7, 100.0, 0.3), Found(14.32, 100.0, 0.6)], reference)

    assert [one.label for one in ties] == ["", "002 + 110"]


def test_background_alone_has_no_line() -> None:
    flat = np.random.default_rng(1).poisson(np.full_like(ANGLES, 100.0)).astype(float)

    with pytest.raises(CannotAnalyse, match="No line stands out"):
        found_lines(Pattern(ANGLES, flat, Likelihood.POISSON))
