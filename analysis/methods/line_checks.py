"""What to know about a fitted line before it is used, and when there is none."""

import numpy as np
from scipy.special import kl_div

from analysis.methods.contract import Flag
from analysis.methods.emission import Emission
from analysis.physics.fitting.problem import Likelihood
from analysis.physics.fitting.residuals import runs_p
from analysis.physics.lines.peak import LineFit
from analysis.physics.refusing import CannotAnalyse

# A line is there when its photons stand three standard errors above zero, and the spectrum is this much likelier
# with it than without, in −2 ln L: noise has many places for a line.
LEAST_SIGMA = 3.0
LEAST_GAIN = 16.0
LEAST_BINS = 4.0
UNLIKELY_RUNS = 1e-4


def refuse_noise(emission: Emission, line: LineFit) -> None:
    """Refuse a line that chance explains."""
    photons = line.photons
    gain = flat_minus_2_ln_l(emission) - line.fitted.minus_2_ln_l
    if not photons.value > LEAST_SIGMA * photons.stderr or gain < LEAST_GAIN:
        raise CannotAnalyse(
            "No line stands out of the background by three standard errors; count longer, or state low_nm and high_nm"
            " around where it should be."
        )


def flat_minus_2_ln_l(emission: Emission) -> float:
    """Return −2 ln L of a spectrum without a line."""
    counts = emission.readings * emission.bins.exposure
    mean = float(np.mean(counts))
    if emission.likelihood is Likelihood.POISSON:
        return 2.0 * float(kl_div(counts, mean).sum())
    return len(counts) * float(np.log(max(float(np.sum((counts - mean) ** 2)), 1e-300) / len(counts)))


def line_flags(emission: Emission, line: LineFit, name: str) -> tuple[Flag, ...]:
    """Return what to know about a line."""
    return (*place_flags(emission, line), *model_flags(name), *residual_flags(line))


def place_flags(emission: Emission, line: LineFit) -> tuple[Flag, ...]:
    """Return flags of a line that the spectrum holds only in part, or in too few readings."""
    flags = []
    low_ev, high_ev = emission.bins.range_ev
    energy_ev, fwhm_ev = line.peak_energy_ev.value, line.fwhm_mev.value * 1e-3
    if energy_ev - 0.5 * fwhm_ev < low_ev or energy_ev + 0.5 * fwhm_ev > high_ev:
        text = "The line lies at the edge of the data and only one side of it is seen; measure over a wider range."
        flags.append(Flag("at_edge", text, is_grave=True))
    elif fwhm_ev > 0.5 * (high_ev - low_ev):
        text = "The line is as wide as half the range, so that width and background hang together; measure wider."
        flags.append(Flag("wide_line", text))
    if fwhm_ev < LEAST_BINS * emission.bins.step_ev:
        count = fwhm_ev / emission.bins.step_ev
        text = f"The line is only {count:.1f} readings wide: a spike, or too coarse a scan; measure in finer steps."
        flags.append(Flag("few_points", text, is_grave=True))
    return tuple(flags)


def model_flags(name: str) -> tuple[Flag, ...]:
    """Return the flag of a line that is no plain Gaussian over a constant background."""
    texts = {
        "gaussian, sloping background": ("sloping_background", "The background slopes; a slope was fitted with it."),
        "two gaussians": (
            "second_line",
            "Two lines fit clearly better than one; energy and width are those of both together.",
        ),
        "voigt": ("not_gaussian", "A Voigt line fits clearly better than a Gaussian and was taken."),
        "two-sided": ("not_gaussian", "The two sides of the line differ; each was given its own width."),
    }
    return (Flag(*texts[name]),) if name in texts else ()


def residual_flags(line: LineFit) -> tuple[Flag, ...]:
    """Return the flag of residuals that go together."""
    chance = runs_p(line.fitted.residuals)
    if not chance < UNLIKELY_RUNS:
        return ()
    text = f"Neighbouring residuals go together (runs test, p = {chance:.1g}): the shape is not quite right."
    return (Flag("residual_runs", text),)
