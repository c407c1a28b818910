"""What diffraction readers share: drives by their names, steps that can be, and settings that mean something."""

import numpy as np
import pytest

from measurements.readers.parts.powder_pattern import axis_name, float_or_none, stated, steps, with_gaps
from measurements.readers.refusal import Unread


@pytest.mark.parametrize(
    ("drive", "name"),
    [
        ("TwoThetaOmega", "2theta"),
        ("2-Theta/Omega", "2theta"),
        ("Gonio", "2theta"),
        ("Locked Coupled", "2theta"),
        ("2θ", "2theta"),
        ("Omega", "omega"),
        ("KHI", "chi"),
        ("Z-Drive", "z-drive"),
    ],
)
def test_a_drive_is_named_after_what_it_moves(drive: str, name: str) -> None:
    assert axis_name(drive) == name


@pytest.mark.parametrize(
    ("start", "step", "count"),
    [
        (0.0, 1e6, 3),
        (float("nan"), 0.1, 3),
        (10.0, float("inf"), 3),
        (10.0, 8.6e-43, 3),
        (10.0, 0.0, 2),
        (10.0, 0.1, 0),
    ],
)
def test_steps_that_no_goniometer_makes_are_refused(start: float, step: float, count: int) -> None:
    with pytest.raises(Unread, match="byte 7"):
        steps(start, step, count, offset_bytes=7)


def test_a_single_point_needs_no_step() -> None:
    assert steps(10.0, 0.0, 1).tolist() == [10.0]


def test_values_that_are_not_finite_are_gaps() -> None:
    values, said = with_gaps(np.array([1.0, np.inf, np.nan]))

    assert np.isnan(values).tolist() == [False, True, True]
    assert "2 of 3 values are not numbers, the first at point 2" in str(said[0])


def test_zero_and_nothing_are_what_a_program_does_not_know() -> None:
    known = stated(anode="", tube_voltage_kv=0, step_deg=float("nan"), comment=None, kept=1.5, is_kept=False)

    assert known == {"kept": 1.5, "is_kept": False}


@pytest.mark.parametrize(("text", "number"), [(" 1,5 ", 1.5), ("", None), (None, None), ("nan", None), ("x", None)])
def test_a_number_is_read_with_point_or_comma(text: str | None, number: float | None) -> None:
    assert float_or_none(text) == number
