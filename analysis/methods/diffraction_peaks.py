"""Single lines of a powder pattern: angle, spacing, breadth and Scherrer's size of each."""

from dataclasses import replace

import numpy as np

from analysis.methods.contract import Flag, Outcome, Plot, Result, Work
from analysis.methods.powder_signal import Powder, powder_of
from analysis.methods.scherrer_line import Line, line_of, table_of
from analysis.methods.stating import number, number_or_none, word
from analysis.methods.telling import Statistic, covariance_of, flags_of, parameters_of, statistics_of
from analysis.physics.diffraction.pattern import Sticks, sticks
from analysis.physics.diffraction.peak_fit import PeakModel, fit_peaks
from analysis.physics.diffraction.peaks import Tied, found_lines, tied_to
from analysis.physics.diffraction.phase_call import GAMMA_WINDOW_DEG, window_at_deg
from analysis.physics.diffraction.structures import GAMMA_293K, Structure
from analysis.physics.diffraction.whole_pattern import Pattern
from analysis.physics.fitting.fitted import Fitted
from analysis.physics.fitting.problem import Likelihood
from analysis.physics.refusing import CannotAnalyse

# On either side of 002 and 110, as a part of their angle: enough background, and no other strong line.
USUAL_REACH = 0.17
MOST_LINES = 12
LEAST_MARK_PERCENT = 1.0


def run(work: Work) -> Outcome:
    """Return the lines of a stretch of a pattern."""
    powder = powder_of(work, work.signals["pattern"][0])
    structure = indexed_by(work)
    pattern = window_of(work, powder, structure)
    beam = powder.beam
    found = found_lines(pattern)
    if len(found) > MOST_LINES:
        raise CannotAnalyse(f"{len(found)} lines are too many to fit apart; choose a range with at most {MOST_LINES}.")
    reference = reference_of(structure, powder, pattern)
    ties = tied_to(found, reference) if reference else [Tied(np.zeros(1), np.ones(1)) for _ in found]
    model, fitted = fit_peaks(pattern, beam, found, ties)
    lines = [line_of(work, model, fitted, place) for place in range(len(found))]
    strongest = max(lines, key=lambda one: one.area)
    return Outcome(
        results=results_of(work, strongest),
        statistics={**statistics_of(fitted), **choices_told(work, powder)},
        flags=(*powder.flags, *flags_of(fitted, harmless=etas(fitted)), *flags_of_lines(work, lines)),
        parameters=parameters_of(fitted),
        covariance=covariance_of(fitted),
        plots=(plot_of(powder, model, fitted, reference),),
        tables=(table_of(lines),),
        says=f"{len(lines)} lines; the strongest at {strongest.angle_deg:.3f}° is {strongest.fwhm_deg:.3g}° wide.",
    )


def indexed_by(work: Work) -> Structure:
    """Return γ, its cell as large as stated."""
    volume = number_or_none(work, "cell_volume_angstrom3")
    if volume is None:
        return GAMMA_293K
    a, b, c = GAMMA_293K.edges_angstrom
    stretch = float(np.cbrt(volume / (a * b * c)))
    return replace(GAMMA_293K, edges_angstrom=(a * stretch, b * stretch, c * stretch))


def window_of(work: Work, powder: Powder, structure: Structure) -> Pattern:
    """Return the stretch to fit: as stated, else that around 002 and 110."""
    pattern = powder.pattern
    if number_or_none(work, "from_deg") is not None or number_or_none(work, "to_deg") is not None:
        return pattern
    stretch = structure.edges_angstrom[2] / GAMMA_293K.edges_angstrom[2]
    low, high = window_at_deg(GAMMA_WINDOW_DEG, powder.beam.first.value_angstrom, stretch)
    inside = (pattern.angles_deg > low * (1 - USUAL_REACH)) & (pattern.angles_deg < high * (1 + USUAL_REACH))
    if inside.sum() < 30 or pattern.angles_deg[0] > low or pattern.angles_deg[-1] < high:
        raise CannotAnalyse(
            "The pattern does not cover 002 and 110; state the range of another line: from_deg, to_deg."
        )
    stderrs = None if pattern.stderrs is None else pattern.stderrs[inside]
    return replace(pattern, angles_deg=pattern.angles_deg[inside], observed=pattern.observed[inside], stderrs=stderrs)


def reference_of(structure: Structure, powder: Powder, pattern: Pattern) -> Sticks | None:
    """Return the reflections of a structure within a stretch, or none where it has none."""
    try:
        return sticks(structure, powder.beam, float(pattern.angles_deg[0]), float(pattern.angles_deg[-1]))
    except CannotAnalyse:
        return None


def results_of(work: Work, line: Line) -> tuple[Result, ...]:
    """Return the numbers of the strongest line."""
    instrument = number_or_none(work, "instrument_fwhm_deg")
    taken = "instrument not taken out" if instrument is None else f"instrument {instrument:g}° taken out"
    note = f"K = {number(work, 'scherrer_k'):g} for FWHM, {taken}"
    if line.size_nm is None:
        note = "The line is no wider than the instrument's; there is no size in it."
    return (
        Result("line_angle", line.angle_deg, line.angle_stderr_deg, "deg", note=line.label),
        Result("line_spacing", line.spacing_angstrom, line.spacing_stderr_angstrom, "Å", note=line.label),
        Result("line_fwhm", line.fwhm_deg, line.fwhm_stderr_deg, "deg", note="as measured"),
        Result("crystallite_size", line.size_nm, line.size_stderr_nm, "nm", note=note),
    )


def choices_told(work: Work, powder: Powder) -> dict[str, Statistic]:
    """Return what the numbers rest on."""
    beam = powder.beam
    return {
        "wavelength_angstrom": beam.first.value_angstrom,
        "wavelength_line": beam.first.line or "not in a set",
        "wavelength_set": beam.first.source,
        "wavelength_source": powder.beam_source,
        "k_alpha2_ratio": beam.ratio,
        "scherrer_k": number(work, "scherrer_k"),
        "instrument_fwhm_deg": number_or_none(work, "instrument_fwhm_deg"),
        "instrument_shape": word(work, "instrument_shape"),
    }


def etas(fitted: Fitted) -> tuple[str, ...]:
    """Return the names of shapes, which may well be pure."""
    return tuple(one.name for one in fitted.parameters if one.name.startswith("eta"))


def flags_of_lines(work: Work, lines: list[Line]) -> tuple[Flag, ...]:
    """Return what to know of the lines."""
    flags = []
    if number_or_none(work, "instrument_fwhm_deg") is None:
        text = "The breadth of the instrument is not stated, so sizes are too small; state instrument_fwhm_deg."
        flags.append(Flag("instrument_not_stated", text))
    unknown = [f"{one.angle_deg:.2f}°" for one in lines if not one.label]
    if unknown:
        flags.append(
            Flag("not_of_gamma", f"γ-CsPbI3 has no line at {', '.join(unknown)}: another phase or a contaminant.")
        )
    return tuple(flags)


def plot_of(powder: Powder, model: PeakModel, fitted: Fitted, reference: Sticks | None) -> Plot:
    """Return the stretch with its model, difference and the sticks of γ."""
    pattern = model.pattern
    total = model.predicted(fitted.values)
    background = model.polynomials @ fitted.values[-(model.degree + 1) :]
    tallest = float((total - background).max())
    marks = () if reference is None else marks_of(reference, tallest)
    error = pattern.stderrs if pattern.likelihood is Likelihood.KNOWN else None
    if pattern.likelihood is Likelihood.POISSON:
        error = np.sqrt(np.maximum(total, 1.0))
    return Plot(
        "lines", "Lines", "2θ", "deg", "Intensity", powder.unit, pattern.angles_deg, pattern.observed, stderr=error,
        model=total, residuals=fitted.residuals, components={"background": background}, marks=marks,
    )  # fmt: skip


def marks_of(reference: Sticks, tallest: float) -> tuple[tuple[float, float | None, str], ...]:
    """Return the sticks of γ as high as the tallest line."""
    rows = zip(reference.angles_deg, reference.percents, reference.hkl, strict=True)
    return tuple(
        (float(angle), tallest * float(percent) / 100, f"γ {''.join(str(index) for index in hkl)}")
        for angle, percent, hkl in rows
        if percent > LEAST_MARK_PERCENT
    )
