"""A recorded instrument response: its width by a Gaussian, and whether a Gaussian is what it is."""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from analysis.physics.constants import FWHM_PER_SIGMA
from analysis.physics.decays.bins import Binned
from analysis.physics.decays.gaussian_response import ROOT_TWO_PI, Gaussian
from analysis.physics.decays.recorded_response import check_bins, recorded
from analysis.physics.decays.shares import Response
from analysis.physics.fitting.fitted import Fitted
from analysis.physics.fitting.problem import Floats, Likelihood, Parameter, Problem
from analysis.physics.fitting.residuals import goodness_p
from analysis.physics.fitting.solve import fit
from analysis.physics.refusing import CannotAnalyse

# A response that a Gaussian explains no better than this is taken as it was recorded.
GAUSSIAN_P = 1e-3
LEAST_COUNTS = 100.0


@dataclass(frozen=True, slots=True, eq=False)
class Pulse:
    """A response over the bins of a decay, where its middle lies, and the fit of a Gaussian to the recording."""

    response: Response
    center_ns: float
    fitted: Fitted
    p: float
    is_gaussian: bool


@dataclass(frozen=True, slots=True, eq=False)
class Bell:
    """m = N [Φ((t₁ − c)/σ) − Φ((t₀ − c)/σ)] + b in a bin from t₀ to t₁; parameters N, c, FWHM, b."""

    edges_ns: Floats

    def predict(self, values: Floats) -> Floats:
        """Return the counts in every bin, shape (n,)."""
        z = (self.edges_ns - values[1]) / (values[2] / FWHM_PER_SIGMA)
        return np.asarray(values[0] * np.diff(ndtr(z)) + values[3])

    def jacobian(self, values: Floats) -> Floats:
        """Return their derivatives, shape (n, 4)."""
        z = (self.edges_ns - values[1]) / (values[2] / FWHM_PER_SIGMA)
        bell = np.exp(-0.5 * z**2) / ROOT_TWO_PI * values[0]
        rises = np.diff(ndtr(z))
        by_center = -np.diff(bell) * FWHM_PER_SIGMA / values[2]
        return np.column_stack((rises, by_center, -np.diff(bell * z) / values[2], np.ones_like(rises)))


def pulse_of(recording: Binned, edges_ns: Floats) -> Pulse:
    """Return a recorded response for a decay over given bins.

    A Gaussian over each bin where it fits the recording, since bins hardly narrower than the response cannot tell its
    shape otherwise; else the recording itself. Raises CannotAnalyse for a recording that shows no pulse.
    """
    check_bins(recording, edges_ns)
    fitted = fit_pulse(recording)
    p = goodness_p(fitted)
    fwhm_ns, center_ns = fitted.value("fwhm"), fitted.value("center")
    check_width(fwhm_ns, edges_ns)
    if p is not None and p > GAUSSIAN_P:
        return Pulse(Gaussian(edges_ns, fwhm_ns / FWHM_PER_SIGMA), center_ns, fitted, p, is_gaussian=True)
    response, centroid_ns = recorded(recording, level_counts(recording.counts), edges_ns)
    check_width(response.fwhm_ns, edges_ns)
    return Pulse(response, centroid_ns, fitted, p or 0.0, is_gaussian=False)


def level_counts(counts: Floats) -> float:
    """Return the mean of the bins that hold no pulse: those within three standard errors of the median."""
    median = float(np.median(counts))
    return float(counts[counts <= median + 3 * np.sqrt(median + 1)].mean())


def check_width(fwhm_ns: float, edges_ns: Floats) -> None:
    """Refuse a response that is as long as the window of the decay."""
    window_ns = float(edges_ns[-1] - edges_ns[0])
    if fwhm_ns > window_ns / 3:
        raise CannotAnalyse(
            f"The instrument response ({fwhm_ns:.3g} ns) is too long for the window of {window_ns:.3g} ns; measure the "
            "decay with a longer window or a shorter response."
        )


def fit_pulse(recording: Binned) -> Fitted:
    """Return the fit of a Gaussian on a constant to a recorded response; raises CannotAnalyse without a pulse."""
    counts = recording.counts
    background_counts = float(np.median(counts))
    top = int(np.argmax(counts))
    net = float(np.sum(np.maximum(counts - background_counts, 0.0)))
    if float(counts[top]) - background_counts < 5 * np.sqrt(background_counts + 1) or net < LEAST_COUNTS:
        raise CannotAnalyse("The recording of the instrument response shows no pulse; choose another file for irf.")
    above = np.flatnonzero(counts - background_counts > (counts[top] - background_counts) / 2)
    fwhm_ns = float(recording.widths_ns[above].sum())
    width_ns, window_ns = recording.width_ns, recording.window_ns
    parameters = (
        Parameter("photons", net, 0.0, unit="counts"),
        Parameter("center", float(recording.centers_ns[top]), recording.edges_ns[0], recording.edges_ns[-1], "ns"),
        Parameter("fwhm", max(fwhm_ns, width_ns / 2), width_ns / 5, window_ns, "ns"),
        Parameter("background", max(background_counts, 1e-3), 0.0, unit="counts"),
    )
    bell = Bell(recording.edges_ns)
    return fit(Problem(parameters, bell.predict, bell.jacobian, counts, Likelihood.POISSON))
