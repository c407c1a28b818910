"""The bulk modulus of γ-CsPbI3 from its cell volumes along pressure."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.methods.contract import Flag, Outcome, Plot, Points, Result, ResultTable, Work
from analysis.methods.stating import number, number_or_none
from analysis.methods.student import student_result
from analysis.methods.telling import covariance_of, flags_of, parameters_of, statistics_of
from analysis.physics.diffraction.equation_of_state import FEWEST_POINTS, Compression, fit_compression, pressure_gpa
from analysis.physics.fitting.fitted import Fitted
from analysis.physics.fitting.problem import Floats, Likelihood
from analysis.physics.refusing import CannotAnalyse
from analysis.publishing.rounding import Number, printed

EDGES = {"edges_a": "a/a₀", "edges_b": "b/b₀", "edges_c": "c/c₀"}
SAME_PRESSURE_GPA = 0.05
DELTA_WORDS = ("δ", "delta")


@dataclass(frozen=True, slots=True, eq=False)
class Rungs:
    """Points of γ alone, all of shape (n,), errors None where no point has any, and what was left out."""

    pressures_gpa: Floats
    pressure_stderrs: Floats | None
    volumes: Floats
    volume_stderrs: Floats | None
    flags: tuple[Flag, ...]


def run(work: Work) -> Outcome:
    """Return B₀ and V₀ of a pressure ladder."""
    rungs = rungs_of(work, work.points["volumes"])
    compression = fit_compression(
        rungs.pressures_gpa, rungs.volumes, pressure_stderrs_gpa=rungs.pressure_stderrs,
        volume_stderrs_angstrom3=rungs.volume_stderrs, derivative=number(work, "derivative"),
    )  # fmt: skip
    fitted = compression.fitted
    modulus = compression.bulk_modulus_gpa
    note = f"B₀′ = {compression.derivative:g} held"
    return Outcome(
        results=(
            result_of(fitted, "bulk_modulus", "bulk_modulus", "GPa", note),
            result_of(fitted, "cell_volume_zero", "volume_zero", "Å³", note),
        ),
        statistics={
            **statistics_of(fitted),
            "derivative": compression.derivative,
            "errors": "effective variance of pressure and volume"
            if compression.stderrs_gpa is not None
            else "none stated",
            "highest_pressure_gpa": float(rungs.pressures_gpa.max()),
        },
        flags=(*rungs.flags, *flags_of(fitted)),
        parameters=parameters_of(fitted),
        covariance=covariance_of(fitted),
        plots=(volume_plot(rungs, compression), *edge_plots(work)),
        tables=(table_of(rungs, compression),),
        says=f"B₀ = {printed(Number(modulus, fitted.stderr('bulk_modulus')))} GPa at B₀′ = {compression.derivative:g}.",
    )


def result_of(fitted: Fitted, name: str, key: str, unit: str, note: str) -> Result:
    """Return a parameter; where no error was stated the residuals tell it, and the interval is Student's."""
    value, stderr = fitted.value(key), fitted.stderr(key)
    if fitted.likelihood is Likelihood.UNKNOWN:
        return student_result(name, value, stderr, fitted.dof_count, unit, note=note)
    return Result(name, value, stderr, unit, note=note)


def rungs_of(work: Work, points: Points) -> Rungs:
    """Return the points below the transition to δ."""
    if points.x_unit not in {"GPa", ""}:
        raise CannotAnalyse(f"The pressures are in {points.x_unit}; give them in GPa (1 kbar is 0.1 GPa).")
    kept = np.isfinite(points.x) & np.isfinite(points.y)
    is_beyond = beyond_transition(work, points)
    flags = []
    if (kept & is_beyond).any():
        at = ", ".join(f"{one:g}" for one in np.sort(points.x[kept & is_beyond]))
        text = f"Points at {at} GPa were left out: δ is there, and one equation of state does not cross a transition."
        flags.append(Flag("beyond_transition", text))
    kept &= ~is_beyond
    if int(kept.sum()) < FEWEST_POINTS:
        raise CannotAnalyse(
            f"{int(kept.sum())} pressures of γ alone do not give V₀ and B₀; measure at {FEWEST_POINTS} or more below"
            " the transition."
        )
    pressure_stderrs, volume_stderrs = errors(points.x_stderr[kept]), errors(points.y_stderr[kept])
    if pressure_stderrs is None and volume_stderrs is not None:
        text = "No pressure has an error, so B₀ has the errors of the volumes alone and looks better than it is."
        flags.append(Flag("pressure_without_error", text))
    return Rungs(points.x[kept], pressure_stderrs, points.y[kept], volume_stderrs, tuple(flags))


def errors(stderrs: Floats) -> Floats | None:
    """Return standard errors, or none where no point has one."""
    is_stated = np.isfinite(stderrs) & (stderrs > 0)
    return np.where(is_stated, stderrs, 0.0) if is_stated.any() else None


def beyond_transition(work: Work, points: Points) -> NDArray[np.bool_]:
    """Return which points stand where δ was seen, by their labels, by the fits of δ or by the stated limit."""
    labels = points.labels or ("",) * len(points.x)
    beyond = np.array([any(one in label for one in DELTA_WORDS) for label in labels])
    delta = work.points.get("delta")
    if delta is not None and (delta.y > 0).any():
        beyond |= points.x > float(delta.x[delta.y > 0].min()) - SAME_PRESSURE_GPA
    most = number_or_none(work, "to_gpa")
    return beyond if most is None else beyond | (points.x > most)


def volume_plot(rungs: Rungs, compression: Compression) -> Plot:
    """Return the volumes along pressure with the equation of state."""
    least = min(float(rungs.volumes.min()), compression.volume_angstrom3) * 0.99
    volumes = np.linspace(max(compression.volume_angstrom3, float(rungs.volumes.max())), least, 200)
    pressures = pressure_gpa(
        volumes, compression.volume_angstrom3, compression.bulk_modulus_gpa, compression.derivative
    )
    return Plot(
        "volumes", "Equation of state", "Pressure", "GPa", "Cell volume", "Å³", rungs.pressures_gpa, rungs.volumes,
        stderr=rungs.volume_stderrs, model=volumes, model_x=pressures,
        residuals=rungs.pressures_gpa - compression.pressures_gpa, drawn="points",
    )  # fmt: skip


def edge_plots(work: Work) -> tuple[Plot, ...]:
    """Return d/d₀ of every edge that was given, over its value at the lowest pressure."""
    plots = []
    for role, label in EDGES.items():
        points = work.points.get(role)
        if points is None or len(points.x) < 2:
            continue
        first = float(points.y[int(np.argmin(points.x))])
        plots.append(Plot(
            role, f"{label} along pressure", "Pressure", "GPa", label, "", points.x, points.y / first,
            stderr=points.y_stderr / first, drawn="points",
        ))  # fmt: skip
    return tuple(plots)


def table_of(rungs: Rungs, compression: Compression) -> ResultTable:
    """Return pressure, volume, V/V₀ and d/d₀ of every point."""
    share = rungs.volumes / compression.volume_angstrom3
    rows = zip(rungs.pressures_gpa, rungs.volumes, share, np.cbrt(share), strict=True)
    columns = (("P", "GPa"), ("V", "Å³"), ("V/V₀", ""), ("d/d₀", ""))
    return ResultTable("compression", "Compression", columns, tuple(tuple(float(one) for one in row) for row in rows))
