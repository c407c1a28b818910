"""γ or δ by windows of their own."""

import numpy as np
import pytest

from analysis.physics.diffraction.pattern import sticks
from analysis.physics.diffraction.phase_call import (
    BELOW_LOD,
    DELTA_102_WINDOW_DEG,
    DELTA_WINDOW_DEG,
    DETECTED,
    EQUAL_MASS_RATIO,
    EQUAL_MASS_RATIO_102,
    GAMMA_WINDOW_DEG,
    NOT_DETECTED,
    mass_fraction_of,
    phase_call,
    window_at_deg,
)
from analysis.physics.diffraction.radiation import radiation
from analysis.physics.diffraction.structures import DELTA, GAMMA_293K, Structure
from analysis.physics.fitting.problem import Floats
from analysis.physics.refusing import CannotAnalyse

ANGLES = np.arange(8.0, 20.0, 0.02)
WINDOWS = (DELTA_WINDOW_DEG, GAMMA_WINDOW_DEG)


def window_sum(structure: Structure, window: tuple[float, float]) -> float:
    """Return what a phase of one unit of mass scatters into a window."""
    found = sticks(structure, radiation(1.54056), 5.0, 60.0)
    inside = (found.angles_deg >= window[0]) & (found.angles_deg <= window[1])
    return float(found.intensities[inside].sum() / np.prod(structure.edges_angstrom))


def pattern(delta: float, gamma: float = 1500.0, level: float = 100.0) -> tuple[Floats, Floats, Floats]:
    """Return observed, background and γ of a pattern whose lines lie in the middle of the windows."""
    background = np.full_like(ANGLES, level)
    line = gamma * np.exp(-(((ANGLES - 14.35) / 0.25) ** 2))
    other = delta * np.exp(-(((ANGLES - 9.87) / 0.1) ** 2))
    return background + line + other, background, line


def test_the_calculated_ratios_of_equal_masses() -> None:
    gamma = window_sum(GAMMA_293K, GAMMA_WINDOW_DEG)

    assert window_sum(DELTA, DELTA_WINDOW_DEG) / gamma == pytest.approx(EQUAL_MASS_RATIO, rel=1e-9)
    assert window_sum(DELTA, DELTA_102_WINDOW_DEG) / gamma == pytest.approx(EQUAL_MASS_RATIO_102, rel=1e-9)
    assert gamma == pytest.approx(53256.77631147458, rel=1e-9)
    assert window_sum(GAMMA_293K, (28.0, 29.6)) == pytest.approx(120447.97481104931, rel=1e-9)
    assert window_sum(DELTA, (25.5, 27.8)) == pytest.approx(191633.80118577054, rel=1e-9)


def test_the_worked_mass_fraction() -> None:
    assert mass_fraction_of(0.05) == pytest.approx(0.08720223919561115, rel=1e-9)


def test_windows_move_with_wavelength_and_cell() -> None:
    low, high = window_at_deg(GAMMA_WINDOW_DEG, 0.71073)
    squeezed = window_at_deg(GAMMA_WINDOW_DEG, 0.71073, 0.95)

    assert low < 6.53 < high
    assert squeezed[0] > low


def test_delta_that_stands_out_is_detected() -> None:
    observed, background, gamma = pattern(delta=200.0)

    call = phase_call(ANGLES, observed, background, gamma, observed, WINDOWS)

    assert call.words == DETECTED
    assert call.index == pytest.approx(200 * 0.1 / (1500 * 0.25), rel=0.01)
    assert 0 < call.index_stderr < call.index


def test_trap_41_delta_that_is_not_seen_has_a_limit_and_is_not_zero() -> None:
    observed, background, gamma = pattern(delta=0.0)
    faint = pattern(delta=10.0)

    nothing = phase_call(ANGLES, observed, background, gamma, observed, WINDOWS)
    little = phase_call(ANGLES, faint[0], faint[1], faint[2], faint[0], WINDOWS)

    assert nothing.words == NOT_DETECTED
    assert nothing.lod_fraction > 0
    assert little.words == BELOW_LOD


def test_tails_of_gamma_in_the_window_of_delta_are_not_delta() -> None:
    observed, background, gamma = pattern(delta=0.0)
    tail = 40.0 / (1 + (ANGLES - 14.35) ** 2 / 4)

    call = phase_call(ANGLES, observed + tail, background, gamma + tail, observed + tail, WINDOWS)

    assert call.index > 0
    assert call.words == NOT_DETECTED


def test_trap_32_delta_is_never_called_from_where_gamma_has_lines_too() -> None:
    is_high = ANGLES > 12.0
    observed, background, gamma = pattern(delta=300.0)

    observed, background, gamma = observed[is_high], background[is_high], gamma[is_high]

    with pytest.raises(CannotAnalyse, match="does not cover"):
        phase_call(ANGLES[is_high], observed, background, gamma, observed, WINDOWS)


def test_a_pattern_without_gamma_has_no_index() -> None:
    observed, background, gamma = pattern(delta=200.0, gamma=0.0)

    with pytest.raises(CannotAnalyse, match="no line"):
        phase_call(ANGLES, observed, background, gamma, observed, WINDOWS)
