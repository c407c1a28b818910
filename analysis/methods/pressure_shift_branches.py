"""The branches of a pressure series: each fitted on its own, and compared where their pressures meet."""

from dataclasses import dataclass

import numpy as np

from analysis.methods.contract import Flag, Plot, Result, ResultTable
from analysis.methods.ladder_points import Ladder
from analysis.methods.ladder_telling import scattered_result
from analysis.physics.fitting.criteria import Comparison
from analysis.physics.fitting.problem import Floats
from analysis.physics.points.scattered import Scattered
from analysis.physics.pressure.joining import join_by_pressure
from analysis.physics.pressure.kink import (
    KINK,
    LINE,
    QUADRATIC,
    Kink,
    compared,
    fit_kink,
    fit_polynomial,
)

RELEASE_WORDS = ("release", "down", "decompress", "unload")
# Pressures of two branches that are no further apart than this are one rung.
TOLERANCE_GPA = 0.05
FEWEST_FOR_KINK = 6
CLEAR_SIGMAS = 3.0


@dataclass(frozen=True, slots=True, eq=False)
class Shift:
    """One branch as fitted; `kink` is there whenever it was looked for, chosen or not."""

    rungs: Ladder
    model: str
    scattered: Scattered
    kink: Kink | None
    compared: tuple[Comparison, ...]
    wants_kink: bool

    @classmethod
    def of(cls, rungs: Ladder, wish: str, seed: int, *, is_found: bool) -> "Shift":
        """Return a branch by the model asked for, or by the lowest AICc of those the points can tell."""
        kink: Kink | None = None
        ranked: tuple[Comparison, ...] = ()
        if len(np.unique(rungs.x)) >= FEWEST_FOR_KINK:
            kink = fit_kink(rungs.x, rungs.y, rungs.y_stderrs, rungs.x_stderrs, is_found=is_found, seed=seed)
            ranked = compared(kink, rungs.x)
        order = [one.name for one in ranked] or [LINE]
        wants_kink = (order[0] if wish == "best" else wish) == KINK
        allowed = [name for name in order if name != KINK or (kink is not None and kink.is_identifiable)]
        model = wish if wish in allowed else allowed[0]
        if model == KINK and kink is not None:
            return cls(rungs, model, kink.scattered, kink, ranked, wants_kink)
        scattered = fit_polynomial(
            rungs.x,
            rungs.y,
            rungs.y_stderrs,
            rungs.x_stderrs,
            degree=2 if model == QUADRATIC else 1,
            is_found=is_found,
            seed=seed,
        )
        return cls(rungs, model, scattered, kink, ranked, wants_kink)

    @property
    def has_pressure_errors(self) -> bool:
        """Whether errors of the pressures are in the weights."""
        return self.rungs.y_stderrs is not None and bool(np.isfinite(self.rungs.x_stderrs).any())

    def parameter(self, name: str) -> tuple[float, float]:
        """Return a parameter and its error."""
        fitted = self.scattered.fitted
        return fitted.value(name), fitted.stderr(name) * self.scattered.widening_ratio

    def energies_ev(self, pressures_gpa: Floats) -> Floats:
        """Return the model at pressures, shape (m,)."""
        values = self.scattered.fitted.values
        if self.model == KINK:
            start, below, above, kink_gpa = values
            bend = (above - below) * np.maximum(pressures_gpa - kink_gpa, 0.0)
            return np.asarray(start + below * pressures_gpa + bend)
        return np.asarray(np.polynomial.polynomial.polyval(pressures_gpa, values))


def branches_of(rungs: Ladder) -> tuple[Ladder, Ladder]:
    """Return the points of compression and of release, by their labels."""
    is_down = np.array([any(word in label.lower() for word in RELEASE_WORDS) for label in rungs.labels], dtype=bool)
    return rungs.part(~is_down), rungs.part(is_down)


def shift_results(shift: Shift) -> tuple[Result, ...]:
    """Return the numbers of the chosen model."""
    scattered = shift.scattered
    if shift.model != KINK:
        note = "" if shift.model == LINE else "at P = 0, along a parabola"
        start, slope = shift.parameter("b0"), shift.parameter("b1")
        return (
            scattered_result("energy_zero_pressure", *start, scattered, "eV"),
            scattered_result("pressure_slope", slope[0] * 1e3, slope[1] * 1e3, scattered, "meV/GPa", note=note),
        )
    start, below, above = (shift.parameter(name) for name in ("energy_ev", "below_ev_per_gpa", "above_ev_per_gpa"))
    return (
        scattered_result("energy_zero_pressure", *start, scattered, "eV"),
        scattered_result("pressure_slope_below", below[0] * 1e3, below[1] * 1e3, scattered, "meV/GPa"),
        scattered_result("pressure_slope_above", above[0] * 1e3, above[1] * 1e3, scattered, "meV/GPa"),
        kink_result(shift),
    )


def kink_result(shift: Shift) -> Result:
    """Return the pressure of the kink with the interval of its profile."""
    value, stderr = shift.parameter("kink_gpa")
    if shift.kink is None:
        return Result("pressure_kink", value, stderr, "GPa")
    interval = shift.kink.interval
    return Result(
        "pressure_kink", value, stderr, "GPa",
        low=None if interval.is_open_low else interval.low, high=None if interval.is_open_high else interval.high,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pair:
    """A rung reached both ways: by how much the peak lies higher on release, in eV."""

    pressure_gpa: float
    released_gpa: float
    difference_ev: float
    stderr_ev: float | None


def hysteresis(up: Ladder, down: Ladder, shift: Shift) -> tuple[Pair, ...]:
    """Return the rungs of both branches that meet; the scatter of compression is in their errors."""
    pairs = []
    for one, other in join_by_pressure(up.x, down.x, TOLERANCE_GPA).pairs:
        errors = [
            0.0 if part.y_stderrs is None else float(part.y_stderrs[row]) for part, row in ((up, one), (down, other))
        ]
        total = shift.scattered.widening_ratio * float(
            np.sqrt(errors[0] ** 2 + errors[1] ** 2 + 2.0 * shift.scattered.extra**2)
        )
        # The peak shifts between two pressures that are not quite one.
        along = shift.energies_ev(np.array([up.x[one], down.x[other]]))
        difference = float(down.y[other] - up.y[one]) - float(along[1] - along[0])
        pairs.append(Pair(float(up.x[one]), float(down.x[other]), difference, total or None))
    return tuple(pairs)


def hysteresis_flags(pairs: tuple[Pair, ...]) -> tuple[Flag, ...]:
    """Return that release does not come back the way that compression went."""
    apart = [one for one in pairs if one.stderr_ev and abs(one.difference_ev) > CLEAR_SIGMAS * one.stderr_ev]
    if not apart:
        return ()
    told = ", ".join(f"{1e3 * one.difference_ev:+.2g} meV at {round(one.pressure_gpa, 3):g} GPa" for one in apart)
    return (Flag("hysteresis", f"On release the peak lies elsewhere than on compression: {told}."),)


def shift_table(shift: Shift, released: Shift | None, pairs: tuple[Pair, ...]) -> tuple[ResultTable, ...]:
    """Return both branches beside each other, and the rungs where they meet."""
    rows = []
    for name, branch in (("compression", shift), ("release", released)):
        if branch is not None:
            rows += [(name, branch.model, one.name, one.value, one.stderr, one.unit) for one in shift_results(branch)]
    branches = (("Branch", ""), ("Model", ""), ("Quantity", ""), ("Value", ""), ("±", ""), ("Unit", ""))
    meeting = (("P", "GPa"), ("P on release", "GPa"), ("ΔE", "meV"), ("± ΔE", "meV"))
    meetings = tuple(
        (one.pressure_gpa, one.released_gpa, one.difference_ev * 1e3, one.stderr_ev and one.stderr_ev * 1e3)
        for one in pairs
    )
    tables = [ResultTable("branches", "Branches", branches, tuple(rows))]
    return (
        (*tables, ResultTable("hysteresis", "Release beside compression", meeting, meetings)) if pairs else (*tables,)
    )


def shift_plot(shift: Shift, down: Ladder) -> Plot:
    """Return the compression with its model, the release as marks, and the interval of the kink."""
    rungs = shift.rungs
    model_x = np.linspace(0.0, float(rungs.x.max()), 300)
    marks = tuple((float(x), float(y), "release") for x, y in zip(down.x, down.y, strict=True))
    bands: tuple[tuple[float, float, str], ...] = ()
    if shift.model == KINK and shift.kink is not None:
        bands = ((shift.kink.interval.low, shift.kink.interval.high, "kink, 68.3 %"),)
    return Plot(
        "shift", "Peak against pressure", "Pressure", "GPa", "Energy", "eV", rungs.x, rungs.y, rungs.y_stderrs,
        model=shift.energies_ev(model_x), model_x=model_x, residuals=rungs.y - shift.scattered.fitted.predicted,
        marks=marks, bands=bands, drawn="points",
    )  # fmt: skip
