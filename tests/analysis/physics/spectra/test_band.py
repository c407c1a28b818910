"""How much of a line a band of wavelengths holds."""

import numpy as np
import pytest

from analysis.physics.constants import HC_EV_NM
from analysis.physics.refusing import CannotAnalyse
from analysis.physics.spectra.band import in_band_fraction


def test_a_band_holds_what_lies_between_its_ends() -> None:
    energies_ev = np.linspace(HC_EV_NM / 675.0, HC_EV_NM / 600.0, 200_001)
    sigma_ev = 0.095 / 2.3548200450309493
    density = np.exp(-0.5 * ((energies_ev - 1.8) / sigma_ev) ** 2) / (sigma_ev * np.sqrt(2 * np.pi))

    told = in_band_fraction(1.8, 0.095, 600.0, 675.0)

    assert told == pytest.approx(np.trapezoid(density, energies_ev), rel=1e-9)


def test_a_wide_band_holds_the_whole_line() -> None:
    assert in_band_fraction(1.8, 0.095, 400.0, 1200.0) == pytest.approx(1.0, abs=1e-12)


def test_a_band_the_wrong_way_round_is_refused() -> None:
    with pytest.raises(CannotAnalyse, match="shorter to a longer"):
        in_band_fraction(1.8, 0.095, 675.0, 600.0)
