"""Fits along a ladder as a method tells them: results with intervals, and the scatter beyond the stated errors."""

import numpy as np

from analysis.methods.contract import Flag, Result, SettingValue, Work
from analysis.methods.ladder_points import Ladder
from analysis.methods.telling import convergence_flags, statistics_of
from analysis.physics.points.choosing import Choice
from analysis.physics.points.scattered import Scattered, are_errors_of_fits

# Residuals whose signs run together this unlikely come from another law, not from scatter.
UNLIKELY_RUNS_P = 0.01


def is_scatter_found(work: Work, rungs: Ladder) -> bool:
    """Say whether scatter beyond the errors of the points is looked for even where χ² does not ask for it."""
    wish = work.settings["scatter"]
    return wish == "found" or (wish == "automatic" and are_errors_of_fits(rungs.y_stderrs))


def scattered_result(
    name: str, value: float, stderr: float, scattered: Scattered, unit: str, *, note: str = ""
) -> Result:
    """Return a result whose interval is Student's where the scatter was estimated from few points."""
    if not scattered.is_estimated or not stderr > 0:
        return Result(name, value, stderr, unit, note=note)
    half = stderr * scattered.reach_ratio / scattered.widening_ratio
    return Result(name, value, stderr, unit, low=value - half, high=value + half, note=note)


def scatter_statistics(scattered: Scattered, unit: str) -> dict[str, SettingValue]:
    """Return the statistics of a fit with those of its scatter, `unit` being that of the values fitted."""
    fitted = scattered.fitted
    told: dict[str, SettingValue] = dict(statistics_of(fitted))
    suffix = f"_{unit.lower()}" if unit else ""
    told[f"scatter{suffix}"] = scattered.extra
    told["stderr_widening"] = scattered.widening_ratio
    told["is_scatter_estimated"] = scattered.is_estimated
    told["interval"] = f"Student's t with ν = {fitted.dof_count}" if scattered.is_estimated else "normal"
    if scattered.stated_chi2 is None:
        return told
    told["stated_chi2"], told["stated_p"] = scattered.stated_chi2, scattered.stated_p
    stated_reduced = scattered.stated_chi2 / fitted.dof_count if fitted.dof_count > 0 else float("nan")
    if scattered.is_estimated:
        told["weighting"] = "1/(σ² + s²): the stated errors, and one scatter s for all points so that χ² = n − p"
        told["scale_factor"] = float(np.sqrt(stated_reduced))
    elif stated_reduced > 1:
        factor = float(np.sqrt(stated_reduced))
        scaled = zip(fitted.parameters, fitted.stderrs, strict=True)
        told |= {f"stderr_scaled_{one.name}": float(stderr) * factor for one, stderr in scaled if stderr > 0}
    return told


def scatter_flags(scattered: Scattered, unit: str) -> tuple[Flag, ...]:
    """Return what to know of a fit along a ladder."""
    fitted, flags = scattered.fitted, []
    if scattered.extra > 0 and scattered.stated_chi2 is not None and not scattered.is_found:
        text = (
            f"The points scatter by {scattered.extra:.2g} {unit} beyond their stated errors "
            f"(χ² {scattered.stated_chi2:.3g} for {fitted.dof_count} degrees of freedom); the errors told include it."
        )
        flags.append(Flag("extra_scatter", text))
    if scattered.extra > 0 and scattered.is_known:
        runs_p = statistics_of(fitted)["runs_p"]
        if isinstance(runs_p, float) and runs_p < UNLIKELY_RUNS_P:
            text = "Neighbouring points lie on one side of the law, so another law may hold; look at the residuals."
            flags.append(Flag("systematic_residuals", text))
    return (*convergence_flags(fitted), *flags)


def scatter_said(scattered: Scattered, unit: str) -> str:
    """Return the end of a sentence that tells of scatter that no error of a point knew of."""
    if not scattered.is_known or scattered.extra == 0:
        return ""
    return f"; between rungs the points scatter by {scattered.extra:.2g} {unit}, which the errors hold"


def choice_statistics(choice: Choice) -> dict[str, SettingValue]:
    """Return how laws were compared."""
    way = "n ln(χ²/n) + 2 k, the size of the errors free" if choice.is_scale_free else "χ² + 2 k"
    if choice.compared[0].fitted.likelihood.value == "unknown standard error":
        way = "n ln(χ²/n) + 2 k, the size of the errors free"
    return {"compared_by": f"AICc from {way}"}
