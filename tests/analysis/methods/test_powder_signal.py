"""A powder pattern out of bad recordings: what is refused, left out and gravely flagged."""

from dataclasses import replace

import numpy as np
import pytest

from analysis.methods.contract import Signal
from tests.analysis.powder import CU, CU_ANGLES, analysed, assert_close, codes, counted, grave, mean_pattern

INSTRUMENT = 0.08


def good() -> Signal:
    """Return a good pattern to be spoilt."""
    return counted(mean_pattern(CU_ANGLES, CU, size_nm=9.3))


BAD = {
    "all zeros": (np.zeros_like(CU_ANGLES), "nothing to fit"),
    "all the same": (np.full_like(CU_ANGLES, 7.0), "nothing to fit"),
    "all NaN": (np.full_like(CU_ANGLES, np.nan), "no numbers"),
}


@pytest.mark.parametrize("name", list(BAD))
def test_data_without_a_pattern_are_refused(name: str) -> None:
    values, reason = BAD[name]

    assert reason in analysed(replace(good(), values=values)).refused


def test_too_few_points_a_map_and_another_axis_are_refused() -> None:
    signal = good()

    few = analysed(replace(signal, values=signal.values[:20], x=signal.x[:20]))
    image = analysed(replace(signal, values=np.ones((4, len(signal.x)))))
    other = analysed(replace(signal, x_unit="1/nm"))
    twice = analysed(replace(signal, x=np.sort(np.concatenate((signal.x[::2], signal.x[::2])))[: len(signal.x)]))

    assert "too few" in few.refused
    assert "not a map" in image.refused
    assert "2θ in degrees" in other.refused
    assert "more than one scan" in twice.refused


def test_a_few_readings_that_are_no_numbers_are_left_out_and_told() -> None:
    signal = good()
    values = signal.values.copy()
    values[100:103] = np.nan

    outcome = analysed(replace(signal, values=values), instrument_fwhm_deg=INSTRUMENT)

    assert codes(outcome) == {"left_out"}
    assert_close(outcome, "crystallite_size", 9.3)


def test_a_saturated_detector_is_grave() -> None:
    signal = good()

    outcome = analysed(replace(signal, values=np.minimum(signal.values, 900.0)), instrument_fwhm_deg=INSTRUMENT)

    assert "saturated" in grave(outcome)


def test_negative_counts_are_no_counts() -> None:
    signal = good()
    spoilt = replace(signal, values=signal.values - 150.0)

    as_counts = analysed(spoilt, weighting="counts", instrument_fwhm_deg=INSTRUMENT)
    as_told = analysed(spoilt, instrument_fwhm_deg=INSTRUMENT)

    assert "negative" in as_counts.refused
    assert "negative" in codes(as_told)
    assert as_told.statistics["likelihood"] == "unknown standard error"


def test_trap_11_channels_without_counts_are_fitted() -> None:
    mean = mean_pattern(CU_ANGLES, CU, size_nm=9.3, height=600.0) / 60

    outcome = analysed(counted(mean), instrument_fwhm_deg=INSTRUMENT, strain="none")

    assert not outcome.refused
    assert_close(outcome, "cell_volume", 947.3288)
