"""Which shape a decay has: compared by AICc and BIC, with components rejected that the data do not hold."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
from scipy.special import kl_div

from analysis.physics.decays.fit import DecayFit, fit_decay
from analysis.physics.decays.model import Kind, Setup
from analysis.physics.fitting.criteria import aicc, bic
from analysis.physics.fitting.problem import Likelihood

# A component needs an amplitude of this many standard errors, and a lifetime this many times the next shorter one.
LEAST_SIGMA, LEAST_RATIO = 3.0, 1.5
# How much lower the AICc of another shape is before the stated one is called wrong.
CLEAR_GAIN = 10.0
# Where ± is no interval.
WEAK_RATIO, WEAK_COUNTS = 0.25, 2_500.0

Fits = Mapping[Kind, DecayFit]


def fit_shapes(setup: Setup, kinds: Sequence[Kind], *, start_count: int = 20, seed: int = 0) -> dict[Kind, DecayFit]:
    """Return the fits of several shapes to the same counts; those with too many parameters for them are left out."""
    fits = {}
    for kind in kinds:
        if kind is kinds[0] or len(setup.binned.counts) > 2 * kind.exponential_count + 4:
            fits[kind] = fit_decay(setup, kind, start_count=start_count, seed=seed)
    return fits


def chosen_kind(fits: Fits) -> Kind:
    """Return the shape with the lowest BIC among those without a rejected component, a single one if there is none.

    BIC asks more of another parameter than AICc does from eight bins on, so what wins by it wins by both. Few counts
    hardly tell a stretched decay from a sum of exponentials, so that it has to be clearly better than that.
    """
    sound = [kind for kind, one in fits.items() if kind is Kind.MONO or not rejection(one)] or list(fits)
    scores = {kind: bic(fits[kind].fitted) for kind in sound}
    best = min(sound, key=scores.__getitem__)
    sums = [kind for kind in sound if kind.exponential_count > 1]
    nearest = min(sums, key=scores.__getitem__, default=best)
    is_clear = scores[nearest] - scores[best] > CLEAR_GAIN
    return best if best is not Kind.STRETCHED or is_clear else nearest


def rejection(one: DecayFit) -> str:
    """Return why a shape is not in the data, empty when nothing speaks against it."""
    fitted = one.fitted
    if not fitted.is_converged:
        return f"not converged: {fitted.reason}"
    lost = [name for name in fitted.at_bound if name.startswith(("tau", "counts"))]
    if lost:
        return f"{' and '.join(lost)} at the bound"
    if one.kind is Kind.STRETCHED:
        return "β at its bound: a single exponential" if "beta" in fitted.at_bound else ""
    return faint_component(one) or close_lifetimes(one)


def faint_component(one: DecayFit) -> str:
    """Return which component of several lies within three standard errors of none."""
    if one.kind.exponential_count == 1:
        return ""
    for number, place in enumerate(one.count_places, start=1):
        if not one.fitted.values[place] > LEAST_SIGMA * one.fitted.stderrs[place]:
            return f"amplitude {number} is below {LEAST_SIGMA:g} standard errors"
    return ""


def close_lifetimes(one: DecayFit) -> str:
    """Return which two lifetimes are too close to be told apart."""
    taus_ns = sorted(one.taus_ns)
    for number, (shorter_ns, longer_ns) in enumerate(pairwise(taus_ns), start=1):
        if longer_ns < LEAST_RATIO * shorter_ns:
            return f"lifetimes {number} and {number + 1} differ by less than a factor of {LEAST_RATIO:g}"
    return ""


def clearly_better(fits: Fits, kind: Kind) -> Kind | None:
    """Return a sound shape whose AICc is lower than that of a stated one by more than ten, or none."""
    others = [one for one in fits if one is not kind and not rejection(fits[one])]
    best = min(others, key=lambda one: aicc(fits[one].fitted), default=None)
    if best is None or aicc(fits[kind].fitted) - aicc(fits[best].fitted) <= CLEAR_GAIN:
        return None
    return best


def gain_counts(one: DecayFit) -> float:
    """Return counts per photon of an analogue camera: Pearson's X² over n − p of a fit as if Poisson."""
    fitted = one.fitted
    expected = fitted.predicted.clip(min=1e-300)
    pearson = float(((one.problem.observed - expected) ** 2 / expected).sum())
    return pearson / max(fitted.dof_count, 1)


def gain_over_nothing(one: DecayFit) -> float:
    """Return by how much a decay lowers −2 ln L against the same count in every bin."""
    observed = one.problem.observed
    mean = float(observed.mean())
    if one.fitted.likelihood is Likelihood.POISSON:
        return 2.0 * float(kl_div(observed, mean).sum()) - one.fitted.objective
    level = max(float(((observed - mean) ** 2).sum()), 1e-300)
    return len(observed) * float(np.log(level / max(one.fitted.objective, 1e-300)))


def is_weak(one: DecayFit) -> bool:
    """Say whether ± is no interval: few counts, a lifetime known to a quarter, tied parameters, a bound."""
    fitted = one.fitted
    errors = [fitted.stderrs[place] / fitted.values[place] for place in one.tau_places]
    if not np.isfinite(fitted.covariance).all():
        return True
    tied = np.abs(np.triu(fitted.correlation, 1)).max()
    is_faint = float(one.problem.observed.sum()) < WEAK_COUNTS
    return bool(max(errors) > WEAK_RATIO or tied > 0.99 or is_faint or fitted.at_bound)
