"""A recording as a powder pattern: its wavelength, its angles in order, and how its points scatter."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from analysis.methods.contract import Flag, Signal, Work
from analysis.methods.stating import number_or_none, word
from analysis.physics.diffraction.radiation import Radiation, radiation, radiation_of_anode
from analysis.physics.diffraction.whole_pattern import Pattern
from analysis.physics.fitting.problem import Floats, Likelihood
from analysis.physics.refusing import CannotAnalyse

ANGLES = {"deg 2theta", "deg", "°", "degree", "degrees", "2theta", "2θ", "deg 2θ", "°2theta", "°2θ"}
FEWEST_POINTS = 50
# A detector that has no more to give repeats its largest value.
SATURATED_RUN, SATURATED_FROM = 4, 50.0
SAME_WAVELENGTH = 2e-4
MOST_LOST_RATIO = 0.1


@dataclass(frozen=True, slots=True, eq=False)
class Powder:
    """A pattern as it will be fitted, what is known of the beam, and what to know of the data."""

    pattern: Pattern
    beam: Radiation
    beam_source: str
    flags: tuple[Flag, ...]
    unit: str = ""
    pressure_gpa: float | None = None


def powder_of(work: Work, signal: Signal) -> Powder:
    """Return the pattern that a recording holds; raises CannotAnalyse for one that is none."""
    beam, source, said = beam_of(work, signal)
    pattern, flags = pattern_of(work, signal)
    return Powder(
        pattern, beam, source, (*said, *flags), signal.unit or "counts", first_number(signal, ("pressure_gpa",))
    )  # fmt: skip


def beam_of(work: Work, signal: Signal) -> tuple[Radiation, str, tuple[Flag, ...]]:
    """Return the radiation as stated, else as the file says, else that of the tube the file names."""
    ratio = number_or_none(work, "k_alpha2_ratio")
    stated, second = number_or_none(work, "wavelength_angstrom"), number_or_none(work, "wavelength2_angstrom")
    told = first_number(signal, ("wavelength_alpha1_angstrom", "wavelength_angstrom"))
    if stated is not None:
        return radiation(stated, second, ratio), "stated", contradiction(stated, told)
    if told is not None:
        partner = first_number(signal, ("wavelength_alpha2_angstrom",)) if second is None else second
        strength = first_number(signal, ("alpha2_alpha1_ratio",))
        return radiation(told, partner, ratio if strength is None else strength), "the file", ()
    anode = str(signal.settings.get("anode") or "")
    if not anode:
        raise CannotAnalyse("State the wavelength in Å; the file does not say it: wavelength_angstrom.")
    beam = radiation_of_anode(anode)
    beam = Radiation(beam.first) if ratio == 0 else replace(beam, ratio=0.5 if ratio is None else ratio)
    text = (
        f"The file names a {anode} tube and no wavelength; its Kα1 {beam.first.value_angstrom:g} Å and Kα2 were taken."
    )
    return beam, f"the {anode} tube that the file names", (Flag("wavelength_of_anode", text),)


def contradiction(stated: float, told: float | None) -> tuple[Flag, ...]:
    """Return the flag of a stated wavelength that is not the file's."""
    if told is None or abs(stated / told - 1) < SAME_WAVELENGTH:
        return ()
    text = f"The wavelength stated is {stated:g} Å and that of the file {told:g} Å; see which is right."
    return (Flag("wavelength_differs", text, is_grave=True),)


def first_number(signal: Signal, names: Iterable[str]) -> float | None:
    """Return the first of some settings of a recording that is a number above zero."""
    for name in names:
        value = signal.settings.get(name)
        if isinstance(value, int | float) and not isinstance(value, bool) and value > 0:
            return float(value)
    return None


def pattern_of(work: Work, signal: Signal) -> tuple[Pattern, tuple[Flag, ...]]:
    """Return angles in order with their intensities and scatter, cut to the range that was stated."""
    if signal.values.ndim != 1 or len(signal.values) != len(signal.x):
        raise CannotAnalyse("This takes one powder pattern, not a map or an image.")
    if signal.x_unit and signal.x_unit.strip().lower() not in ANGLES:
        raise CannotAnalyse(f"The x axis is in {signal.x_unit}; give the pattern against 2θ in degrees.")
    stderrs = stderrs_of(signal)
    kept = chosen_points(work, signal, stderrs)
    order = kept[np.argsort(signal.x[kept], kind="stable")]
    angles = np.asarray(signal.x[order], dtype=float)
    if len(angles) < FEWEST_POINTS:
        raise CannotAnalyse(f"{len(angles)} points are too few for a pattern; it needs {FEWEST_POINTS} or more.")
    if float(np.diff(angles).min()) <= 0:
        raise CannotAnalyse("Two points have the same 2θ; the file holds more than one scan.")
    observed = np.asarray(signal.values[order], dtype=float)
    if not observed.any() or float(np.ptp(observed)) == 0:
        raise CannotAnalyse("All intensities are the same; there is nothing to fit.")
    likelihood = likelihood_of(work, signal, observed, stderrs)
    known = stderrs[order] if stderrs is not None and likelihood is Likelihood.KNOWN else None
    return Pattern(angles, observed, likelihood, known), flags_of_points(signal, observed, likelihood)


def chosen_points(work: Work, signal: Signal, stderrs: Floats | None) -> NDArray[np.intp]:
    """Return which points are numbers and in the range, positions of shape (n,)."""
    is_number = np.isfinite(signal.values) & np.isfinite(signal.x)
    lost_count = int((~is_number).sum())
    if lost_count > MOST_LOST_RATIO * len(is_number):
        raise CannotAnalyse(f"{lost_count} of {len(is_number)} points are no numbers; read the file out again.")
    if stderrs is not None and word(work, "weighting") in {"as the file says", "known errors"}:
        is_number &= np.isfinite(stderrs) & (stderrs > 0)
    low, high = number_or_none(work, "from_deg"), number_or_none(work, "to_deg")
    is_number &= signal.x > max(-np.inf if low is None else low - 1e-9, 0.1)
    is_number &= signal.x < min(np.inf if high is None else high + 1e-9, 170.0)
    return np.flatnonzero(is_number)


def stderrs_of(signal: Signal) -> Floats | None:
    """Return the standard errors beside the intensities, or none."""
    for other in signal.others:
        if other.role == "standard error" and other.values.shape == signal.values.shape:
            return np.asarray(other.values, dtype=float)
    return None


def likelihood_of(work: Work, signal: Signal, observed: Floats, stderrs: Floats | None) -> Likelihood:
    """Return how the points scatter: as stated, else known errors, else counts if they are whole, else unknown."""
    stated = word(work, "weighting")
    if stated == "counts":
        return Likelihood.POISSON
    if stated == "unknown":
        return Likelihood.UNKNOWN
    if stderrs is not None:
        return Likelihood.KNOWN
    if stated == "known errors":
        raise CannotAnalyse("The file has no standard errors; choose another weighting.")
    is_whole = bool((observed >= 0).all() and (observed == np.round(observed)).all())
    is_counted = signal.unit.strip().lower() in {"", "counts", "count"} and float(observed.max()) >= 2
    return Likelihood.POISSON if is_whole and is_counted else Likelihood.UNKNOWN


def flags_of_points(signal: Signal, observed: Floats, likelihood: Likelihood) -> tuple[Flag, ...]:
    """Return what to know of the points themselves."""
    flags = []
    is_top = np.concatenate(([0], (observed == observed.max()).astype(int), [0]))
    edges = np.flatnonzero(np.diff(is_top))
    if int((edges[1::2] - edges[::2]).max()) >= SATURATED_RUN and float(observed.max()) > SATURATED_FROM:
        text = (
            "The largest value stands in several points in a row: the detector was saturated; measure with less beam."
        )
        flags.append(Flag("saturated", text, is_grave=True))
    if float(observed.min()) < 0 and likelihood is Likelihood.UNKNOWN:
        text = "Some intensities are negative, so a background was taken off before; fit the raw counts instead."
        flags.append(Flag("negative", text))
    lost_count = int((~np.isfinite(signal.values)).sum())
    if lost_count:
        flags.append(Flag("left_out", f"{lost_count} points are no numbers and were left out."))
    return tuple(flags)
