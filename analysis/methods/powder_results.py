"""The numbers of a fitted powder pattern with their errors, and what is said of δ."""

from dataclasses import dataclass

import numpy as np

from analysis.methods.contract import Result
from analysis.methods.powder_signal import Powder
from analysis.physics.diffraction.cell import volume_stderr
from analysis.physics.diffraction.phase_call import (
    BELOW_LOD,
    DELTA_WINDOW_DEG,
    DETECTED,
    GAMMA_WINDOW_DEG,
    NOT_DETECTED,
    PhaseCall,
    phase_call,
    window_at_deg,
)
from analysis.physics.diffraction.phase_lines import Diffractometer
from analysis.physics.diffraction.whole_fit import WholeFit
from analysis.physics.diffraction.whole_parameters import Choices
from analysis.physics.fitting.problem import Floats, Likelihood
from analysis.physics.refusing import CannotAnalyse

NOT_CALLED = "δ not called: the pattern does not cover its own lines"
HELD = "γ is too weak beside δ to tell"
NOT_LOOKED_FOR = "δ not looked for"
# δ counts as seen by the whole pattern from so many standard errors on.
SEEN_FROM = 3.0


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """A fitted pattern with what it rests on; `call` is None where the windows of the index are not covered."""

    powder: Powder
    setup: Diffractometer
    whole: WholeFit
    choices: Choices
    call: PhaseCall | None

    @property
    def words(self) -> str:
        """What is said of δ: seen by the whole pattern and in a window of its own, or not."""
        if not self.choices.has_delta:
            return NOT_LOOKED_FOR
        if self.call is None:
            return DETECTED if self.whole.gamma_is_held and self.whole.has_moving_delta else NOT_CALLED
        if self.whole.has_moving_delta and self.call.words == DETECTED:
            return DETECTED
        if self.whole.delta_ratio > SEEN_FROM and self.call.words != NOT_DETECTED:
            return DETECTED if self.call.words == DETECTED else BELOW_LOD
        return NOT_DETECTED if self.call.words == NOT_DETECTED else BELOW_LOD

    @property
    def delta_fraction(self) -> tuple[float, float]:
        """The mass fraction of δ and its standard error, from the scales of both phases."""
        fitted = self.whole.fitted
        name = "delta_scale" if self.whole.has_moving_delta else "delta"
        gamma, delta = fitted.value("gamma_scale"), fitted.value(name)
        slope = np.zeros(len(fitted.values))
        slope[fitted.index("gamma_scale")] = -delta / (gamma + delta) ** 2
        slope[fitted.index(name)] = gamma / (gamma + delta) ** 2
        return delta / (gamma + delta), fitted.derived_stderr(slope)


def call_of(powder: Powder, setup: Diffractometer, whole: WholeFit) -> PhaseCall | None:
    """Return the index of δ from the two windows, moved with wavelength and cell; None where it cannot be had."""
    fitted, pattern = whole.fitted, whole.model.pattern
    length = setup.radiation.first.value_angstrom
    gamma_stretch = stretch_of(whole, "gamma")
    delta_stretch = stretch_of(whole, "delta") if whole.has_moving_delta else gamma_stretch
    shift = 0.0 if setup.radius_mm is not None else fitted.value("shift")
    try:
        windows = [
            window_at_deg(window, length, stretch)
            for window, stretch in ((DELTA_WINDOW_DEG, delta_stretch), (GAMMA_WINDOW_DEG, gamma_stretch))
        ]
        first, second = ((low + shift, high + shift) for low, high in windows)
        return phase_call(
            pattern.angles_deg, pattern.observed, whole.background, whole.gamma, variances_of(whole), (first, second)
        )
    except CannotAnalyse:
        return None


def stretch_of(whole: WholeFit, prefix: str) -> float:
    """Return how far a cell is stretched from that at room temperature, as a length."""
    edges = whole.model.phases[prefix].reflections.structure.edges_angstrom
    found = [whole.fitted.value(f"{prefix}_{name}") for name in "abc"]
    return float(np.cbrt(np.prod(found) / np.prod(edges)))


def variances_of(whole: WholeFit) -> Floats:
    """Return the variance of every point, shape (n,)."""
    pattern = whole.model.pattern
    if pattern.likelihood is Likelihood.POISSON:
        return np.maximum(pattern.observed, 1.0)
    if pattern.stderrs is not None:
        return np.asarray(pattern.stderrs**2)
    relative = np.ones_like(pattern.observed) if pattern.relative is None else pattern.relative
    return np.asarray(relative**2 * whole.fitted.reduced)


def results_of(told: Told) -> tuple[Result, ...]:
    """Return every number; one that the pattern does not give has none, and why."""
    return (
        *gamma_results(told),
        fraction_result(told),
        index_result(told),
        *delta_results(told),
        Result("pattern_agreement", agreement_percents(told)[1], None, "%", note="without the background"),
    )


def gamma_results(told: Told) -> list[Result]:
    """Return cell, size and strain of γ, or that it is too weak to have any."""
    found = [*cell_results(told, "gamma", "cell"), size_result(told), strain_result(told)]
    return [Result(one.name, None, None, one.unit, note=HELD) for one in found] if told.whole.gamma_is_held else found


def cell_results(told: Told, prefix: str, name: str) -> list[Result]:
    """Return edges and volume of a phase."""
    fitted = told.whole.fitted
    places = [fitted.index(f"{prefix}_{edge}") for edge in "abc"]
    edges = fitted.values[places]
    error = volume_stderr(edges, fitted.covariance[np.ix_(places, places)])
    told_edges = [
        Result(f"{name}_{edge}", float(fitted.values[place]), float(fitted.stderrs[place]), "Å")
        for edge, place in zip("abc", places, strict=True)
    ]
    return [*told_edges, Result(f"{name}_volume", float(np.prod(edges)), error, "Å³")]


def size_result(told: Told) -> Result:
    """Return the size with the constant and the instrument it rests on."""
    fitted = told.whole.fitted
    instrument = told.choices.gauss_deg
    breadth = "instrument not stated" if instrument is None else f"instrument {instrument:g}°"
    note = f"K = {told.setup.constant:g} for FWHM, {breadth}; volume-weighted column length"
    value, error = fitted.value("gamma_size"), fitted.stderr("gamma_size")
    return Result("crystallite_size", value, error, "nm", note=note)


def strain_result(told: Told) -> Result:
    """Return the micro-strain."""
    if not told.choices.has_strain:
        return Result("microstrain", None, note="not fitted")
    value, error = told.whole.fitted.value("gamma_strain"), told.whole.fitted.stderr("gamma_strain")
    is_seen = value > 2 * error
    note = "" if is_seen else f"not told from zero; below {max(value, 0.0) + 2 * error:.2g}"
    return Result("microstrain", value, error, note=note)


def fraction_result(told: Told) -> Result:
    """Return the mass fraction of δ; where δ is not seen there is no number, and the note says below what."""
    if told.words == DETECTED:
        fraction, error = told.delta_fraction
        return Result("delta_fraction", 100 * fraction, 100 * error, "%", note=DETECTED)
    if told.call is None or not told.choices.has_delta:
        return Result("delta_fraction", None, None, "%", note=told.words)
    fraction, error = told.delta_fraction
    limit = 100 * max(told.call.lod_fraction, max(fraction, 0.0) + 1.645 * error)
    return Result("delta_fraction", None, None, "%", note=f"{told.words}; less than {limit:.2g} % of the mass")


def index_result(told: Told) -> Result:
    """Return the index R."""
    if told.call is None:
        return Result("delta_index", None, note=NOT_CALLED)
    note = f"{told.call.words}; w = {100 * told.call.mass_fraction:.3g} % by windows alone, tails of γ included"
    return Result("delta_index", told.call.index, told.call.index_stderr, note=note)


def delta_results(told: Told) -> list[Result]:
    """Return cell and size of δ where it has its own."""
    if not told.whole.has_moving_delta:
        return []
    fitted = told.whole.fitted
    size = Result("delta_size", fitted.value("delta_size"), fitted.stderr("delta_size"), "nm")
    return [*cell_results(told, "delta", "delta_cell"), size]


def agreement_percents(told: Told) -> tuple[float, float, float]:
    """Return Rwp, Rwp without the background, and what is expected of perfect data, in percent."""
    pattern, total = told.whole.model.pattern, told.whole.total
    weights = 1 / variances_of(told.whole)
    left = float((weights * (pattern.observed - total) ** 2).sum())
    whole = float((weights * pattern.observed**2).sum())
    net = float((weights * (pattern.observed - told.whole.background) ** 2).sum())
    expected = max(told.whole.fitted.dof_count, 1) / whole
    return 100 * (left / whole) ** 0.5, 100 * (left / max(net, 1e-300)) ** 0.5, 100 * expected**0.5
