"""The Stokes shift: first exciton minus PL, with both definitions of the exciton."""

from math import hypot, isfinite
from typing import NamedTuple

from analysis.methods import absorption, pl_peak
from analysis.methods.contract import Flag, Outcome, Points, Result, Work
from analysis.physics.refusing import CannotAnalyse
from analysis.publishing.rounding import Number, printed


class Energy(NamedTuple):
    """An energy in eV and its error, which may not be known."""

    value_ev: float
    stderr_ev: float | None


def run(work: Work) -> Outcome:
    """Return E(exciton) − E(PL), of two recordings or of values that other fits told."""
    by_fit, by_minimum, exciton_flags = excitons(work)
    line, line_flags = emission_line(work)
    results = (shift("stokes_shift", by_fit, line), shift("stokes_shift_minimum", by_minimum, line))
    return Outcome(
        results=results,
        statistics={
            "definition": "first exciton by fit minus the PL maximum per eV",
            "definition_minimum": "first exciton by second derivative minus the PL maximum per eV",
        },
        flags=(*exciton_flags, *line_flags, *sign_flags(results[0])),
        says=f"The PL lies {told(results[0])} meV below the first exciton.",
    )


def excitons(work: Work) -> tuple[Energy, Energy | None, tuple[Flag, ...]]:
    """Return the exciton by fit and by second derivative; a value that was handed over has the first only."""
    if "exciton" in work.points:
        return first_of(work.points["exciton"]), None, ()
    outcome = absorption.run(part(work, "absorbance", {"above_ev": 1.0, "window_mev": None}))
    energies = energies_of(outcome)
    return energies["exciton_energy"], energies["exciton_minimum"], outcome.flags


def emission_line(work: Work) -> tuple[Energy, tuple[Flag, ...]]:
    """Return the PL maximum."""
    if "line" in work.points:
        return first_of(work.points["line"]), ()
    outcome = pl_peak.run(part(work, "emission", {"shape": "gaussian"}))
    return energies_of(outcome)["peak_energy"], outcome.flags


def part(work: Work, role: str, more: dict[str, float | str | None]) -> Work:
    """Return the work of the method of one spectrum."""
    if not work.signals.get(role):
        raise CannotAnalyse(f"A Stokes shift needs an absorbance and a PL spectrum of one sample; there is no {role}.")
    return Work({"spectrum": work.signals[role]}, settings={**work.settings, **more}, seed=work.seed)


def energies_of(outcome: Outcome) -> dict[str, Energy]:
    """Return the results of a method that are energies."""
    return {one.name: Energy(one.value, one.stderr) for one in outcome.results if one.value is not None}


def first_of(points: Points) -> Energy:
    """Return the one value that was handed over, in eV."""
    scale = {"eV": 1.0, "meV": 1e-3}.get(points.y_unit)
    if scale is None or len(points.y) != 1:
        raise CannotAnalyse("A Stokes shift is of one exciton and one line, both in eV.")
    stderr = float(points.y_stderr[0])
    return Energy(float(points.y[0]) * scale, stderr * scale if isfinite(stderr) else None)


def shift(name: str, exciton: Energy | None, line: Energy) -> Result:
    """Return a shift in meV."""
    if exciton is None:
        return Result(name, None, None, "meV", note="only one energy of the exciton was handed over")
    is_certain = exciton.stderr_ev is not None and line.stderr_ev is not None
    stderr = hypot(exciton.stderr_ev or 0.0, line.stderr_ev or 0.0) * 1e3 if is_certain else None
    return Result(name, (exciton.value_ev - line.value_ev) * 1e3, stderr, "meV")


def sign_flags(result: Result) -> tuple[Flag, ...]:
    """Return the flag of a shift to the wrong side."""
    if result.value is None or result.value >= -2.0 * (result.stderr or 0.0):
        return ()
    text = "The PL lies above the exciton: the two are not of one sample and state, or one of them is misread."
    return (Flag("negative_shift", text, is_grave=True),)


def told(result: Result) -> str:
    """Return a result in words."""
    return str(printed(Number(result.value, result.stderr)))
