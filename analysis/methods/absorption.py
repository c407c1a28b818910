"""The first exciton of an absorbance spectrum, its scattering and its apparent gap."""

from collections.abc import Mapping

import numpy as np

from analysis.methods.absorbance import Absorbance, absorbance_of, below
from analysis.methods.absorption_plots import exciton_plot, tauc_plot
from analysis.methods.axis import number_of
from analysis.methods.contract import Flag, Outcome, Result, SettingValue, Work
from analysis.methods.telling import (
    Statistic,
    alternatives_of,
    covariance_of,
    flags_of,
    parameters_of,
    statistics_of,
)
from analysis.physics.absorption.curvature import Curvature, curvature_of
from analysis.physics.absorption.fitting import AbsorbanceFit, fit_absorbance
from analysis.physics.absorption.tauc import Tauc, tauc_gap
from analysis.physics.constants import HC_EV_NM
from analysis.physics.fitting.criteria import aicc, compare
from analysis.physics.fitting.residuals import runs_p
from analysis.physics.refusing import CannotAnalyse
from analysis.publishing.rounding import Number, printed

NAMES = {0: "edge alone", 1: "one exciton and an edge", 2: "two excitons and an edge"}
UNLIKELY_RUNS = 1e-4
# Another exciton is taken when AICc falls by more than this.
CLEAR_GAIN = 10.0
HARMLESS = ("scattering", "edge_height", "edge_width")
# Residuals that go together and are more than this part of the exciton's height make its numbers doubtful.
MOST_LEFT = 0.01
TOLD = ("absorbance1", "energy1", "fwhm1")
# An exciton whose minimum and fit lie further apart than this part of its width is not well separated.
MOST_APART = 0.35


def run(work: Work) -> Outcome:
    """Return the first exciton of one spectrum by fit and by second derivative, Tauc's gap and the scattering."""
    spectrum = absorbance_of(work.signals["spectrum"][0], work.settings)
    curvature, spectrum = looked_at(spectrum, work.settings)
    fits = {count: fit_absorbance(spectrum.energies_ev, spectrum.absorbances, curvature, count) for count in NAMES}
    count = chosen(fits)
    if count == 0:
        raise CannotAnalyse("No first exciton stands out of the edge; measure more concentrated, or in smaller steps.")
    best = fits[count]
    tauc, note = gap_of(spectrum, best, seed=work.seed)
    comparisons = compare({NAMES[key]: one.fitted for key, one in fits.items()})
    return Outcome(
        results=results_of(best, curvature, tauc, note),
        statistics={**statistics_of(best.fitted), **spectrum.statistics, **choices(curvature, tauc, NAMES[count])},
        flags=(*spectrum.flags, *fit_flags(best), *misfit_flags(best), *exciton_flags(best, curvature)),
        parameters=parameters_of(best.fitted),
        covariance=covariance_of(best.fitted),
        alternatives=alternatives_of(comparisons, chosen=NAMES[count], note="another exciton must gain 10 in AICc"),
        plots=(exciton_plot(spectrum, best, curvature), *tauc_plot(spectrum, best, tauc)),
        says=sentence(best, tauc),
    )


def looked_at(spectrum: Absorbance, settings: Mapping[str, SettingValue]) -> tuple[Curvature, Absorbance]:
    """Return the minima of the second derivative, and the spectrum up to a little above the first exciton."""
    curvature = curvature_of(
        spectrum.energies_ev, spectrum.absorbances, window_mev=number_of(settings.get("window_mev"))
    )
    if not len(curvature.energies_ev):
        raise CannotAnalyse("No exciton is seen: the second derivative has no minimum above the noise.")
    above_ev = number_of(settings.get("above_ev")) or 0.0
    return curvature, below(spectrum, float(curvature.energies_ev[0]) + above_ev)


def chosen(fits: Mapping[int, AbsorbanceFit]) -> int:
    """Return how many excitons the data speak for: each more must gain clearly."""
    best = 0
    for count, one in fits.items():
        if one.fitted.is_converged and aicc(fits[best].fitted) - aicc(one.fitted) > CLEAR_GAIN:
            best = count
    return best


def gap_of(spectrum: Absorbance, best: AbsorbanceFit, *, seed: int) -> tuple[Tauc | None, str]:
    """Return Tauc's gap on the rise of the first exciton, or why there is none."""
    scattering = best.model.parts(best.fitted.values)["scattering"]
    top_ev = best.fitted.value("energy1")
    try:
        return tauc_gap(spectrum.energies_ev, spectrum.absorbances - scattering, top_ev=top_ev, seed=seed), ""
    except CannotAnalyse as reason:
        return None, str(reason)


def results_of(best: AbsorbanceFit, curvature: Curvature, tauc: Tauc | None, note: str) -> tuple[Result, ...]:
    """Return the numbers of the spectrum."""
    fitted = best.fitted
    gap = Result("tauc_gap", None, None, "eV", note=note)
    if tauc is not None:
        gap = Result("tauc_gap", tauc.gap_ev, tauc.stderr_ev, "eV", tauc.low_ev, tauc.high_ev, note="apparent gap")
    return (
        exciton_result("exciton_energy", "energy1", "eV", best),
        exciton_result("exciton_fwhm", "fwhm1", "meV", best),
        exciton_result("exciton_absorbance", "absorbance1", "", best),
        Result("exciton_minimum", float(curvature.energies_ev[0]), curvature.stderr_ev, "eV"),
        Result("scattering_absorbance", fitted.value("scattering"), fitted.stderr("scattering")),
        gap,
    )


def exciton_result(name: str, parameter: str, unit: str, best: AbsorbanceFit) -> Result:
    """Return a number of the first exciton; where another minimum fits as well, the interval holds both."""
    fitted, rival = best.fitted, best.rival
    value, stderr = fitted.value(parameter), fitted.stderr(parameter)
    if rival is None:
        return Result(name, value, stderr, unit)
    ends = [(one.value(parameter), one.stderr(parameter)) for one in (fitted, rival)]
    low, high = min(at - error for at, error in ends), max(at + error for at, error in ends)
    return Result(name, value, stderr, unit, low, high, note="the interval holds two fits that are about as good")


def choices(curvature: Curvature, tauc: Tauc | None, model: str) -> dict[str, Statistic]:
    """Return the choices that were made."""
    told: dict[str, Statistic] = {
        "model": model,
        "second_derivative": f"Savitzky–Golay of degree 4 over {curvature.window_mev:.1f} meV",
        "window_mev": curvature.window_mev,
    }
    if tauc is not None:
        told["tauc_window_ev"] = f"{tauc.from_ev:.4f}–{tauc.to_ev:.4f}"
        told["tauc_points"] = tauc.point_count
        told["tauc_r_squared"] = tauc.r_squared
        told["tauc_interval"] = "68.3 % of 999 case bootstraps within the window"
    return told


def fit_flags(best: AbsorbanceFit) -> list[Flag]:
    """Return what to know about the fit; that edge and second exciton hang together says nothing of the first."""
    told = flags_of(best.fitted, harmless=HARMLESS)
    return [one for one in told if one.code != "correlated" or any(name in one.text for name in TOLD)]


def exciton_flags(best: AbsorbanceFit, curvature: Curvature) -> tuple[Flag, ...]:
    """Return what to know about the exciton."""
    fitted = best.fitted
    energy_ev, fwhm_ev = fitted.value("energy1"), fitted.value("fwhm1") * 1e-3
    flags = []
    if abs(energy_ev - float(curvature.energies_ev[0])) > MOST_APART * fwhm_ev:
        text = (
            f"The fit puts the exciton at {energy_ev:.4f} eV and the second derivative at"
            f" {curvature.energies_ev[0]:.4f} eV: it is not well separated from the edge; look at the fit."
        )
        flags.append(Flag("methods_differ", text, is_grave=True))
    if energy_ev - fwhm_ev < float(best.model.energies_ev[0]):
        text = "The spectrum starts on the exciton, so that nothing shows the scattering; measure further to the red."
        flags.append(Flag("at_edge", text, is_grave=True))
    return tuple(flags)


def misfit_flags(best: AbsorbanceFit) -> tuple[Flag, ...]:
    """Return flags of a model that is not like the spectrum, or that fits it in two ways."""
    fitted, flags = best.fitted, []
    chance = runs_p(fitted.residuals)
    if chance < UNLIKELY_RUNS:
        left_fraction = float(np.std(fitted.residuals)) / max(fitted.value("absorbance1"), 1e-300)
        text = (
            f"Neighbouring residuals go together (runs test, p = {chance:.1g}), {100 * left_fraction:.1g} % of the"
            " exciton high: the spectrum is not like the model; lower above_ev, or measure further to the red."
        )
        flags.append(Flag("residual_runs", text, is_grave=left_fraction > MOST_LEFT))
    if best.rival is not None:
        text = (
            "Edge and second exciton can share the absorbance in two ways that fit about equally; the other puts the"
            f" first exciton at {best.rival.value('energy1'):.4f} eV."
        )
        flags.append(Flag("two_minima", text))
    return tuple(flags)


def sentence(best: AbsorbanceFit, tauc: Tauc | None) -> str:
    """Return what a person reads first."""
    energy_ev, stderr_ev = best.fitted.value("energy1"), best.fitted.stderr("energy1")
    gap = f"; the apparent gap by Tauc is {printed(Number(tauc.gap_ev, tauc.stderr_ev))} eV" if tauc else ""
    return f"The first exciton lies at {printed(Number(energy_ev, stderr_ev))} eV ({HC_EV_NM / energy_ev:.1f} nm){gap}."
