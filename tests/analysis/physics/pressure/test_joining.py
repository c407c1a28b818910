"""Rows of two pressure tables are joined by pressure."""

import numpy as np

from analysis.physics.pressure.joining import join_by_pressure

XRD_GPA = np.array([0.0, 0.13, 1.85, 6.14])
TRPL_GPA = np.array([2.0, 1.65, 1.27, 1.0, 0.7, 0.4, 0.13, 0.0])


def test_trap_40_pressures_are_joined_by_tolerance_and_never_by_row_order() -> None:
    told = join_by_pressure(XRD_GPA, TRPL_GPA, 0.02)

    assert told.pairs == ((0, 7), (1, 6))
    assert told.left_alone == (2, 3)
    assert told.right_alone == (0, 1, 2, 3, 4, 5)


def test_only_the_nearest_of_two_close_rungs_is_joined() -> None:
    told = join_by_pressure(np.array([1.0, 1.03]), np.array([1.04]), 0.1)

    assert told.pairs == ((1, 0),)
    assert told.left_alone == (0,)


def test_an_empty_table_joins_nothing() -> None:
    told = join_by_pressure(XRD_GPA, np.array([]), 0.1)

    assert told.pairs == ()
    assert told.left_alone == (0, 1, 2, 3)
