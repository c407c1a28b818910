"""Fitting excitons, edge and scattering."""

import numpy as np
import pytest

from analysis.physics.absorption.curvature import curvature_of
from analysis.physics.absorption.fitting import fit_absorbance
from analysis.physics.fitting.criteria import aicc
from tests.analysis.physics.absorption.making import TWO, absorbance


def test_exact_data_give_their_parameters_back() -> None:
    energies_ev, values = absorbance(TWO)

    told = fit_absorbance(energies_ev, values, curvature_of(energies_ev, values), 2)

    assert told.fitted.values == pytest.approx(TWO, rel=1e-4)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(
    ("energy_ev", "fwhm_mev"), [(1.97, 95.0), (1.90, 60.0), (1.80, 40.0)], ids=["small", "middle", "cold"]
)
def test_other_sizes_and_widths_are_found_too(energy_ev: float, fwhm_mev: float, seed: int) -> None:
    truth = TWO.copy()
    truth[[3, 7, 10]] += energy_ev - TWO[7]
    truth[[4, 8, 11]] *= fwhm_mev / TWO[8]
    energies_ev, values = absorbance(truth, noise=0.0007, seed=seed)

    told = fit_absorbance(energies_ev, values, curvature_of(energies_ev, values), 2).fitted

    for name, expected in (("energy1", energy_ev), ("fwhm1", fwhm_mev), ("scattering", 0.02)):
        assert told.value(name) == pytest.approx(expected, abs=4 * told.stderr(name))


def test_a_second_exciton_is_only_found_where_one_is() -> None:
    energies_ev, values = absorbance(TWO[:9], noise=0.0007)
    curvature = curvature_of(energies_ev, values)

    one, two = (fit_absorbance(energies_ev, values, curvature, count).fitted for count in (1, 2))

    assert aicc(one) - aicc(two) < 10
    assert one.value("energy1") == pytest.approx(1.87, abs=4 * one.stderr("energy1"))


def test_the_unknown_error_is_taken_from_the_residuals() -> None:
    energies_ev, values = absorbance(TWO, noise=0.0007)

    told = fit_absorbance(energies_ev, values, curvature_of(energies_ev, values), 2).fitted

    assert np.sqrt(told.reduced) == pytest.approx(0.0007, rel=0.15)
