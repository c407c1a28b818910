"""The emission line of a PL spectrum: its energy, width and photons."""

from collections.abc import Mapping
from math import sqrt

from analysis.methods.contract import Alternative, Outcome, Result, Work
from analysis.methods.emission import Emission, emission_of
from analysis.methods.line_checks import line_flags, refuse_noise
from analysis.methods.line_plot import line_plot
from analysis.methods.telling import (
    Statistic,
    alternatives_of,
    covariance_of,
    flags_of,
    parameters_of,
    statistics_of,
)
from analysis.physics.constants import FWHM_PER_SIGMA, HC_EV_NM
from analysis.physics.fitting.criteria import aicc, compare
from analysis.physics.fitting.intervals import profile_interval
from analysis.physics.fitting.problem import Likelihood
from analysis.physics.lines.peak import LineFit, Told, fit_pl_peak, is_clearly_better
from analysis.publishing.rounding import Number, printed

# Each model by shape and whether its background slopes; the first is left only for one that gains clearly.
MODELS = {
    "gaussian": ("gaussian", False),
    "gaussian, sloping background": ("gaussian", True),
    "voigt": ("voigt", False),
    "two-sided": ("two-sided", False),
    "two gaussians": ("two gaussians", False),
}
COMPARED = "compared"
# With fewer photons than this many of their standard errors, ± is no interval.
WEAK_RATIO = 12.0


def run(work: Work) -> Outcome:
    """Return the line of one PL spectrum."""
    emission = emission_of(work.signals["spectrum"][0], work.settings)
    fits = fitted_models(emission, str(work.settings["shape"]))
    name = chosen(fits)
    line = fits[name]
    refuse_noise(emission, line)
    return Outcome(
        results=results_of(emission, line),
        statistics={**statistics_of(line.fitted), **emission.statistics, "shape": name, **told_maximum(line)},
        flags=(
            *emission.flags,
            *flags_of(line.fitted, harmless=("background", "fwhm_lorentz", "fwhm_gauss")),
            *line_flags(emission, line, name),
        ),
        parameters=parameters_of(line.fitted),
        covariance=covariance_of(line.fitted),
        alternatives=alternatives(fits, name),
        plots=(line_plot(emission, line),),
        says=sentence(line),
    )


def fitted_models(emission: Emission, shape: str) -> dict[str, LineFit]:
    """Return every model that was asked for, fitted to the same readings."""
    names = list(MODELS) if shape == COMPARED else [shape]
    fits = {}
    for name in names:
        form, is_sloping = MODELS[name]
        fits[name] = fit_pl_peak(
            emission.bins, emission.readings, likelihood=emission.likelihood, shape=form, is_sloping=is_sloping
        )
    return fits


def chosen(fits: Mapping[str, LineFit]) -> str:
    """Return the first model, or the one with the lowest AICc if that is clearly lower."""
    first, *others = fits
    better = [name for name in others if is_clearly_better(fits[name], fits[first])]
    return min(better, key=lambda name: aicc(fits[name].fitted), default=first)


def alternatives(fits: Mapping[str, LineFit], name: str) -> tuple[Alternative, ...]:
    """Return the models that were compared, none where there was one."""
    if len(fits) < 2:
        return ()
    note = "a Gaussian unless another gains more than 10 in AICc"
    return alternatives_of(compare({key: one.fitted for key, one in fits.items()}), chosen=name, note=note)


def results_of(emission: Emission, line: LineFit) -> tuple[Result, ...]:
    """Return the numbers of a line."""
    energy, fwhm = line.peak_energy_ev, line.fwhm_mev
    wavelength_nm = HC_EV_NM / energy.value
    weak = weak_intervals(emission, line)
    low_ev, high_ev = weak.get("energy", (None, None))
    lows = (HC_EV_NM / high_ev, HC_EV_NM / low_ev) if low_ev and high_ev else (None, None)
    told = (
        Result("peak_energy", energy.value, energy.stderr, "eV", low_ev, high_ev),
        Result("peak_wavelength", wavelength_nm, wavelength_nm * energy.stderr / energy.value, "nm", *lows),
        Result("fwhm", fwhm.value, fwhm.stderr, "meV", *weak.get("fwhm", (None, None))),
        Result("centroid_energy", line.centroid_ev.value, line.centroid_ev.stderr, "eV"),
    )
    return (*told, photons_of(emission, line.photons, weak.get("photons", (None, None))))


def photons_of(emission: Emission, photons: Told, interval: tuple[float | None, float | None]) -> Result:
    """Return the photons in the line, or why there is no number of them."""
    if emission.likelihood is not Likelihood.POISSON:
        return Result("photons", None, None, "counts", note="the file holds no counts")
    return Result("photons", photons.value, photons.stderr, "counts", *interval)


def weak_intervals(emission: Emission, line: LineFit) -> dict[str, tuple[float, float]]:
    """Return profile intervals of a faint line, whose errors are not the same on both sides."""
    photons = line.photons
    if line.shape.name != "gaussian" or photons.value > WEAK_RATIO * photons.stderr:
        return {}
    intervals = {name: profile_interval(line.problem, line.fitted, name) for name in ("energy", "fwhm", "photons")}
    return {name: (one.low, one.high) for name, one in intervals.items()}


def told_maximum(line: LineFit) -> dict[str, Statistic]:
    """Return how the peak was found, and where a Gaussian is highest per nm instead."""
    told: dict[str, Statistic] = {"method_of_peak": "maximum of the line per eV; its wavelength is hc/E"}
    if line.shape.name == "gaussian":
        energy_ev, sigma_ev = line.peak_energy_ev.value, line.fwhm_mev.value * 1e-3 / FWHM_PER_SIGMA
        told["maximum_per_nm_nm"] = HC_EV_NM / (0.5 * (energy_ev + sqrt(energy_ev**2 + 8.0 * sigma_ev**2)))
    return told


def sentence(line: LineFit) -> str:
    """Return what a person reads first."""
    energy, fwhm = line.peak_energy_ev, line.fwhm_mev
    return (
        f"The line peaks at {printed(Number(energy.value, energy.stderr))} eV ({HC_EV_NM / energy.value:.1f} nm) and is"
        f" {printed(Number(fwhm.value, fwhm.stderr))} meV wide."
    )
