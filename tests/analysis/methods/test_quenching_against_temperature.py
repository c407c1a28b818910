"""A temperature series of photons becomes an activation energy, in logarithms."""

import numpy as np
import pytest

from analysis.methods.contract import Points
from tests.analysis.methods.ladders_making import INTENSITIES, TEMPERATURES_K, codes, points, result, told_by, value

METHOD, ROLE = "quenching_against_temperature", "intensities"


def test_the_check_of_the_specification_comes_out() -> None:
    told = told_by(
        METHOD, ROLE, points(TEMPERATURES_K, "K", INTENSITIES, "counts", 0.01 * INTENSITIES), {"scatter": "stated"}
    )

    assert told.flags == ()
    assert value(told, "quenching_intensity") == pytest.approx(1e5 * 1.002463962, rel=1e-8)
    assert result(told, "quenching_intensity").stderr == pytest.approx(569.5, rel=1e-3)
    assert value(told, "quenching_strength") == pytest.approx(4.103952629, rel=1e-8)
    assert result(told, "quenching_energy").stderr == pytest.approx(1.142, rel=1e-3)
    assert value(told, "quenching_energy") == pytest.approx(80.179841, rel=1e-7)
    assert told.statistics["kink"] == "none seen"
    assert len(told.parameters) == len(told.covariance) == 3
    assert {one.name for one in told.alternatives} == {"one channel", "two channels", "one channel with a kink"}


def test_trap_41_an_intensity_that_was_not_detected_is_left_out_and_said() -> None:
    intensities = INTENSITIES.copy()
    intensities[-1] = 0.0

    told = told_by(METHOD, ROLE, points(TEMPERATURES_K, "K", intensities, "counts", 1000.0))

    assert "not_detected" in codes(told)
    assert told.statistics["n"] == 11


def test_a_kink_is_flagged_with_both_of_its_parts() -> None:
    temperatures = np.arange(80.0, 301.0, 10.0)
    smooth = 1e5 / (1 + 60 * np.exp(-0.08 / (8.617333262e-5 * temperatures)))
    bent = smooth * np.exp(0.008 * np.maximum(temperatures - 200.0, 0.0))

    told = told_by(METHOD, ROLE, points(temperatures, "K", bent, "counts", 0.004 * bent), {"scatter": "stated"})

    assert "kink" in codes(told)
    assert told.statistics["kink_temperature_k"] == pytest.approx(200.0, abs=10.0)
    assert "bend at" in told.says
    assert "ea_below_kink_mev" in told.statistics


def test_two_channels_asked_for_are_both_told() -> None:
    temperatures = np.arange(20.0, 401.0, 10.0)
    lost = 7 * np.exp(-20 / (0.08617333262 * temperatures)) + 1e6 * np.exp(-300 / (0.08617333262 * temperatures))
    noise = np.random.default_rng(4).normal(0.0, 0.003, len(temperatures))
    seen = 1e5 / (1 + lost) * np.exp(noise)

    told = told_by(METHOD, ROLE, points(temperatures, "K", seen, "counts", 0.003 * seen), {"channels": "two channels"})

    energies = sorted([value(told, "quenching_energy"), value(told, "quenching_energy2")])
    assert energies == pytest.approx([20.0, 300.0], rel=0.05)
    assert len(told.parameters) == 5


def test_an_intensity_that_does_not_change_has_no_activation_energy_to_believe() -> None:
    flat = 1e5 * np.exp(np.random.default_rng(9).normal(0.0, 0.01, 12))

    told = told_by(METHOD, ROLE, points(TEMPERATURES_K, "K", flat, "counts", 1000.0))

    assert codes(told, is_grave=True)


@pytest.mark.parametrize(
    ("given", "advice"),
    [
        (points(TEMPERATURES_K, "K", np.zeros(12), "counts"), "No intensity lies above zero"),
        (points(TEMPERATURES_K, "K", -INTENSITIES, "counts"), "No intensity lies above zero"),
        (points(TEMPERATURES_K, "°C", INTENSITIES, "counts"), "give them in K"),
        (points(TEMPERATURES_K[:4], "K", INTENSITIES[:4], "counts"), "too few"),
        (points(TEMPERATURES_K, "K", np.full(12, np.nan), "counts"), "too few"),
    ],
)
def test_what_is_no_series_of_intensities_is_refused_with_advice(given: Points, advice: str) -> None:
    assert advice in told_by(METHOD, ROLE, given).refused
