"""The gap against temperature with the phonon's energy given: both readings of its first parameter."""

import numpy as np

from analysis.methods.contract import Outcome, Plot, Result, SettingValue, Work
from analysis.methods.ladder_points import Ladder, energies_ev, ladder, points_of, temperature_ladder
from analysis.methods.ladder_telling import (
    is_scatter_found,
    scatter_flags,
    scatter_said,
    scatter_statistics,
    scattered_result,
)
from analysis.methods.ruby_spectrum import number_of
from analysis.methods.telling import covariance_of, parameters_of
from analysis.physics.pressure.segments import straight_line
from analysis.physics.temperature.gap import (
    GapFit,
    Gradient,
    e0_gradient,
    expansion_gradient,
    fit_gap,
    phonon_gradient,
    room_slope_gradient,
    zero_temperature_gradient,
)
from analysis.physics.temperature.published import COLUMN_IS_E0, consistency_of_table_s1
from analysis.publishing.rounding import Number, printed

TOLD: tuple[tuple[str, Gradient, float, str], ...] = (
    ("gap_e0", e0_gradient, 1.0, "eV"),
    ("gap_zero_temperature", zero_temperature_gradient, 1.0, "eV"),
    ("gap_expansion", expansion_gradient, 1.0, "eV/K"),
    ("gap_phonon", phonon_gradient, 1.0, "eV"),
    ("gap_slope_300k", room_slope_gradient, 1e3, "meV/K"),
)


def run(work: Work) -> Outcome:
    """Return E0, Eg(0), A_TE, A_EP and the slope at 300 K of one temperature series."""
    rungs = rungs_of(work)
    fit = fit_gap(
        rungs.x, rungs.y, rungs.y_stderrs,
        phonon_energy_ev=number_of(work.settings, "phonon_energy_mev") / 1e3,
        phonon_stderr_ev=number_of(work.settings, "phonon_energy_stderr_mev") / 1e3,
        temperature_stderrs_k=rungs.x_stderrs, is_found=is_scatter_found(work, rungs), seed=work.seed,
    )  # fmt: skip
    results = tuple(result_of(fit, *one) for one in TOLD)
    reading = str(work.settings["reading"])
    column = results[0] if reading == COLUMN_IS_E0 else results[1]
    said = f"The column of Table S1, read as {reading}, is {printed(Number(column.value, column.stderr))} eV"
    return Outcome(
        results=results,
        statistics={**scatter_statistics(fit.scattered, "eV"), **gap_statistics(fit, rungs), "column": reading},
        flags=(*rungs.flags, *scatter_flags(fit.scattered, "eV")),
        parameters=parameters_of(fit.scattered.fitted),
        covariance=covariance_of(fit.scattered.fitted),
        plots=(gap_plot(fit, rungs),),
        says=f"{said}, with ħω = {fit.phonon_energy_ev * 1e3:.4g} meV given; {direction(results[-1])}"
        f"{scatter_said(fit.scattered, 'eV')}.",
    )


def rungs_of(work: Work) -> Ladder:
    """Return the energies of a temperature series in order."""
    points, said = temperature_ladder(points_of(work, "energies"))
    values, stderrs, more = energies_ev(points)
    return ladder(points, points.x, points.x_stderr, values, stderrs, flags=(*said, *more))


def result_of(fit: GapFit, name: str, gradient: Gradient, size: float, unit: str) -> Result:
    """Return one number of the law."""
    value, stderr, _ = fit.told(gradient)
    return scattered_result(name, value * size, stderr * size, fit.scattered, unit)


def gap_statistics(fit: GapFit, rungs: Ladder) -> dict[str, SettingValue]:
    """Return what was given, what the phonon energy's error makes, and what the data alone say of the slope."""
    fitted = fit.scattered.fitted
    threshold_ev = consistency_of_table_s1(fitted.value("a_te_ev_per_k"), fitted.value("a_ep_ev"))
    from_phonon = {f"stderr_from_phonon_{name}": fit.told(gradient)[2] * size for name, gradient, size, _ in TOLD}
    slope, slope_stderr = data_slope_ev_per_k(rungs)
    return {
        "phonon_energy_mev": fit.phonon_energy_ev * 1e3,
        "phonon_energy_stderr_mev": fit.phonon_stderr_ev * 1e3,
        "covariance_of_e0_and_eg0_ev2": fit.shared(e0_gradient, zero_temperature_gradient),
        "slope_300k_positive_above_mev": threshold_ev * 1e3 if np.isfinite(threshold_ev) else None,
        "data_slope_mev_per_k": slope * 1e3,
        "data_slope_stderr_mev_per_k": slope_stderr * 1e3,
        **from_phonon,
    }


def data_slope_ev_per_k(rungs: Ladder) -> tuple[float, float]:
    """Return the slope of the upper half of the points, by a line without any law, and its scaled error."""
    is_upper = rungs.x >= np.median(rungs.x)
    if len(np.unique(rungs.x[is_upper])) < 3:
        is_upper = np.ones(len(rungs.x), dtype=bool)
    x, y = rungs.x[is_upper], rungs.y[is_upper]
    start, slope = straight_line(x, y, np.ones_like(x))
    left = y - start - slope * x
    return slope, float(np.sqrt(left @ left / max(len(x) - 2, 1) / np.sum((x - x.mean()) ** 2)))


def direction(slope: Result) -> str:
    """Return in words which way the gap goes at 300 K."""
    if slope.value is None or slope.stderr is None or abs(slope.value) < 2 * slope.stderr:
        return "at 300 K neither a rise nor a fall is clear"
    return f"at 300 K it {'rises' if slope.value > 0 else 'falls'} with temperature"


def gap_plot(fit: GapFit, rungs: Ladder) -> Plot:
    """Return the points, the law down to 0 K, and its band."""
    model_x = np.linspace(1.0, float(max(rungs.x.max(), 300.0)), 300)
    model, band = fit.band_ev(model_x)
    residuals = rungs.y - fit.scattered.fitted.predicted
    return Plot(
        "gap", "Gap against temperature", "Temperature", "K", "Energy", "eV", rungs.x, rungs.y, rungs.y_stderrs,
        model=model, model_x=model_x, residuals=residuals,
        components={"Law − SE": model - band, "Law + SE": model + band}, drawn="points",
    )  # fmt: skip
