"""Williamson–Hall lines."""

import numpy as np
import pytest

from analysis.physics.diffraction.williamson_hall import williamson_hall
from analysis.physics.refusing import CannotAnalyse

ANGLES = np.array([14.364384, 20.244687, 28.960912, 35.985586, 41.158336])
BREADTHS = np.array([0.6493, 0.7016, 0.7837, 0.8546, 0.9099])
CU = 1.54056


def test_the_worked_line() -> None:
    found = williamson_hall(ANGLES, BREADTHS, CU)

    assert found.intercept == pytest.approx(0.009242430886161846, rel=1e-9)
    assert found.strain == pytest.approx(0.004000728626624673, rel=1e-9)
    assert found.size_nm == pytest.approx(15.001507904981272, rel=1e-9)
    assert found.strain_stderr == pytest.approx(5.628685489611884e-07, rel=1e-3)
    assert found.size_stderr_nm == pytest.approx(0.00093600378253724, rel=1e-3)
    assert found.is_scaled


def test_known_errors_are_not_scaled() -> None:
    plain = williamson_hall(ANGLES, BREADTHS, CU, stderrs_deg=np.full(5, 0.01))
    doubled = williamson_hall(ANGLES, BREADTHS, CU, stderrs_deg=np.full(5, 0.02))

    assert doubled.strain_stderr == pytest.approx(2 * plain.strain_stderr, rel=1e-9)
    assert not plain.is_scaled


def test_three_lines_are_refused() -> None:
    with pytest.raises(CannotAnalyse, match="at least 4"):
        williamson_hall(ANGLES[:3], BREADTHS[:3], CU)


def test_an_intercept_below_zero_is_refused() -> None:
    with pytest.raises(CannotAnalyse, match="no intercept above zero"):
        williamson_hall(ANGLES, 2 * np.degrees(np.tan(np.radians(ANGLES / 2))) * 0.05 - 0.2, CU)


def test_a_breadth_that_is_no_number_is_refused() -> None:
    with pytest.raises(CannotAnalyse, match="breadth above zero"):
        williamson_hall(ANGLES, np.where(ANGLES > 40, np.nan, BREADTHS), CU)
