"""The model of an absorbance spectrum."""

import numpy as np
import pytest

from analysis.physics.absorption.model import AbsorbanceModel
from tests.analysis.physics.absorption.making import TWO

ENERGIES_EV = np.linspace(1.55, 2.6, 301)


@pytest.mark.parametrize("exciton_count", [0, 1, 2])
def test_derivatives_are_those_of_the_absorbance(exciton_count: int) -> None:
    model, values = AbsorbanceModel(ENERGIES_EV, exciton_count), TWO[: 6 + 3 * exciton_count].copy()
    # Nowhere on a reading, where the continuum has its bend.
    values[3], values[7:8] = 1.9801, 1.8701

    derivatives = model.jacobian(values)

    for index, value in enumerate(values):
        step = np.zeros(len(values))
        step[index] = 1e-6 * value
        slope = (model.predict(values + step) - model.predict(values - step)) / (2e-6 * value)
        assert derivatives[:, index] == pytest.approx(slope, abs=1e-6 * np.abs(slope).max())


def test_the_parts_make_the_whole() -> None:
    model = AbsorbanceModel(ENERGIES_EV, 2)

    parts = model.parts(TWO)

    assert set(parts) == {"scattering", "edge", "exciton 1", "exciton 2"}
    assert np.sum(list(parts.values()), axis=0) == pytest.approx(model.predict(TWO))


def test_scattering_falls_with_the_fourth_power_of_wavelength() -> None:
    model = AbsorbanceModel(np.array([1239.841984332 / 500.0, 1239.841984332 / 1000.0]), 0)

    told = model.parts(np.array([0.0, 0.02, 0.0, 3.0, 10.0, 0.0]))["scattering"]

    assert told == pytest.approx([0.02, 0.02 / 16])


def test_trap_7_the_exciton_of_an_absorbance_stays_where_its_maximum_is() -> None:
    model = AbsorbanceModel(np.linspace(1.7, 2.0, 3001), 1)

    told = model.parts(np.array([0.0, 0.0, 0.0, 2.5, 10.0, 0.0, 0.3, 1.87, 85.0]))["exciton 1"]

    assert model.energies_ev[np.argmax(told)] == pytest.approx(1.87, abs=1e-4)
