"""What is a count, and of how many exposures."""

import numpy as np
import pytest

from analysis.physics.fitting.problem import Likelihood
from analysis.physics.spectra.counting import count_step, counted

COUNTS = np.random.default_rng(3).poisson(np.linspace(5, 400, 150)).astype(float)


def test_whole_readings_are_counts() -> None:
    told = counted(COUNTS, is_per_second=False)

    assert told.likelihood is Likelihood.POISSON
    assert told.exposure == 1


def test_an_average_over_scans_was_counted_as_often() -> None:
    told = counted(np.round(COUNTS / 10, 2), is_per_second=False, scan_count=10)

    assert told.likelihood is Likelihood.POISSON
    assert told.exposure == 10


def test_counts_per_second_times_the_time_are_counts() -> None:
    told = counted(COUNTS / 0.5, is_per_second=True, integration_time_s=0.5)

    assert told.readings == pytest.approx(COUNTS)


def test_the_steps_of_counts_per_second_tell_the_time() -> None:
    told = counted(COUNTS / 0.5, is_per_second=True)

    assert told.integration_time_s == pytest.approx(0.5)
    assert told.readings == pytest.approx(COUNTS)


def test_steps_of_one_per_second_may_be_rounded_and_tell_nothing() -> None:
    told = counted(np.round(COUNTS / 0.3), is_per_second=True)

    assert told.likelihood is Likelihood.UNKNOWN


def test_bright_spectra_without_neighbouring_counts_tell_their_step_too() -> None:
    counts = 6.0 * np.arange(100.0, 140.0) + np.where(np.arange(40) % 2, 3.0, 0.0)

    assert count_step(counts / 0.2) == pytest.approx(15.0)


@pytest.mark.parametrize("readings", [COUNTS - 50.0, COUNTS / COUNTS.max(), COUNTS * 1.0317])
def test_trap_13_what_was_subtracted_or_scaled_is_not_counted(readings: np.ndarray) -> None:
    told = counted(readings, is_per_second=False)

    assert told.likelihood is Likelihood.UNKNOWN
