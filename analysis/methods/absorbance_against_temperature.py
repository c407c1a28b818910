"""Exciton energies along temperature: smooth, or one jump, and how small a jump would have been seen (Fig. S4)."""

from math import isfinite

import numpy as np

from analysis.methods import absorption
from analysis.methods.axis import number_of
from analysis.methods.contract import Alternative, Flag, Outcome, Points, Result, Signal, Work
from analysis.methods.jump_plots import energy_plot, finite, profile_plot, profile_table
from analysis.methods.student import student_result
from analysis.physics.absorption.jump import JumpSearch, jump_search
from analysis.physics.fitting.problem import Floats
from analysis.physics.refusing import CannotAnalyse
from analysis.publishing.rounding import Number, printed

SMOOTH, JUMP = "smooth", "one jump"


def run(work: Work) -> Outcome:
    """Return whether the first exciton jumps between two temperatures, of spectra or of values of other fits."""
    points, flags = points_of(work)
    order = np.argsort(points.x, kind="stable")
    temperatures_k, energies_mev = points.x[order], points.y[order] * 1e3
    search = jump_search(temperatures_k, energies_mev, phonon_mev=number_of(work.settings.get("phonon_energy_mev")))
    return Outcome(
        results=results_of(search),
        statistics=statistics(search, temperatures_k),
        flags=flags,
        alternatives=alternatives(search),
        plots=(energy_plot(search, temperatures_k, energies_mev, points.y_stderr[order] * 1e3), profile_plot(search)),
        tables=(profile_table(search),),
        says=sentence(search, temperatures_k),
    )


def points_of(work: Work) -> tuple[Points, tuple[Flag, ...]]:
    """Return exciton energies in eV against temperatures in K, and the grave flags of the fits they came from."""
    if "energies" in work.points:
        return checked(work.points["energies"]), ()
    rows, flags = [], []
    for signal in work.signals.get("spectra", ()):
        temperature_k = temperature_of(signal)
        outcome = absorption.run(Work({"spectrum": (signal,)}, settings=work.settings, seed=work.seed))
        energy = next(one for one in outcome.results if one.name == "exciton_energy")
        rows.append((temperature_k, energy.value, energy.stderr))
        flags += [
            Flag(f"{one.code}_{temperature_k:g}k", f"{temperature_k:g} K: {one.text}", is_grave=True)
            for one in outcome.flags
            if one.is_grave
        ]
    if not rows:
        raise CannotAnalyse("Give absorbance spectra at several temperatures, or a table of exciton energies.")
    table = np.array(rows, dtype=float)
    return Points(table[:, 0], np.full(len(rows), np.nan), "K", table[:, 1], table[:, 2], "eV"), tuple(flags)


def checked(points: Points) -> Points:
    """Return points in K and eV; raises CannotAnalyse for other units."""
    if points.x_unit != "K":
        raise CannotAnalyse(f"Temperatures are needed in K, not in “{points.x_unit or 'no unit'}”.")
    scale = {"eV": 1.0, "meV": 1e-3}.get(points.y_unit)
    if scale is None:
        raise CannotAnalyse(f"Energies are needed in eV, not in “{points.y_unit or 'no unit'}”.")
    if not (np.isfinite(points.x).all() and np.isfinite(points.y).all() and float(points.x.min(initial=1.0)) > 0):
        raise CannotAnalyse("Every point needs an energy and a temperature above 0 K.")
    return Points(points.x, points.x_stderr, "K", points.y * scale, points.y_stderr * scale, "eV")


def temperature_of(signal: Signal) -> float:
    """Return the temperature of a recording in K."""
    value = number_of(signal.settings.get("temperature_k"))
    if value is None:
        raise CannotAnalyse(f"State the temperature of {signal.label or 'every spectrum'}: temperature_k.")
    return value


def results_of(search: JumpSearch) -> tuple[Result, ...]:
    """Return the jump with its temperature, or that none was seen; never zero for none."""
    profile, best = search.profile, search.profile.best
    limit = Result("exciton_jump_limit", profile.smallest_seen, None, "meV", note="95 % confidence, in any gap")
    if not search.is_jump:
        note = "no jump seen"
        return (
            Result("exciton_jump", None, None, "meV", note=note),
            Result("exciton_jump_temperature", None, None, "K", note=note),
            limit,
        )
    low_k, high_k = float(profile.low[best]), float(profile.high[best])
    return (
        student_result(
            "exciton_jump", float(profile.heights[best]), float(profile.stderrs[best]), profile.dof_count, "meV"
        ),
        Result("exciton_jump_temperature", (low_k + high_k) / 2, None, "K", low_k, high_k, note="between two readings"),
        limit,
    )


def statistics(search: JumpSearch, temperatures_k: Floats) -> dict[str, float | int | str | bool | None]:
    """Return both models and their criteria."""
    profile, best = search.profile, search.profile.best
    return {
        "model": JUMP if search.is_jump else SMOOTH,
        "smooth": search.smooth.name,
        "likelihood": "unknown standard error",
        "weighting": "unweighted; the standard error is taken from the residuals",
        "covariance": "scaled",
        "n": len(temperatures_k),
        "dof": profile.dof_count,
        "rss_mev2": search.smooth.rss,
        "aicc": finite(search.smooth.aicc),
        "aicc_jump": finite(float(profile.aicc[best])),
        "jump_p": min(float(profile.p[best]) * len(profile.p), 1.0),
        "jump_p_counts": f"all {len(profile.p)} gaps that were tried",
    }


def alternatives(search: JumpSearch) -> tuple[Alternative, ...]:
    """Return both models where there are points enough for both."""
    profile, free_count = search.profile, search.smooth.columns.shape[1]
    rows = (
        alternative(SMOOTH, search, free_count, search.smooth.rss, search.smooth.aicc),
        alternative(JUMP, search, free_count + 2, float(profile.rss[profile.best]), float(profile.aicc[profile.best])),
    )
    return rows if all(isfinite(one.aicc) for one in rows) else ()


def alternative(name: str, search: JumpSearch, free_count: int, rss: float, aicc: float) -> Alternative:
    """Return one of both models with its criteria; the unknown error is one more parameter."""
    count, k = len(search.predicted), free_count + 1
    fit = count * float(np.log(max(rss, 1e-300) / count))
    is_chosen = (name == JUMP) == search.is_jump
    return Alternative(name, free_count, rss, fit + 2 * k, aicc, fit + k * float(np.log(count)), is_chosen)


def sentence(search: JumpSearch, temperatures_k: Floats) -> str:
    """Return what a person reads first."""
    profile, best = search.profile, search.profile.best
    if search.is_jump:
        height = printed(Number(float(profile.heights[best]), float(profile.stderrs[best])))
        return f"A jump of {height} meV between {profile.low[best]:g} and {profile.high[best]:g} K."
    limit = printed(Number(profile.smallest_seen, profile.smallest_seen / 10))
    return f"No transition seen between {temperatures_k[0]:g} and {temperatures_k[-1]:g} K above {limit.value} meV."
