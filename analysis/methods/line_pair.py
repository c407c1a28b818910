"""Two PL lines beside each other: differences with errors, likeness, and what a margin says of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import hypot

import numpy as np

from analysis.methods.axis import number_of
from analysis.methods.contract import Flag, Plot, Result, SettingValue, Signal
from analysis.methods.emission import Emission, emission_of
from analysis.methods.line_checks import line_flags, refuse_noise
from analysis.methods.telling import Statistic, flags_of, statistics_of
from analysis.physics.fitting.problem import Floats
from analysis.physics.lines.peak import LineFit, Told, fit_pl_peak
from analysis.physics.refusing import CannotAnalyse
from analysis.physics.spectra.equivalence import DIFFERENT, DIFFERENT_INSIDE, SAME, UNDECIDED, Equivalence, equivalence
from analysis.physics.spectra.overlap import Line, likeness_of_lines

DRAW_COUNT = 400
WEAKEST_FIRST = (DIFFERENT, UNDECIDED, DIFFERENT_INSIDE, SAME)


@dataclass(frozen=True, slots=True, eq=False)
class FittedLine:
    """One recording with its Gaussian line."""

    name: str
    emission: Emission
    fit: LineFit

    @property
    def line(self) -> Line:
        """The line's energy and width."""
        return Line(self.fit.peak_energy_ev.value, self.fit.fwhm_mev.value * 1e-3)


@dataclass(frozen=True, slots=True, eq=False)
class LinePair:
    """How the second of two lines differs from the first: shifts in meV with errors, and how alike they are."""

    first: FittedLine
    second: FittedLine
    energy_shift_mev: Told
    width_shift_mev: Told
    overlap: Told
    cosine: Told
    energy: Equivalence
    width: Equivalence
    margin_mev: float

    @property
    def verdict(self) -> str:
        """The weaker of what energy and width say."""
        told = {self.energy.verdict, self.width.verdict}
        return next(one for one in WEAKEST_FIRST if one in told)


def compared(first: FittedLine, second: FittedLine, settings: Mapping[str, SettingValue], *, seed: int) -> LinePair:
    """Return the differences of two lines and what they mean within the stated margin.

    The errors are those of both fits and of how well a spectrum repeats, where that is stated.
    """
    margin_mev = number_of(settings.get("margin_mev"))
    if margin_mev is None:
        raise CannotAnalyse("State within how many meV two lines count as the same: margin_mev.")
    repeat_mev = number_of(settings.get("repeat_mev")) or 0.0
    energies = [one.fit.peak_energy_ev for one in (first, second)]
    widths = [one.fit.fwhm_mev for one in (first, second)]
    shift = Told(
        (energies[1].value - energies[0].value) * 1e3,
        hypot(energies[0].stderr * 1e3, energies[1].stderr * 1e3, repeat_mev, repeat_mev),
    )
    broadening = Told(
        widths[1].value - widths[0].value, hypot(widths[0].stderr, widths[1].stderr, repeat_mev, repeat_mev)
    )
    alike = likeness_of_lines(first.line, second.line)
    overlap_stderr, cosine_stderr = likeness_stderrs(first, second, seed=seed)
    return LinePair(
        first, second, shift, broadening, Told(alike.overlap_fraction, overlap_stderr),
        Told(alike.cosine, cosine_stderr), equivalence(shift.value, shift.stderr, margin_mev),
        equivalence(broadening.value, broadening.stderr, margin_mev), margin_mev,
    )  # fmt: skip


def fitted_line(name: str, signal: Signal, settings: Mapping[str, SettingValue]) -> FittedLine:
    """Return one recording with its line; raises CannotAnalyse for one without."""
    try:
        emission = emission_of(signal, settings)
        line = fit_pl_peak(emission.bins, emission.readings, likelihood=emission.likelihood)
        refuse_noise(emission, line)
    except CannotAnalyse as reason:
        raise CannotAnalyse(f"{name}: {reason}") from reason
    return FittedLine(name, emission, line)


def likeness_stderrs(first: FittedLine, second: FittedLine, *, seed: int) -> tuple[float, float]:
    """Return the errors of overlap and cosine, by drawing both lines within their covariances."""
    rng = np.random.default_rng(seed)
    lines = [drawn(one, rng) for one in (first, second)]
    alike = [likeness_of_lines(one, other) for one, other in zip(*lines, strict=True)]
    return spread([one.overlap_fraction for one in alike]), spread([one.cosine for one in alike])


def drawn(one: FittedLine, rng: np.random.Generator) -> list[Line]:
    """Return lines drawn within the errors of a fit."""
    fitted = one.fit.fitted
    places = [fitted.index("energy"), fitted.index("fwhm")]
    draws = rng.multivariate_normal(fitted.values[places], fitted.covariance[np.ix_(places, places)], size=DRAW_COUNT)
    return [Line(float(energy_ev), max(float(fwhm_mev), 1e-3) * 1e-3) for energy_ev, fwhm_mev in draws]


def spread(values: list[float]) -> float:
    """Return a standard deviation."""
    return float(np.std(values, ddof=1))


def pair_results(pair: LinePair) -> tuple[Result, ...]:
    """Return the numbers of a pair."""
    return (
        Result("pl_shift", pair.energy_shift_mev.value, pair.energy_shift_mev.stderr, "meV"),
        Result("pl_broadening", pair.width_shift_mev.value, pair.width_shift_mev.stderr, "meV"),
        Result("pl_overlap", pair.overlap.value, pair.overlap.stderr),
        Result("pl_cosine", pair.cosine.value, pair.cosine.stderr),
    )


def pair_statistics(pair: LinePair) -> dict[str, Statistic]:
    """Return both tests, and what tells whether to believe either fit."""
    told: dict[str, Statistic] = {
        "verdict": pair.verdict,
        "margin_mev": pair.margin_mev,
        "energy_equivalence_p": pair.energy.equivalence_p,
        "energy_difference_p": pair.energy.difference_p,
        "width_equivalence_p": pair.width.equivalence_p,
        "width_difference_p": pair.width.difference_p,
        "tests": "two one-sided z tests at 5 % each, of energy and of width",
    }
    for one in (pair.first, pair.second):
        told |= {f"{one.name}_{key}": value for key, value in statistics_of(one.fit.fitted).items()}
        told |= {f"{one.name}_{key}": value for key, value in one.emission.statistics.items()}
    return told


def pair_flags(pair: LinePair) -> tuple[Flag, ...]:
    """Return what to know about both fits."""
    told = []
    for one in (pair.first, pair.second):
        flags = (*one.emission.flags, *flags_of(one.fit.fitted), *line_flags(one.emission, one.fit, "gaussian"))
        told += [Flag(f"{one.name}_{flag.code}", f"{one.name}: {flag.text}", flag.is_grave) for flag in flags]
    return tuple(told)


def pair_plot(pair: LinePair) -> Plot:
    """Return both spectra per eV, each divided by the area of its line, over energy."""
    first, second = (per_ev(one) for one in (pair.first, pair.second))
    low = max(first[0][0], second[0][0])
    high = min(first[0][-1], second[0][-1])
    is_shared = (first[0] >= low) & (first[0] <= high)
    energies_ev = first[0][is_shared]
    return Plot(
        name="pair",
        title=f"{pair.first.name} and {pair.second.name}",
        x_label="Energy",
        x_unit="eV",
        y_label="PL, area one",
        y_unit="1/eV",
        x=energies_ev,
        observed=first[1][is_shared],
        components={pair.second.name: np.interp(energies_ev, *second)},
        marks=tuple((one.line.energy_ev, None, one.name) for one in (pair.first, pair.second)),
    )


def per_ev(one: FittedLine) -> tuple[Floats, Floats]:
    """Return ascending energies and the density of a recording without its background, both of shape (n,)."""
    bins = one.emission.bins
    scale = bins.response * bins.widths_ev * one.fit.photons.value
    density = (one.emission.readings - one.fit.background / bins.exposure) / scale
    order = np.argsort(bins.energies_ev)
    return bins.energies_ev[order], density[order]
