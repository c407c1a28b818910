"""One pressure of a rung from its rubies: several chips, before and after."""

import numpy as np

from analysis.methods.contract import Flag, Outcome, Plot, Points, Result, Work
from analysis.physics.fitting.problem import Floats
from analysis.physics.pressure.units import in_gpa
from analysis.physics.refusing import CannotAnalyse
from analysis.physics.ruby.combining import AFTER, BEFORE, RungPressure, combine_ruby
from analysis.publishing.rounding import Number, printed

# A drift or spread is told when it is this many times its own error.
CLEAR_SIGMAS = 3.0


def run(work: Work) -> Outcome:
    """Return mean, drift and spread of the ruby pressures of one rung."""
    points = work.points.get("rubies")
    if points is None:
        raise CannotAnalyse("The pressure of a rung needs its ruby pressures.")
    pressures_gpa, stderrs_gpa = in_gpa(points.y, points.y_unit), in_gpa(points.y_stderr, points.y_unit)
    moments, chips = labels_read(points)
    combined = combine_ruby(pressures_gpa, stderrs_gpa, moments, chips)
    stderr = combined.stderr_gpa if np.isfinite(combined.stderr_gpa) else None
    drift_stderr_gpa = finite(combined.drift_stderr_gpa)
    results = (
        Result("pressure", combined.value_gpa, stderr, "GPa"),
        Result("pressure_drift", combined.drift_gpa, drift_stderr_gpa, "GPa", note=drift_note(combined)),
        Result("pressure_spread", combined.spread_gpa, None, "GPa", note=spread_note(combined)),
    )
    return Outcome(
        results=results,
        statistics=statistics_told(combined, len(pressures_gpa)),
        flags=flags_told(combined),
        plots=(rubies_plot(points, pressures_gpa, stderrs_gpa, combined),),
        says=f"{printed(Number(combined.value_gpa, stderr))} GPa from {len(pressures_gpa)} ruby spectra.",
    )


def labels_read(points: Points) -> tuple[list[str], list[str]]:
    """Return the moment (before, after or none) and the chip in every label: "before", "chip 2, after"."""
    labels = points.labels or ("",) * len(points.y)
    moments, chips = [], []
    for label in labels:
        words = label.lower().replace(",", " ").replace(";", " ").split()
        moments.append(next((word for word in words if word in {BEFORE, AFTER}), ""))
        chips.append(" ".join(word for word in words if word not in {BEFORE, AFTER}))
    return moments, chips


def finite(value: float | None) -> float | None:
    """Return a number that is one."""
    return value if value is not None and np.isfinite(value) else None


def drift_note(combined: RungPressure) -> str:
    """Return what the drift is, or why there is none."""
    return "half of after minus before" if combined.drift_gpa is not None else "needs one ruby before and one after"


def spread_note(combined: RungPressure) -> str:
    """Return what the spread is, or why there is none."""
    return f"between {combined.chip_count} chips" if combined.spread_gpa is not None else "needs several chips"


def statistics_told(combined: RungPressure, count: int) -> dict[str, float | int | str | None]:
    """Return how the mean was taken and how the values agree."""
    return {
        "weighting": "mean over chips of the mean of before and after, without weights",
        "n": count,
        "chip_count": combined.chip_count,
        "p": combined.p,
        "stderr_from_values_gpa": finite(combined.from_values_gpa),
        "stderr_with_drift_gpa": finite(combined.stderr_with_drift_gpa),
    }


def flags_told(combined: RungPressure) -> tuple[Flag, ...]:
    """Return what to know before the pressure is used."""
    flags = []
    drift, error = combined.drift_gpa, finite(combined.drift_stderr_gpa)
    if drift is not None and error and abs(drift) > CLEAR_SIGMAS * error:
        text = f"The pressure moved by {2 * drift:+.3g} GPa between before and after; the spectrum lies in between."
        flags.append(Flag("drift", text))
    if combined.p is not None and combined.p < 0.001:
        text = (
            f"The chips differ by {combined.spread_gpa:.3g} GPa, more than their errors explain: "
            "the medium may not be hydrostatic."
        )
        flags.append(Flag("chips_differ", text))
    return tuple(flags)


def rubies_plot(points: Points, pressures_gpa: Floats, stderrs_gpa: Floats, combined: RungPressure) -> Plot:
    """Return the ruby pressures in the order they are given, and their mean."""
    labels = points.labels or ("",) * len(pressures_gpa)
    order = np.arange(1.0, len(pressures_gpa) + 1.0)
    places = zip(order, pressures_gpa, labels, strict=True)
    marks = tuple((float(x), float(y), label) for x, y, label in places if label)
    return Plot(
        "rubies", "Ruby pressures of the rung", "Ruby", "", "Pressure", "GPa", order, pressures_gpa,
        np.nan_to_num(stderrs_gpa), model=np.full(len(order), combined.value_gpa), marks=marks, drawn="points",
    )  # fmt: skip
