"""What a difference and a margin allow one to say."""

import pytest

from analysis.physics.spectra.equivalence import (
    DIFFERENT,
    DIFFERENT_INSIDE,
    SAME,
    UNDECIDED,
    equivalence,
)


@pytest.mark.parametrize(
    ("difference", "stderr", "verdict"),
    [(0.5, 1.0, SAME), (5.0, 1.0, DIFFERENT_INSIDE), (15.0, 1.0, DIFFERENT), (3.0, 6.0, UNDECIDED)],
)
def test_both_tests_together_give_a_verdict(difference: float, stderr: float, verdict: str) -> None:
    assert equivalence(difference, stderr, 10.0).verdict == verdict


def test_no_difference_seen_is_not_yet_the_same() -> None:
    told = equivalence(0.0, 8.0, 10.0)

    assert told.difference_p == pytest.approx(1.0)
    assert not told.is_equivalent


def test_the_sign_of_a_difference_does_not_matter() -> None:
    assert equivalence(-4.0, 2.0, 9.0).equivalence_p == pytest.approx(equivalence(4.0, 2.0, 9.0).equivalence_p)
