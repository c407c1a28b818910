"""How a PL peak shifts with pressure: a line, a parabola or a kink, compression and release apart."""

import numpy as np

from analysis.methods.contract import Flag, Outcome, Result, SettingValue, Work
from analysis.methods.ladder_points import Ladder, energies_ev, ladder, points_of, pressure_ladder
from analysis.methods.ladder_telling import is_scatter_found, scatter_flags, scatter_said, scatter_statistics
from analysis.methods.pressure_shift_branches import (
    Shift,
    branches_of,
    hysteresis,
    hysteresis_flags,
    shift_plot,
    shift_results,
    shift_table,
)
from analysis.methods.telling import alternatives_of, covariance_of, parameters_of
from analysis.physics.pressure.kink import FEWEST_EACH_SIDE, KINK
from analysis.physics.refusing import CannotAnalyse
from analysis.publishing.rounding import Number, printed


def run(work: Work) -> Outcome:
    """Return the shift of the peak on compression, and the release beside it."""
    points = points_of(work, "energies")
    pressures, pressure_stderrs, said = pressure_ladder(points)
    values, stderrs, more = energies_ev(points)
    rungs = ladder(points, pressures, pressure_stderrs, values, stderrs, flags=(*said, *more))
    up, down = branches_of(rungs)
    if len(np.unique(up.x)) < 3:
        raise CannotAnalyse(f"{len(np.unique(up.x))} pressures on compression are too few for a slope; measure 3.")
    is_found = is_scatter_found(work, rungs)
    shift = Shift.of(up, str(work.settings["model"]), work.seed, is_found=is_found)
    released = Shift.of(down, "best", work.seed, is_found=is_found) if len(np.unique(down.x)) >= 3 else None
    pairs = hysteresis(up, down, shift)
    results = shift_results(shift)
    return Outcome(
        results=results,
        statistics={**scatter_statistics(shift.scattered, "eV"), **shift_statistics(shift, down)},
        flags=(*rungs.flags, *scatter_flags(shift.scattered, "eV"), *kink_flags(shift), *hysteresis_flags(pairs)),
        parameters=parameters_of(shift.scattered.fitted),
        covariance=covariance_of(shift.scattered.fitted),
        alternatives=alternatives_of(shift.compared, chosen=shift.model),
        plots=(shift_plot(shift, down),),
        tables=shift_table(shift, released, pairs),
        says=f"{said_of(shift, results)}{scatter_said(shift.scattered, 'eV')}.",
    )


def shift_statistics(shift: Shift, down: Ladder) -> dict[str, SettingValue]:
    """Return how models were compared and what the release branch holds."""
    told: dict[str, SettingValue] = {
        "model": shift.model,
        "compared_by": "AICc of all laws on the weights of the kink",
        "pressure_errors": "effective variance"
        if shift.has_pressure_errors
        else "not used: not every point has errors",
        "release_count": len(down.x),
    }
    if shift.kink is not None:
        interval = shift.kink.interval_95
        told |= {
            "kink_95_low_gpa": interval.low,
            "kink_95_high_gpa": interval.high,
            "points_below": shift.kink.below_count,
            "points_above": shift.kink.above_count,
        }
    return told


def kink_flags(shift: Shift) -> tuple[Flag, ...]:
    """Return why a kink that was looked for is not told."""
    if shift.kink is None or shift.kink.is_identifiable or not shift.wants_kink:
        return ()
    text = (
        f"Kink not identifiable: {shift.kink.below_count} pressures lie below and {shift.kink.above_count} above the "
        f"best place; {FEWEST_EACH_SIDE} are needed on each side. Measure more rungs around it."
    )
    return (Flag("kink_not_identifiable", text),)


def said_of(shift: Shift, results: tuple[Result, ...]) -> str:
    """Return the sentence of the shift."""
    told = {one.name: printed(Number(one.value, one.stderr)) for one in results}
    if shift.model == KINK:
        return (
            f"The peak shifts by {told['pressure_slope_below']} meV/GPa up to {told['pressure_kink']} GPa and by "
            f"{told['pressure_slope_above']} meV/GPa beyond"
        )
    place = "" if shift.model == "line" else " at P = 0, along a parabola"
    return f"The peak shifts by {told['pressure_slope']} meV/GPa{place}; no kink is supported"
