"""The linewidth against temperature: acoustic and LO phonons, with profile intervals and bounds said."""

import numpy as np

from analysis.methods.contract import Flag, Outcome, Plot, Result, Work
from analysis.methods.ladder_points import Ladder, ladder, points_of, temperature_ladder, widths_mev
from analysis.methods.ladder_telling import (
    choice_statistics,
    is_scatter_found,
    scatter_flags,
    scatter_said,
    scatter_statistics,
)
from analysis.methods.telling import alternatives_of, covariance_of, parameters_of
from analysis.physics.temperature.broadening import (
    ENERGY_BOUNDS_MEV,
    NAMES,
    UNITS,
    BroadeningFit,
    fit_broadening,
    linewidths_mev,
)
from analysis.publishing.rounding import Number, printed


def run(work: Work) -> Outcome:
    """Return Γ0, σ_ac, Γ_LO and E_LO of one temperature series."""
    points, said = temperature_ladder(points_of(work, "widths"))
    values, stderrs, more = widths_mev(points)
    rungs = ladder(points, points.x, points.x_stderr, values, stderrs, flags=(*said, *more))
    fit = fit_broadening(
        rungs.x, rungs.y, rungs.y_stderrs, temperature_stderrs_k=rungs.x_stderrs,
        is_found=is_scatter_found(work, rungs), seed=work.seed,
    )  # fmt: skip
    results = tuple(result_of(fit, name, unit) for name, unit in zip(NAMES, UNITS, strict=True))
    told = printed(Number(results[-1].value, results[-1].stderr, results[-1].low, results[-1].high))
    full = next(one.name for one in fit.choice.compared if "all" in one.name)
    return Outcome(
        results=results,
        statistics={
            **scatter_statistics(fit.scattered, "meV"),
            **choice_statistics(fit.choice),
            "interval": "profile likelihood",
            "lowest_aicc": fit.choice.compared[0].name,
        },
        flags=(*rungs.flags, *scatter_flags(fit.scattered, "meV"), *bound_flags(fit)),
        parameters=parameters_of(fit.scattered.fitted),
        covariance=covariance_of(fit.scattered.fitted),
        alternatives=alternatives_of(fit.choice.compared, chosen=full),
        plots=(widths_plot(fit, rungs),),
        says=f"E_LO = {told} meV; it depends on whether acoustic phonons are in the law"
        f"{scatter_said(fit.scattered, 'meV')}.",
    )


def result_of(fit: BroadeningFit, name: str, unit: str) -> Result:
    """Return one parameter with its profile interval; an end that is not reached is left open."""
    fitted, (low, high) = fit.scattered.fitted, fit.reach(name)
    stderr = fit.stderr(name)
    note = "at its bound" if name in fitted.at_bound else ""
    return Result(
        name, fitted.value(name), stderr if np.isfinite(stderr) else None, unit,
        low=low if np.isfinite(low) else None, high=high if np.isfinite(high) else None, note=note,
    )  # fmt: skip


def bound_flags(fit: BroadeningFit) -> tuple[Flag, ...]:
    """Return which parameters ended on a bound, and that the law's parameters hardly differ in what they do."""
    at_bound = fit.scattered.fitted.at_bound
    flags = []
    if "linewidth_acoustic" in at_bound or "linewidth_zero" in at_bound:
        text = (
            "σ_ac or Γ0 ended at zero: σ_ac, Γ_LO and E_LO do nearly the same over these temperatures, so E_LO depends "
            "on the law. Use the profile intervals, and measure at lower and higher temperatures."
        )
        flags.append(Flag("at_bound", text))
    if "linewidth_phonon" in at_bound:
        text = "Γ_LO ended at zero, so these widths show no LO phonons and E_LO means nothing."
        flags.append(Flag("no_phonons", text, is_grave=True))
    if "phonon_energy" in at_bound:
        low, high = ENERGY_BOUNDS_MEV
        text = f"E_LO ended on its bound ({low:g} to {high:g} meV) and is no energy of a phonon; measure more widely."
        flags.append(Flag("energy_at_bound", text, is_grave=True))
    return tuple(flags)


def widths_plot(fit: BroadeningFit, rungs: Ladder) -> Plot:
    """Return the points, the law and its parts."""
    values, fitted = fit.scattered.fitted.values, fit.scattered.fitted
    model_x = np.linspace(1.0, float(rungs.x.max()), 300)
    zero, acoustic, _, _ = values
    parts = {
        "Γ₀": np.full(len(model_x), zero),
        "Γ₀ + σ_ac T": zero + acoustic * model_x,
    }
    return Plot(
        "widths", "Linewidth against temperature", "Temperature", "K", "FWHM", "meV", rungs.x, rungs.y, rungs.y_stderrs,
        model=linewidths_mev(values, model_x), model_x=model_x, residuals=rungs.y - fitted.predicted, components=parts,
        drawn="points",
    )  # fmt: skip
