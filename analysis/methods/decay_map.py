"""A streak map at every wavelength: lifetimes that all share, the spectrum of each, and every wavelength's own."""

import numpy as np

from analysis.methods.contract import Flag, Outcome, Signal, Work
from analysis.methods.decay_fitting import fitted
from analysis.methods.decay_flags import decay_flags
from analysis.methods.decay_input import Prepared, counting_of, saturation_flags, scatter_of, streak_of
from analysis.methods.decay_map_telling import map_plots, map_results, map_statistics, map_table
from analysis.methods.decay_response import setup_of, timed
from analysis.methods.rows.decays import ANALOGUE, COMPARED
from analysis.methods.telling import covariance_of, parameters_of
from analysis.physics.decays.bins import MOST_BINS_COUNT, Binned, binned
from analysis.physics.decays.deciding import chosen_kind
from analysis.physics.decays.model import Kind
from analysis.physics.decays.whole_map import WholeMap, fit_map, used_wavelengths
from analysis.physics.fitting.problem import Floats, Likelihood
from analysis.physics.refusing import CannotAnalyse
from analysis.publishing.rounding import Number, printed

EVERY = (Kind.MONO, Kind.BI, Kind.TRI)
# Own lifetimes that lower the deviance with less chance than this belong to different things.
UNLIKELY_P = 1e-4


def run(work: Work) -> Outcome:
    """Return the decays of one streak map."""
    decay = summed(work.signals["decay"][0], work)
    found = timed(work, decay)
    model = str(work.settings["model"])
    fits, counts_per_photon, gained = fitted(setup_of(found, decay, work.settings), decay, work, EVERY)
    kind = chosen_kind(fits) if model == COMPARED else Kind(model)
    one = fits[kind]
    is_used = used_wavelengths(decay.streak.counts)
    whole = fit_map(rows_within(decay, found.binned) / counts_per_photon, is_used, one)
    at_nm = np.asarray(decay.streak.at_nm)[is_used]
    return Outcome(
        results=(*map_results(whole), *found.results),
        statistics={**decay.statistics, **found.statistics, **gained, **map_statistics(whole, one), "model": str(kind)},
        flags=(*decay.flags, *found.flags, *decay_flags(fits, kind, model), *map_flags(whole)),
        parameters=parameters_of(one.fitted),
        covariance=covariance_of(one.fitted),
        plots=map_plots(whole, decay, at_nm),
        tables=(map_table(whole, at_nm),),
        says=sentence(whole),
    )


def summed(signal: Signal, work: Work) -> Prepared:
    """Return a map with the decay of all wavelengths that show one; raises CannotAnalyse for what is no raw map."""
    streak = streak_of(signal, work.settings)
    if streak.at_nm is None:
        raise CannotAnalyse("This takes a map of times and wavelengths; fit a single decay with the method decay.")
    lost_count = int((~np.isfinite(streak.counts)).sum())
    if lost_count:
        raise CannotAnalyse(f"{lost_count:,} of {streak.counts.size:,} counts are no numbers; read the file out again.")
    if len(streak.times_ns) > MOST_BINS_COUNT:
        raise CannotAnalyse(f"{len(streak.times_ns):,} times are too many for a map; bin the camera first.")
    likelihood, flags = scatter_of(streak.counts, signal.settings)
    if likelihood is not Likelihood.POISSON:
        raise CannotAnalyse(f"{flags[0].text} A map is fitted from raw counts only.")
    whole = binned(streak.times_ns, streak.counts[:, used_wavelengths(streak.counts)].sum(axis=1))
    is_analogue = counting_of(signal, work.settings) == ANALOGUE
    stated = work.settings.get("saturation_counts")
    flags = saturation_flags(streak.counts, None if stated is None else float(stated))
    return Prepared(whole, likelihood, is_analogue, streak, flags=flags)


def rows_within(decay: Prepared, cut: Binned) -> Floats:
    """Return the rows of a map whose bins are fitted, shape (t, w)."""
    first = int(np.argmin(np.abs(decay.binned.edges_ns - cut.edges_ns[0])))
    return decay.streak.counts[first : first + len(cut.counts)]


def map_flags(whole: WholeMap) -> tuple[Flag, ...]:
    """Return flags of lifetimes that are not shared, and of a descent that did not end."""
    flags = []
    if not whole.shared.is_converged:
        text = "The shared lifetimes did not converge; hold one of them or fit fewer components."
        flags.append(Flag("not_converged", text, is_grave=True))
    if whole.p < UNLIKELY_P:
        text = (
            f"Own lifetimes at every wavelength lower the deviance by {whole.rise:,.0f} with {whole.rise_count} more "
            f"parameters (p = {whole.p:.1g}): the lifetimes change with wavelength and none is shared."
        )
        flags.append(Flag("lifetimes_vary", text))
    return tuple(flags)


def sentence(whole: WholeMap) -> str:
    """Return what a person reads first."""
    pairs = zip(whole.shared.taus_ns, whole.shared.shared_stderrs_ns, strict=False)
    taus = " and ".join(str(printed(Number(float(tau_ns), float(stderr_ns)))) for tau_ns, stderr_ns in pairs)
    vary = "change with wavelength" if whole.p < UNLIKELY_P else "are the same at every wavelength"
    return f"{int(whole.is_used.sum())} wavelengths share lifetimes of {taus} ns; the lifetimes {vary}."
