"""How far chance lets a number of a campaign lie from its truth."""

import pytest

from scripts.paper.judging import limit_for


def test_one_number_of_known_error_may_lie_off_as_one_in_a_thousand_does() -> None:
    assert limit_for(1) == pytest.approx(3.2905, abs=1e-4)


def test_the_farthest_of_many_may_lie_farther() -> None:
    assert limit_for(850) == pytest.approx(4.86, abs=0.01)


@pytest.mark.parametrize(("freedom", "limit"), [(9, 4.516), (4, 7.542)])
def test_an_error_told_by_few_points_is_one_of_student(freedom: int, limit: float) -> None:
    assert limit_for(1, freedom) == pytest.approx(limit, abs=2e-3)


def test_an_error_told_by_many_points_is_as_good_as_known() -> None:
    assert limit_for(850, 100_000) == pytest.approx(limit_for(850), abs=1e-2)
