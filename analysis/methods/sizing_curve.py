"""The sizing curve of one's own particles: energy of the first exciton or of the PL against edge length."""

import numpy as np

from analysis.methods.contract import Flag, Outcome, Plot, Points, Result, SettingValue, Work
from analysis.methods.stating import word
from analysis.methods.student import student_result
from analysis.methods.telling import alternatives_of, covariance_of, flags_of, parameters_of, statistics_of
from analysis.physics.fitting.criteria import compare
from analysis.physics.fitting.fitted import Fitted
from analysis.physics.fitting.problem import Floats, Likelihood
from analysis.physics.refusing import CannotAnalyse
from analysis.physics.sizing import LEAST_COUNT_FREE, SizingCurve, energies_ev, fit_sizing
from analysis.publishing.rounding import Number, printed

EXPONENTS: dict[str, float | None] = {"2": 2.0, "1": 1.0, "free": None}
# Confinement gives exponents between these; others are of something else than size.
USUAL_EXPONENTS = (0.8, 2.2)


def run(work: Work) -> Outcome:
    """Return the curve through sizes and energies."""
    points = checked(work.points["sizes"])
    chosen = word(work, "exponent")
    curves = fitted_curves(points, chosen)
    curve = curves[chosen]
    return Outcome(
        results=results_of(curve, chosen),
        statistics={**statistics_of(curve.fitted), **choices(curve, points, chosen)},
        flags=(*flags_of(curve.fitted), *sizing_flags(curve, chosen)),
        parameters=parameters_of(curve.fitted),
        covariance=covariance_of(curve.fitted),
        alternatives=alternatives_of(compare({name: one.fitted for name, one in curves.items()}), chosen=chosen),
        plots=(plot_of(curve, points),),
        says=sentence(curve, chosen),
    )


def checked(points: Points) -> Points:
    """Return points in nm and eV; raises CannotAnalyse for others and for gaps."""
    if points.x_unit != "nm" or points.y_unit != "eV":
        raise CannotAnalyse(f"Sizes are in nm and energies in eV, not in {points.x_unit} and {points.y_unit}.")
    if not np.isfinite(points.y).all():
        raise CannotAnalyse("Some energies are missing; leave those sizes out.")
    return points


def stderrs(values: Floats) -> Floats | None:
    """Return errors when every point has one above zero."""
    return values if bool(np.all(np.isfinite(values) & (values > 0))) else None


def fitted_curves(points: Points, chosen: str) -> dict[str, SizingCurve]:
    """Return the chosen curve and those it is compared with, on the same points with the same weights."""
    sizes, energies = stderrs(points.x_stderr), stderrs(points.y_stderr)
    names = [name for name in EXPONENTS if name != "free" or len(np.unique(points.x)) >= LEAST_COUNT_FREE]
    if sizes is not None and energies is not None:
        # With errors of the sizes each curve has weights of its own, which makes criteria incomparable.
        names = []
    return {
        name: fit_sizing(
            points.x, points.y, exponent=EXPONENTS[name], size_stderrs_nm=sizes, energy_stderrs_ev=energies
        )
        for name in dict.fromkeys([chosen, *names])
    }


def results_of(curve: SizingCurve, chosen: str) -> tuple[Result, ...]:
    """Return the parameters of the curve."""
    unit = f"eV nm^{chosen}" if chosen != "free" else "eV nm^n"
    return (
        parameter("sizing_limit", curve.fitted, "limit_ev", "eV"),
        parameter("sizing_coefficient", curve.fitted, "coefficient", "eV nm^n", unit),
        parameter("sizing_exponent", curve.fitted, "exponent", "", "" if chosen == "free" else "held"),
    )


def parameter(name: str, fitted: Fitted, key: str, unit: str, note: str = "") -> Result:
    """Return a parameter; with an error that few residuals tell, the interval is that of Student's t."""
    value, stderr = fitted.value(key), fitted.stderr(key)
    if stderr == 0.0:
        return Result(name, value, None, unit, note=note)
    if fitted.likelihood is not Likelihood.UNKNOWN:
        return Result(name, value, stderr, unit, note=note)
    return student_result(name, value, stderr, fitted.dof_count, unit, note=note)


def choices(curve: SizingCurve, points: Points, chosen: str) -> dict[str, SettingValue]:
    """Return what the curve may be used for, and what its weights were."""
    off_ev = points.y - curve.fitted.predicted
    has_errors = stderrs(points.y_stderr) is not None
    both = has_errors and stderrs(points.x_stderr) is not None
    weights = "1/(σ_E² + (dE/dL σ_L)²)" if both else "1/σ_E²" if has_errors else "none"
    return {
        "exponent": chosen,
        "weights": weights,
        "least_size_nm": curve.least_nm,
        "greatest_size_nm": curve.greatest_nm,
        "rms_residual_mev": 1e3 * float(np.sqrt(np.mean(off_ev**2))),
        "largest_residual_mev": 1e3 * float(np.abs(off_ev).max()),
    }


def sizing_flags(curve: SizingCurve, chosen: str) -> tuple[Flag, ...]:
    """Return what speaks against the curve as one of confinement."""
    flags = []
    if curve.fitted.value("coefficient") <= 0:
        text = "The energy does not fall with the size; this is no confinement, so no size can be read from it."
        flags.append(Flag("no_confinement", text, is_grave=True))
    low, high = USUAL_EXPONENTS
    if chosen == "free" and not low <= curve.fitted.value("exponent") <= high:
        text = (
            f"The exponent lies outside {low:g}–{high:g}; look whether the energies are at one temperature and state."
        )
        flags.append(Flag("unusual_exponent", text))
    return tuple(flags)


def plot_of(curve: SizingCurve, points: Points) -> Plot:
    """Return the points with the curve between the smallest and the largest size."""
    sizes_nm = np.linspace(curve.least_nm, curve.greatest_nm, 200)
    return Plot(
        "sizing", "Sizing curve", "Edge length", "nm", "Energy", "eV", points.x, points.y, stderrs(points.y_stderr),
        model=energies_ev(curve.values, sizes_nm), model_x=sizes_nm, residuals=curve.fitted.residuals, drawn="points",
    )  # fmt: skip


def sentence(curve: SizingCurve, chosen: str) -> str:
    """Return the curve in words."""
    fitted = curve.fitted
    limit = printed(Number(fitted.value("limit_ev"), fitted.stderr("limit_ev")))
    coefficient = printed(Number(fitted.value("coefficient"), fitted.stderr("coefficient")))
    power = chosen if chosen != "free" else f"{fitted.value('exponent'):.2f}"
    return (
        f"E = {limit} eV + {coefficient} eV (L/nm)^−{power}, for {curve.least_nm:g} to {curve.greatest_nm:g} nm only."
    )
