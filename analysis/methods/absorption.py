"""The first exciton of an absorbance spectrum, its scattering and its apparent gap."""

from collections.abc import Mapping

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
        flags=(*spectrum.flags, *fit_flags(best), *exciton_flags(best, curvature)),
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
        Result("exciton_energy", fitted.value("energy1"), fitted.stderr("energy1"), "eV"),
        Result("exciton_fwhm", fitted.value("fwhm1"), fitted.stderr("fwhm1"), "meV"),
        Result("exciton_absorbance", fitted.value("absorbance1"), fitted.stderr("absorbance1")),
        Result("exciton_minimum", float(curvature.energies_ev[0]), curvature.stderr_ev, "eV"),
        Result("scattering_absorbance", fitted.value("scattering"), fitted.stderr("scattering")),
        gap,
    )


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
    chance = runs_p(fitted.residuals)
    if chance < UNLIKELY_RUNS:
        text = (
            f"Neighbouring residuals go together (runs test, p = {chance:.1g}): the absorption above the exciton is not"
            " like the model; lower above_ev."
        )
        flags.append(Flag("residual_runs", text))
    if energy_ev - fwhm_ev < float(best.model.energies_ev[0]):
        text = "The spectrum starts on the exciton, so that nothing shows the scattering; measure further to the red."
        flags.append(Flag("at_edge", text, is_grave=True))
    return tuple(flags)


def sentence(best: AbsorbanceFit, tauc: Tauc | None) -> str:
    """Return what a person reads first."""
    energy_ev, stderr_ev = best.fitted.value("energy1"), best.fitted.stderr("energy1")
    gap = f"; the apparent gap by Tauc is {printed(Number(tauc.gap_ev, tauc.stderr_ev))} eV" if tauc else ""
    return f"The first exciton lies at {printed(Number(energy_ev, stderr_ev))} eV ({HC_EV_NM / energy_ev:.1f} nm){gap}."
