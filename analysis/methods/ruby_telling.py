"""The fitted ruby lines as a method tells them: results, flags, statistics and plot."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from analysis.methods.contract import Flag, Outcome, Plot, Result, ResultTable, SettingValue, Work
from analysis.methods.ruby_spectrum import RubySpectrum, spectrum_of
from analysis.methods.telling import (
    alternatives_of,
    convergence_flags,
    covariance_of,
    goodness_flags,
    parameters_of,
    statistics_of,
)
from analysis.physics.fitting.criteria import compare
from analysis.physics.ruby.checks import is_at_edge, is_saturated, is_swapped
from analysis.physics.ruby.doublet import NAMES, SEPARATION_NM, predicted_counts
from analysis.physics.ruby.lines import Lines, fit_lines


@dataclass(frozen=True, slots=True, eq=False)
class RubyFit:
    """A spectrum and the lines in it."""

    spectrum: RubySpectrum
    lines: Lines

    @property
    def r1_nm(self) -> float:
        """Where R1 lies."""
        return self.lines.fitted.value("r1_nm")

    @property
    def r1_stderr_nm(self) -> float:
        """The error of R1 from the fit."""
        return self.lines.fitted.stderr("r1_nm")


def lines_seen(work: Work) -> RubyFit:
    """Return the fit of the one spectrum that the work holds."""
    spectrum = spectrum_of(work.signals["ruby"][0], work.settings)
    lines = fit_lines(
        spectrum.wavelengths_nm, spectrum.counts,
        likelihood=spectrum.likelihood, shape=str(work.settings["shape"]), seed=work.seed,
    )  # fmt: skip
    return RubyFit(spectrum, lines)


def line_results(seen: RubyFit) -> tuple[Result, ...]:
    """Return the numbers of both lines; of one alone only what is its own."""
    lines, fitted = seen.lines, seen.lines.fitted
    first = (
        Result("ruby_r1", seen.r1_nm, seen.r1_stderr_nm, "nm"),
        Result("ruby_r1_fwhm", fitted.value("r1_fwhm_nm"), fitted.stderr("r1_fwhm_nm"), "nm"),
    )
    if lines.is_single:
        return first
    splitting_stderr_nm = fitted.stderr("separation_nm") if lines.is_resolved else None
    note = "" if lines.is_resolved else "held, since the lines are not seen apart"
    return (
        *first,
        Result("ruby_r2", lines.r2_nm, lines.r2_stderr_nm, "nm", note=note),
        Result("ruby_r2_fwhm", fitted.value("r2_fwhm_nm"), fitted.stderr("r2_fwhm_nm"), "nm"),
        Result("ruby_splitting", fitted.value("separation_nm"), splitting_stderr_nm, "nm", note=note),
    )


def line_flags(seen: RubyFit) -> tuple[Flag, ...]:
    """Return what speaks against the lines."""
    lines = seen.lines
    told = (
        (is_saturated(seen.spectrum.counts), "saturated",
         "The detector was full at the top of the line; measure again with less light or time."),
        (is_at_edge(lines), "at_edge",
         "R1 lies at the edge of the spectrum; measure again with the line further inside."),
        (lines.is_single, "one_line",
         "Only one line stands out, so nothing tells whether it is R1; measure a wider range or less noise."),
        (not lines.is_single and not lines.is_resolved, "unresolved",
         f"R1 and R2 are not seen apart; they were fitted {SEPARATION_NM:g} nm apart, which the pressure rests on."),
        (is_swapped(lines), "swapped",
         "The line at the longer wavelength is the weaker one, which R1 is not; check the axis and the spectrum."),
        (bool(set(lines.fitted.at_bound) & {"r1_fwhm_nm", "r2_fwhm_nm"}), "width_at_bound",
         "A line is as narrow or as wide as allowed; check the axis, and the spectrum for cosmic rays."),
    )  # fmt: skip
    grave = tuple(Flag(code, text, is_grave=True) for is_so, code, text in told if is_so)
    return (*seen.spectrum.flags, *grave, *convergence_flags(lines.fitted), *goodness_flags(lines.fitted))


def lines_outcome(
    seen: RubyFit, results: tuple[Result, ...], statistics: Mapping[str, SettingValue], flags: tuple[Flag, ...],
    says: str, tables: tuple[ResultTable, ...] = (),
) -> Outcome:  # fmt: skip
    """Return everything a ruby spectrum tells."""
    lines = seen.lines
    choices: dict[str, SettingValue] = {
        "shape": lines.shape,
        "axis": seen.spectrum.axis,
        "from_nm": float(lines.wavelengths_nm[0]),
        "to_nm": float(lines.wavelengths_nm[-1]),
        "is_separation_held": not lines.is_resolved,
    }
    return Outcome(
        results=results,
        statistics={**statistics_of(lines.fitted), **choices, **statistics},
        flags=flags,
        parameters=parameters_of(lines.fitted),
        covariance=covariance_of(lines.fitted),
        alternatives=alternatives_of(compare(lines.compared), chosen=lines.shape),
        plots=(spectrum_plot(lines),),
        tables=tables,
        says=says,
    )


def spectrum_plot(lines: Lines) -> Plot:
    """Return the spectrum with the model, each line on the background, and where they lie."""
    fitted, middle_nm = lines.fitted, float(np.mean(lines.wavelengths_nm))
    model_x = np.linspace(lines.wavelengths_nm[0], lines.wavelengths_nm[-1], 1200)
    components = {}
    for shown, hidden in (("R1", "r2_height"), ("R2", "r1_height")):
        values = fitted.values.copy()
        values[NAMES.index(hidden)] = 0.0
        components[shown] = predicted_counts(values, model_x, middle_nm)
    stderr = np.sqrt(np.maximum(fitted.predicted, 1.0)) if fitted.likelihood.value == "Poisson" else None
    return Plot(
        "spectrum", "Ruby", "Wavelength", "nm", "Counts", "counts", lines.wavelengths_nm, lines.counts, stderr,
        model=predicted_counts(fitted.values, model_x, middle_nm), model_x=model_x, residuals=fitted.residuals,
        components=components,
        marks=((fitted.value("r1_nm"), None, "R1"), (lines.r2_nm, None, "R2")),
    )  # fmt: skip
