"""Size and micro-strain from the breadths of lines against their angle."""

import numpy as np

from analysis.methods.contract import Flag, Outcome, Plot, Points, Result, Work
from analysis.methods.stating import number, number_or_none, word
from analysis.methods.student import student_reach, student_result
from analysis.physics.diffraction.breadths import without_instrument_deg
from analysis.physics.diffraction.williamson_hall import WilliamsonHall, williamson_hall
from analysis.physics.fitting.problem import Floats
from analysis.physics.refusing import CannotAnalyse

# Below this part of the size its error is as good as symmetric.
SMALL_RATIO = 0.1


def run(work: Work) -> Outcome:
    """Return what the breadths of a list of lines tell."""
    points = work.points["breadths"]
    length = number_or_none(work, "wavelength_angstrom")
    if length is None:
        raise CannotAnalyse("State the wavelength in Å: wavelength_angstrom.")
    breadths = breadths_of(work, points)
    stderrs = points.y_stderr if bool(np.isfinite(points.y_stderr).all() and (points.y_stderr > 0).all()) else None
    found = williamson_hall(points.x, breadths, length, constant=number(work, "scherrer_k"), stderrs_deg=stderrs)
    instrument = number_or_none(work, "instrument_fwhm_deg")
    taken = "breadths as given" if instrument is None else f"instrument {instrument:g}° taken out"
    note = f"K = {number(work, 'scherrer_k'):g} for FWHM, {taken}"
    return Outcome(
        results=(size_result(found, note), strain_result(found, taken)),
        statistics=statistics(found, work),
        flags=flags_of(found),
        plots=(plot_of(found),),
        says=f"L = {found.size_nm:.3g} ± {found.size_stderr_nm:.2g} nm and ε = {found.strain:.2g}.",
    )


def size_result(found: WilliamsonHall, note: str) -> Result:
    """Return the size; where its error is large or from few residuals, its interval is that of the intercept turned."""
    size_nm, stderr_nm = found.size_nm, found.size_stderr_nm
    if not found.is_scaled and stderr_nm < SMALL_RATIO * size_nm:
        return Result("crystallite_size", size_nm, stderr_nm, "nm", note=note)
    half = found.intercept_stderr
    if found.is_scaled:
        half = student_reach(half, len(found.x) - 2)
    scale = size_nm * found.intercept
    high_nm = scale / (found.intercept - half) if found.intercept > half else None
    return Result("crystallite_size", size_nm, stderr_nm, "nm", scale / (found.intercept + half), high_nm, note)


def strain_result(found: WilliamsonHall, note: str) -> Result:
    """Return the strain."""
    if not found.is_scaled:
        return Result("microstrain", found.strain, found.strain_stderr, note=note)
    return student_result("microstrain", found.strain, found.strain_stderr, len(found.x) - 2, "", note=note)


def breadths_of(work: Work, points: Points) -> Floats:
    """Return the breadths in degrees, without the instrument's part where that is stated."""
    if points.y_unit not in {"deg", "°", ""} or points.x_unit not in {"deg", "°", "deg 2theta", ""}:
        raise CannotAnalyse(
            f"Angles and breadths are in {points.x_unit} and {points.y_unit}; give both in degrees of 2θ."
        )
    instrument = number_or_none(work, "instrument_fwhm_deg")
    if not instrument:
        return points.y
    shape = word(work, "instrument_shape")
    return np.array([without_instrument_deg(float(one), instrument, shape) for one in points.y])


def statistics(found: WilliamsonHall, work: Work) -> dict[str, float | int | str | bool | None]:
    """Return the weighting and what the numbers rest on."""
    count = len(found.x)
    return {
        "likelihood": "unknown standard error" if found.is_scaled else "known standard errors",
        "weighting": "unweighted" if found.is_scaled else "1/σ² of the breadths",
        "covariance": "scaled" if found.is_scaled else "not scaled",
        "n": count,
        "dof": count - 2,
        "objective": found.objective,
        "reduced": found.objective / (count - 2),
        "is_converged": True,
        "intercept_rad": found.intercept,
        "scherrer_k": number(work, "scherrer_k"),
        "wavelength_angstrom": number(work, "wavelength_angstrom"),
    }


def flags_of(found: WilliamsonHall) -> tuple[Flag, ...]:
    """Return the flag of a strain that cannot be."""
    if found.strain >= -2 * found.strain_stderr:
        return ()
    text = "The lines narrow with angle, which no strain does; check the breadth of the instrument."
    return (Flag("strain_below_zero", text, is_grave=True),)


def plot_of(found: WilliamsonHall) -> Plot:
    """Return β cos θ against 4 sin θ with the line."""
    model = found.intercept + found.strain * found.x
    return Plot(
        "williamson_hall", "Williamson–Hall", "4 sin θ", "", "β cos θ", "rad", found.x, found.y, stderr=found.y_stderr,
        model=model, residuals=found.y - model, drawn="points",
    )  # fmt: skip
