"""Widths of bins, along x and in energy."""

import numpy as np
import pytest

from analysis.physics.constants import HC_EV_NM
from analysis.physics.spectra.axes import Scale
from analysis.physics.spectra.bins import bin_widths, widths_in_ev


def test_trap_18_pixels_that_become_narrower_are_told_apart() -> None:
    places = np.linspace(-1.0, 1.0, 512)
    x = 690.0 + 130.0 * places - 3.0 * places**2

    told = bin_widths(x)

    assert told == pytest.approx((130.0 - 6.0 * places) * 2 / 511, rel=1e-6)


def test_wavelengths_rounded_by_the_file_do_not_make_the_widths_jump() -> None:
    places = np.linspace(-1.0, 1.0, 512)
    x = np.round(690.0 + 130.0 * places - 3.0 * places**2, 2)

    told = bin_widths(x)

    assert np.abs(np.diff(told)).max() < 1e-3


def test_stitched_ranges_keep_their_own_steps() -> None:
    x = np.concatenate((np.arange(600.0, 650.0, 1.0), np.arange(650.0, 750.0, 2.0)))

    told = bin_widths(x)

    assert told[10] == pytest.approx(1.0)
    assert told[-10] == pytest.approx(2.0)


@pytest.mark.parametrize(
    ("x", "scale", "expected_ev"),
    [
        (np.array([689.0, 690.0, 691.0]), Scale.NM, HC_EV_NM / 690.0**2),
        (np.array([1.79, 1.80, 1.81]), Scale.EV, 0.01),
        (np.array([4390.0, 4391.0, 4392.0]), Scale.RAMAN_SHIFT, HC_EV_NM * 1e-7),
    ],
)
def test_a_bin_in_energy_has_the_jacobian_of_its_axis(x: np.ndarray, scale: Scale, expected_ev: float) -> None:
    energies_ev = HC_EV_NM / x if scale is Scale.NM else np.linspace(1.79, 1.81, 3)

    told = widths_in_ev(x, energies_ev, scale)

    assert told[1] == pytest.approx(expected_ev, rel=1e-12)
