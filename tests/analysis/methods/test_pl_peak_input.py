"""A PL line out of bad recordings: what is refused, what is left out, and what is gravely flagged."""

import numpy as np
import pytest

from tests.analysis.methods.emitted import AT_NM, assert_near, codes_of, counts, line_of, recording, values_of


def test_a_saturated_detector_is_grave_and_left_out() -> None:
    outcome = line_of(recording(np.minimum(counts(), 2200.0)))

    assert codes_of(outcome)["saturated"]
    assert_near(outcome, "peak_energy", 1.81)


def test_a_line_at_the_edge_is_grave() -> None:
    at_nm = np.arange(690.0, 781.0)

    assert codes_of(line_of(recording(counts(at_nm), at_nm), shape="gaussian"))["at_edge"]


def test_a_line_three_readings_wide_is_grave() -> None:
    at_nm = np.arange(500.0, 900.0, 14.0)

    assert codes_of(line_of(recording(counts(at_nm), at_nm), shape="gaussian"))["few_points"]


def test_a_laser_in_the_range_is_cut_off() -> None:
    at_nm = np.arange(400.0, 781.0)
    values = counts(at_nm) + 4e4 * np.exp(-0.5 * ((at_nm - 405.0) / 1.5) ** 2).round(6).astype(int)

    outcome = line_of(recording(np.rint(values), at_nm), laser_nm=405.0)

    assert str(outcome.statistics["range_nm"]).startswith("415")
    assert_near(outcome, "peak_energy", 1.81)


def test_a_range_is_used_as_stated() -> None:
    outcome = line_of(recording(counts()), low_nm=640.0, high_nm=740.0)

    assert outcome.statistics["range_nm"] == "640–740"
    assert outcome.statistics["n"] == 101


@pytest.mark.parametrize(
    ("values", "at_nm", "reason"),
    [
        (np.array([]), np.array([]), "no data"),
        (np.zeros(181), AT_NM, "zero"),
        (np.full(181, 65_535.0), AT_NM, "equal"),
        (np.full(181, np.nan), AT_NM, "no numbers"),
        (counts()[:6], AT_NM[:6], "8"),
        (counts(), np.repeat(700.0, 181), "same x"),
        (counts(), np.linspace(0.0, 180.0, 181), "no light"),
        (np.ones((4, 181)), AT_NM, "map"),
    ],
)
def test_bad_input_is_refused_with_what_to_do(values: np.ndarray, at_nm: np.ndarray, reason: str) -> None:
    assert reason in line_of(recording(values, at_nm)).refused


def test_ten_million_readings_are_no_spectrum() -> None:
    signal = recording(np.ones(10_000_000), np.linspace(500.0, 900.0, 10_000_000))

    assert "average neighbours" in line_of(signal).refused


def test_a_few_readings_that_are_no_numbers_are_left_out_and_said() -> None:
    values = counts()
    values[[3, 90]] = np.nan

    outcome = line_of(recording(values))

    assert codes_of(outcome) == {"no_numbers": False}
    assert_near(outcome, "peak_energy", 1.81)


def test_negative_readings_are_no_counts() -> None:
    outcome = line_of(recording(counts() - 25.0))

    assert codes_of(outcome) == {"not_counts": False}
    assert_near(outcome, "peak_energy", 1.81)


def test_readings_smoothed_by_the_instrument_are_no_counts() -> None:
    outcome = line_of(recording(counts(), settings={"boxcar_width": 3}))

    assert "not_counts" in codes_of(outcome)


def test_a_spike_is_no_line_and_is_grave() -> None:
    values = counts()
    values[140] += 5e4

    outcome = line_of(recording(values))

    assert any(codes_of(outcome).values())


def test_a_descending_axis_is_the_same_spectrum() -> None:
    up, down = line_of(recording(counts())), line_of(recording(counts()[::-1], AT_NM[::-1]))

    assert values_of(down) == pytest.approx(values_of(up))
