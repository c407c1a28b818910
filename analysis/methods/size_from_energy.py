"""A size read from an energy by a sizing curve, inside the sizes that calibrated it."""

from math import hypot, sqrt

import numpy as np

from analysis.methods.contract import Flag, Outcome, Result, Work
from analysis.methods.stating import number, number_or_none, word
from analysis.physics.refusing import CannotAnalyse
from analysis.physics.sizing import size_nm
from analysis.publishing.rounding import Number, printed


def run(work: Work) -> Outcome:
    """Return the estimated edge length; raises CannotAnalyse outside the calibrated sizes."""
    curve = np.array([number(work, name) for name in ("sizing_limit_ev", "sizing_coefficient", "sizing_exponent")])
    energy_ev = number(work, "energy_ev")
    found_nm, gradient = size_nm(energy_ev, curve)
    least_nm, greatest_nm = number(work, "least_size_nm"), number(work, "greatest_size_nm")
    if not least_nm <= found_nm <= greatest_nm:
        raise CannotAnalyse(
            f"{energy_ev:g} eV would be {found_nm:.3g} nm, outside the {least_nm:g} to {greatest_nm:g} nm that "
            "calibrated the curve; add particles of that size to the calibration."
        )
    stderr_nm = propagated_nm(work, gradient)
    told = printed(Number(found_nm, stderr_nm))
    return Outcome(
        results=(Result("size_estimated", found_nm, stderr_nm or None, "nm", note="estimated, not measured"),),
        statistics={
            "formula": "L = (C/(E − E∞))^(1/n)",
            "curve_source": word(work, "curve_source"),
            "least_size_nm": least_nm,
            "greatest_size_nm": greatest_nm,
            "propagation": "gradient: energy, scatter of the calibration, E∞ and C with their correlation",
        },
        flags=() if stderr_nm else (Flag("no_error", "No errors were stated; state those of energy and curve."),),
        says=f"Estimated edge {told} nm, from the energy by the curve of {word(work, 'curve_source')}.",
    )


def propagated_nm(work: Work, gradient: np.ndarray) -> float:
    """Return the error of the size by the gradient against E, E∞, C and n, shape (4,); n is taken as exact."""
    energy_ev = hypot(*(number_or_none(work, name) or 0.0 for name in ("energy_stderr_ev", "calibration_scatter_ev")))
    limit_ev = number_or_none(work, "sizing_limit_stderr_ev") or 0.0
    coefficient = number_or_none(work, "sizing_coefficient_stderr") or 0.0
    correlation = number_or_none(work, "limit_coefficient_correlation") or 0.0
    of_energy, of_limit, of_coefficient = gradient[0] * energy_ev, gradient[1] * limit_ev, gradient[2] * coefficient
    variance = of_energy**2 + of_limit**2 + of_coefficient**2 + 2 * correlation * of_limit * of_coefficient
    return sqrt(max(float(variance), 0.0))
