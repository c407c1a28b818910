"""The PL before and after a load: whether a cell came back to where it was (Fig. S5)."""

from math import hypot

from analysis.methods.contract import Flag, Outcome, Result, Work
from analysis.methods.line_pair import (
    LinePair,
    compared,
    fitted_line,
    pair_flags,
    pair_plot,
    pair_results,
    pair_statistics,
)
from analysis.physics.fitting.problem import Likelihood
from analysis.physics.spectra.equivalence import DIFFERENT, UNDECIDED
from analysis.publishing.rounding import Number, printed

# One pair shows no more than this; "fully reversible" needs repeats.
CONSISTENT = "consistent with reversible"
WORDS = {DIFFERENT: "not reversible", UNDECIDED: "undecided"}
ONE_PAIR = Flag("one_pair", "One pair of spectra shows no spread between loads; repeat before calling it reversible.")


def run(work: Work) -> Outcome:
    """Return how line and intensity differ after a load, and what one pair lets one say."""
    before = fitted_line("before", work.signals["before"][0], work.settings)
    after = fitted_line("after", work.signals["after"][0], work.settings)
    pair = compared(before, after, work.settings, seed=work.seed)
    verdict = WORDS.get(pair.verdict, CONSISTENT)
    ratio = intensity_ratio(pair)
    return Outcome(
        results=(*pair_results(pair), ratio),
        statistics={**pair_statistics(pair), "reversibility": verdict, "pair_count": 1},
        flags=(*pair_flags(pair), ONE_PAIR),
        plots=(pair_plot(pair),),
        says=sentence(pair, ratio, verdict),
    )


def intensity_ratio(pair: LinePair) -> Result:
    """Return photons after over photons before, or why there is no ratio."""
    one, other = pair.first, pair.second
    if Likelihood.UNKNOWN in (one.emission.likelihood, other.emission.likelihood):
        return Result("pl_ratio", None, note="one of the files holds no counts")
    times = [line.emission.statistics["integration_time_s"] for line in (one, other)]
    if times[0] != times[1]:
        return Result("pl_ratio", None, note=f"integration times differ: {times[0]} s and {times[1]} s")
    before, after = one.fit.photons, other.fit.photons
    ratio = after.value / before.value
    stderr = ratio * hypot(before.stderr / before.value, after.stderr / after.value)
    return Result("pl_ratio", ratio, stderr, note="at the same spot, power and integration time only")


def sentence(pair: LinePair, ratio: Result, verdict: str) -> str:
    """Return what a person reads first."""
    shift, broadening = pair.energy_shift_mev, pair.width_shift_mev
    told = f", intensity × {printed(Number(ratio.value, ratio.stderr))}" if ratio.value is not None else ""
    return (
        f"After minus before: {printed(Number(shift.value, shift.stderr))} meV in energy,"
        f" {printed(Number(broadening.value, broadening.stderr))} meV in width{told}: {verdict} within"
        f" {pair.margin_mev:g} meV."
    )
