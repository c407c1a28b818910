"""Tests of what follows from amplitudes and lifetimes."""

import numpy as np
import pytest

from analysis.physics.decays.averages import (
    Average,
    amplitude_fraction,
    slow_fraction,
    tau_1e,
    tau_amplitude,
    tau_intensity,
)

# P (GPa), A1, tau1, A2, tau2 with errors, then the averages with errors and the slow part of the photons (Table S2).
TABLE_S2 = [
    (0.35, 0.02, 2.3, 0.1, 0.65, 0.02, 7.9, 0.2, 5.940000, 0.157992, 7.141077, 0.194806, 0.864478),
    (0.65, 0.02, 2.28, 0.08, 0.40, 0.01, 8.2, 0.2, 4.535238, 0.106401, 6.357614, 0.177141, 0.688786),
    (0.75, 0.01, 2.07, 0.04, 0.25, 0.01, 7.0, 0.1, 3.302500, 0.055173, 4.682415, 0.087639, 0.529902),
    (0.84, 0.02, 2.52, 0.06, 0.25, 0.02, 7.9, 0.25, 3.753945, 0.108286, 5.116779, 0.197994, 0.482673),
    (0.75, 0.02, 1.99, 0.06, 0.25, 0.02, 6.3, 0.2, 3.067500, 0.095755, 4.202958, 0.164282, 0.513447),
    (0.75, 0.02, 2.8, 0.1, 0.25, 0.02, 12.1, 0.5, 5.125000, 0.207057, 8.289268, 0.433729, 0.590244),
    (0.80, 0.04, 2.0, 0.2, 0.20, 0.03, 8.5, 0.6, 3.300000, 0.258921, 5.348485, 0.499683, 0.515152),
    (0.81, 0.03, 3.3, 0.2, 0.19, 0.03, 16.4, 1.8, 5.789000, 0.500118, 10.351235, 1.431325, 0.538262),
]


@pytest.mark.parametrize("row", TABLE_S2)
def test_trap_15_both_averages_of_table_s2_are_met(row: tuple[float, ...]) -> None:
    a1, s_a1, tau1, s_tau1, a2, s_a2, tau2, s_tau2, mean, s_mean, intensity, s_intensity, slow = row
    amplitudes, taus_ns = np.array([a1, a2]), np.array([tau1, tau2])
    independent = np.diag(np.array([s_a1, s_a2, s_tau1, s_tau2]) ** 2)

    by_amplitude, by_intensity = tau_amplitude(amplitudes, taus_ns), tau_intensity(amplitudes, taus_ns)

    assert by_amplitude.value == pytest.approx(mean, abs=6e-7)
    assert by_amplitude.stderr(independent) == pytest.approx(s_mean, abs=6e-7)
    assert by_intensity.value == pytest.approx(intensity, abs=6e-7)
    assert by_intensity.stderr(independent) == pytest.approx(s_intensity, abs=6e-7)
    assert slow_fraction(amplitudes, taus_ns).value == pytest.approx(slow, abs=6e-7)


def test_trap_14_averages_do_not_ask_amplitudes_to_sum_to_one() -> None:
    taus_ns = np.array([2.28, 8.2])

    as_printed = tau_amplitude(np.array([0.65, 0.40]), taus_ns).value

    assert as_printed == pytest.approx(tau_amplitude(np.array([0.65, 0.40]) / 1.05, taus_ns).value, rel=1e-14)
    assert as_printed != pytest.approx(0.65 * 2.28 + 0.40 * 8.2, rel=1e-2)


@pytest.mark.parametrize("average", [tau_amplitude, tau_intensity, tau_1e, slow_fraction, amplitude_fraction(1)])
def test_slopes_are_those_of_the_values(average: Average) -> None:
    amplitudes, taus_ns, small = np.array([0.5, 0.3, 0.2]), np.array([1.0, 4.0, 20.0]), 1e-6

    told = average(amplitudes, taus_ns)

    for index in range(3):
        change = small * (np.arange(3) == index)
        by_amplitude = average(amplitudes + change, taus_ns).value - average(amplitudes - change, taus_ns).value
        by_tau = average(amplitudes, taus_ns + change).value - average(amplitudes, taus_ns - change).value
        assert told.by_amplitudes[index] == pytest.approx(by_amplitude / (2 * small), abs=1e-7)
        assert told.by_taus[index] == pytest.approx(by_tau / (2 * small), abs=1e-7)


def test_the_1e_time_of_one_exponential_is_its_lifetime() -> None:
    assert tau_1e(np.array([3.0]), np.array([7.0])).value == 7.0


def test_at_the_1e_time_the_decay_has_fallen_to_1e() -> None:
    amplitudes, taus_ns = np.array([0.65, 0.40]), np.array([2.28, 8.2])

    time_ns = tau_1e(amplitudes, taus_ns).value

    assert float(amplitudes @ np.exp(-time_ns / taus_ns)) == pytest.approx(amplitudes.sum() / np.e, rel=1e-9)
