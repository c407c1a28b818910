"""Quenching: the photons of a line against temperature, in logarithms, by one or two channels."""

import numpy as np

from analysis.methods.contract import Flag, Outcome, Plot, Result, SettingValue, Work
from analysis.methods.ladder_points import Ladder, ladder, points_of, temperature_ladder
from analysis.methods.ladder_telling import (
    choice_statistics,
    is_scatter_found,
    scatter_flags,
    scatter_said,
    scatter_statistics,
    scattered_result,
)
from analysis.methods.telling import alternatives_of, parameters_of
from analysis.physics.refusing import CannotAnalyse
from analysis.physics.temperature.quenching import (
    CLEARLY,
    KINK,
    NAMES,
    TWO,
    QuenchingFit,
    fit_part,
    fit_quenching,
    ln_intensities,
)
from analysis.publishing.rounding import Number, printed


def run(work: Work) -> Outcome:
    """Return I0, ln a and Ea of one temperature series, and whether it has a kink."""
    rungs = rungs_of(work)
    fit = fit_quenching(
        rungs.x, rungs.y, rungs.y_stderrs, law=str(work.settings["channels"]), temperature_stderrs_k=rungs.x_stderrs,
        is_found=is_scatter_found(work, rungs), seed=work.seed,
    )  # fmt: skip
    results, used = results_of(fit), NAMES[:5] if fit.law == TWO else NAMES[:3]
    energy = next(one for one in results if one.name == "quenching_energy")
    covariance = fit.scattered.fitted.covariance[: len(used), : len(used)]
    return Outcome(
        results=results,
        statistics={
            "data": "ln I with errors σ_I/I" if fit.scattered.is_known else "ln I with equal weights",
            **scatter_statistics(fit.scattered, ""),
            **choice_statistics(fit.choice),
            **kink_statistics(fit, rungs),
        },
        flags=(*rungs.flags, *scatter_flags(fit.scattered, "in ln I"), *quenching_flags(fit)),
        parameters=tuple(one for one in parameters_of(fit.scattered.fitted) if one.name in used),
        covariance=tuple(tuple(float(value) for value in row) for row in covariance),
        alternatives=alternatives_of(fit.choice.compared, chosen=fit.law),
        plots=(quenching_plot(fit, rungs),),
        says=f"Ea = {printed(Number(energy.value, energy.stderr))} meV by {fit.law}; {kink_said(fit)}"
        f"{scatter_said(fit.scattered, 'in ln I')}.",
    )


def rungs_of(work: Work) -> Ladder:
    """Return ln I of a temperature series in order; an intensity that was not detected has no logarithm."""
    points, said = temperature_ladder(points_of(work, "intensities"))
    is_missing = ~(points.y > 0) & np.isfinite(points.y)
    if is_missing.all():
        raise CannotAnalyse("No intensity lies above zero; give the photons of the line, not a difference.")
    if is_missing.any():
        text = (
            f"{int(is_missing.sum())} intensities are zero or below and were left out: they have no logarithm, and "
            "what was not detected is not zero."
        )
        said = (*said, Flag("not_detected", text))
    intensities = np.where(points.y > 0, points.y, np.nan)
    return ladder(
        points, points.x, points.x_stderr, np.log(intensities), points.y_stderr / intensities, flags=said
    )  # fmt: skip


def results_of(fit: QuenchingFit) -> tuple[Result, ...]:
    """Return the parameters of the chosen law."""
    fitted, scattered = fit.scattered.fitted, fit.scattered
    ratio = scattered.widening_ratio
    intensity = float(np.exp(fitted.value("ln_i0")))
    told = [
        scattered_result(
            "quenching_intensity", intensity, intensity * fitted.stderr("ln_i0") * ratio, scattered, "counts",
            note="in the unit of the points",
        ),
        scattered_result("quenching_strength", fitted.value("ln_a"), fitted.stderr("ln_a") * ratio, scattered, ""),
        scattered_result("quenching_energy", fitted.value("ea_mev"), fitted.stderr("ea_mev") * ratio, scattered, "meV"),
    ]  # fmt: skip
    if fit.law == TWO:
        second, energy = fitted.value("ln_a2"), fitted.value("ea2_mev")
        told += [
            scattered_result("quenching_strength2", second, fitted.stderr("ln_a2") * ratio, scattered, ""),
            scattered_result("quenching_energy2", energy, fitted.stderr("ea2_mev") * ratio, scattered, "meV"),
        ]
    return tuple(told)


def is_bent(fit: QuenchingFit) -> bool:
    """Say whether a kink describes the points clearly better than the chosen law."""
    above = {one.name: one.aicc_above for one in fit.choice.compared}
    return KINK in above and above[fit.law] - above[KINK] > CLEARLY


def kink_statistics(fit: QuenchingFit, rungs: Ladder) -> dict[str, SettingValue]:
    """Return where a kink fits best and what it gains; below and above it the activation energies on their own."""
    if fit.kink_k is None:
        return {"kink": "not tested, too few temperatures"}
    above = {one.name: one.aicc_above for one in fit.choice.compared}
    told: dict[str, SettingValue] = {
        "kink": "seen" if is_bent(fit) else "none seen",
        "kink_temperature_k": fit.kink_k,
        "kink_aicc_gain": above[fit.law] - above[KINK],
    }
    if is_bent(fit):
        for name, is_side in (("below", rungs.x <= fit.kink_k), ("above", rungs.x > fit.kink_k)):
            part = rungs.part(is_side)
            found = fit_part(part.x, part.y, part.y_stderrs)
            told[f"ea_{name}_kink_mev"] = found[0] if found else None
            told[f"ea_{name}_kink_stderr_mev"] = found[1] if found else None
    return told


def kink_said(fit: QuenchingFit) -> str:
    """Return in words whether there is a kink."""
    if fit.kink_k is None:
        return "too few temperatures to look for a kink"
    return f"the points bend at {fit.kink_k:.0f} K" if is_bent(fit) else "no kink is seen"


def quenching_flags(fit: QuenchingFit) -> tuple[Flag, ...]:
    """Return what speaks against the law."""
    flags = []
    fitted = fit.scattered.fitted
    if is_bent(fit):
        text = f"A kink at {fit.kink_k:.0f} K describes the points clearly better than {fit.law}; see both parts."
        flags.append(Flag("kink", text))
    if set(fitted.at_bound) & {"ea_mev", "ea2_mev", "ln_a", "ln_a2"}:
        text = "A parameter ended on its bound: these temperatures show no quenching that this law describes."
        flags.append(Flag("at_bound", text, is_grave=True))
    elif fitted.stderr("ea_mev") > fitted.value("ea_mev"):
        text = "Ea is less sure than it is large: the intensity hardly changes, or too few temperatures were measured."
        flags.append(Flag("no_quenching", text, is_grave=True))
    return tuple(flags)


def quenching_plot(fit: QuenchingFit, rungs: Ladder) -> Plot:
    """Return the logarithms over temperature with the law."""
    model_x = np.linspace(float(rungs.x.min()), float(rungs.x.max()), 300)
    return Plot(
        "quenching", "Quenching", "Temperature", "K", "ln I", "", rungs.x, rungs.y, rungs.y_stderrs,
        model=ln_intensities(fit.scattered.fitted.values, model_x), model_x=model_x,
        residuals=rungs.y - fit.scattered.fitted.predicted,
        marks=((fit.kink_k, None, "kink"),) if fit.kink_k is not None and is_bent(fit) else (), drawn="points",
    )  # fmt: skip
