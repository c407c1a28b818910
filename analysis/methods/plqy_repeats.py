"""Quantum yield of repeated measurements: the mean, and how far runs lie apart."""

import numpy as np

from analysis.methods.contract import Flag, Outcome, Plot, Points, Result, Work
from analysis.methods.telling import told_number
from analysis.physics.refusing import CannotAnalyse
from analysis.physics.repeats import Repeats, repeats
from analysis.publishing.rounding import Number, printed

ONE_SIGMA = 0.682689492137086
# Runs that lie farther apart than counting explains differ by alignment, dose or age.
TOO_SMALL_P = 0.01


def run(work: Work) -> Outcome:
    """Return mean and spread of the yields of several triples of one sample."""
    points = work.points["runs"]
    if points.y_unit != "%":
        raise CannotAnalyse(f"Yields are in %, not in {points.y_unit or 'plain numbers'}.")
    found = repeats(points.y, points.y_stderr)
    low, high = found.interval(ONE_SIGMA)
    least, most = found.std_interval(ONE_SIGMA)
    std_stderr = found.std / np.sqrt(2 * (found.count - 1))
    return Outcome(
        results=(
            Result("plqy", found.mean, found.sem, "%", low, high, "mean of runs"),
            Result("plqy_between_runs", found.std, std_stderr, "%", least, most),
        ),
        statistics={
            "likelihood": "unweighted, error from the spread of runs",
            "n": found.count,
            "dof": found.count - 1,
            "chi2": told_number(found.chi2),
            "p": told_number(found.p),
        },
        flags=flags_of_runs(found),
        plots=(plot_of(points, found),),
        says=f"{found.count} runs: {printed(Number(found.mean, found.sem))} %, {found.std:.2g} % apart (sd).",
    )


def flags_of_runs(found: Repeats) -> tuple[Flag, ...]:
    """Return the flag of runs that differ by more than their counts explain."""
    if not found.p < TOO_SMALL_P:
        return ()
    text = "The runs lie farther apart than the errors of the single ones; their spread is the error to use."
    return (Flag("runs_differ", text),)


def plot_of(points: Points, found: Repeats) -> Plot:
    """Return the runs with their mean."""
    has_errors = bool(np.isfinite(points.y_stderr).all())
    return Plot(
        "runs", "Repeats", "Run", "", "PLQY", "%", points.x, points.y, points.y_stderr if has_errors else None,
        model=np.full(len(points.x), found.mean), residuals=points.y - found.mean, drawn="points",
    )  # fmt: skip
