"""What a fitted line looks like."""

from analysis.methods.contract import Plot
from analysis.methods.emission import Emission
from analysis.physics.constants import HC_EV_NM
from analysis.physics.lines.peak import LineFit


def line_plot(emission: Emission, line: LineFit) -> Plot:
    """Return readings, model and residuals along wavelength."""
    exposure = emission.bins.exposure
    peak_nm = HC_EV_NM / line.peak_energy_ev.value
    return Plot(
        name="line",
        title="PL",
        x_label="Wavelength",
        x_unit="nm",
        y_label="PL",
        y_unit=emission.y_unit,
        x=emission.at_nm,
        observed=emission.readings,
        model=(line.line + line.background) / exposure,
        residuals=line.fitted.residuals,
        components={"line": line.line / exposure, "background": line.background / exposure},
        marks=((peak_nm, None, f"{line.peak_energy_ev.value:.4f} eV"),),
        drawn="points",
    )
