"""How alike two spectra are."""

import json
from pathlib import Path

import numpy as np
import pytest

from analysis.physics.refusing import CannotAnalyse
from analysis.physics.spectra.overlap import Line, likeness, likeness_of_lines

ONE, OTHER = Line(1.800, 0.095), Line(1.795, 0.097)


def density(line: Line, energies_ev: np.ndarray) -> np.ndarray:
    """Return a Gaussian of height one."""
    return np.exp(-0.5 * ((energies_ev - line.energy_ev) / line.sigma_ev) ** 2)


def test_two_lines_overlap_as_the_worked_check_says() -> None:
    told = likeness_of_lines(ONE, OTHER)

    assert told.overlap_fraction == pytest.approx(0.950411638, rel=1e-9)
    assert told.cosine == pytest.approx(0.996138811, rel=1e-9)


def test_the_expected_values_hold_to_their_last_digit(shared_data: Path) -> None:
    expected = json.loads((shared_data / "science/expected/g_more.json").read_text())["overlap"]

    told = likeness_of_lines(OTHER, ONE)

    assert told.overlap_fraction == pytest.approx(expected["min_integral"], rel=1e-8)
    assert told.cosine == pytest.approx(expected["cosine"], rel=1e-12)


def test_sampled_spectra_tell_the_same_as_their_lines() -> None:
    energies_ev = np.linspace(1.2, 2.4, 20_001)

    told = likeness(energies_ev, 7.0 * density(ONE, energies_ev), density(OTHER, energies_ev))

    assert told.overlap_fraction == pytest.approx(0.950411638, rel=1e-7)
    assert told.cosine == pytest.approx(0.996138811, rel=1e-7)


@pytest.mark.parametrize("fwhm_ev", [0.095, 0.095 * (1 + 1e-8)])
def test_equally_wide_lines_cross_once(fwhm_ev: float) -> None:
    told = likeness_of_lines(ONE, Line(1.795, fwhm_ev))

    assert told.overlap_fraction == pytest.approx(0.95058756, rel=1e-7)


def test_a_line_is_wholly_like_itself() -> None:
    told = likeness_of_lines(ONE, ONE)

    assert (told.overlap_fraction, told.cosine) == (1.0, 1.0)


def test_a_spectrum_without_area_is_refused() -> None:
    energies_ev = np.linspace(1.5, 2.0, 11)

    with pytest.raises(CannotAnalyse, match="without area"):
        likeness(energies_ev, np.zeros(11), np.ones(11))
