"""Lifetimes against pressure: the change in ln τ, the shortest one, and where the window was switched."""

import numpy as np

from analysis.methods.contract import Flag, Outcome, Plot, Result, ResultTable, Work
from analysis.methods.ladder_points import NS_PER, Ladder, in_unit, ladder, points_of, pressure_ladder
from analysis.physics.pressure.lifetimes import LifetimeChange, lifetime_change
from analysis.publishing.rounding import Number, printed

# Beyond this change the band looks at another part of the line.
MOST_CHANGE_FRACTION = 0.2


def run(work: Work) -> Outcome:
    """Return the change of the lifetime along pressure, its minimum, and whether it goes one way."""
    points = points_of(work, "lifetimes")
    pressures, pressure_stderrs, said = pressure_ladder(points)
    lifetimes, stderrs, more = in_unit(points, NS_PER, "ns", "the lifetimes")
    rungs = ladder(points, pressures, pressure_stderrs, lifetimes, stderrs, flags=(*said, *more))
    errors = np.full(len(rungs.x), np.nan) if rungs.y_stderrs is None else rungs.y_stderrs
    change = lifetime_change(rungs.y, errors, rungs.labels)
    lowest = change.lowest
    results = (
        Result("lifetime_log_change", change.change, finite(change.change_stderr), "", note=ends_told(rungs)),
        Result("lifetime_minimum", float(rungs.y[lowest]), finite(errors[lowest]), "ns"),
        Result("lifetime_minimum_pressure", float(rungs.x[lowest]), finite(rungs.x_stderrs[lowest]), "GPa"),
    )
    told = printed(Number(change.change, finite(change.change_stderr)))
    return Outcome(
        results=results,
        statistics={
            "weighting": "none; every lifetime beside the first",
            "n": len(rungs.x),
            "trend": change.trend,
            "trend_holds": "3 standard errors" if rungs.y_stderrs is not None else "by the values alone",
            "windows": " → ".join(dict.fromkeys(label for label in rungs.labels if label)),
        },
        flags=(*rungs.flags, *window_flags(change, rungs), *band_flags(work)),
        plots=(lifetimes_plot(change, rungs),),
        tables=(changes_table(change, rungs),),
        says=f"ln τ changes by {told} ({ends_told(rungs)}); the lifetime {trend_said(change)} and is shortest at "
        f"{at(rungs.x[lowest])} GPa.",
    )


def finite(value: float) -> float | None:
    """Return a number that is one."""
    return float(value) if np.isfinite(value) else None


def ends_told(rungs: Ladder) -> str:
    """Return between which pressures."""
    return f"from {at(rungs.x[0])} to {at(rungs.x[-1])} GPa"


def trend_said(change: LifetimeChange) -> str:
    """Return the trend as it stands in a sentence."""
    return {"falls": "falls", "rises": "rises", "not monotone": "does not go one way"}.get(
        change.trend, "shows no clear change"
    )


def window_flags(change: LifetimeChange, rungs: Ladder) -> tuple[Flag, ...]:
    """Return that lifetimes of different windows stand beside each other, and when a rise hangs on that."""
    if not change.switches:
        return ()
    switches = ", ".join(
        f"{rungs.labels[row - 1] or 'not stated'} to {rungs.labels[row] or 'not stated'} at {at(rungs.x[row])} GPa"
        for row in change.switches
    )
    text = f"The window was switched ({switches}); a longer window sees longer lifetimes."
    if change.is_rise_across_switch:
        text += " Every clear rise after the shortest lifetime lies in the other window: measure one rung in both."
    return (Flag("window_switched", text),)


def band_flags(work: Work) -> tuple[Flag, ...]:
    """Return that the band sees another part of the line on other rungs, so that it may be another population."""
    shares = work.points["bands"].y if "bands" in work.points else np.array([])
    shares = shares[np.isfinite(shares)]
    if len(shares) < 2 or shares.min() <= 0 or shares.max() / shares.min() - 1 <= MOST_CHANGE_FRACTION:
        return ()
    text = (
        f"The share of the emission inside the band runs from {100 * shares.min():.0f} to {100 * shares.max():.0f} % "
        "along the ladder: let the band follow the peak."
    )
    return (Flag("band_clipped", text),)


def changes_table(change: LifetimeChange, rungs: Ladder) -> ResultTable:
    """Return every lifetime beside the first, with its window."""
    errors = np.full(len(rungs.x), np.nan) if rungs.y_stderrs is None else rungs.y_stderrs
    rows = tuple(
        (
            float(x),
            float(y),
            finite(error),
            float(log),
            finite(log_error),
            label,
            "switched" if row in change.switches else "",
        )
        for row, (x, y, error, log, log_error, label) in enumerate(
            zip(rungs.x, rungs.y, errors, change.log_changes, change.log_change_stderrs, rungs.labels, strict=True)
        )
    )
    columns = (("P", "GPa"), ("τ", "ns"), ("± τ", "ns"), ("Δln τ", ""), ("± Δln τ", ""), ("Window", ""), ("", ""))
    return ResultTable("changes", "Lifetimes beside the first", columns, rows)


def lifetimes_plot(change: LifetimeChange, rungs: Ladder) -> Plot:
    """Return the lifetimes with a mark where the window changes."""
    marks = tuple(
        (float(rungs.x[row - 1] + rungs.x[row]) / 2, None, f"{rungs.labels[row - 1]} | {rungs.labels[row]}")
        for row in change.switches
    )
    return Plot(
        "lifetimes", "Lifetime against pressure", "Pressure", "GPa", "Lifetime", "ns", rungs.x, rungs.y,
        rungs.y_stderrs, marks=marks, drawn="points",
    )  # fmt: skip


def at(pressure_gpa: float) -> str:
    """Return a pressure as people write it; ruby tells no more than some thousandths of a GPa."""
    return f"{round(float(pressure_gpa), 3) + 0.0:g}"
