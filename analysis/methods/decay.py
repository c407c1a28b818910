"""The decay after a pulse: lifetimes, amplitudes and averages from raw counts, through the instrument response."""

from collections.abc import Mapping
from dataclasses import replace
from math import exp

from analysis.methods.contract import Alternative, Outcome, Result, SettingValue, Work
from analysis.methods.decay_fitting import fitted
from analysis.methods.decay_flags import amplitude_flags, decay_flags, pile_up_flags
from analysis.methods.decay_input import Prepared, number, prepared
from analysis.methods.decay_plot import band_plots, decay_plot
from analysis.methods.decay_response import setup_of, timed
from analysis.methods.decay_results import results_of, scale_of
from analysis.methods.rows.decays import COMPARED
from analysis.methods.telling import (
    Statistic,
    alternatives_of,
    covariance_of,
    parameters_of,
    statistics_of,
)
from analysis.physics.decays.bands import line_in_band, net_spectrum
from analysis.physics.decays.deciding import Fits, chosen_kind, gain_over_nothing, rejection
from analysis.physics.decays.fit import DecayFit
from analysis.physics.decays.model import Kind
from analysis.physics.fitting.criteria import compare
from analysis.physics.refusing import CannotAnalyse
from analysis.publishing.rounding import Number, printed

# By this much in −2 ln L a decay is likelier than none: noise has many places for one.
LEAST_GAIN = 25.0
ALL = (Kind.MONO, Kind.BI, Kind.TRI, Kind.STRETCHED)


def run(work: Work) -> Outcome:
    """Return the lifetimes of one decay."""
    settings = work.settings
    decay = prepared(work.signals["decay"][0], settings)
    found = timed(work, decay)
    model = str(settings["model"])
    fits, counts_per_photon, gained = fitted(setup_of(found, decay, settings), decay, work, ALL)
    kind = chosen_kind(fits) if model == COMPARED else Kind(model)
    one = fits[kind]
    refuse_noise(one)
    scale = scale_of(settings, float(found.binned.counts.max()))
    results = results_of(one, scale, counts_per_photon)
    told = {**decay.statistics, **found.statistics, **gained, "normalisation": scale.words}
    return Outcome(
        results=(*results, *band_results(decay, settings), *found.results),
        statistics={**statistics_of(one.fitted), **told, **choices(one, decay), "model": str(kind)},
        flags=(
            *decay.flags,
            *found.flags,
            *decay_flags(fits, kind, model),
            *amplitude_flags(results),
            *pile_up_flags(decay, settings),
        ),
        parameters=parameters_of(one.fitted),
        covariance=covariance_of(one.fitted),
        alternatives=alternatives(fits, kind),
        plots=(decay_plot(one, counts_per_photon), *band_plots(decay)),
        says=sentence(one, results),
    )


def refuse_noise(one: DecayFit) -> None:
    """Refuse a decay that chance explains."""
    if gain_over_nothing(one) < LEAST_GAIN or float(one.counts.max()) <= 0:
        raise CannotAnalyse(
            "No decay stands out of the background; count longer, or check the band and the window of the fit."
        )


def choices(one: DecayFit, decay: Prepared) -> dict[str, Statistic]:
    """Return the choices behind the numbers, in words."""
    binned = one.setup.binned
    return {
        "amplitudes_at_ns": one.fitted.value("t0"),
        "background_how": "a constant per bin inside the model",
        "components_sorted": "by lifetime, after the fit",
        "slowest_left": exp(-one.seen_ns / float(one.taus_ns[-1])),
        "counts_fitted": float(binned.counts.sum()),
        "edge_pixels": "in part" if decay.band is not None else "",
    }


def band_results(decay: Prepared, settings: Mapping[str, SettingValue]) -> tuple[Result, ...]:
    """Return which part of the emission lies inside the band: of the PL line where it is known, else of the map."""
    band = decay.band
    if band is None:
        return ()
    peak_ev, fwhm_mev = number(settings, "peak_energy_ev"), number(settings, "fwhm_mev")
    if peak_ev is not None and fwhm_mev is not None:
        share = line_in_band(peak_ev, fwhm_mev, band.low_nm, band.high_nm)
        return (Result("in_band_fraction", share, None, note="of a Gaussian line with the stated peak and width"),)
    spectrum = net_spectrum(decay.streak.counts)
    total = float(spectrum.sum())
    share = float(spectrum @ band.shares) / total if total > 0 else 0.0
    return (Result("in_band_fraction", share, None, note="of what the map shows above its dark level"),)


def alternatives(fits: Fits, chosen: Kind) -> tuple[Alternative, ...]:
    """Return the shapes that were compared, each with what speaks against it."""
    if len(fits) < 2:
        return ()
    told = alternatives_of(compare({str(kind): one.fitted for kind, one in fits.items()}), chosen=str(chosen))
    return tuple(replace(one, note=rejection(fits[Kind(one.name)])) for one in told)


def sentence(one: DecayFit, results: tuple[Result, ...]) -> str:
    """Return what a person reads first."""
    by_name = {result.name: result for result in results}
    mean = by_name["tau_amplitude"]
    taus = [by_name[f"tau{number_}"] for number_ in range(1, one.kind.exponential_count + 1)]
    words = " and ".join(str(printed(Number(tau.value or 0.0, tau.stderr or 0.0))) for tau in taus)
    is_stretched = one.kind is Kind.STRETCHED
    shape = f"stretched with β {one.fitted.value('beta'):.3g}" if is_stretched else f"{one.kind}-exponential"
    return (
        f"The decay is {shape} with {words} ns; its amplitude-weighted lifetime is "
        f"{printed(Number(mean.value or 0.0, mean.stderr or 0.0))} ns."
    )
