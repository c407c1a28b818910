"""Fits computed beside the web process: the same answer, and a stopped run says nothing of the data."""

import numpy as np
import pytest

from analysis.fitting_process import FitRequest, fitting_process, is_unfinished, outcome_aside
from analysis.methods.contract import Outcome, Signal, Work
from analysis.methods.running import run_method


@pytest.fixture(scope="module")
def work() -> Work:
    """A PL line with Poisson noise."""
    nm = np.linspace(600.0, 760.0, 200)
    ev = 1239.841984332 / nm
    mean = 2000 * np.exp(-((ev - 1.85) ** 2) / (2 * 0.04**2)) + 30
    counts = np.random.default_rng(3).poisson(mean).astype(float)
    return Work({"spectrum": (Signal(counts, "counts", nm, "nm", x_name="wavelength", technique="PL"),)})


def test_the_process_beside_answers_as_this_one_would(work: Work) -> None:
    aside, here = outcome_aside("pl_peak", work), run_method("pl_peak", work)

    assert [(one.name, one.value) for one in aside.results] == [(one.name, one.value) for one in here.results]
    assert np.array_equal(aside.plots[0].x, here.plots[0].x)


def test_a_run_that_takes_too_long_is_stopped_and_says_so(work: Work) -> None:
    outcome: Outcome = fitting_process().answered(FitRequest("pl_peak", work), 0.0)

    assert is_unfinished(outcome)
    assert outcome.refused == "The run took longer than 0 s."


def test_a_refusal_of_the_method_is_not_unfinished(work: Work) -> None:
    outcome = outcome_aside("pl_peak", Work())

    assert outcome.refused
    assert not is_unfinished(outcome)
