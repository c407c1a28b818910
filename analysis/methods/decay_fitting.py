"""The shapes that a decay is fitted by, and the photons in the counts of an analogue camera."""

from dataclasses import replace

from analysis.methods.contract import Work
from analysis.methods.decay_input import Prepared, number
from analysis.methods.rows.decays import COMPARED
from analysis.methods.telling import Statistic
from analysis.physics.decays.deciding import Fits, chosen_kind, fit_shapes, gain_counts
from analysis.physics.decays.model import Kind, Setup

# What a stated shape is held against: a mono-exponential is never taken on trust.
COMPARED_WITH = {
    Kind.MONO: (Kind.MONO, Kind.BI),
    Kind.BI: (Kind.BI, Kind.MONO),
    Kind.TRI: (Kind.TRI, Kind.BI),
    Kind.STRETCHED: (Kind.STRETCHED, Kind.BI),
}


def fitted(
    setup: Setup, decay: Prepared, work: Work, every: tuple[Kind, ...]
) -> tuple[Fits, float, dict[str, Statistic]]:
    """Return the fits, counts per photon, and how these are known; an analogue camera's counts are not photons."""
    settings, model = work.settings, str(work.settings["model"])
    kinds = every if model == COMPARED else COMPARED_WITH[Kind(model)]
    start_count = int(number(settings, "start_count") or 1)
    gain = number(settings, "counts_per_photon")
    if gain is None and not decay.is_analogue:
        return fit_shapes(setup, kinds, start_count=start_count, seed=work.seed), 1.0, {}
    how = "stated"
    if gain is None:
        first = fit_shapes(setup, (Kind.BI, Kind.MONO), start_count=start_count, seed=work.seed)
        gain, how = gain_counts(first[chosen_kind(first)]), "from the scatter about the fit (quasi-Poisson)"
    photons = replace(setup, binned=replace(setup.binned, counts=setup.binned.counts / gain))
    fits = fit_shapes(photons, kinds, start_count=start_count, seed=work.seed)
    return fits, gain, {"counts_per_photon": gain, "counts_per_photon_how": how}
