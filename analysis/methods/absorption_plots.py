"""What a fitted absorbance and Tauc's construction look like."""

import numpy as np

from analysis.methods.absorbance import Absorbance
from analysis.methods.contract import Plot
from analysis.physics.absorption.curvature import Curvature
from analysis.physics.absorption.fitting import AbsorbanceFit
from analysis.physics.absorption.tauc import Tauc


def exciton_plot(spectrum: Absorbance, best: AbsorbanceFit, curvature: Curvature) -> Plot:
    """Return absorbance, model and its parts over energy."""
    fitted = best.fitted
    return Plot(
        name="exciton",
        title="Absorbance",
        x_label="Energy",
        x_unit="eV",
        y_label="Absorbance",
        y_unit="",
        x=spectrum.energies_ev,
        observed=spectrum.absorbances,
        model=fitted.predicted,
        residuals=fitted.residuals,
        components=best.model.parts(fitted.values),
        marks=(
            (fitted.value("energy1"), None, f"{fitted.value('energy1'):.4f} eV"),
            (float(curvature.energies_ev[0]), None, "minimum of the second derivative"),
        ),
    )


def tauc_plot(spectrum: Absorbance, best: AbsorbanceFit, tauc: Tauc | None) -> tuple[Plot, ...]:
    """Return (A E)² over energy with its straight line, nothing where there is none."""
    if tauc is None:
        return ()
    above = spectrum.absorbances - best.model.parts(best.fitted.values)["scattering"]
    squares = (above * spectrum.energies_ev) ** 2
    is_inside = (spectrum.energies_ev >= tauc.from_ev) & (spectrum.energies_ev <= tauc.to_ev)
    slope, intercept = np.polyfit(spectrum.energies_ev[is_inside], squares[is_inside], 1)
    ends_ev = np.array([tauc.gap_ev, tauc.to_ev])
    plot = Plot(
        name="tauc",
        title="Tauc",
        x_label="Energy",
        x_unit="eV",
        y_label="(A E)²",
        y_unit="eV²",
        x=spectrum.energies_ev,
        observed=squares,
        model=slope * ends_ev + intercept,
        model_x=ends_ev,
        marks=((tauc.gap_ev, 0.0, f"apparent gap {tauc.gap_ev:.4f} eV"),),
        bands=((tauc.from_ev, tauc.to_ev, "straight part"),),
    )
    return (plot,)
