"""Few residuals make an interval wider than one standard error, many do not."""

import pytest

from analysis.methods.student import student_reach, student_result


@pytest.mark.parametrize(("dof_count", "reach"), [(1, 1.8373), (2, 1.3213), (10, 1.0526), (10**6, 1.0)])
def test_the_interval_is_that_of_student(dof_count: int, reach: float) -> None:
    result = student_result("sizing_limit", 5.0, 2.0, dof_count, "eV")

    assert (result.low, result.high) == pytest.approx((5 - 2 * reach, 5 + 2 * reach), rel=1e-4)


def test_without_degrees_of_freedom_the_error_stands() -> None:
    assert student_reach(0.3, 0) == 0.3
