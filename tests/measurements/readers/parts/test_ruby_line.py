"""Ruby is told by where its line lies and how narrow it is; of other spectra the axis tells the technique."""

import numpy as np
import pytest

from measurements.readers.parts.ruby_line import shows_ruby, technique_of, wavelength_of_shift_nm
from measurements.readers.recording import Axis, Channel, Technique

X = np.arange(600.0, 800.0, 0.5)


def line(centre_nm: float, width_nm: float, height: float = 1000.0) -> np.ndarray:
    """Return a line on a slightly uneven ground."""
    ground = 100 + np.arange(len(X)) % 3
    return ground + height * np.exp(-(((X - centre_nm) / width_nm) ** 2))


@pytest.mark.parametrize("centre_nm", [693.4, 694.2, 698.0, 705.0])
def test_a_narrow_line_from_air_to_high_pressure_is_ruby(centre_nm: float) -> None:
    assert shows_ruby(X, line(centre_nm, 0.8))


@pytest.mark.parametrize(
    ("centre_nm", "width_nm", "height"),
    [(694.2, 18, 1000), (640.0, 0.8, 1000), (715.0, 0.8, 1000), (694.2, 0.8, 2)],
)
def test_what_is_broad_elsewhere_or_lost_in_noise_is_not(centre_nm: float, width_nm: float, height: float) -> None:
    assert not shows_ruby(X, line(centre_nm, width_nm, height))


def test_a_range_that_does_not_reach_the_line_is_not() -> None:
    seen = X > 695

    assert not shows_ruby(X[seen], line(694.2, 0.8)[seen])


def test_a_shift_becomes_the_wavelength_it_was_seen_at() -> None:
    found = wavelength_of_shift_nm(np.array([0.0, 4393.0, 20000.0]), 532.0)

    assert found[:2] == pytest.approx([532.0, 694.26], abs=0.01)
    assert np.isnan(found[2])


@pytest.mark.parametrize(
    ("unit", "technique"),
    [("1/cm", Technique.RAMAN), ("nm", Technique.PL), ("eV", Technique.PL), ("", Technique.SPECTRUM)],
)
def test_the_axis_tells_the_technique(unit: str, technique: Technique) -> None:
    channel = Channel("intensity", "", np.arange(9.0), (Axis("x", unit, np.arange(9.0)),))

    assert technique_of(channel, 532.0) is technique
